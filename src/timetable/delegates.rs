//! All delegates in a few pieces of memory: there may be hundreds of thousands, and most of them are asked for by nobody
//! at any moment.

use super::{Delegate, Follows};
use crate::body::{Id, Ids};
use crate::text::Language;

/// Delegates, by their number.
#[derive(Debug, Clone, Default)]
pub struct Delegates {
    ids: Ids,
    /// What is known of each, as [`Numbers`] writes it.
    numbers: Vec<i32>,
    /// Where that of each ends.
    ends: Vec<u32>,
    /// What numbers of study groups stand for.
    groups: Vec<Id>,
    /// What numbers of languages stand for.
    languages: Vec<Language>,
}

impl Delegates {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The delegate of a number.
    pub fn get(&self, number: usize) -> Option<Delegate> {
        let mut numbers = self.numbers(number)?;
        Some(Delegate {
            id: Id::from_written(self.ids.get(number)?)?,
            key: numbers.next()?.cast_unsigned(),
            hides_cancelled: numbers.next()? != 0,
            language: usize::try_from(numbers.next()?).ok().map(|language| self.languages[language].clone()),
            session_reminders: numbers.list()?.to_vec(),
            deadline_reminders: numbers.list()?.to_vec(),
            follows: self.follows(numbers),
        })
    }

    /// The id of the delegate of a number.
    pub fn id(&self, number: usize) -> Option<&str> {
        self.ids.get(number)
    }

    /// All that is known of the delegate of a number but the id and the key: the same numbers say the same of another delegate
    /// here, and nothing elsewhere.
    pub fn wishes(&self, number: usize) -> Option<&[i32]> {
        self.numbers(number)?.0.get(1..)
    }

    /// The id and the key of the delegate of a number.
    pub fn id_and_key(&self, number: usize) -> Option<(&str, u32)> {
        Some((self.ids.get(number)?, self.numbers(number)?.next()?.cast_unsigned()))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Delegate> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// Adds one at the end.
    ///
    /// # Panics
    ///
    /// They are more than fit in 16 GB.
    pub fn push(&mut self, delegate: &Delegate) {
        self.ids.push(delegate.id.as_str());
        let language = delegate.language.as_ref().map(|language| number_of(language, &mut self.languages));
        let numbers = &mut self.numbers;
        numbers.push(delegate.key.cast_signed());
        numbers.push(i32::from(delegate.hides_cancelled));
        numbers.push(language.unwrap_or(-1));
        put(numbers, delegate.session_reminders.iter().copied());
        put(numbers, delegate.deadline_reminders.iter().copied());
        for Follows { group, bodies, audiences } in &delegate.follows {
            numbers.push(number_of(group, &mut self.groups));
            put(numbers, bodies.iter().map(|body| as_number(*body)));
            put(numbers, audiences.iter().map(|audience| as_number(*audience)));
        }
        self.ends.push(u32::try_from(numbers.len()).expect("delegates of less than 16 GB"));
    }

    /// These in the order of their ids, with how each of them was numbered.
    #[must_use]
    pub fn sorted(self) -> (Self, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|number| self.ids.get(*number));
        let mut sorted = Self {
            ids: Ids::with_capacity(self.len(), self.ids.octets()),
            numbers: Vec::with_capacity(self.numbers.len()),
            ends: Vec::with_capacity(self.len()),
            groups: self.groups.clone(),
            languages: self.languages.clone(),
        };
        for number in &order {
            sorted.ids.push(self.ids.get(*number).unwrap_or_default());
            sorted.numbers.extend_from_slice(self.numbers(*number).map_or(&[], |numbers| numbers.0));
            // As many as before.
            sorted.ends.push(u32::try_from(sorted.numbers.len()).unwrap_or(u32::MAX));
        }
        (sorted, order)
    }

    fn numbers(&self, number: usize) -> Option<Numbers<'_>> {
        let start = if number == 0 { 0 } else { *self.ends.get(number - 1)? as usize };
        self.numbers.get(start..*self.ends.get(number)? as usize).map(Numbers)
    }

    fn follows(&self, mut numbers: Numbers<'_>) -> Vec<Follows> {
        let indices = |list: Option<&[i32]>| list.into_iter().flatten().map(|index| as_index(*index)).collect();
        let mut follows = Vec::new();
        while let Some(group) = numbers.next() {
            let group = self.groups[as_index(group)].clone();
            follows.push(Follows { group, bodies: indices(numbers.list()), audiences: indices(numbers.list()) });
        }
        follows
    }
}

/// What is known of a delegate, number by number: the key, whether cancelled events are left out, the language or -1, the two
/// lists of reminders; then for each study group its number, the list of bodies and that of audiences. Before each list stands
/// its length.
struct Numbers<'n>(&'n [i32]);

impl<'n> Numbers<'n> {
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

fn put(numbers: &mut Vec<i32>, list: impl ExactSizeIterator<Item = i32>) {
    numbers.push(as_number(list.len()));
    numbers.extend(list);
}

fn number_of<T: Clone + PartialEq>(what: &T, known: &mut Vec<T>) -> i32 {
    let number = known.iter().position(|known| known == what).unwrap_or_else(|| {
        known.push(what.clone());
        known.len() - 1
    });
    as_number(number)
}

/// No study group has two thousand million bodies.
fn as_number(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

fn as_index(number: i32) -> usize {
    usize::try_from(number).unwrap_or_default()
}

impl PartialEq for Delegates {
    fn eq(&self, other: &Self) -> bool {
        // Numbers of languages and study groups are given as these come.
        let is_written_alike = self.groups == other.groups && self.languages == other.languages;
        if is_written_alike {
            return self.ids == other.ids && self.numbers == other.numbers && self.ends == other.ends;
        }
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Delegates {}

impl FromIterator<Delegate> for Delegates {
    fn from_iter<I: IntoIterator<Item = Delegate>>(delegates: I) -> Self {
        let mut all = Self::default();
        for delegate in delegates {
            all.push(&delegate);
        }
        all.ids.shrink_to_fit();
        all.numbers.shrink_to_fit();
        all.ends.shrink_to_fit();
        all
    }
}
