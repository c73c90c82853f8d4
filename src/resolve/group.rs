//! A study group: its bodies, audiences, venues and hours, then its meetings.

use std::collections::BTreeMap;

use super::names::{Scope, Section};
use super::texts::Texts;
use super::{deadlines, is_known, is_new, meeting};
use crate::body::{BodyName, RESERVED};
use crate::definition::{self, GroupFolder, Located};
use crate::problem::{Problem, Problems};
use crate::text::{Language, SPOKEN, Text};
use crate::timetable::{Audience, Body, BodyIndex, Group, Rank, STUDY_GROUP, Venue};
use crate::zone::Zone;

/// The study group of a folder.
pub(super) fn resolve(folder: &GroupFolder, problems: &mut Problems) -> Option<Group> {
    let typed = &folder.group;
    let languages = languages(typed, problems);
    let texts = Texts { languages: &languages };
    let name = texts.line(typed.name.as_ref(), problems);
    let zone = zone(typed.timezone.as_ref(), problems);
    let scope = Scope {
        id: folder.id.clone(),
        uid_domain: typed.uid_domain.as_ref().map(|domain| domain.value.0.clone()).unwrap_or_default(),
        zone: zone.or_else(|| Zone::named("UTC"))?,
        hours: hours(typed),
        bodies: bodies(folder, name.clone(), &texts, problems),
        audiences: audiences(typed, &texts, problems),
        known: known(typed),
        venues: venues(typed, &texts, problems),
        languages: languages.clone(),
    };
    addresses_are_unique(folder, problems);
    deadlines::check_rules(typed, &scope, problems);
    let mut meetings: Vec<_> = folder
        .meetings
        .iter()
        .filter_map(|(id, place, typed_meeting)| meeting::resolve((id, place, typed_meeting), typed, &scope, problems))
        .collect();
    meetings.sort_by(|a, b| (a.days.is_none(), a.days, &a.id).cmp(&(b.days.is_none(), b.days, &b.id)));
    if languages.is_empty() || typed.short.is_none() || typed.uid_domain.is_none() {
        return None;
    }
    Some(Group {
        id: folder.id.clone(),
        name: name?,
        homepage: typed.homepage.as_ref().map(|url| url.value.clone()),
        contact: typed.contact.as_ref().map(|contact| crate::text::line(&contact.value.0)),
        languages,
        uid_domain: scope.uid_domain,
        bodies: scope.bodies,
        audiences: scope.audiences,
        meetings,
    })
}

/// Reports study groups that share a short name: a delegate could not say which is meant.
pub(super) fn short_names_are_unique(folders: &[GroupFolder], problems: &mut Problems) {
    let mut seen: Vec<Located<BodyName>> = Vec::new();
    for short in folders.iter().filter_map(|folder| folder.group.short.as_ref()) {
        is_new(short.clone(), &mut seen, "this short name of a study group", problems);
    }
}

fn languages(typed: &definition::Group, problems: &mut Problems) -> Vec<Language> {
    let mut seen: Vec<Located<Language>> = Vec::new();
    // Where one of them could not be read, texts are not checked for the others: that is one mistake.
    let typed = typed.languages.as_ref().filter(|languages| languages.is_whole);
    for language in typed.iter().flat_map(|languages| &languages.values) {
        if !language.value.is_spoken() {
            problems.push(
                Problem::warning(&language.place, format!("convene has no words of its own in `{}`", language.value))
                    .label("readers see your texts in it, and labels such as \"deadline\" in English")
                    .help(format!("it has words in: {}", SPOKEN.join(", "))),
            );
        }
        is_new(language.clone(), &mut seen, "this language", problems);
    }
    seen.into_iter().map(|language| language.value).collect()
}

fn zone(typed: Option<&Located<definition::Words>>, problems: &mut Problems) -> Option<Zone> {
    let typed = typed?;
    let zone = Zone::named(&typed.value.0);
    if zone.is_none() {
        let problem =
            Problem::error(&typed.place, format!("unknown time zone `{}`", crate::text::line(&typed.value.0)))
                .label("expected the IANA name of a zone, by continent and city, such as Europe/Zurich")
                .help(
                    "an abbreviation (CET) or an offset (+01:00) is no zone: it does not know when the clocks change",
                );
        let newer = Zone::newer_name(&typed.value.0).map(|newer| format!("its name is `{newer}` today"));
        let near = newer.or_else(|| crate::problem::near(&typed.value.0, &Zone::names().collect::<Vec<_>>()));
        problems.push(problem.advice(near));
    }
    zone
}

/// The kinds of names that could be read in full.
fn known(typed: &definition::Group) -> Vec<Section> {
    let bodies = is_known(typed.working_parties.as_ref(), typed.has("working-parties"))
        && is_known(typed.questions.as_ref(), typed.has("questions"))
        && typed.short.is_some();
    let sections = [
        (Section::Bodies, bodies),
        (Section::Audiences, is_known(typed.audiences.as_ref(), typed.has("audiences"))),
        (Section::Venues, is_known(typed.venues.as_ref(), typed.has("venues"))),
        (Section::Hours, is_known(typed.hours.as_ref(), typed.has("hours"))),
    ];
    sections.into_iter().filter(|(_, is_known)| *is_known).map(|(section, _)| section).collect()
}

fn hours(typed: &definition::Group) -> BTreeMap<definition::Part, Option<definition::HourRange>> {
    let entries = typed.hours.iter().flat_map(|hours| &hours.list);
    entries.map(|(part, hours)| (part.value, hours.as_ref().map(|hours| hours.value))).collect()
}

fn bodies(folder: &GroupFolder, name: Option<Text>, texts: &Texts<'_>, problems: &mut Problems) -> Vec<Body> {
    let typed = &folder.group;
    let suffix = typed.suffix.as_ref().map(|suffix| crate::text::line(&suffix.value.0)).unwrap_or_default();
    let nameless = || Text::same(String::new());
    let fallback = || BodyName::from_written("SG0");
    let mut bodies: Vec<Body> = Vec::new();
    if let Some(short) = typed.short.as_ref().map(|short| short.value.clone()).or_else(fallback) {
        let written = short.to_string();
        let title = name.unwrap_or_else(nameless);
        bodies.push(Body { rank: Rank::StudyGroup, name: short, written, title, above: None });
    }
    let mut body = |rank, name: &Located<BodyName>, title: Option<Text>, above| {
        let written = format!("{}{suffix}", name.value);
        let (name, title) = (name.value.clone(), title.unwrap_or_else(nameless));
        bodies.push(Body { rank, name, written, title, above: Some(above) });
    };
    let (mut placed, mut homes): (Vec<Located<BodyName>>, Vec<BodyIndex>) = (Vec::new(), Vec::new());
    for (index, (name, party)) in typed.working_parties.iter().flat_map(|parties| &parties.list).enumerate() {
        let title = party.as_ref().and_then(|party| texts.line(party.name.as_ref(), problems));
        body(Rank::WorkingParty, name, title, STUDY_GROUP);
        let members = party.iter().filter_map(|party| party.questions.as_ref()).flat_map(|members| &members.values);
        for member in members {
            if is_new(member.clone(), &mut placed, &format!("Question `{}`", member.value), problems) {
                homes.push(STUDY_GROUP + 1 + index);
            }
        }
    }
    for (name, question) in typed.questions.iter().flat_map(|questions| &questions.list) {
        let title = question.as_ref().and_then(|question| texts.line(question.name.as_ref(), problems));
        let member = placed.iter().position(|member| member.value == name.value);
        body(Rank::Question, name, title, member.map_or(STUDY_GROUP, |member| homes[member]));
    }
    let questions = || typed.questions.iter().flat_map(|questions| &questions.list).map(|(name, _)| name);
    for member in &placed {
        if !questions().any(|question| question.value == member.value) {
            problems.push(
                Problem::error(&member.place, format!("unknown Question `{}`", member.value))
                    .label("expected one of `questions:`")
                    .suggest(member.value.as_str(), questions().map(|question| question.value.as_str())),
            );
        }
    }
    bodies
}

/// Reports bodies and audiences that would share an address with each other or with a feed of another sort.
fn addresses_are_unique(folder: &GroupFolder, problems: &mut Problems) {
    let typed = &folder.group;
    let bodies = typed
        .short
        .iter()
        .chain(typed.working_parties.iter().flat_map(|parties| &parties.list).map(|(name, _)| name))
        .chain(typed.questions.iter().flat_map(|questions| &questions.list).map(|(name, _)| name));
    let audiences = typed.audiences.iter().flat_map(|audiences| &audiences.list).map(|(id, _)| id);
    let named = bodies
        .map(|name| Located { value: name.value.address(), place: name.place.clone() })
        .chain(audiences.map(|id| Located { value: id.value.to_string(), place: id.place.clone() }));
    let mut seen: Vec<Located<String>> = Vec::new();
    for name in named {
        if RESERVED.contains(&name.value.as_str()) {
            problems.push(
                Problem::error(&name.place, format!("`{}` is the address of another feed", name.value))
                    .label(format!("expected a name other than {}", RESERVED.join(", "))),
            );
        }
        let what = format!("the name `{}`", name.value);
        is_new(name, &mut seen, &what, problems);
    }
    for (id, place, _) in &folder.meetings {
        if let Some(taken) = seen.iter().find(|taken| taken.value == id.as_str()) {
            problems.push(
                Problem::error(place, format!("the file name `{id}` is the name of a body or an audience"))
                    .label("expected a name of its own")
                    .related(&taken.place, "taken here")
                    .help("rename the file, for example after the month and the city"),
            );
        }
    }
}

fn audiences(typed: &definition::Group, texts: &Texts<'_>, problems: &mut Problems) -> Vec<Audience> {
    let mut audiences = Vec::new();
    for (id, audience) in typed.audiences.iter().flat_map(|audiences| &audiences.list) {
        let name = audience.as_ref().and_then(|audience| texts.line(audience.name.as_ref(), problems));
        let name = name.unwrap_or_else(|| Text::same(id.value.words()));
        audiences.push(Audience { id: id.value.clone(), name });
    }
    audiences
}

fn venues(
    typed: &definition::Group,
    texts: &Texts<'_>,
    problems: &mut Problems,
) -> BTreeMap<crate::body::Id, Option<Venue>> {
    let mut venues = BTreeMap::new();
    for (id, venue) in typed.venues.iter().flat_map(|venues| &venues.list) {
        let venue = venue.as_ref().and_then(|venue| {
            let geo = geo(venue, problems);
            let address = texts.line(venue.address.as_ref(), problems);
            let place = texts.line(venue.place_name.as_ref(), problems);
            let name = texts.line(venue.name.as_ref(), problems)?;
            Some(Venue { name, address, place, geo })
        });
        venues.insert(id.value.clone(), venue);
    }
    venues
}

fn geo(venue: &definition::Venue, problems: &mut Problems) -> Option<(String, String)> {
    let typed = venue.geo.as_ref()?;
    let within = |typed: &str, most: f64| typed.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
    match &typed.values[..] {
        [north, east] if within(&north.value.0, 90.0) && within(&east.value.0, 180.0) => {
            Some((north.value.0.clone(), east.value.0.clone()))
        }
        _ => {
            problems.push(
                Problem::error(&typed.place, "this is no point on the Earth")
                    .label("expected latitude and longitude in degrees, such as [46.2217, 6.1372]"),
            );
            None
        }
    }
}
