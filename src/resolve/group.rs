//! A study group: its bodies, audiences, venues and hours become a scope, with which its meetings are resolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::add_waivers;
use super::names::{Scope, Section, placeholder_name};
use super::texts::Texts;
use super::{UniqueValues, deadlines, is_section_complete, venues, zones};
use crate::definition::{self, GroupFolder, OneOrMany, Spanned};
use crate::id::{BodyName, RESERVED};
use crate::problem::{Problem, Problems, Warning};
use crate::text::{Language, Line, Prose, Text, UiLanguage};
use crate::timetable::{Audience, Body, BodyIndex, BodyKind, CancellationStyle, Group, Meeting, STUDY_GROUP};
use crate::zone::Zone;

/// Returns the names that a study group defines for its meetings, for other groups and for delegates.
pub(super) fn scope(folder: &GroupFolder, problems: &mut Problems) -> Scope {
    let raw = &folder.group;
    add_waivers(raw.allow.as_ref(), raw.has("allow"), &raw.whole, problems);
    let languages = languages(raw, problems);
    let texts = Texts { languages: &languages };
    let name = texts.line(raw.name.as_ref(), problems);
    let bodies = bodies(folder, name, &texts, problems);
    let mut scope = Scope {
        id: folder.id.clone(),
        uid_domain: raw.uid_domain.as_ref().map(|domain| domain.value.0.clone()).unwrap_or_default(),
        // Without a zone, hours are still checked: in UTC all of them exist.
        zone: zones::zone(raw.timezone.as_ref(), problems).unwrap_or_else(Zone::utc),
        hours: hours(raw),
        by_name: index_by_name(&bodies),
        bodies,
        audiences: audiences(raw, &texts, problems),
        complete: complete_sections(raw),
        venues: venues::venues(raw, &texts, problems),
        languages: languages.clone(),
        rules: Vec::new(),
    };
    report_shared_addresses(folder, problems);
    scope.rules = deadlines::rules(raw, &scope, problems);
    scope
}

fn index_by_name(bodies: &[Body]) -> BTreeMap<String, BodyIndex> {
    let by_name = |(position, body): (usize, &Body)| (body.name.to_string(), BodyIndex::new(position));
    bodies.iter().enumerate().map(by_name).collect()
}

/// Returns the study group of a folder, with its meetings.
pub(super) fn resolve(folder: &GroupFolder, scope: &Scope, mut meetings: Vec<Arc<Meeting>>) -> Option<Group> {
    let raw = &folder.group;
    meetings.sort_by(|a, b| (a.days.is_none(), a.days, &a.id).cmp(&(b.days.is_none(), b.days, &b.id)));
    let is_whole = raw.short.is_some() && raw.uid_domain.is_some() && raw.name.is_some();
    (is_whole && !scope.languages.is_empty()).then(|| Group {
        id: folder.id.clone(),
        name: scope.bodies[STUDY_GROUP].title.clone(),
        homepage: raw.homepage.as_ref().map(|url| url.value.clone()),
        contact: raw.contact.as_ref().map(|contact| Line::from(&contact.value.0).truncated_to_limit()),
        languages: scope.languages.clone(),
        uid_domain: scope.uid_domain.clone(),
        zone: scope.zone.clone(),
        cancelled: raw.cancelled.as_ref().map_or(CancellationStyle::Status, |cancelled| cancelled.value),
        bodies: scope.bodies.clone(),
        audiences: scope.audiences.clone(),
        meetings,
    })
}

/// Reports study groups with the same short name, which delegates could not tell apart.
pub(super) fn report_shared_short_names(folders: &[GroupFolder], problems: &mut Problems) {
    let mut seen: UniqueValues<BodyName> = UniqueValues::new();
    for short in folders.iter().filter_map(|folder| folder.group.short.as_ref()) {
        seen.insert(short.clone(), "short name of a study group", problems);
    }
}

fn languages(raw: &definition::Group, problems: &mut Problems) -> Vec<Language> {
    let mut seen: UniqueValues<Language> = UniqueValues::new();
    let mut languages = Vec::new();
    // If one of them could not be decoded, texts are not checked for the others: that would be a second report of one
    // mistake.
    let raw = raw.languages.as_ref().filter(|languages| languages.is_complete);
    for language in raw.iter().flat_map(|languages| &languages.values) {
        if !language.value.has_translation() {
            problems.push(
                Problem::warning(
                    &language.span,
                    Warning::Translation,
                    format!("convene is not translated into `{}`", language.value),
                )
                .label("readers see your texts in this language, and labels such as \"deadline\" in English")
                .help(format!("it is translated into: {}", UiLanguage::tags().collect::<Vec<_>>().join(", "))),
            );
        }
        if seen.insert(language.clone(), "language", problems) {
            languages.push(language.value.clone());
        }
    }
    languages
}

/// Returns the kinds of names that could be read in full.
fn complete_sections(raw: &definition::Group) -> Vec<Section> {
    let bodies = is_section_complete(raw.working_parties.as_ref(), raw.has("working-parties"))
        && is_section_complete(raw.questions.as_ref(), raw.has("questions"))
        && raw.short.is_some();
    let sections = [
        (Section::Short, raw.short.is_some()),
        (Section::Bodies, bodies),
        (Section::Audiences, is_section_complete(raw.audiences.as_ref(), raw.has("audiences"))),
        (Section::Venues, is_section_complete(raw.venues.as_ref(), raw.has("venues"))),
        (Section::Hours, is_section_complete(raw.hours.as_ref(), raw.has("hours"))),
        (Section::Deadlines, is_section_complete(raw.deadlines.as_ref(), raw.has("deadlines"))),
    ];
    sections.into_iter().filter(|(_, is_known)| *is_known).map(|(section, _)| section).collect()
}

fn hours(raw: &definition::Group) -> BTreeMap<definition::DayPart, Option<definition::HourRange>> {
    let entries = raw.hours.iter().flat_map(|hours| &hours.list);
    entries.map(|(part, hours)| (part.value, hours.as_ref().map(|hours| hours.value))).collect()
}

/// The common fields of working parties and Questions.
struct BodyFields<'a> {
    name: &'a Spanned<BodyName>,
    title: Option<Text>,
    note: Option<Text<Prose>>,
    was: Option<&'a OneOrMany<Spanned<BodyName>>>,
    closed: Option<&'a Spanned<jiff::civil::Date>>,
}

impl BodyFields<'_> {
    fn into_body(self, rank: BodyKind, suffix: &str, above: BodyIndex) -> Body {
        Body {
            rank,
            name: self.name.value.clone(),
            written: format!("{}{suffix}", self.name.value),
            title: self.title.unwrap_or_else(|| Text::new(Line::default())),
            parent: Some(above),
            former: self.was.into_iter().flat_map(|was| &was.values).map(|name| name.value.clone()).collect(),
            closed: self.closed.map(|closed| closed.value),
            note: self.note,
        }
    }
}

fn bodies(folder: &GroupFolder, name: Option<Text>, texts: &Texts<'_>, problems: &mut Problems) -> Vec<Body> {
    let raw = &folder.group;
    let suffix = raw.suffix.as_ref().map(|suffix| Line::from(&suffix.value.0).truncated_to_limit()).unwrap_or_default();
    let mut bodies: Vec<Body> = Vec::new();
    bodies.extend(raw.short.as_ref().map(|short| short.value.clone()).or_else(placeholder_name).map(|short| Body {
        rank: BodyKind::StudyGroup,
        written: short.to_string(),
        name: short,
        title: name.unwrap_or_else(|| Text::new(Line::default())),
        parent: None,
        former: Vec::new(),
        closed: None,
        note: None,
    }));
    let (mut placed, mut homes) = (UniqueValues::new(), BTreeMap::new());
    for (position, (name, party)) in raw.working_parties.iter().flat_map(|parties| &parties.list).enumerate() {
        let own = BodyIndex::new(STUDY_GROUP.position() + 1 + position);
        let party = party.as_ref();
        let body = BodyFields {
            name,
            title: texts.line(party.and_then(|party| party.name.as_ref()), problems),
            note: texts.prose(party.and_then(|party| party.note.as_ref()), problems),
            was: party.and_then(|party| party.was.as_ref()),
            closed: party.and_then(|party| party.closed.as_ref()),
        };
        bodies.push(body.into_body(BodyKind::WorkingParty, &suffix, STUDY_GROUP));
        let members = party.iter().filter_map(|party| party.questions.as_ref()).flat_map(|members| &members.values);
        for member in members {
            if placed.insert(member.clone(), &format!("Question `{}`", member.value), problems) {
                homes.insert(&member.value, (member, own));
            }
        }
    }
    for (name, question) in raw.questions.iter().flat_map(|questions| &questions.list) {
        let question = question.as_ref();
        let body = BodyFields {
            name,
            title: texts.line(question.and_then(|question| question.name.as_ref()), problems),
            note: texts.prose(question.and_then(|question| question.note.as_ref()), problems),
            was: question.and_then(|question| question.was.as_ref()),
            closed: question.and_then(|question| question.closed.as_ref()),
        };
        let home = homes.remove(&name.value).map_or(STUDY_GROUP, |(_, home)| home);
        bodies.push(body.into_body(BodyKind::Question, &suffix, home));
    }
    let questions = || raw.questions.iter().flat_map(|questions| &questions.list).map(|(name, _)| name);
    let lacks_all = raw.questions.is_none() && !raw.has("questions");
    for (member, _) in homes.values().take(if lacks_all { 1 } else { usize::MAX }) {
        if lacks_all {
            problems.push(
                Problem::error(&member.span, "missing key `questions` in a study group")
                    .label("expected a section with the Questions that working parties name")
                    .help("add `questions:` with a line for each Question, such as `Q1: {name: …}`"),
            );
        }
    }
    for (member, _) in
        homes.values().filter(|_| is_section_complete(raw.questions.as_ref(), raw.has("questions")) && !lacks_all)
    {
        problems.push(
            Problem::error(&member.span, format!("unknown Question `{}`", member.value))
                .label("expected a Question that is in `questions:`")
                .suggest(member.value.as_str(), questions().map(|question| question.value.as_str())),
        );
    }
    bodies
}

/// Reports bodies and audiences that share an address with each other or with another feed.
fn report_shared_addresses(folder: &GroupFolder, problems: &mut Problems) {
    let raw = &folder.group;
    let parties = || raw.working_parties.iter().flat_map(|parties| &parties.list);
    let questions = || raw.questions.iter().flat_map(|questions| &questions.list);
    let of_parties = parties().filter_map(|(_, party)| party.as_ref()?.was.as_ref());
    let of_questions = questions().filter_map(|(_, question)| question.as_ref()?.was.as_ref());
    let former = of_parties.chain(of_questions).flat_map(|was| &was.values);
    let bodies = raw.short.iter().chain(parties().map(|(name, _)| name)).chain(questions().map(|(name, _)| name));
    let audiences = raw.audiences.iter().flat_map(|audiences| &audiences.list).map(|(id, _)| id);
    let named = bodies
        .chain(former)
        .map(|name| Spanned { value: name.value.address(), span: name.span.clone() })
        .chain(audiences.map(|id| Spanned { value: id.value.to_string(), span: id.span.clone() }));
    let mut seen: UniqueValues<String> = UniqueValues::new();
    for name in named {
        if RESERVED.contains(&name.value.as_str()) {
            problems.push(
                Problem::error(&name.span, format!("reserved name `{}`", name.value))
                    .label(format!("expected a name other than {}", RESERVED.join(", "))),
            );
        }
        let what = format!("the name `{}`", name.value);
        seen.insert(name, &what, problems);
    }
    for file in &folder.meetings {
        if let Some(taken) = seen.0.get(file.id.as_str()) {
            problems.push(
                Problem::error(
                    file.span(),
                    format!("the meeting id `{}` is the name of a body or an audience", file.id),
                )
                .label("expected a unique name")
                .related(taken, "used here")
                .help("rename the file, for example after the month and the city"),
            );
        }
    }
}

fn audiences(raw: &definition::Group, texts: &Texts<'_>, problems: &mut Problems) -> Vec<Audience> {
    let mut audiences = Vec::new();
    for (id, audience) in raw.audiences.iter().flat_map(|audiences| &audiences.list) {
        let name = audience.as_ref().and_then(|audience| texts.line(audience.name.as_ref(), problems));
        let name = name.unwrap_or_else(|| Text::new(Line::clean(&id.value.words())));
        audiences.push(Audience { id: id.value.clone(), name });
    }
    audiences
}
