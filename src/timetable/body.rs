//! Bodies: study groups, working parties and Questions; and audiences.

use std::ops::Index;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::WrittenName;
use crate::id::{BodyName, Id};
use crate::text::{Prose, Text};

/// Defines the index of an element of a list, a type of its own, so that no list is used with the index of another.
macro_rules! index_of {
    ($(#[$doc:meta])* $name:ident, $element:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(usize);

        impl $name {
            /// Returns the index of the element at a position in the list.
            pub const fn new(position: usize) -> Self {
                Self(position)
            }

            /// Returns the position in the list.
            pub const fn position(self) -> usize {
                self.0
            }
        }

        impl Index<$name> for Vec<$element> {
            type Output = $element;

            fn index(&self, index: $name) -> &$element {
                &self[index.0]
            }
        }
    };
}

index_of! {
    /// The index of a body in [`Group::bodies`](super::Group::bodies).
    BodyIndex, Body
}

index_of! {
    /// The index of an audience in [`Group::audiences`](super::Group::audiences).
    AudienceIndex, Audience
}

/// The index of the study group itself in [`Group::bodies`](super::Group::bodies).
pub const STUDY_GROUP: BodyIndex = BodyIndex::new(0);

/// A study group, or a body inside it: a working party, a Question, or another kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The kind of body.
    pub rank: BodyKind,
    /// Its short name: `WP1`.
    pub name: BodyName,
    /// The name as people write it: `WP1/12`.
    pub written: WrittenName,
    /// Its part of an address, if that is not made from its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_address: Option<Id>,
    /// Its earlier parts of addresses that none of its names gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_addresses: Vec<Id>,
    /// Its title.
    pub title: Text,
    /// The body that it belongs to; `None` for the study group.
    #[serde(rename = "above")]
    pub parent: Option<BodyIndex>,
    /// Its earlier names.
    pub former: Vec<BodyName>,
    /// The last day on which it existed.
    pub closed: Option<Date>,
    /// What readers of a closed or renamed body's feed should know.
    pub note: Option<Text<Prose>>,
}

impl Body {
    /// Returns its part of an address: `wp1`.
    pub fn address(&self) -> String {
        self.own_address.as_ref().map_or_else(|| self.name.address(), Id::to_string)
    }

    /// Returns `true` if it has a name or had it.
    fn is_or_was_called(&self, name: &BodyName) -> bool {
        self.name == *name || self.former.contains(name)
    }
}

/// Returns the body of a later release that continues one of an earlier release: the one that was renamed from it
/// since, else the one with its name. `None` if there is none.
///
/// A former name counts only if it is new. The definitions keep it for ever, but the name may have been given to
/// another body in the meantime, and two bodies may exchange their names.
pub fn find_later_body(before: &[Body], earlier: BodyIndex, after: &[Body]) -> Option<BodyIndex> {
    if earlier == STUDY_GROUP {
        return Some(STUDY_GROUP);
    }
    let body = &before[earlier.position()];
    let was_known = |now: &Body| {
        let mut known = before.iter().filter(|known| known.former.contains(&body.name));
        known.any(|known| now.is_or_was_called(&known.name))
    };
    let is_renamed = |now: &Body| now.former.contains(&body.name) && !was_known(now);
    let has_name = |now: &Body| now.name == body.name;
    // A body that was renamed twice, of which the definitions name only the first name.
    let is_renamed_again = |now: &Body| {
        now.former.iter().any(|name| body.former.contains(name)) && before.iter().all(|known| known.name != now.name)
    };
    let find = |is_it: &dyn Fn(&Body) -> bool| after.iter().skip(1).position(is_it);
    let position = find(&is_renamed).or_else(|| find(&has_name)).or_else(|| find(&is_renamed_again))?;
    Some(BodyIndex::new(position + 1))
}

/// Returns `true` if `inner` is `outer` or inside it. `bodies` are those of a study group.
pub fn is_body_within(bodies: &[Body], inner: BodyIndex, outer: BodyIndex) -> bool {
    let mut above = std::iter::successors(Some(inner), |body| bodies[body.position()].parent);
    above.any(|body| body == outer)
}

/// Returns `true` if the bodies are the same, or one contains the other.
pub fn are_bodies_related(bodies: &[Body], one: BodyIndex, other: BodyIndex) -> bool {
    is_body_within(bodies, one, other) || is_body_within(bodies, other, one)
}

/// The kinds of bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BodyKind {
    /// The study group itself.
    StudyGroup,
    /// A working party.
    WorkingParty,
    /// A Question.
    Question,
    /// A kind of the study group's own.
    Named(Box<KindName>),
    /// The definitions do not say.
    Unnamed,
}

/// What a kind of body is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindName {
    /// One of them.
    pub one: Text,
    /// Several of them.
    pub many: Text,
}

/// An audience: a kind of delegate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Its part of an address.
    pub id: Id,
    /// What it is called.
    pub name: Text,
}
