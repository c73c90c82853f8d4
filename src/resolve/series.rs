//! The occurrences of a session, each with its exceptions and its UID, and the rule where calendars are given one.

use std::collections::BTreeSet;

use super::clock::{Clock, not_on_clock, when};
use super::occasions::Exceptions;
use super::reading::Reading;
use super::rule;
use super::slots::{Slot, report_weekday};
use crate::definition::{self, At, Limit, Located};
use crate::problem::{Place, Problem};
use crate::timetable::{Change, Days, Details, Hours, Join, Occurrence, Series, Uid, When};
use crate::zone::{ClockChange, Zone};

/// When a session takes place.
pub(super) struct Timing {
    pub(super) occurrences: Vec<Occurrence>,
    pub(super) series: Option<Series>,
}

/// A slot on the clock.
struct Planned<'s> {
    slot: &'s Slot<'s>,
    /// When it was planned, where the clocks know that time.
    original: Option<(When, Hours)>,
    is_skipped: bool,
    change: Option<&'s definition::Change>,
}

impl Reading<'_> {
    /// When a session takes place, at least once; none where that was reported.
    pub(super) fn timing(&mut self, typed: &definition::Session, details: &Details) -> Option<Timing> {
        let zone = self.zone(typed.zone.as_ref());
        let slots = self.slots(typed, &zone);
        let exceptions = self.exceptions(typed, &slots);
        let planned = self.planned(&slots, &exceptions, &zone);
        if !planned.is_empty() && planned.iter().all(|planned| planned.is_skipped) {
            let place = typed.skip.as_ref().map_or(&typed.place, |skip| &skip.place);
            self.report(
                Problem::error(place, "this skips every occurrence of the session")
                    .label("expected one at least that takes place")
                    .help("remove the session, or write `cancelled:` with the reason if it was announced"),
            );
        }
        // One of several days or parts carries them in its UID, also while the list has one entry only: a day that is
        // added later must not change the UID of the first.
        let has_several =
            typed.repeat.is_none() && (typed.days.is_some() || typed.at.as_ref().is_some_and(|at| at.is_list));
        let id = typed.id.as_ref()?;
        let identity = self.identity(&id.value, typed.was.as_ref(), typed.uid.as_ref(), has_several);
        let series = typed.repeat.as_ref().and_then(|repeat| series(repeat, &planned, &zone, &identity.whole));
        let mut claimed: BTreeSet<Uid> = BTreeSet::new();
        let mut occurrences = Vec::new();
        for (index, planned) in planned.iter().filter(|planned| !planned.is_skipped).enumerate() {
            // A series that is expanded keeps its UID on its first instance.
            let is_whole = series.is_some() || (!has_several && index == 0);
            let uid = if is_whole {
                identity.whole.clone()
            } else {
                identity.dated(planned.slot.day.value, &planned.slot.at.value.part_or_hour())
            };
            if claimed.insert(uid.clone()) {
                self.claim(&uid, &id.place);
            }
            occurrences.extend(self.occurrence(planned, uid, details, &zone));
        }
        occurrences.sort_by(|a, b| (a.when.order(), &a.uid).cmp(&(b.when.order(), &b.uid)));
        (!occurrences.is_empty()).then_some(Timing { occurrences, series })
    }

    /// The slots on the clock. A time that a clock change skips or repeats is told once for each `at`.
    fn planned<'s>(&mut self, slots: &'s [Slot<'s>], exceptions: &Exceptions<'s>, zone: &Zone) -> Vec<Planned<'s>> {
        let mut told: BTreeSet<Place> = BTreeSet::new();
        let mut planned = Vec::new();
        for (index, slot) in slots.iter().enumerate() {
            let Some(clock) = self.clock(slot.at.value) else { continue };
            let change = exceptions.changed.get(&index).copied();
            let is_skipped = exceptions.skipped.contains(&index);
            let original = when(slot.day.value, clock, zone);
            let is_moved = change.is_some_and(|change| change.moved.is_some());
            if let Err(fault) = &original
                && !is_skipped
                && !is_moved
                && told.insert(slot.at.place.clone())
            {
                self.report(not_on_clock(&slot.at.place, *fault));
            }
            planned.push(Planned { slot, original: original.ok(), is_skipped, change });
        }
        planned
    }

    fn occurrence(&mut self, planned: &Planned<'_>, uid: Uid, details: &Details, zone: &Zone) -> Option<Occurrence> {
        let Some(typed) = planned.change else {
            let (original, hours) = planned.original.clone()?;
            return Some(Occurrence { uid, when: original.clone(), original, hours, change: None });
        };
        let change = self.change(typed, details);
        let Some(moved) = &typed.moved else {
            let (original, hours) = planned.original.clone()?;
            return Some(Occurrence { uid, when: original.clone(), original, hours, change: Some(Box::new(change)) });
        };
        let (when, hours) = self.moved(moved, planned.slot, zone)?;
        let (original, hours_before) = planned.original.clone().unwrap_or_else(|| {
            // The clocks have no such time: the day is what is left of it.
            (When::AllDay(Days::single(planned.slot.day.value)), Hours::Unknown)
        });
        if when == original && planned.original.is_some() {
            self.report(
                Problem::error(&moved.place, "this is when it was planned already")
                    .label("expected another day or another time")
                    .help("remove `moved`, or correct it"),
            );
        }
        let change = Change { moved: Some(hours_before), ..change };
        Some(Occurrence { uid, original, when, hours, change: Some(Box::new(change)) })
    }

    /// When an occurrence is that was moved.
    fn moved(&mut self, moved: &Located<definition::Moved>, slot: &Slot<'_>, zone: &Zone) -> Option<(When, Hours)> {
        let date = match moved.value.day {
            Some(day) => {
                report_weekday(day, &moved.place, self.problems);
                let day = Located { value: day.date, place: moved.place.clone() };
                self.report_odd_days(std::slice::from_ref(&day));
                day.value
            }
            None => slot.day.value,
        };
        let at = moved.value.at.map_or_else(|| slot.at.clone(), |at| Located { value: at, place: moved.place.clone() });
        let clock: Option<Clock> = self.clock(at.value);
        if clock.is_none() {
            self.reports_without_hours(&at);
        }
        match when(date, clock?, zone) {
            Ok(when) => Some(when),
            Err(fault) => {
                self.report(not_on_clock(&moved.place, fault));
                None
            }
        }
    }

    /// What a change says, over what holds for the session.
    fn change(&mut self, typed: &definition::Change, details: &Details) -> Change {
        let keys = ["moved", "cancelled", "title", "room", "chair", "status", "join", "note", "links"];
        if !keys.iter().any(|key| typed.has(key)) {
            self.report(
                Problem::error(&typed.place, "this changes nothing")
                    .label("expected what is different: moved, cancelled, room, …")
                    .help(format!("known here: {}", keys.join(", "))),
            );
        }
        if let (Some(moved), true) = (&typed.moved, typed.has("cancelled")) {
            self.report(
                Problem::error(&moved.place, "an occurrence is moved or cancelled, not both")
                    .label("expected one of the two")
                    .help("keep `cancelled` if it does not take place at all"),
            );
        }
        let audience = || self.link_audience.clone();
        let join = typed.join.as_ref().map(|url| Join { url: url.value.clone(), audience: audience() });
        Change {
            details: Details {
                title: self.line(typed.title.as_ref()).or_else(|| details.title.clone()),
                room: self.line(typed.room.as_ref()).or_else(|| details.room.clone()),
                chair: self.line(typed.chair.as_ref()).or_else(|| details.chair.clone()),
                status: typed.status.as_ref().map_or(details.status, |status| status.value),
                join: join.or_else(|| details.join.clone()),
                note: self.prose(typed.note.as_ref()).or_else(|| details.note.clone()),
                links: if typed.has("links") { self.links(typed.links.as_ref()) } else { details.links.clone() },
            },
            moved: None,
            cancelled: self.cancellation(typed.cancelled.as_ref()),
            reason: self.reason(typed.reason.as_ref()),
        }
    }
}

/// The rule as calendars are given it: where Outlook and Exchange keep it and the zone can be said at each of its
/// instances. Otherwise every occurrence is an event of its own. clients.md F3, F4, E9
fn series(repeat: &Located<definition::Repeat>, planned: &[Planned<'_>], zone: &Zone, uid: &Uid) -> Option<Series> {
    // Some readers show the first instance whatever EXDATE says: the series begins with the first that was planned.
    let planned = &planned[planned.iter().position(|planned| !planned.is_skipped)?..];
    let ([first, .., last], true) = (planned, planned.len() > 1) else { return None };
    let mut rule = rule::kept(&repeat.value, first.slot.day.value)?;
    if let Some(Limit::Count(count)) = &mut rule.limit {
        *count = u32::try_from(planned.len()).unwrap_or(*count);
    }
    let originals: Vec<&(When, Hours)> =
        planned.iter().map(|planned| planned.original.as_ref()).collect::<Option<_>>()?;
    let (first_when, hours) = first.original.clone()?;
    if !originals.iter().all(|(when, _)| is_told(when, zone) && has_plain_length(when)) {
        return None;
    }
    if planned.iter().any(changes_its_form) || passes_a_gap(&first_when, &last.original.as_ref()?.0) {
        return None;
    }
    // Calendars are given no rule of ours that is not the one that was written.
    let start = first_when.order().0;
    let days: Vec<jiff::civil::Date> = planned.iter().map(|planned| planned.slot.day.value).collect();
    if !rule::days(&rule, start, zone).is_ok_and(|given| given == days) {
        return None;
    }
    let skipped = planned.iter().filter(|planned| planned.is_skipped);
    Some(Series {
        uid: uid.clone(),
        rule,
        first: first_when,
        hours,
        last: last.original.clone()?.0,
        skipped: skipped.filter_map(|planned| Some(planned.original.clone()?.0)).collect(),
    })
}

/// Whether an occurrence was moved from whole days to an hour or back: some readers show both then.
fn changes_its_form(planned: &Planned<'_>) -> bool {
    let moved = planned.change.and_then(|change| change.moved.as_ref()).and_then(|moved| moved.value.at);
    moved.is_some_and(|at| (at == At::Unknown) != (planned.slot.at.value == At::Unknown))
}

/// Whether the clocks skip the hour of a series on any day between two of its instances, one of its own or not: some
/// readers step from day to day, and stay an hour late from there on.
fn passes_a_gap(first: &When, last: &When) -> bool {
    let (When::Timed(first), When::Timed(last)) = (first, last) else { return false };
    let (zone, hour) = (first.zone(), first.start().wall.time());
    let changes = zone.transitions(first.start().instant, last.end().instant);
    changes
        .into_iter()
        .any(|change| zone.instant(zone.wall(change).date().to_datetime(hour)) == Err(ClockChange::Skipped))
}

fn is_told(when: &When, zone: &Zone) -> bool {
    match when {
        When::Timed(span) => zone.is_utc() || span.is_told(),
        When::AllDay(_) => true,
    }
}

/// Whether it lasts as long as the clock says. Where the clocks change in between, some readers give all instances of a
/// rule the same time on the clock, and others the same time that passes.
fn has_plain_length(when: &When) -> bool {
    match when {
        When::Timed(span) => {
            let passed = span.start().instant.duration_until(span.end().instant);
            span.start().wall.duration_until(span.end().wall) == passed
        }
        When::AllDay(_) => true,
    }
}
