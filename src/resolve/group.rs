//! A study group: its bodies, audiences, venues and hours as a scope, then its meetings in all scopes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::{Scope, Section, nameless};
use super::reading::waive;
use super::texts::Texts;
use super::{Seen, deadlines, is_known, venues, zones};
use crate::body::{BodyName, RESERVED};
use crate::definition::{self, GroupFolder, Located, OneOrMany};
use crate::problem::{Problem, Problems};
use crate::text::{Language, SPOKEN, Text};
use crate::timetable::{Audience, Body, BodyIndex, Cancelled, Group, Meeting, Rank, STUDY_GROUP};
use crate::zone::Zone;

/// The names that a study group gives to its meetings, to those of others and to delegates.
pub(super) fn scope(folder: &GroupFolder, problems: &mut Problems) -> Scope {
    let typed = &folder.group;
    waive(typed.allow.as_ref(), typed.has("allow"), &typed.whole, problems);
    let languages = languages(typed, problems);
    let texts = Texts { languages: &languages };
    let name = texts.line(typed.name.as_ref(), problems);
    let bodies = bodies(folder, name, &texts, problems);
    let mut scope = Scope {
        id: folder.id.clone(),
        uid_domain: typed.uid_domain.as_ref().map(|domain| domain.value.0.clone()).unwrap_or_default(),
        // Without a zone of its own the hours are still looked at: UTC has all of them.
        zone: zones::zone(typed.timezone.as_ref(), problems).unwrap_or_else(Zone::utc),
        hours: hours(typed),
        by_name: bodies.iter().enumerate().map(|(index, body)| (body.name.to_string(), index)).collect(),
        bodies,
        audiences: audiences(typed, &texts, problems),
        known: known(typed),
        venues: venues::venues(typed, &texts, problems),
        languages: languages.clone(),
        rules: Vec::new(),
    };
    addresses_are_unique(folder, problems);
    scope.rules = deadlines::rules(typed, &scope, problems);
    scope
}

/// The study group of a folder, with its meetings.
pub(super) fn resolve(folder: &GroupFolder, scope: &Scope, mut meetings: Vec<Arc<Meeting>>) -> Option<Group> {
    let typed = &folder.group;
    meetings.sort_by(|a, b| (a.days.is_none(), a.days, &a.id).cmp(&(b.days.is_none(), b.days, &b.id)));
    let is_whole = typed.short.is_some() && typed.uid_domain.is_some() && typed.name.is_some();
    (is_whole && !scope.languages.is_empty()).then(|| Group {
        id: folder.id.clone(),
        name: scope.bodies[STUDY_GROUP].title.clone(),
        homepage: typed.homepage.as_ref().map(|url| url.value.clone()),
        contact: typed.contact.as_ref().map(|contact| crate::text::line(&contact.value.0)),
        languages: scope.languages.clone(),
        uid_domain: scope.uid_domain.clone(),
        zone: scope.zone.clone(),
        cancelled: typed.cancelled.as_ref().map_or(Cancelled::Status, |cancelled| cancelled.value),
        bodies: scope.bodies.clone(),
        audiences: scope.audiences.clone(),
        meetings,
    })
}

/// Reports study groups that share a short name: a delegate could not say which is meant.
pub(super) fn short_names_are_unique(folders: &[GroupFolder], problems: &mut Problems) {
    let mut seen: Seen<BodyName> = Seen::none();
    for short in folders.iter().filter_map(|folder| folder.group.short.as_ref()) {
        seen.is_new(short.clone(), "this short name of a study group", problems);
    }
}

fn languages(typed: &definition::Group, problems: &mut Problems) -> Vec<Language> {
    let mut seen: Seen<Language> = Seen::none();
    let mut languages = Vec::new();
    // Where one of them could not be read, texts are not checked for the others: that is one mistake.
    let typed = typed.languages.as_ref().filter(|languages| languages.is_whole);
    for language in typed.iter().flat_map(|languages| &languages.values) {
        if !language.value.is_spoken() {
            problems.push(
                Problem::warning(
                    &language.place,
                    "translation",
                    format!("convene has no words of its own in `{}`", language.value),
                )
                .label("readers see your texts in it, and labels such as \"deadline\" in English")
                .help(format!("it has words in: {}", SPOKEN.join(", "))),
            );
        }
        if seen.is_new(language.clone(), "this language", problems) {
            languages.push(language.value.clone());
        }
    }
    languages
}

/// The kinds of names that could be read in full.
fn known(typed: &definition::Group) -> Vec<Section> {
    let bodies = is_known(typed.working_parties.as_ref(), typed.has("working-parties"))
        && is_known(typed.questions.as_ref(), typed.has("questions"))
        && typed.short.is_some();
    let sections = [
        (Section::Short, typed.short.is_some()),
        (Section::Bodies, bodies),
        (Section::Audiences, is_known(typed.audiences.as_ref(), typed.has("audiences"))),
        (Section::Venues, is_known(typed.venues.as_ref(), typed.has("venues"))),
        (Section::Hours, is_known(typed.hours.as_ref(), typed.has("hours"))),
        (Section::Deadlines, is_known(typed.deadlines.as_ref(), typed.has("deadlines"))),
    ];
    sections.into_iter().filter(|(_, is_known)| *is_known).map(|(section, _)| section).collect()
}

fn hours(typed: &definition::Group) -> BTreeMap<definition::Part, Option<definition::HourRange>> {
    let entries = typed.hours.iter().flat_map(|hours| &hours.list);
    entries.map(|(part, hours)| (part.value, hours.as_ref().map(|hours| hours.value))).collect()
}

/// What working parties and Questions have in common.
struct Typed<'a> {
    name: &'a Located<BodyName>,
    title: Option<Text>,
    note: Option<Text>,
    was: Option<&'a OneOrMany<Located<BodyName>>>,
    closed: Option<&'a Located<jiff::civil::Date>>,
}

impl Typed<'_> {
    fn body(self, rank: Rank, suffix: &str, above: BodyIndex) -> Body {
        Body {
            rank,
            name: self.name.value.clone(),
            written: format!("{}{suffix}", self.name.value),
            title: self.title.unwrap_or_else(|| Text::same(String::new())),
            above: Some(above),
            former: self.was.into_iter().flat_map(|was| &was.values).map(|name| name.value.clone()).collect(),
            closed: self.closed.map(|closed| closed.value),
            note: self.note,
        }
    }
}

fn bodies(folder: &GroupFolder, name: Option<Text>, texts: &Texts<'_>, problems: &mut Problems) -> Vec<Body> {
    let typed = &folder.group;
    let suffix = typed.suffix.as_ref().map(|suffix| crate::text::line(&suffix.value.0)).unwrap_or_default();
    let mut bodies: Vec<Body> = Vec::new();
    bodies.extend(typed.short.as_ref().map(|short| short.value.clone()).or_else(nameless).map(|short| Body {
        rank: Rank::StudyGroup,
        written: short.to_string(),
        name: short,
        title: name.unwrap_or_else(|| Text::same(String::new())),
        above: None,
        former: Vec::new(),
        closed: None,
        note: None,
    }));
    let (mut placed, mut homes) = (Seen::none(), BTreeMap::new());
    for (index, (name, party)) in typed.working_parties.iter().flat_map(|parties| &parties.list).enumerate() {
        let party = party.as_ref();
        let body = Typed {
            name,
            title: texts.line(party.and_then(|party| party.name.as_ref()), problems),
            note: texts.prose(party.and_then(|party| party.note.as_ref()), problems),
            was: party.and_then(|party| party.was.as_ref()),
            closed: party.and_then(|party| party.closed.as_ref()),
        };
        bodies.push(body.body(Rank::WorkingParty, &suffix, STUDY_GROUP));
        let members = party.iter().filter_map(|party| party.questions.as_ref()).flat_map(|members| &members.values);
        for member in members {
            if placed.is_new(member.clone(), &format!("Question `{}`", member.value), problems) {
                homes.insert(&member.value, (member, STUDY_GROUP + 1 + index));
            }
        }
    }
    for (name, question) in typed.questions.iter().flat_map(|questions| &questions.list) {
        let question = question.as_ref();
        let body = Typed {
            name,
            title: texts.line(question.and_then(|question| question.name.as_ref()), problems),
            note: texts.prose(question.and_then(|question| question.note.as_ref()), problems),
            was: question.and_then(|question| question.was.as_ref()),
            closed: question.and_then(|question| question.closed.as_ref()),
        };
        let home = homes.remove(&name.value).map_or(STUDY_GROUP, |(_, home)| home);
        bodies.push(body.body(Rank::Question, &suffix, home));
    }
    let questions = || typed.questions.iter().flat_map(|questions| &questions.list).map(|(name, _)| name);
    let lacks_all = typed.questions.is_none() && !typed.has("questions");
    for (member, _) in homes.values().take(if lacks_all { 1 } else { usize::MAX }) {
        if lacks_all {
            problems.push(
                Problem::error(&member.place, "this file has no `questions:`")
                    .label("expected the Questions that working parties name in a section of their own")
                    .help("add `questions:` with a line for each, such as `Q1: {name: …}`"),
            );
        }
    }
    for (member, _) in
        homes.values().filter(|_| is_known(typed.questions.as_ref(), typed.has("questions")) && !lacks_all)
    {
        problems.push(
            Problem::error(&member.place, format!("unknown Question `{}`", member.value))
                .label("expected one of `questions:`")
                .suggest(member.value.as_str(), questions().map(|question| question.value.as_str())),
        );
    }
    bodies
}

/// Reports bodies and audiences that would share an address with each other or with a feed of another sort.
fn addresses_are_unique(folder: &GroupFolder, problems: &mut Problems) {
    let typed = &folder.group;
    let parties = || typed.working_parties.iter().flat_map(|parties| &parties.list);
    let questions = || typed.questions.iter().flat_map(|questions| &questions.list);
    let of_parties = parties().filter_map(|(_, party)| party.as_ref()?.was.as_ref());
    let of_questions = questions().filter_map(|(_, question)| question.as_ref()?.was.as_ref());
    let former = of_parties.chain(of_questions).flat_map(|was| &was.values);
    let bodies = typed.short.iter().chain(parties().map(|(name, _)| name)).chain(questions().map(|(name, _)| name));
    let audiences = typed.audiences.iter().flat_map(|audiences| &audiences.list).map(|(id, _)| id);
    let named = bodies
        .chain(former)
        .map(|name| Located { value: name.value.address(), place: name.place.clone() })
        .chain(audiences.map(|id| Located { value: id.value.to_string(), place: id.place.clone() }));
    let mut seen: Seen<String> = Seen::none();
    for name in named {
        if RESERVED.contains(&name.value.as_str()) {
            problems.push(
                Problem::error(&name.place, format!("`{}` is the address of another feed", name.value))
                    .label(format!("expected a name other than {}", RESERVED.join(", "))),
            );
        }
        let what = format!("the name `{}`", name.value);
        seen.is_new(name, &what, problems);
    }
    for file in &folder.meetings {
        if let Some(taken) = seen.0.get(file.id.as_str()) {
            problems.push(
                Problem::error(
                    file.place(),
                    format!("the file name `{}` is the name of a body or an audience", file.id),
                )
                .label("expected a name of its own")
                .related(taken, "taken here")
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
