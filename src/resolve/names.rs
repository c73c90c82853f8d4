//! What a study group's names stand for: the scope in which its meetings are read.

use std::collections::BTreeMap;

use crate::body::{BodyName, Id};
use crate::definition::{HourRange, Located, OneOrMany, Part};
use crate::problem::{Place, Problem, Problems};
use crate::text::Language;
use crate::timetable::{Audience, AudienceIndex, Body, BodyIndex, Venue};
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
    pub(super) bodies: Vec<Body>,
    /// The kinds of names that are known in full, so that another name is a fault.
    pub(super) known: Vec<Section>,
    pub(super) audiences: Vec<Audience>,
    pub(super) venues: BTreeMap<Id, Option<Venue>>,
}

/// The kinds of names that a study group gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Bodies,
    Audiences,
    Venues,
    Hours,
}

impl Scope {
    /// Whether the names of a kind are known in full.
    pub(super) fn knows(&self, section: Section) -> bool {
        self.known.contains(&section)
    }

    /// The bodies of these names, in the order of the group.
    pub(super) fn bodies(
        &self,
        names: Option<&OneOrMany<Located<BodyName>>>,
        problems: &mut Problems,
    ) -> Vec<BodyIndex> {
        let known: Vec<&str> = self.bodies.iter().map(|body| body.name.as_str()).collect();
        let names = names.into_iter().flat_map(|names| &names.values);
        self.indices(Section::Bodies, &known, names.map(|name| (name.value.as_str(), &name.place)), problems)
    }

    /// The audiences of these names, in the order of the group.
    pub(super) fn audiences(
        &self,
        names: Option<&OneOrMany<Located<Id>>>,
        problems: &mut Problems,
    ) -> Vec<AudienceIndex> {
        let known: Vec<&str> = self.audiences.iter().map(|audience| audience.id.as_str()).collect();
        let names = names.into_iter().flat_map(|names| &names.values);
        self.indices(Section::Audiences, &known, names.map(|name| (name.value.as_str(), &name.place)), problems)
    }

    /// The venue of this name.
    pub(super) fn venue(&self, name: &Located<Id>, problems: &mut Problems) -> Option<Venue> {
        let venue = self.venues.get(&name.value);
        if venue.is_none() {
            let known: Vec<&str> = self.venues.keys().map(Id::as_str).collect();
            self.report_unknown(Section::Venues, &known, (name.value.as_str(), &name.place), problems);
        }
        venue.cloned().flatten()
    }

    /// The positions of names among those that are known, sorted, each once.
    fn indices<'a>(
        &self,
        section: Section,
        known: &[&str],
        names: impl Iterator<Item = (&'a str, &'a Place)>,
        problems: &mut Problems,
    ) -> Vec<usize> {
        let mut found = Vec::new();
        for (name, place) in names {
            match known.iter().position(|known| *known == name) {
                Some(index) if found.contains(&index) => problems.push(repeated(place, name)),
                Some(index) => found.push(index),
                None => self.report_unknown(section, known, (name, place), problems),
            }
        }
        found.sort_unstable();
        found
    }

    /// Reports a name that its section does not have, unless that section has a fault of its own.
    fn report_unknown(&self, section: Section, known: &[&str], (name, place): (&str, &Place), problems: &mut Problems) {
        let (noun, one) = match section {
            Section::Bodies => ("body", "a body"),
            Section::Audiences => ("audience", "an audience"),
            Section::Venues => ("venue", "a venue"),
            Section::Hours => ("part of the day", "a part of the day"),
        };
        if self.knows(section) {
            problems.push(
                Problem::error(place, format!("unknown {noun} `{name}`"))
                    .label(format!("expected {one} of group.yaml"))
                    .suggest(name, known.iter().copied()),
            );
        }
    }
}

fn repeated(place: &Place, name: &str) -> Problem {
    Problem::error(place, format!("`{name}` stands here twice")).label("expected it once").help("remove one of the two")
}
