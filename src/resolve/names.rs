//! What a study group's names stand for: the scope in which its meetings are read.

use std::collections::BTreeMap;

use crate::body::Id;
use crate::definition::{HourRange, Located, OneOrMany, Part};
use crate::problem::{Problem, Problems};
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
    pub(super) fn bodies<'a>(
        &self,
        names: impl IntoIterator<Item = (&'a str, &'a crate::problem::Place)>,
        problems: &mut Problems,
    ) -> Vec<BodyIndex> {
        let mut found = Vec::new();
        for (name, place) in names {
            match self.bodies.iter().position(|body| body.name.as_str() == name) {
                Some(index) if found.contains(&index) => problems.push(repeated(place, name)),
                Some(index) => found.push(index),
                None if !self.knows(Section::Bodies) => {}
                None => problems.push(
                    Problem::error(place, format!("unknown body `{name}`"))
                        .label("expected a body of group.yaml")
                        .suggest(name, self.bodies.iter().map(|body| body.name.as_str())),
                ),
            }
        }
        found.sort_unstable();
        found
    }

    /// The audiences of these names, in the order of the group.
    pub(super) fn audiences(
        &self,
        names: Option<&OneOrMany<Located<Id>>>,
        problems: &mut Problems,
    ) -> Vec<AudienceIndex> {
        let mut found = Vec::new();
        for name in names.into_iter().flat_map(|names| &names.values) {
            match self.audiences.iter().position(|audience| audience.id == name.value) {
                Some(index) if found.contains(&index) => problems.push(repeated(&name.place, name.value.as_str())),
                Some(index) => found.push(index),
                None if !self.knows(Section::Audiences) => {}
                None => problems.push(
                    Problem::error(&name.place, format!("unknown audience `{}`", name.value))
                        .label("expected an audience of group.yaml")
                        .suggest(name.value.as_str(), self.audiences.iter().map(|audience| audience.id.as_str())),
                ),
            }
        }
        found.sort_unstable();
        found
    }

    /// The venue of this name.
    pub(super) fn venue(&self, name: &Located<Id>, problems: &mut Problems) -> Option<Venue> {
        let venue = self.venues.get(&name.value);
        if venue.is_none() && self.knows(Section::Venues) {
            problems.push(
                Problem::error(&name.place, format!("unknown venue `{}`", name.value))
                    .label("expected a venue of group.yaml")
                    .suggest(name.value.as_str(), self.venues.keys().map(Id::as_str)),
            );
        }
        venue.cloned().flatten()
    }
}

fn repeated(place: &crate::problem::Place, name: &str) -> Problem {
    Problem::error(place, format!("`{name}` stands here twice")).label("expected it once").help("remove one of the two")
}
