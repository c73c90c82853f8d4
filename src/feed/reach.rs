//! Whom an entry reaches in a study group, as bits: one for each body, one for each audience, and one for the study group
//! itself where it is named. What a reader wants has the same form.

use crate::timetable::{AudienceIndex, BodyIndex, Group, STUDY_GROUP};

/// The bits of a study group.
pub(super) struct Bits {
    bodies: usize,
    audiences: usize,
    /// For each body the bits of all that are above it or below it, and its own.
    are_related: Vec<Vec<u64>>,
}

impl Bits {
    /// Those of a study group.
    pub(super) fn of(group: &Group) -> Self {
        let mut bits = Self { bodies: group.bodies.len(), audiences: group.audiences.len(), are_related: Vec::new() };
        let are_related = |body: BodyIndex| {
            let mut words = bits.none();
            (0..bits.bodies).filter(|other| group.are_related(body, *other)).for_each(|other| set(&mut words, other));
            words
        };
        bits.are_related = (0..bits.bodies).map(are_related).collect();
        bits
    }

    /// How many words they take.
    pub(super) fn words(&self) -> usize {
        (self.bodies + self.audiences + 1).div_ceil(64)
    }

    /// No bit at all.
    pub(super) fn none(&self) -> Vec<u64> {
        vec![0; self.words()]
    }

    /// What concerns these bodies, all above and below them, and nobody else.
    pub(super) fn of_named(&self, named: &[BodyIndex]) -> Vec<u64> {
        let mut words = self.none();
        for body in named {
            words.iter_mut().zip(&self.are_related[*body]).for_each(|(word, are_related)| *word |= are_related);
        }
        if named.contains(&STUDY_GROUP) {
            set(&mut words, self.itself());
        }
        words
    }

    /// These bodies and audiences, and no others.
    pub(super) fn exactly(&self, bodies: &[BodyIndex], audiences: &[AudienceIndex]) -> Vec<u64> {
        let mut words = self.none();
        for body in bodies {
            set(&mut words, *body);
        }
        for audience in audiences {
            set(&mut words, self.bodies + audience);
        }
        words
    }

    /// The study group itself, where it is named.
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

/// Whether one of the bits is in both.
pub(super) fn overlap(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}
