//! Resolves names in the scope of a study group.

use std::collections::BTreeMap;

use super::clock::HourAssumptions;
use super::day_parts::DayParts;
use super::deadlines::DeadlineFields;
use crate::definition::{OneOrMany, Spanned};
use crate::id::{BodyName, Id};
use crate::problem::{Problem, Problems, Span};
use crate::text::{Language, Line};
use crate::timetable::{Audience, AudienceIndex, Body, BodyIndex, STUDY_GROUP, Venue, WrittenName, are_bodies_related};
use crate::zone::Zone;

/// The names that a study group defines, which its meetings may use.
pub(super) struct Scope {
    pub(super) id: Id,
    pub(super) uid_domain: String,
    /// Empty if they could not be decoded. Texts are then not checked for languages.
    pub(super) languages: Vec<Language>,
    pub(super) zone: Zone,
    /// What is assumed of the hours of its sessions.
    pub(super) assumptions: HourAssumptions,
    /// The study group itself, then the bodies inside it.
    pub(super) bodies: Vec<Body>,
    /// The short name in the other languages, where it differs.
    pub(super) short_translations: BTreeMap<Language, Line>,
    /// The index of each body by its name.
    pub(super) by_name: BTreeMap<String, BodyIndex>,
    /// The index of each body by the letters and digits of its name, in lower case.
    pub(super) by_letters: BTreeMap<String, BodyIndex>,
    /// The kinds of names that are fully known, so that other names are errors.
    pub(super) complete: Vec<Section>,
    pub(super) audiences: Vec<Audience>,
    pub(super) venues: BTreeMap<Id, Option<ResolvedVenue>>,
    /// The deadline rules that its meetings inherit, in the order of the file.
    pub(super) rules: Vec<(Spanned<Id>, Option<DeadlineFields>)>,
}

/// A venue with its time zone and its usual hours.
#[derive(Clone)]
pub(super) struct ResolvedVenue {
    pub(super) venue: Venue,
    pub(super) zone: Option<Zone>,
    pub(super) parts: DayParts,
}

/// The kinds of names that a study group defines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Short,
    Bodies,
    Audiences,
    Venues,
    Hours,
    Deadlines,
}

impl Scope {
    /// Returns what summaries begin with: `SG12`.
    pub(super) fn short(&self) -> &str {
        self.bodies[STUDY_GROUP].name.as_str()
    }

    /// Returns its short name in a language.
    pub(super) fn short_in(&self, language: &Language) -> &str {
        self.short_translations.get(language).map_or_else(|| self.short(), |short| &**short)
    }

    /// Iterates over its short name in each language.
    pub(super) fn shorts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.short()).chain(self.short_translations.values().map(|short| &**short))
    }

    pub(super) fn has_short(&self, short: &str) -> bool {
        self.shorts().any(|own| own == short)
    }

    pub(super) fn has_name_with_slash(&self) -> bool {
        self.bodies.iter().skip(1).any(|body| body.name.as_str().contains('/'))
    }

    /// Returns `true` if the names of a kind are fully known.
    pub(super) fn is_complete(&self, section: Section) -> bool {
        self.complete.contains(&section)
    }

    /// Returns the body that a name was meant for: with another case, other spaces or hyphens, or with the suffix that
    /// readers see (`Q1/12`).
    pub(super) fn misspelt(&self, written: &str) -> Option<&Body> {
        let is_number = |suffix: &str| suffix.bytes().all(|byte| byte.is_ascii_digit());
        let without_suffix = written.split_once('/').filter(|(_, suffix)| is_number(suffix));
        let index = without_suffix.and_then(|(own, _)| self.position(own));
        index.or_else(|| self.by_letters.get(&letters(written)).copied()).map(|index| &self.bodies[index])
    }

    /// Returns the body whose name is short for other words: `Q13` for `Question 13`, `WP1` for `Working Party 1`.
    pub(super) fn written_out(&self, written: &str) -> Option<&Body> {
        let short = |word: &str| {
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            let first = || word.chars().next().filter(|_| word.chars().all(char::is_alphabetic)).map(String::from);
            if is_number { Some(word.to_owned()) } else { first() }
        };
        let name: String = written.split_whitespace().map(short).collect::<Option<_>>()?;
        self.by_letters.get(&letters(&name)).map(|index| &self.bodies[*index])
    }

    /// Returns a body as other study groups write it: with the short name of this one, unless its suffix says so.
    pub(super) fn written_by_others(&self, body: BodyIndex) -> WrittenName {
        let Body { name, written, .. } = &self.bodies[body];
        if body != STUDY_GROUP && name.as_str() == written.first() {
            let short =
                |language: Option<&Language>| language.map_or_else(|| self.short(), |known| self.short_in(known));
            written.with_prefix(|language| format!("{}/", short(language)))
        } else {
            written.clone()
        }
    }

    /// Returns `true` if it has a body with a name.
    pub(super) fn has_body(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    pub(super) fn position(&self, name: &str) -> Option<BodyIndex> {
        self.by_name.get(name).copied()
    }

    /// Returns the body with a name.
    pub(super) fn body(&self, name: &str, span: &Span, problems: &mut Problems) -> Option<BodyIndex> {
        let body = self.position(name);
        if body.is_none() && problems.is_full() {
            problems.push_error(|| duplicate_name(span, name));
        } else if body.is_none() {
            let is_former = |body: &&Body| body.former.iter().any(|former| former.as_str() == name);
            if let Some(today) = self.bodies.iter().find(is_former) {
                problems.push(
                    Problem::error(span, format!("`{name}` was renamed"))
                        .label(format!("expected `{}`", today.name))
                        .help(format!("write {}, its name in group.yaml", today.name)),
                );
                return None;
            }
            self.report_unknown(Section::Bodies, name, span, problems);
        }
        body
    }

    /// Returns `true` if the bodies are the same, or one contains the other.
    pub(super) fn are_related(&self, one: BodyIndex, other: BodyIndex) -> bool {
        are_bodies_related(&self.bodies, one, other)
    }

    /// Returns the audiences with these names, in the order of the group.
    pub(super) fn audiences(
        &self,
        names: Option<&OneOrMany<Spanned<Id>>>,
        problems: &mut Problems,
    ) -> Vec<AudienceIndex> {
        let mut found = Vec::new();
        for name in names.into_iter().flat_map(|names| &names.values) {
            match self.audience(name.value.as_str(), &name.span, problems) {
                Some(index) if found.contains(&index) => {
                    problems.push(duplicate_name(&name.span, name.value.as_str()));
                }
                index => found.extend(index),
            }
        }
        found.sort_unstable();
        found
    }

    /// Returns the audience with a name.
    pub(super) fn audience(&self, name: &str, span: &Span, problems: &mut Problems) -> Option<AudienceIndex> {
        let index = self.audiences.iter().position(|audience| audience.id.as_str() == name);
        if index.is_none() {
            self.report_unknown(Section::Audiences, name, span, problems);
        }
        index.map(AudienceIndex::new)
    }

    /// Returns the venue with a name.
    pub(super) fn venue(&self, name: &Spanned<Id>, problems: &mut Problems) -> Option<ResolvedVenue> {
        let venue = self.venues.get(&name.value);
        if venue.is_none() {
            self.report_unknown(Section::Venues, name.value.as_str(), &name.span, problems);
        }
        venue.cloned().flatten()
    }

    /// Reports a name that its section does not define, unless the section itself has an error.
    fn report_unknown(&self, section: Section, name: &str, span: &Span, problems: &mut Problems) {
        if !self.is_complete(section) {
            return;
        }
        let (noun, one, known): (_, _, Vec<&str>) = match section {
            Section::Audiences => {
                ("audience", "an audience", self.audiences.iter().map(|audience| audience.id.as_str()).collect())
            }
            Section::Venues => ("venue", "a venue", self.venues.keys().map(Id::as_str).collect()),
            _ => ("body", "a body", self.bodies.iter().map(|body| body.name.as_str()).collect()),
        };
        let none = known.is_empty().then(|| format!("add `{noun}s:` to group.yaml, with this name"));
        problems.push(
            Problem::error(span, format!("unknown {noun} `{name}` in {}", self.short()))
                .label(format!("expected {one} of group.yaml"))
                .suggest(name, known)
                .optional_help(none),
        );
    }
}

pub(super) fn duplicate_name(span: &Span, name: &str) -> Problem {
    Problem::error(span, format!("duplicate `{name}`")).label("expected it once").help("remove one of the two")
}

/// Returns the letters and digits of a name in lower case.
pub(super) fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Returns a name to use if the real one could not be decoded.
pub(super) fn placeholder_name() -> BodyName {
    BodyName::parse("SG0").unwrap_or_else(|| unreachable!("a name"))
}
