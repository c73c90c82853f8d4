//! Occasions: which of a session's slots a change or a skip means.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::reading::Reading;
use super::slots::{Slot, report_weekday};
use crate::definition::{self, Change, Located, Occasion};
use crate::problem::{Place, Problem};

/// What is different for the slots of a session, by their index.
#[derive(Default)]
pub(super) struct Exceptions<'t> {
    /// Those that were never planned.
    pub(super) skipped: BTreeSet<usize>,
    /// Those that are different.
    pub(super) changed: BTreeMap<usize, &'t Change>,
}

impl Reading<'_> {
    /// The exceptions of a session. A change or skip that hits no slot is reported, and so is one that hits several.
    pub(super) fn exceptions<'t>(&mut self, typed: &'t definition::Session, slots: &[Slot<'_>]) -> Exceptions<'t> {
        let mut exceptions = Exceptions::default();
        // What is wrong with the days, the hours or the rule has been reported.
        let is_known = typed.days.as_ref().is_none_or(|days| days.is_whole)
            && typed.at.as_ref().is_none_or(|at| at.is_whole)
            && (typed.repeat.is_some() || !typed.has("repeat"));
        if slots.is_empty() || !is_known {
            return exceptions;
        }
        let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        slots.iter().enumerate().for_each(|(index, slot)| by_day.entry(slot.day.value).or_default().push(index));
        if self.all_miss(typed, &by_day) {
            return exceptions;
        }
        let mut places: BTreeMap<usize, Place> = BTreeMap::new();
        for skip in typed.skip.iter().flat_map(|skip| &skip.values) {
            for hit in self.hits(skip, slots, &by_day) {
                if self.is_first(hit, &skip.place, &mut places) {
                    exceptions.skipped.insert(hit);
                }
            }
        }
        for change in typed.changes.iter().flatten() {
            for on in change.on.iter().flat_map(|on| &on.values) {
                let hits = self.hits(on, slots, &by_day);
                match hits[..] {
                    [] => {}
                    [hit] => {
                        if self.is_first(hit, &on.place, &mut places) {
                            exceptions.changed.insert(hit, change);
                        }
                    }
                    _ => self.report(
                        Problem::error(&on.place, "which one of that day?")
                            .label("expected the part of the day or the starting hour behind the day")
                            .help(format!("there are: {}", named(&hits, slots))),
                    ),
                }
            }
        }
        exceptions
    }

    /// Whether no skip and no change hits a day, which is reported once: the days themselves have shifted.
    fn all_miss(&mut self, typed: &definition::Session, by_day: &BTreeMap<Date, Vec<usize>>) -> bool {
        let skips = typed.skip.iter().flat_map(|skip| &skip.values);
        let changes = typed.changes.iter().flatten().filter_map(|change| change.on.as_ref()).flat_map(|on| &on.values);
        let all: Vec<&Located<Occasion>> = skips.chain(changes).collect();
        let ([first, _, ..], Some(day)) = (&all[..], by_day.keys().next()) else { return false };
        if all.iter().any(|occasion| by_day.contains_key(&occasion.value.day.date)) {
            return false;
        }
        let typed_days = typed.day.as_ref().map(|day| &day.place).or(typed.days.as_ref().map(|days| &days.place));
        let place = typed_days.unwrap_or(&typed.place);
        self.report(
            Problem::error(place, "no skip and no change of this session hits one of its days")
                .label(format!("its first day is {day}"))
                .related(&first.place, format!("the first of {} that miss", all.len()))
                .help(
                    "correct the day or the rule if it was mistyped, or the skips and changes if the session has moved",
                ),
        );
        true
    }

    /// Whether nothing has been said of a slot yet; reports it otherwise.
    fn is_first(&mut self, hit: usize, place: &Place, places: &mut BTreeMap<usize, Place>) -> bool {
        if let Some(first) = places.get(&hit) {
            let problem = Problem::error(place, "this occurrence is changed or skipped twice")
                .label("expected each occurrence once")
                .related(first, "first here")
                .help("put everything that is different for it into one change");
            self.report(problem);
            return false;
        }
        places.insert(hit, place.clone());
        true
    }

    /// The slots that an occasion means, at least one unless it was reported.
    fn hits(
        &mut self,
        occasion: &Located<Occasion>,
        slots: &[Slot<'_>],
        by_day: &BTreeMap<Date, Vec<usize>>,
    ) -> Vec<usize> {
        report_weekday(occasion.value.day, &occasion.place, self.problems);
        let of_day = by_day.get(&occasion.value.day.date).map(Vec::as_slice).unwrap_or_default();
        let is_meant = |index: &&usize| {
            let wanted = occasion.value.part_or_hour.as_ref();
            wanted.is_none_or(|wanted| slots[**index].at.value.part_or_hour() == *wanted)
        };
        let hits: Vec<usize> = of_day.iter().filter(is_meant).copied().collect();
        if hits.is_empty() {
            let help = if of_day.is_empty() {
                format!("the session's days are: {}", days(occasion.value.day.date, by_day))
            } else {
                format!("on that day there are: {}", named(of_day, slots))
            };
            self.report(
                Problem::error(&occasion.place, "this hits no occurrence of the session")
                    .label("expected one by its original day and part or starting hour")
                    .help(help),
            );
        }
        hits
    }
}

/// The parts and hours of some slots, in words.
fn named(indices: &[usize], slots: &[Slot<'_>]) -> String {
    indices.iter().map(|index| slots[*index].at.value.part_or_hour()).collect::<Vec<_>>().join(", ")
}

/// The days next to one that is none of them.
fn days(wanted: Date, by_day: &BTreeMap<Date, Vec<usize>>) -> String {
    const MOST: usize = 8;
    if by_day.len() <= MOST {
        return by_day.keys().map(Date::to_string).collect::<Vec<_>>().join(", ");
    }
    let before = by_day.range(..wanted).next_back().map(|(day, _)| day);
    let after = by_day.range(wanted..).next().map(|(day, _)| day);
    let next: Vec<String> = before.into_iter().chain(after).map(Date::to_string).collect();
    format!("… {} …", next.join(", "))
}
