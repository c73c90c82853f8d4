//! The stored preferences of all delegates, in two allocations.

use std::cmp::Ordering;

use super::Preferences;
use crate::id::PackedIds;

/// The stored preferences of every delegate that has ever been, sorted by id. Private.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreferencesTable {
    ids: PackedIds,
    preferences: Vec<Preferences>,
}

impl PreferencesTable {
    /// Returns the preferences of the delegate with an id.
    pub fn get(&self, id: &str) -> Option<&Preferences> {
        self.preferences.get(self.ids.position(id)?)
    }

    /// Iterates over the preferences with the delegates' ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Preferences)> {
        self.ids.iter().zip(&self.preferences)
    }

    /// Returns `true` if there are none.
    pub fn is_empty(&self) -> bool {
        self.preferences.is_empty()
    }

    /// Appends preferences to a list of changes for [`merged_with`](Self::merged_with), in any order.
    pub fn push(&mut self, id: &str, preferences: Preferences) {
        self.ids.push(id);
        self.preferences.push(preferences);
    }

    /// Merges this list with changed preferences, which are each once and in any order.
    ///
    /// ```
    /// use convene::ledger::{Fingerprint, Preferences, PreferencesTable};
    ///
    /// let modified = "2025-01-10T09:00:00Z".parse().expect("an instant");
    /// let preferences = |sequence| Preferences { fingerprint: Fingerprint::from_bytes(b"fr"), sequence, modified };
    /// let (mut before, mut changed) = (PreferencesTable::default(), PreferencesTable::default());
    /// before.push("delegate-1", preferences(0));
    /// changed.push("delegate-1", preferences(1));
    /// assert_eq!(before.merged_with(&changed).get("delegate-1"), Some(&preferences(1)));
    /// ```
    #[must_use]
    pub fn merged_with(&self, changed: &Self) -> Self {
        let mut order: Vec<usize> = (0..changed.preferences.len()).collect();
        order.sort_by_key(|number| changed.ids.get(*number));
        let number = self.preferences.len() + changed.preferences.len();
        let bytes = self.ids.bytes() + changed.ids.bytes();
        let mut all = Self { ids: PackedIds::with_capacity(number, bytes), preferences: Vec::with_capacity(number) };
        let mut changed = order
            .into_iter()
            .filter_map(|number| changed.ids.get(number).zip(changed.preferences.get(number)))
            .peekable();
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
            // New preferences replace those known before.
            if let Some((id, preferences)) = now.or(then) {
                all.push(id, *preferences);
            }
        }
        all.ids.shrink_to_fit();
        all.preferences.shrink_to_fit();
        all
    }
}
