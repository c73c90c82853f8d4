//! A compact list of delegates: a few allocations for hundreds of thousands, most of whom nobody asks for at any
//! moment.
//!
//! A delegate takes 148 bytes of memory, and 401 in a `Vec<Delegate>` (measured with the 100,000 of the benchmark
//! `growth`).

use super::{AudienceIndex, BodyIndex, Delegate, Follows};
use crate::id::{Id, PackedIds};
use crate::text::Language;

/// A compact list of delegates.
#[derive(Debug, Clone, Default)]
pub struct PackedDelegates {
    ids: PackedIds,
    /// The packed fields of each delegate, see [`PackedDelegate`].
    packed: Vec<i32>,
    /// The offset in `numbers` at which each delegate ends.
    ends: Vec<u32>,
    /// The study groups that packed numbers refer to.
    groups: Vec<Id>,
    /// The languages that packed numbers refer to.
    languages: Vec<Language>,
}

impl PackedDelegates {
    /// Returns the number of delegates.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns `true` if there are no delegates.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Unpacks the delegate at an index.
    pub fn get(&self, number: usize) -> Option<Delegate> {
        let mut numbers = self.packed_delegate(number)?;
        Some(Delegate {
            id: Id::parse(self.ids.get(number)?)?,
            key: numbers.next()?.cast_unsigned(),
            hides_cancelled: numbers.next()? != 0,
            language: usize::try_from(numbers.next()?).ok().map(|language| self.languages[language].clone()),
            session_reminders: numbers.list()?.to_vec(),
            deadline_reminders: numbers.list()?.to_vec(),
            follows: self.unpack_follows(numbers),
        })
    }

    /// Returns the id of the delegate at an index.
    pub fn id(&self, number: usize) -> Option<&str> {
        self.ids.get(number)
    }

    /// Returns the packed fields of the delegate at an index without the id and the key. Within one list, equal
    /// slices mean equal preferences.
    pub fn packed_preferences(&self, number: usize) -> Option<&[i32]> {
        self.packed_delegate(number)?.0.get(1..)
    }

    /// Returns the id and the key of the delegate at an index.
    pub fn id_and_key(&self, number: usize) -> Option<(&str, u32)> {
        Some((self.ids.get(number)?, self.packed_delegate(number)?.next()?.cast_unsigned()))
    }

    /// Iterates over the delegates, unpacking each.
    pub fn iter(&self) -> impl Iterator<Item = Delegate> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// Appends a delegate.
    ///
    /// # Panics
    ///
    /// Panics if the packed delegates exceed 16 GB.
    pub fn push(&mut self, delegate: &Delegate) {
        self.ids.push(delegate.id.as_str());
        let language = delegate.language.as_ref().map(|language| intern(language, &mut self.languages));
        let numbers = &mut self.packed;
        numbers.push(delegate.key.cast_signed());
        numbers.push(i32::from(delegate.hides_cancelled));
        numbers.push(language.unwrap_or(-1));
        push_list(numbers, delegate.session_reminders.iter().copied());
        push_list(numbers, delegate.deadline_reminders.iter().copied());
        for Follows { group, bodies, audiences } in &delegate.follows {
            numbers.push(intern(group, &mut self.groups));
            push_list(numbers, bodies.iter().map(|body| as_number(body.position())));
            push_list(numbers, audiences.iter().map(|audience| as_number(audience.position())));
        }
        self.ends.push(u32::try_from(numbers.len()).expect("delegates of less than 16 GB"));
    }

    /// Sorts the delegates by id. Also returns the old index of each.
    #[must_use]
    pub fn sorted(self) -> (Self, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|number| self.ids.get(*number));
        let mut sorted = Self {
            ids: PackedIds::with_capacity(self.len(), self.ids.bytes()),
            packed: Vec::with_capacity(self.packed.len()),
            ends: Vec::with_capacity(self.len()),
            groups: self.groups.clone(),
            languages: self.languages.clone(),
        };
        for number in &order {
            sorted.ids.push(self.ids.get(*number).unwrap_or_default());
            sorted.packed.extend_from_slice(self.packed_delegate(*number).map_or(&[], |numbers| numbers.0));
            // As many as before.
            sorted.ends.push(u32::try_from(sorted.packed.len()).unwrap_or(u32::MAX));
        }
        (sorted, order)
    }

    fn packed_delegate(&self, number: usize) -> Option<PackedDelegate<'_>> {
        let start = if number == 0 { 0 } else { *self.ends.get(number - 1)? as usize };
        self.packed.get(start..*self.ends.get(number)? as usize).map(PackedDelegate)
    }

    fn unpack_follows(&self, mut numbers: PackedDelegate<'_>) -> Vec<Follows> {
        let mut follows = Vec::new();
        while let Some(group) = numbers.next() {
            let group = self.groups[as_index(group)].clone();
            let bodies = numbers.list().into_iter().flatten().map(|index| BodyIndex::new(as_index(*index))).collect();
            let audiences = numbers.list().into_iter().flatten();
            let audiences = audiences.map(|index| AudienceIndex::new(as_index(*index))).collect();
            follows.push(Follows { group, bodies, audiences });
        }
        follows
    }
}

/// The packed fields of one delegate: the key, whether cancelled events are hidden, the language or -1, the two lists
/// of reminders; then for each study group its number, the list of bodies and the list of audiences. Each list is
/// preceded by its length.
struct PackedDelegate<'n>(&'n [i32]);

impl<'n> PackedDelegate<'n> {
    fn next(&mut self) -> Option<i32> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn list(&mut self) -> Option<&'n [i32]> {
        let length = as_index(self.next()?);
        let (list, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(list)
    }
}

fn push_list(numbers: &mut Vec<i32>, list: impl ExactSizeIterator<Item = i32>) {
    numbers.push(as_number(list.len()));
    numbers.extend(list);
}

fn intern<T: Clone + PartialEq>(what: &T, known: &mut Vec<T>) -> i32 {
    let number = known.iter().position(|known| known == what).unwrap_or_else(|| {
        known.push(what.clone());
        known.len() - 1
    });
    as_number(number)
}

/// No study group has two billion bodies.
fn as_number(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

fn as_index(number: i32) -> usize {
    usize::try_from(number).unwrap_or_default()
}

impl PartialEq for PackedDelegates {
    fn eq(&self, other: &Self) -> bool {
        // Both lists refer to the same groups and languages by the same numbers.
        let is_written_alike = self.groups == other.groups && self.languages == other.languages;
        if is_written_alike {
            return self.ids == other.ids && self.packed == other.packed && self.ends == other.ends;
        }
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for PackedDelegates {}

impl FromIterator<Delegate> for PackedDelegates {
    fn from_iter<I: IntoIterator<Item = Delegate>>(delegates: I) -> Self {
        let mut all = Self::default();
        for delegate in delegates {
            all.push(&delegate);
        }
        all.ids.shrink_to_fit();
        all.packed.shrink_to_fit();
        all.ends.shrink_to_fit();
        all
    }
}
