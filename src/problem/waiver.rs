//! Waivers: warnings that an editor has looked at and accepts, each with a reason.

use std::collections::BTreeMap;

use super::{Place, Problem, Problems, Severity};

/// The names of the warnings that may be waived, each with what it warns of.
pub const NAMES: [(&str, &str); 12] = [
    ("after-start", "a deadline falls after the meeting starts"),
    ("body-clash", "a body meets in two places at once"),
    ("chair-clash", "a chair is in two places at once"),
    ("closed-body", "a session is held by a body that is closed by then"),
    ("large-feed", "a feed is so large that calendars may not take all of it"),
    ("lost-text", "a number sign cuts off a text"),
    ("nobody", "a session of Questions or working parties does not say of which"),
    ("outside-meeting", "a day is outside the meeting's dates"),
    ("printed-date", "the date that the letter prints is not the one that the rule gives"),
    ("room-clash", "a room is taken twice at a time"),
    ("translation", "a text or a word of convene's own is lacking in a language"),
    ("weekend", "a day is on a weekend"),
];

/// A warning that is accepted where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The name of the warning; none where it could not be read, and every warning is waived.
    pub name: Option<String>,
    /// Where the name stands.
    pub place: Place,
    /// The whole record in which warnings of that name are waived.
    pub record: Place,
}

/// What stands for every name.
const ANY: &str = "*";

impl Waiver {
    fn covers(&self, problem: &Problem) -> bool {
        let inside = |place: &Place| {
            place.file == self.record.file && self.record.start <= place.start && place.end <= self.record.end
        };
        let places = || std::iter::once(&problem.place).chain(problem.related.iter().map(|(place, _)| place));
        self.name.as_ref().is_none_or(|name| problem.name == Some(name.as_str())) && places().any(inside)
    }
}

impl Problems {
    /// Takes out the warnings that are waived, and adds one for each waiver that waives nothing. Called once, when all
    /// problems have been found.
    pub fn settle(&mut self) {
        let waivers = std::mem::take(&mut self.waivers);
        if waivers.is_empty() {
            return;
        }
        let mut used = vec![false; waivers.len()];
        let mut by_name: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (index, waiver) in waivers.iter().enumerate() {
            by_name.entry((waiver.record.file, waiver.name.as_deref().unwrap_or(ANY))).or_default().push(index);
        }
        let mut kept = Vec::new();
        for problem in std::mem::take(&mut self.found) {
            let places = std::iter::once(&problem.place).chain(problem.related.iter().map(|(place, _)| place));
            let either = [problem.name.unwrap_or(ANY), ANY];
            let named =
                places.flat_map(|place| either.map(|name| by_name.get(&(place.file, name)))).flatten().flatten();
            let named = named.copied().filter(|_| problem.name.is_some());
            // The innermost record that covers it.
            let covering = named.filter(|index| waivers[*index].covers(&problem));
            match covering.min_by_key(|index| waivers[*index].record.end - waivers[*index].record.start) {
                Some(index) => {
                    used[index] = true;
                    self.waived += 1;
                }
                None => kept.push(problem),
            }
        }
        self.found = kept;
        // An error may hide the very warning that a waiver is for.
        if self.count(Severity::Error) == 0 {
            for (waiver, _) in waivers.iter().zip(used).filter(|(_, used)| !used) {
                self.push(idle(waiver));
            }
        }
    }
}

fn idle(waiver: &Waiver) -> Problem {
    Problem::warning(
        &waiver.place,
        "idle-waiver",
        format!("this waives nothing: there is no `{}` here", waiver.name.as_deref().unwrap_or(ANY)),
    )
    .label("expected a warning that it waives")
    .help("remove it: it would hide the next one")
}
