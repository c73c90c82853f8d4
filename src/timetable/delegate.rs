//! Delegates: readers with a private feed, and what each follows.

use serde::{Deserialize, Serialize};

use super::{Audience, AudienceIndex, BodyIndex, Timetable};
use crate::id::Id;
use crate::text::Language;

/// A reader with a private feed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Delegate {
    /// The id in delegates.yaml. Private.
    pub id: Id,
    /// The number of the private address, 1 or more.
    pub key: u32,
    /// What the delegate follows in each study group, in the order of the groups. At least one.
    pub follows: Vec<Follows>,
    /// The language of the feed; that of the first study group if `None`.
    pub language: Option<Language>,
    /// The reminders before each session, in minutes, ascending.
    pub session_reminders: Vec<i32>,
    /// The reminders before each deadline, in minutes, ascending.
    pub deadline_reminders: Vec<i32>,
    /// Whether cancelled events are left out.
    pub hides_cancelled: bool,
}

impl Delegate {
    /// Returns the language of the feed: the delegate's own, or that of the first study group followed.
    pub fn feed_language(&self, timetable: &Timetable) -> Language {
        let first =
            || timetable.group(self.follows.first()?.group.as_str()).map(|group| group.first_language().clone());
        self.language.clone().or_else(first).unwrap_or_else(Language::english)
    }

    /// Iterates over the audiences that the delegate belongs to, by study group.
    pub fn audiences<'t>(&'t self, timetable: &'t Timetable) -> impl Iterator<Item = (&'t Id, &'t Audience)> {
        let groups =
            self.follows.iter().filter_map(|follows| Some((follows, timetable.group(follows.group.as_str())?)));
        groups.flat_map(|(follows, group)| {
            follows.audiences.iter().map(move |audience| (&group.id, &group.audiences[*audience]))
        })
    }
}

/// What a delegate follows in one study group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Follows {
    /// The study group.
    pub group: Id,
    /// The bodies, in the order of the group.
    pub bodies: Vec<BodyIndex>,
    /// The audiences that the delegate belongs to, in the order of the group.
    pub audiences: Vec<AudienceIndex>,
}
