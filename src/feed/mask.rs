//! Audience masks: one bit for each body, one for each audience, and one for the study group itself if it is named.
//! Entries and readers have masks of the same form.

use crate::timetable::{AudienceIndex, BodyIndex, Group, STUDY_GROUP};

/// The layout of the masks of a study group.
pub(super) struct MaskLayout {
    bodies: usize,
    audiences: usize,
    /// For each body, the bits of itself and of all bodies that contain it or are inside it.
    related: Vec<Vec<u64>>,
}

impl MaskLayout {
    /// Computes the layout for a study group.
    pub(super) fn new(group: &Group) -> Self {
        let mut layout = Self { bodies: group.bodies.len(), audiences: group.audiences.len(), related: Vec::new() };
        let related_to = |body: BodyIndex| {
            let mut words = layout.none();
            let related =
                group.indexed_bodies().map(|(other, _)| other).filter(|other| group.are_related(body, *other));
            related.for_each(|other| set(&mut words, other.position()));
            words
        };
        layout.related = group.indexed_bodies().map(|(body, _)| related_to(body)).collect();
        layout
    }

    /// Returns the number of words in a mask.
    pub(super) fn words(&self) -> usize {
        (self.bodies + self.audiences + 1).div_ceil(64)
    }

    /// Returns an empty mask.
    pub(super) fn none(&self) -> Vec<u64> {
        vec![0; self.words()]
    }

    /// Returns the mask of what concerns these bodies, and all that contain them or are inside them.
    pub(super) fn related(&self, named: &[BodyIndex]) -> Vec<u64> {
        let mut words = self.none();
        self.set_related(&mut words, named);
        words
    }

    /// Returns the mask of exactly these bodies and audiences.
    pub(super) fn exactly(&self, bodies: &[BodyIndex], audiences: &[AudienceIndex]) -> Vec<u64> {
        let mut words = self.none();
        self.set_exactly(&mut words, bodies, audiences);
        words
    }

    /// Adds these bodies, and all that contain them or are inside them, to a mask.
    pub(super) fn set_related(&self, words: &mut [u64], named: &[BodyIndex]) {
        for body in named {
            words.iter_mut().zip(&self.related[body.position()]).for_each(|(word, related)| *word |= related);
        }
        if named.contains(&STUDY_GROUP) {
            set(words, self.itself());
        }
    }

    /// Adds exactly these bodies and audiences to a mask.
    pub(super) fn set_exactly(&self, words: &mut [u64], bodies: &[BodyIndex], audiences: &[AudienceIndex]) {
        for body in bodies {
            set(words, body.position());
        }
        for audience in audiences {
            set(words, self.bodies + audience.position());
        }
    }

    /// Returns the mask of the study group itself, if it is named.
    pub(super) fn study_group(&self) -> Vec<u64> {
        let mut words = self.none();
        set(&mut words, self.itself());
        words
    }

    fn itself(&self) -> usize {
        self.bodies + self.audiences
    }
}

fn set(words: &mut [u64], bit: usize) {
    words[bit / 64] |= 1 << (bit % 64);
}

/// Returns `true` if two masks have a common bit.
#[inline]
pub(super) fn overlap(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}
