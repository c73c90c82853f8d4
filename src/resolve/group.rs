//! A study group: its bodies, audiences, venues and hours become a scope, with which its meetings are resolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::clock::HourAssumptions;
use super::context::add_waivers;
use super::day_parts::{DayParts, HoursSource, are_hours_complete};
use super::names::{Scope, Section, letters, placeholder_name};
use super::texts::Texts;
use super::{UniqueValues, bodies, deadlines, is_section_complete, venues, zones};
use crate::definition::{self, GroupFolder, Localized, Spanned};
use crate::id::BodyName;
use crate::problem::{Problem, Problems, Warning};
use crate::text::{Language, Line, Text, UiLanguage};
use crate::timetable::{Audience, Body, BodyIndex, CancellationStyle, Group, Meeting, STUDY_GROUP, WrittenName};
use crate::zone::Zone;

/// Returns the names that a study group defines for its meetings, for other groups and for delegates.
pub(super) fn scope(folder: &GroupFolder, problems: &mut Problems) -> Scope {
    let raw = &folder.group;
    add_waivers(raw.allow.as_ref(), raw.has("allow"), &raw.whole, problems);
    let languages = languages(raw, problems);
    let texts = Texts { languages: &languages, of_group: &languages };
    let name = texts.line(raw.name.as_ref(), problems);
    let (short, short_translations) = short_names(raw, &languages, problems);
    let others = short_translations.iter().map(|(language, short)| (language.clone(), short.to_string())).collect();
    let written = WrittenName::new(short.to_string(), others);
    let mut bodies = bodies::bodies(folder, short, name, &texts, problems);
    bodies[STUDY_GROUP.position()].written = written;
    let mut scope = Scope {
        id: folder.id.clone(),
        uid_domain: raw.uid_domain.as_ref().map(|domain| domain.value.0.clone()).unwrap_or_default(),
        // Without a zone, hours are still checked: in UTC all of them exist.
        zone: zones::zone(raw.timezone.as_ref(), problems).unwrap_or_else(Zone::utc),
        assumptions: HourAssumptions {
            parts: DayParts::default().with(raw.hours.as_ref(), HoursSource::Group),
            usual_length: raw.usual_length.as_ref().map(|length| length.value),
        },
        short_translations,
        by_name: index_by(&bodies, str::to_owned),
        by_letters: index_by(&bodies, letters),
        bodies,
        audiences: audiences(raw, &texts, problems),
        complete: complete_sections(raw),
        venues: venues::venues(raw, &texts, problems),
        languages: languages.clone(),
        rules: Vec::new(),
    };
    scope.rules = deadlines::rules(raw, &scope, problems);
    scope
}

/// Returns the index of each body by a key that is made from its name.
fn index_by(bodies: &[Body], key: impl Fn(&str) -> String) -> BTreeMap<String, BodyIndex> {
    let by_key = |(position, body): (usize, &Body)| (key(body.name.as_str()), BodyIndex::new(position));
    bodies.iter().enumerate().map(by_key).collect()
}

/// Returns the study group of a folder, with its meetings.
pub(super) fn resolve(folder: &GroupFolder, scope: &Scope, mut meetings: Vec<Arc<Meeting>>) -> Option<Group> {
    let raw = &folder.group;
    meetings.sort_by(|a, b| (a.days.is_none(), a.days, &a.id).cmp(&(b.days.is_none(), b.days, &b.id)));
    let is_whole = raw.short.is_some() && raw.uid_domain.is_some() && raw.name.is_some();
    (is_whole && !scope.languages.is_empty()).then(|| Group {
        id: folder.id.clone(),
        name: scope.bodies[STUDY_GROUP].title.clone(),
        short_translations: scope.short_translations.clone(),
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
    for folder in folders {
        // A study group may have one name in several languages.
        let mut own: Vec<&Spanned<BodyName>> = folder.group.short.iter().flat_map(Localized::values).collect();
        own.sort_by(|a, b| a.value.cmp(&b.value));
        own.dedup_by(|a, b| a.value == b.value);
        for short in own {
            seen.insert(short.clone(), "short name of a study group", problems);
        }
    }
}

/// Returns the short name in the first language, and in those in which it differs.
fn short_names(
    raw: &definition::Group,
    languages: &[Language],
    problems: &mut Problems,
) -> (BodyName, BTreeMap<Language, Line>) {
    let entries = match &raw.short {
        None => return (placeholder_name(), BTreeMap::new()),
        Some(Localized::Same(short)) => return (short.value.clone(), BTreeMap::new()),
        Some(Localized::PerLanguage(entries)) => entries,
    };
    Texts { languages, of_group: languages }.report_unknown_languages(entries, problems);
    let all: BTreeMap<&Language, &BodyName> =
        entries.list.iter().filter_map(|(language, short)| Some((&language.value, &short.as_ref()?.value))).collect();
    let first = languages.first().and_then(|language| all.get(language));
    if let (None, Some(language), true) = (first, languages.first(), entries.is_whole) {
        problems.push(
            Problem::error(&entries.span, format!("missing short name in the group's first language, `{language}`"))
                .label(format!("expected `{language}: …`: other languages fall back to it")),
        );
    }
    let Some(first) = first.map(|first| BodyName::clone(first)) else { return (placeholder_name(), BTreeMap::new()) };
    let others = all.into_iter().filter(|(_, short)| **short != first);
    let others = others.map(|(language, short)| (language.clone(), Line::clean(short.as_str()))).collect();
    (first, others)
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
        && is_section_complete(raw.bodies.as_ref(), raw.has("bodies"))
        && raw.short.is_some();
    let sections = [
        (Section::Short, raw.short.is_some()),
        (Section::Bodies, bodies),
        (Section::Audiences, is_section_complete(raw.audiences.as_ref(), raw.has("audiences"))),
        (Section::Venues, is_section_complete(raw.venues.as_ref(), raw.has("venues"))),
        (Section::Hours, are_hours_complete(raw.hours.as_ref(), raw.has("hours"))),
        (Section::Deadlines, is_section_complete(raw.deadlines.as_ref(), raw.has("deadlines"))),
    ];
    sections.into_iter().filter(|(_, is_known)| *is_known).map(|(section, _)| section).collect()
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
