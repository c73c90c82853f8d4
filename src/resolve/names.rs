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
    /// Which of its sections are known in full.
    pub(super) known: Known,
    pub(super) audiences: Vec<Audience>,
    pub(super) venues: BTreeMap<Id, Option<Venue>>,
}

/// Whether the names of each kind are known in full, so that another name is a fault.
pub(super) struct Known {
    pub(super) bodies: bool,
    pub(super) audiences: bool,
    pub(super) venues: bool,
    pub(super) hours: bool,
}

impl Scope {
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
                None if !self.known.bodies => {}
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
                None if !self.known.audiences => {}
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
        if venue.is_none() && self.known.venues {
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
