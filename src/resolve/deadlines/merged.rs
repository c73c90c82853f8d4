//! A deadline of a meeting put together: its date from the rule and from what the letter prints.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::Said;
use crate::body::Id;
use crate::definition::{self, Count, Due, DueDate, From, Located, Unit};
use crate::problem::{Place, Problem, Problems};
use crate::resolve::clock::not_on_clock;
use crate::resolve::identity::former;
use crate::resolve::reading::Reading;
use crate::timetable::{DateSource, Days, Deadline, Moment, TimedSpan, When};
use crate::zone::Zone;

/// A deadline put together from the rule of the group and the words of the meeting.
pub(super) struct Merged<'a> {
    pub(super) id: &'a Located<Id>,
    pub(super) typed: Option<&'a definition::Deadline>,
    pub(super) said: Said,
}

impl Merged<'_> {
    pub(super) fn deadline(
        self,
        (meeting, first_days): (&definition::Meeting, &BTreeMap<&Id, Date>),
        reading: &mut Reading<'_>,
    ) -> Option<Deadline> {
        if self.said.due.as_ref().is_some_and(|due| due.value == Due::Dropped) {
            return None;
        }
        let printed = self.typed.and_then(|typed| typed.printed.as_ref());
        let by_rule = self.by_rule((meeting, first_days), reading);
        if let Some((printed, by_rule)) = printed.zip(by_rule) {
            report_difference(printed, by_rule, reading.problems);
        }
        let due = date(printed.map(|printed| printed.value), by_rule)?;
        // A printed date that differs from the rule's has been reported; that is one mistake, not two.
        if by_rule.is_none_or(|by_rule| by_rule.date == due.date) {
            self.report_late(due.date, printed, reading);
        }
        let was = self.typed.and_then(|typed| typed.was.as_ref());
        let uid = self.typed.and_then(|typed| typed.uid.as_ref());
        if let Some(was) = was.filter(|was| was.value.occasion.is_some()) {
            reading.report(
                Problem::error(&was.place, "a deadline has one date")
                    .label("expected an earlier id of this deadline, and nothing behind it"),
            );
        }
        let identity = reading.identity(&self.id.value, was, uid, false);
        reading.claim(&identity.whole, self.place(reading.file));
        let zone = self.said.zone.clone().unwrap_or_else(|| reading.zone.clone());
        Some(Deadline {
            id: self.id.value.clone(),
            former: former(was),
            uid: identity.whole,
            due: self.when(due, zone, printed.map(|printed| &printed.place), reading)?,
            cancelled: None,
            source: self.source(printed.is_some()),
            title: self.said.title?,
            audience: self.said.audience.unwrap_or_default(),
            recommended: self.said.recommended.unwrap_or_default(),
            how: self.said.how,
            url: self.said.url,
            contact: self.said.contact,
            note: self.said.note,
        })
    }

    /// What a problem of the whole is shown at. What is inherited stands in another file; the meeting that inherits it
    /// is the one to look at.
    fn place<'p>(&'p self, file: &'p Place) -> &'p Place {
        self.typed.and_then(|typed| typed.id.as_ref()).map_or(file, |id| &id.place)
    }

    fn source(&self, is_printed: bool) -> DateSource {
        match self.said.due.as_ref().map(|due| &due.value) {
            _ if is_printed => DateSource::Printed,
            Some(Due::Counted { .. }) => DateSource::Rule,
            _ => DateSource::Stated,
        }
    }

    /// The date that `due` gives.
    fn by_rule(
        &self,
        (meeting, first_days): (&definition::Meeting, &BTreeMap<&Id, Date>),
        reading: &mut Reading<'_>,
    ) -> Option<DueDate> {
        let due = self.said.due.as_ref()?;
        let (count, from, hour) = match &due.value {
            Due::Dropped => return None,
            Due::On(date) => return Some(*date),
            Due::Counted { count, from, hour } => (*count, from, *hour),
        };
        let day = match from {
            From::Start => reading.days.map(Days::first),
            From::End => reading.days.map(Days::last),
            From::Session(id) => first_days.get(id).copied(),
        };
        if day.is_none() {
            self.report_nothing_to_count_from(due, from, meeting, reading);
        }
        Some(DueDate { date: counted(day?, count)?, hour })
    }

    fn report_nothing_to_count_from(
        &self,
        due: &Located<Due>,
        from: &From,
        meeting: &definition::Meeting,
        reading: &mut Reading<'_>,
    ) {
        let is_here = due.place.file == reading.file.file;
        let place = if is_here { &due.place } else { self.place(reading.file) };
        let problem = match from {
            From::Start | From::End if meeting.has("starts") || meeting.has("ends") => return,
            From::Start | From::End => Problem::error(place, "there is no first day to count from")
                .label("expected a date, found a time before a meeting that has no `starts:`"),
            From::Session(id) => {
                let ids: Vec<&str> = meeting
                    .sessions
                    .iter()
                    .flatten()
                    .filter_map(|session| session.id.as_ref())
                    .map(|id| id.value.as_str())
                    .collect();
                // A session that could not be read has been reported.
                let all_known = meeting.sessions.iter().flatten().all(|session| session.id.is_some());
                if ids.contains(&id.as_str()) || !all_known {
                    return;
                }
                let title = format!("the deadline `{}` counts from a session that there is not: `{id}`", self.id.value);
                let known: Vec<&str> = ["start", "end"].into_iter().chain(ids).collect();
                Problem::error(place, title)
                    .label("expected the id of a session of this meeting, or `start` or `end`")
                    .suggest(id.as_str(), known)
            }
        };
        let problem = if is_here {
            problem
        } else {
            problem.related(&due.place, "the rule of the study group").help("`due: none` drops it for this meeting")
        };
        reading.report(problem);
    }

    /// Reports a deadline after the first day, unless it counts from somewhere else in so many words.
    fn report_late(&self, due: Date, printed: Option<&Located<DueDate>>, reading: &mut Reading<'_>) {
        let is_meant = self.said.due.as_ref().is_some_and(
            |due| matches!(&due.value, Due::Counted { count, from, .. } if count.number > 0 || *from != From::Start),
        );
        let Some(days) = reading.days.filter(|days| due > days.first() && !is_meant) else { return };
        let place = printed.map_or_else(|| self.place(reading.file), |printed| &printed.place);
        let problem = Problem::warning(
            place,
            "after-start",
            format!("the deadline `{}` falls after the meeting starts", self.id.value),
        )
        .label(format!("expected {} or earlier, found {due}", days.first()))
        .help("if it is right, add `allow: {after-start: why}` to the deadline");
        reading.report(problem);
    }

    /// The half hour that ends at the hour, or the whole day where there is none.
    fn when(&self, due: DueDate, zone: Zone, printed: Option<&Place>, reading: &mut Reading<'_>) -> Option<When> {
        let Some(hour) = due.hour else { return Some(When::AllDay(Days::single(due.date))) };
        let end = due.date.to_datetime(hour);
        let instant = match zone.instant(end) {
            Ok(instant) => instant,
            Err(change) => {
                let place = printed.or(self.said.due.as_ref().map(|due| &due.place)).unwrap_or(reading.file);
                let problem = not_on_clock(place, (due.date, hour, change));
                reading.report(problem);
                return None;
            }
        };
        let before = instant.checked_sub(30.minutes()).ok()?;
        let start = Moment { wall: zone.wall(before), instant: before };
        TimedSpan::between(zone, start, Moment { wall: end, instant }).map(When::Timed)
    }
}

/// The printed date, else that of the rule; the hour of either.
fn date(printed: Option<DueDate>, by_rule: Option<DueDate>) -> Option<DueDate> {
    let date = printed.or(by_rule)?;
    let hour: Option<Time> = date.hour.or(by_rule.and_then(|by_rule| by_rule.hour));
    Some(DueDate { hour, ..date })
}

/// Reports a printed date that is not the one that the rule gives.
fn report_difference(printed: &Located<DueDate>, by_rule: DueDate, problems: &mut Problems) {
    let hours_differ = printed.value.hour.zip(by_rule.hour).is_some_and(|(printed, by_rule)| printed != by_rule);
    if printed.value.date == by_rule.date && !hours_differ {
        return;
    }
    let said = |due: DueDate| match due.hour.filter(|_| hours_differ) {
        Some(hour) => format!("{} {}", due.date, hour.strftime("%H:%M")),
        None => due.date.to_string(),
    };
    let (by_rule, found) = (said(by_rule), said(printed.value));
    problems.push(
        Problem::warning(&printed.place, "printed-date", "the printed date is not the one that the rule gives")
            .label(format!("the rule gives {by_rule}, the letter prints {found}; the printed date holds"))
            .help("correct the date if it was mistyped, or the rule if it has changed")
            .help("if the letter means it, add `allow: {printed-date: why}` to the deadline"),
    );
}

/// So long before or after a day, on the calendar; months clamp to the end of a shorter one.
fn counted(day: Date, count: Count) -> Option<Date> {
    let span = match count.unit {
        Unit::Days => count.number.days(),
        Unit::Weeks => count.number.weeks(),
        Unit::Months => count.number.months(),
    };
    day.checked_add(span).ok()
}
