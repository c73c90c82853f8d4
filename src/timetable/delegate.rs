//! Delegates: readers with a private feed, and what each follows.

use serde::{Deserialize, Serialize};

use super::{Audience, AudienceIndex, BodyIndex, Timetable};
use crate::body::Id;
use crate::text::Language;

/// A reader with a private feed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Delegate {
    /// The name in delegates.yaml. Private.
    pub id: Id,
    /// How often the address was renewed, from 1 up.
    pub key: u32,
    /// What is followed in each study group, in the order of the groups; at least one.
    pub follows: Vec<Follows>,
    /// The language of the feed; that of its first study group if none.
    pub language: Option<Language>,
    /// How many minutes before each session the calendar reminds, in order.
    pub session_reminders: Vec<i32>,
    /// How many minutes before each deadline.
    pub deadline_reminders: Vec<i32>,
    /// Whether cancelled events are left out.
    pub hides_cancelled: bool,
}

impl Delegate {
    /// The language of the feed: the one that was asked for, or that of the first study group followed.
    pub fn own_language(&self, timetable: &Timetable) -> Language {
        let first =
            || timetable.group(self.follows.first()?.group.as_str()).map(|group| group.first_language().clone());
        self.language.clone().or_else(first).unwrap_or_else(Language::english)
    }

    /// The audiences that the delegate belongs to, study group by study group.
    pub fn audiences<'t>(&'t self, timetable: &'t Timetable) -> impl Iterator<Item = (&'t Id, &'t Audience)> {
        let groups =
            self.follows.iter().filter_map(|follows| Some((follows, timetable.group(follows.group.as_str())?)));
        groups.flat_map(|(follows, group)| {
            follows.audiences.iter().map(move |audience| (&group.id, &group.audiences[*audience]))
        })
    }
}

/// What a reader follows in one study group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Follows {
    /// The study group.
    pub group: Id,
    /// The bodies, in the order of the group.
    pub bodies: Vec<BodyIndex>,
    /// The audiences that the reader belongs to, in the order of the group.
    pub audiences: Vec<AudienceIndex>,
}
