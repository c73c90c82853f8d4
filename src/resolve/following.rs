//! Sessions that follow others (`at: after opening-plenary`): the order in which they are resolved, and when the others end.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::DayEnd;
use super::context::MeetingContext;
use crate::definition::{self, TimeOfDay};
use crate::id::Id;
use crate::problem::{Problem, Span, Warning};
use crate::timetable::{AnnouncedHours, Moment, Occurrence, Session, When};

/// A reference to the session that another one follows.
struct FollowedSession<'m> {
    /// The position of the session that follows.
    session: usize,
    /// What it follows.
    after: &'m Id,
    /// Where that is written.
    at: &'m Span,
}

impl MeetingContext<'_> {
    /// Returns the positions of sessions in the order in which they have to be resolved: each after those that it follows.
    /// Reports references to sessions that do not exist, or that follow each other.
    pub(super) fn order_of_sessions(&mut self, raw: &[&definition::Session]) -> Vec<usize> {
        let mut all: Vec<FollowedSession<'_>> =
            raw.iter().enumerate().flat_map(|(index, raw)| follows(index, raw)).collect();
        if all.is_empty() {
            return (0..raw.len()).collect();
        }
        let ids = raw.iter().enumerate().filter_map(|(index, raw)| Some((&raw.id.as_ref()?.value, index)));
        // Of a repeated id, which is an error, the first one counts.
        let positions: BTreeMap<&Id, usize> = ids.rev().collect();
        let is_whole = raw.iter().all(|raw| raw.id.is_some());
        all.retain(|reference| {
            let is_known = positions.contains_key(reference.after);
            if !is_known && is_whole {
                let problem = Problem::error(reference.at, format!("unknown session `{}`", reference.after))
                    .label("expected the id of a session of this file, on the same day")
                    .suggest(reference.after.as_str(), positions.keys().map(|id| id.as_str()));
                self.problems.push(problem);
            }
            is_known
        });
        self.announced_ends = all.iter().map(|reference| (reference.after.clone(), BTreeMap::new())).collect();
        let mut references: Vec<Vec<(usize, &Span)>> = raw.iter().map(|_| Vec::new()).collect();
        for reference in &all {
            references[reference.session].push((positions[reference.after], reference.at));
        }
        let (order, circle) = order(&references);
        if let Some(at) = circle {
            self.report(
                Problem::error(at, "sessions that follow each other")
                    .label("expected a session whose hours do not depend on this one")
                    .help("write the hours of one of them"),
            );
        }
        order
    }

    /// Records when a session ends on each of its days, if another one follows it.
    pub(super) fn record_ends(&mut self, session: &Session) {
        let Some(ends) = self.announced_ends.get_mut(&session.id) else { return };
        for occurrence in &session.occurrences {
            let end = match (&occurrence.hours, &occurrence.when) {
                _ if session.cancelled(occurrence).is_some() => DayEnd::Cancelled,
                (AnnouncedHours::Announced, When::Timed(span)) => DayEnd::At(span.end()),
                (AnnouncedHours::Until(until), When::AllDay(days)) => {
                    let wall = days.first().to_datetime(until.hour);
                    let instant = until.zone.instant(wall);
                    instant.map_or(DayEnd::Unknown, |instant| DayEnd::At(Moment { wall, instant }))
                }
                _ => DayEnd::Unknown,
            };
            // The last one of the day.
            let day = ends.entry(occurrence.when.first_day()).or_insert(end);
            *day = match (*day, end) {
                (DayEnd::At(one), DayEnd::At(other)) if one.instant >= other.instant => DayEnd::At(one),
                (DayEnd::Cancelled, other) | (DayEnd::At(_), other @ DayEnd::At(_)) => other,
                (one, DayEnd::Cancelled) => one,
                _ => DayEnd::Unknown,
            };
        }
    }

    /// Reports a session that follows another one which is not on that day.
    pub(super) fn report_unfollowed(&mut self, raw: &definition::Session, occurrences: &[Occurrence]) {
        let mut reported: BTreeSet<&Id> = BTreeSet::new();
        for occurrence in occurrences {
            let AnnouncedHours::After(after) = &occurrence.hours else { continue };
            let (day, after) = (occurrence.when.first_day(), &**after);
            let Some(ends) = self.announced_ends.get(after) else { continue };
            let reference = follows(0, raw).find(|reference| reference.after == after);
            if let (Some(DayEnd::Cancelled), Some(reference)) = (ends.get(&day), &reference)
                && reported.insert(after)
            {
                self.problems.push(
                    Problem::warning(reference.at, Warning::FollowsCancelled, format!("`{after}` does not take place"))
                        .label(format!("this session is announced for after it, on {day}"))
                        .help("write when it takes place, or that it is `cancelled` or `postponed`, too")
                        .help("if it is correct, add `allow: {follows-cancelled: REASON}` to the session"),
                );
            }
            let Some(reference) = reference.filter(|_| !ends.is_empty() && !ends.contains_key(&day)) else { continue };
            if reported.insert(after) {
                let days = ends.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let problem = Problem::error(reference.at, format!("`{after}` is not on {day}"))
                    .label("expected a session of the same day")
                    .help(format!("its days are: {days}"))
                    .help("if it was moved, this one needs the new day, too: `changes: [{on: …, moved: …}]`");
                self.problems.push(problem);
            }
        }
    }
}

/// Returns the positions of sessions, each after those to which it refers, and a reference that closes a circle, if there
/// is one. `references` are those of each session: the position, and where it is written.
fn order<'r>(references: &[Vec<(usize, &'r Span)>]) -> (Vec<usize>, Option<&'r Span>) {
    let (mut order, mut circle) = (Vec::new(), None);
    let mut is_begun = vec![false; references.len()];
    let mut is_done = vec![false; references.len()];
    for start in 0..references.len() {
        // Not recursive: a file may have thousands of sessions in a row.
        let mut open: Vec<(usize, usize)> = if is_begun[start] { Vec::new() } else { vec![(start, 0)] };
        while let Some((session, next)) = open.pop() {
            is_begun[session] = true;
            let Some((followed, at)) = references[session].get(next) else {
                is_done[session] = true;
                order.push(session);
                continue;
            };
            open.push((session, next + 1));
            match (is_begun[*followed], is_done[*followed]) {
                (false, _) => open.push((*followed, 0)),
                (true, false) => circle = circle.or(Some(*at)),
                (true, true) => {}
            }
        }
    }
    (order, circle)
}

/// Returns what a session follows, at all of its times.
fn follows(index: usize, raw: &definition::Session) -> impl Iterator<Item = FollowedSession<'_>> {
    let planned = raw.at.iter().flat_map(|at| &at.values).map(|at| (&at.value, &at.span));
    let changed = raw.changes.iter().flatten().flat_map(|change| {
        let at = change.at.as_ref().map(|at| (&at.value, &at.span));
        let moved = change.moved.as_ref().and_then(|moved| Some((moved.value.at.as_ref()?, &moved.span)));
        at.into_iter().chain(moved)
    });
    planned.chain(changed).filter_map(move |(at, span)| match at {
        TimeOfDay::After(after) => Some(FollowedSession { session: index, after, at: span }),
        _ => None,
    })
}
