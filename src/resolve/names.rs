//! What names stand for: the scope that a study group gives, and those of the others.

use std::collections::BTreeMap;

use super::deadlines::Said;
use crate::body::{BodyName, Id};
use crate::definition::{BodyReference, HourRange, Located, OneOrMany, Part};
use crate::problem::{Place, Problem, Problems};
use crate::text::Language;
use crate::timetable::{Audience, AudienceIndex, Body, BodyIndex, Guest, STUDY_GROUP, Venue};
use crate::zone::Zone;

/// The names of a study group that its meetings may use.
pub(super) struct Scope {
    pub(super) id: Id,
    pub(super) uid_domain: String,
    /// The languages; none where they could not be read, and texts are then not checked for them.
    pub(super) languages: Vec<Language>,
    pub(super) zone: Zone,
    /// The usual hours; none where they could not be read, which has been reported.
    pub(super) hours: BTreeMap<Part, Option<HourRange>>,
    /// The study group itself, then the bodies below it.
    pub(super) bodies: Vec<Body>,
    /// Where each body stands among them, by its name.
    pub(super) by_name: BTreeMap<String, BodyIndex>,
    /// The kinds of names that are known in full, so that another name is a fault.
    pub(super) known: Vec<Section>,
    pub(super) audiences: Vec<Audience>,
    pub(super) venues: BTreeMap<Id, Option<Site>>,
    /// The deadlines that its meetings inherit, in the order of the file.
    pub(super) rules: Vec<(Located<Id>, Option<Said>)>,
}

/// A venue with the zone of its clocks.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) venue: Venue,
    pub(super) zone: Option<Zone>,
}

/// The kinds of names that a study group gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Short,
    Bodies,
    Audiences,
    Venues,
    Hours,
    Deadlines,
}

/// The names of all study groups.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) scopes: &'a [Scope],
}

impl<'a> Names<'a> {
    /// The study group of this short name.
    pub(super) fn group(&self, short: &str) -> Option<&'a Scope> {
        self.scopes.iter().find(|scope| scope.knows(Section::Short) && scope.short() == short)
    }

    /// Whether every study group could be read, so that another name is a fault.
    pub(super) fn all_known(&self) -> bool {
        self.scopes.iter().all(|scope| scope.knows(Section::Short))
    }

    /// Reports a study group that there is none of, unless one could not be read.
    pub(super) fn report_unknown(&self, short: &str, place: &Place, problems: &mut Problems) {
        if self.all_known() {
            problems.push(
                Problem::error(place, format!("unknown study group `{}`", crate::text::line(short)))
                    .label("expected the short name of a study group")
                    .suggest(short, self.scopes.iter().map(Scope::short)),
            );
        }
    }

    /// The bodies of these names: those of `home` in its order, and those of other study groups.
    pub(super) fn bodies(
        &self,
        home: &Scope,
        names: Option<&OneOrMany<Located<BodyReference>>>,
        problems: &mut Problems,
    ) -> (Vec<BodyIndex>, Vec<Guest>) {
        let mut found: BTreeMap<&Id, (&Scope, Vec<BodyIndex>)> = BTreeMap::new();
        for name in names.into_iter().flat_map(|names| &names.values) {
            let Some((scope, body)) = self.body(home, name, problems) else { continue };
            let bodies = &mut found.entry(&scope.id).or_insert_with(|| (scope, Vec::new())).1;
            if bodies.contains(&body) {
                problems.push(repeated(&name.place, &name.value.to_string()));
            } else {
                bodies.push(body);
                bodies.sort_unstable();
            }
        }
        let own = found.remove(&home.id).map(|(_, bodies)| bodies).unwrap_or_default();
        let guests = found.into_values().map(|(scope, bodies)| Guest {
            group: scope.id.clone(),
            written: bodies.iter().map(|body| scope.bodies[*body].written.clone()).collect(),
            bodies,
        });
        (own, guests.collect())
    }

    fn body(
        &self,
        home: &'a Scope,
        name: &Located<BodyReference>,
        problems: &mut Problems,
    ) -> Option<(&'a Scope, BodyIndex)> {
        let own = name.value.name.as_str();
        match &name.value.group {
            Some(group) => {
                let scope = self.group(group.as_str());
                if scope.is_none() {
                    self.report_unknown(group.as_str(), &name.place, problems);
                }
                Some((scope?, scope?.body(own, &name.place, problems)?))
            }
            None => match self.group(own).filter(|_| home.position(own).is_none()) {
                Some(scope) => Some((scope, STUDY_GROUP)),
                None => Some((home, home.body(own, &name.place, problems)?)),
            },
        }
    }
}

impl Scope {
    /// What stands before summaries: `SG12`.
    pub(super) fn short(&self) -> &str {
        self.bodies[STUDY_GROUP].name.as_str()
    }

    /// Whether the names of a kind are known in full.
    pub(super) fn knows(&self, section: Section) -> bool {
        self.known.contains(&section)
    }

    fn position(&self, name: &str) -> Option<BodyIndex> {
        self.by_name.get(name).copied()
    }

    /// The body of this name.
    pub(super) fn body(&self, name: &str, place: &Place, problems: &mut Problems) -> Option<BodyIndex> {
        let body = self.position(name);
        if body.is_none() && problems.is_full() {
            problems.push_error(|| repeated(place, name));
        } else if body.is_none() {
            let is_former = |body: &&Body| body.former.iter().any(|former| former.as_str() == name);
            if let Some(today) = self.bodies.iter().find(is_former) {
                problems.push(
                    Problem::error(place, format!("`{name}` has another name today"))
                        .label(format!("expected `{}`", today.name))
                        .help(format!("write {}: it was renamed in group.yaml", today.name)),
                );
                return None;
            }
            let known: Vec<&str> = self.bodies.iter().map(|body| body.name.as_str()).collect();
            self.report_unknown(Section::Bodies, &known, (name, place), problems);
        }
        body
    }

    /// The audiences of these names, in the order of the group.
    pub(super) fn audiences(
        &self,
        names: Option<&OneOrMany<Located<Id>>>,
        problems: &mut Problems,
    ) -> Vec<AudienceIndex> {
        let mut found = Vec::new();
        for name in names.into_iter().flat_map(|names| &names.values) {
            match self.audience(name.value.as_str(), &name.place, problems) {
                Some(index) if found.contains(&index) => {
                    problems.push(repeated(&name.place, name.value.as_str()));
                }
                index => found.extend(index),
            }
        }
        found.sort_unstable();
        found
    }

    /// The audience of this name.
    pub(super) fn audience(&self, name: &str, place: &Place, problems: &mut Problems) -> Option<AudienceIndex> {
        let index = self.audiences.iter().position(|audience| audience.id.as_str() == name);
        if index.is_none() {
            let known: Vec<&str> = self.audiences.iter().map(|audience| audience.id.as_str()).collect();
            self.report_unknown(Section::Audiences, &known, (name, place), problems);
        }
        index
    }

    /// The venue of this name.
    pub(super) fn venue(&self, name: &Located<Id>, problems: &mut Problems) -> Option<Site> {
        let venue = self.venues.get(&name.value);
        if venue.is_none() {
            let known: Vec<&str> = self.venues.keys().map(Id::as_str).collect();
            self.report_unknown(Section::Venues, &known, (name.value.as_str(), &name.place), problems);
        }
        venue.cloned().flatten()
    }

    /// Reports a name that its section does not have, unless that section has a fault of its own.
    fn report_unknown(&self, section: Section, known: &[&str], (name, place): (&str, &Place), problems: &mut Problems) {
        let (noun, one) = match section {
            Section::Bodies | Section::Short => ("body", "a body"),
            Section::Audiences => ("audience", "an audience"),
            Section::Venues => ("venue", "a venue"),
            Section::Hours => ("part of the day", "a part of the day"),
            Section::Deadlines => ("deadline", "a deadline"),
        };
        if self.knows(section) {
            let none = known
                .is_empty()
                .then(|| format!("group.yaml has no `{noun}s:` yet: add it, with what this name stands for"));
            problems.push(
                Problem::error(place, format!("unknown {noun} `{name}` in {}", self.short()))
                    .label(format!("expected {one} of group.yaml"))
                    .suggest(name, known.iter().copied())
                    .advice(none),
            );
        }
    }
}

fn repeated(place: &Place, name: &str) -> Problem {
    Problem::error(place, format!("`{name}` stands here twice")).label("expected it once").help("remove one of the two")
}

/// The name that stands in for one that could not be read.
pub(super) fn nameless() -> Option<BodyName> {
    BodyName::from_written("SG0")
}
