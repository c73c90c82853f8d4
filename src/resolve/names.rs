//! Resolves names in the scope of a study group, and in those of the others.

use std::collections::BTreeMap;

use super::deadlines::DeadlineFields;
use crate::definition::{BodyReference, DayPart, HourRange, OneOrMany, Spanned};
use crate::id::{BodyName, Id};
use crate::problem::{Problem, Problems, Span};
use crate::text::Language;
use crate::timetable::{Audience, AudienceIndex, Body, BodyIndex, GuestBodies, STUDY_GROUP, Venue};
use crate::zone::Zone;

/// The names that a study group defines, which its meetings may use.
pub(super) struct Scope {
    pub(super) id: Id,
    pub(super) uid_domain: String,
    /// Empty if they could not be decoded. Texts are then not checked for languages.
    pub(super) languages: Vec<Language>,
    pub(super) zone: Zone,
    /// The usual hours; `None` for hours that could not be decoded.
    pub(super) hours: BTreeMap<DayPart, Option<HourRange>>,
    /// The study group itself, then the bodies inside it.
    pub(super) bodies: Vec<Body>,
    /// The index of each body by its name.
    pub(super) by_name: BTreeMap<String, BodyIndex>,
    /// The kinds of names that are fully known, so that other names are errors.
    pub(super) complete: Vec<Section>,
    pub(super) audiences: Vec<Audience>,
    pub(super) venues: BTreeMap<Id, Option<ResolvedVenue>>,
    /// The deadline rules that its meetings inherit, in the order of the file.
    pub(super) rules: Vec<(Spanned<Id>, Option<DeadlineFields>)>,
}

/// A venue with its time zone.
#[derive(Clone)]
pub(super) struct ResolvedVenue {
    pub(super) venue: Venue,
    pub(super) zone: Option<Zone>,
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

/// The scopes of all study groups.
#[derive(Clone, Copy)]
pub(super) struct AllScopes<'a> {
    pub(super) scopes: &'a [Scope],
}

impl<'a> AllScopes<'a> {
    /// Returns the study group with a short name.
    pub(super) fn group(&self, short: &str) -> Option<&'a Scope> {
        self.scopes.iter().find(|scope| scope.is_complete(Section::Short) && scope.short() == short)
    }

    /// Returns `true` if every study group could be read, so that other names are errors.
    pub(super) fn are_all_known(&self) -> bool {
        self.scopes.iter().all(|scope| scope.is_complete(Section::Short))
    }

    /// Reports an unknown study group, unless one could not be read.
    pub(super) fn report_unknown(&self, short: &str, span: &Span, problems: &mut Problems) {
        if self.are_all_known() {
            problems.push(
                Problem::error(span, format!("unknown study group `{}`", crate::text::line(short)))
                    .label("expected the short name of a study group")
                    .suggest(short, self.scopes.iter().map(Scope::short)),
            );
        }
    }

    /// Resolves names of bodies: those of `home` in its order, and those of other study groups.
    pub(super) fn bodies(
        &self,
        home: &Scope,
        names: Option<&OneOrMany<Spanned<BodyReference>>>,
        problems: &mut Problems,
    ) -> (Vec<BodyIndex>, Vec<GuestBodies>) {
        let mut found: BTreeMap<&Id, (&Scope, Vec<BodyIndex>)> = BTreeMap::new();
        for name in names.into_iter().flat_map(|names| &names.values) {
            let Some((scope, body)) = self.body(home, name, problems) else { continue };
            let bodies = &mut found.entry(&scope.id).or_insert_with(|| (scope, Vec::new())).1;
            if bodies.contains(&body) {
                problems.push(duplicate_name(&name.span, &name.value.to_string()));
            } else {
                bodies.push(body);
                bodies.sort_unstable();
            }
        }
        let own = found.remove(&home.id).map(|(_, bodies)| bodies).unwrap_or_default();
        let guests = found.into_values().map(|(scope, bodies)| GuestBodies {
            group: scope.id.clone(),
            written: bodies.iter().map(|body| scope.bodies[*body].written.clone()).collect(),
            bodies,
        });
        (own, guests.collect())
    }

    fn body(
        &self,
        home: &'a Scope,
        name: &Spanned<BodyReference>,
        problems: &mut Problems,
    ) -> Option<(&'a Scope, BodyIndex)> {
        let own = name.value.name.as_str();
        match &name.value.group {
            Some(group) => {
                let scope = self.group(group.as_str());
                if scope.is_none() {
                    self.report_unknown(group.as_str(), &name.span, problems);
                }
                Some((scope?, scope?.body(own, &name.span, problems)?))
            }
            None => match self.group(own).filter(|_| home.position(own).is_none()) {
                Some(scope) => Some((scope, STUDY_GROUP)),
                None => Some((home, home.body(own, &name.span, problems)?)),
            },
        }
    }
}

impl Scope {
    /// Returns what summaries begin with: `SG12`.
    pub(super) fn short(&self) -> &str {
        self.bodies[STUDY_GROUP].name.as_str()
    }

    /// Returns `true` if the names of a kind are fully known.
    pub(super) fn is_complete(&self, section: Section) -> bool {
        self.complete.contains(&section)
    }

    fn position(&self, name: &str) -> Option<BodyIndex> {
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

fn duplicate_name(span: &Span, name: &str) -> Problem {
    Problem::error(span, format!("duplicate `{name}`")).label("expected it once").help("remove one of the two")
}

/// Returns a name to use if the real one could not be decoded.
pub(super) fn placeholder_name() -> Option<BodyName> {
    BodyName::parse("SG0")
}
