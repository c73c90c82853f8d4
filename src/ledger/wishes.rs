//! What is remembered of all delegates, in two pieces of memory.

use std::cmp::Ordering;

use super::Wishes;
use crate::body::Ids;

/// The wishes of every delegate that there has been, in the order of their ids. Private.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllWishes {
    ids: Ids,
    wishes: Vec<Wishes>,
}

impl AllWishes {
    /// The wishes of the delegate of an id.
    pub fn get(&self, id: &str) -> Option<&Wishes> {
        self.wishes.get(self.ids.position(id)?)
    }

    /// The same, where they stand near a number in all likelihood.
    pub fn near(&self, id: &str, number: usize) -> Option<&Wishes> {
        let is_there = self.ids.get(number) == Some(id);
        if is_there { self.wishes.get(number) } else { self.get(id) }
    }

    /// Each of them with the delegate's id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Wishes)> {
        self.ids.iter().zip(&self.wishes)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.wishes.is_empty()
    }

    /// Adds some that are new or changed, to be taken over as a whole: these need not be in order.
    pub fn push(&mut self, id: &str, wishes: Wishes) {
        self.ids.push(id);
        self.wishes.push(wishes);
    }

    /// These with some that are new or changed, each once and in any order.
    #[must_use]
    pub fn with(&self, changed: &Self) -> Self {
        let mut order: Vec<usize> = (0..changed.wishes.len()).collect();
        order.sort_by_key(|number| changed.ids.get(*number));
        let number = self.wishes.len() + changed.wishes.len();
        let octets = self.ids.octets() + changed.ids.octets();
        let mut all = Self { ids: Ids::with_capacity(number, octets), wishes: Vec::with_capacity(number) };
        let mut changed =
            order.into_iter().filter_map(|number| changed.ids.get(number).zip(changed.wishes.get(number))).peekable();
        let mut known = self.iter().peekable();
        loop {
            let next = match (known.peek(), changed.peek()) {
                (Some((then, _)), Some((now, _))) => then.cmp(now),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let then = if next == Ordering::Greater { None } else { known.next() };
            let now = if next == Ordering::Less { None } else { changed.next() };
            // What is known of a delegate gives way to what is new.
            if let Some((id, wishes)) = now.or(then) {
                all.push(id, *wishes);
            }
        }
        all.ids.shrink_to_fit();
        all.wishes.shrink_to_fit();
        all
    }
}
