//! What changed in an event, in words.

use jiff::Timestamp;
use jiff::civil::Date;

use super::dates::{self, Form};
use super::speech::Speech;
use super::{Phrase, Reader};
use crate::feed::Entry;
use crate::ledger::{Difference, EventChange};
use crate::revision::Release;
use crate::text::{Language, Text};
use crate::timetable::{Group, Status, When};

/// The last change of an event, which the event itself tells.
pub struct LastChange<'r> {
    /// When it was published, as a date where the study group is.
    date: Date,
    differences: &'r [Difference],
}

impl<'r> LastChange<'r> {
    /// That of an entry; none if it is as it was first published.
    pub fn of(entry: &Entry<'_>, release: &'r Release) -> Option<Self> {
        let differences = release.last_change(entry.recorded());
        let at: Timestamp = release.revision(entry.recorded()).modified;
        (!differences.is_empty()).then(|| Self { date: entry.group.zone.wall_clock(at).date(), differences })
    }
}

/// What changed, for a reader of `language`, in one line: `moved from Tuesday 14 January 2025, 14:30, room K`.
pub fn change(differences: &[Difference], language: &Language) -> String {
    Reader::of(language).differences(differences)
}

/// A change as it is told in lists: the title of the event, and when and where it is with what changed.
pub fn published(change: &EventChange, group: &Group, language: &Language) -> (Phrase, Phrase) {
    let reader = &Reader::of(language).among(group);
    let title = match &change.title_parts {
        Some(name) => reader.named(name, group),
        None => Phrase::typed(reader, &change.title),
    };
    let when = Phrase::own(reader, &reader.when(&change.when));
    let room = change.room.as_ref().map(|room| Phrase::typed(reader, room));
    let place = Phrase::joined(reader, "places", &std::iter::once(when).chain(room).collect::<Vec<_>>());
    let what = reader.differences(&change.differences);
    let text = Phrase::say(reader, "change-in-list", &[("place", &place), ("what", &what)]);
    (title.line(), text.line())
}

impl Reader<'_> {
    pub(super) fn last_change(&self, change: &LastChange<'_>) -> String {
        let (date, what) = (self.date(change.date), self.differences::<String>(change.differences));
        self.words.say("changed", &[("date", &date), ("what", &what)])
    }

    fn differences<S: Speech>(&self, differences: &[Difference]) -> S {
        // Where and when it was, in one breath.
        let moved = differences.iter().find_map(|difference| match difference {
            Difference::Moved(from) => Some(from),
            _ => None,
        });
        let room = differences.iter().find_map(|difference| match difference {
            Difference::Room(Some(room)) => Some(room),
            _ => None,
        });
        let both = moved.zip(room).map(|(from, room)| {
            let (from, room) = (S::own(self, &self.when(from)), S::typed(self, room));
            S::say(self, "difference-moved-room", &[("from", &from), ("room", &room)])
        });
        let is_said = |difference: &&Difference| {
            both.is_some() && matches!(difference, Difference::Moved(_) | Difference::Room(_))
        };
        let others = differences.iter().filter(|difference| !is_said(difference));
        let others = others.map(|difference| self.difference(difference));
        S::joined(self, "differences", &both.clone().into_iter().chain(others).collect::<Vec<_>>())
    }

    fn difference<S: Speech>(&self, difference: &Difference) -> S {
        let say = |message: &str| S::say(self, message, &[]);
        let own = |text: &str| S::own(self, text);
        let from = |message: &str, before: S| S::say(self, message, &[("before", &before)]);
        let text = |message: &str, before: &Option<Text>| match before {
            Some(before) => from(message, S::typed(self, before)),
            None => say(&format!("{message}-none")),
        };
        match difference {
            Difference::New => say("difference-new"),
            Difference::Back => say("difference-back"),
            Difference::Gone => say("difference-gone"),
            Difference::Replaced => say("difference-replaced"),
            Difference::Cancelled => say("difference-cancelled"),
            Difference::Restored => say("difference-restored"),
            Difference::Moved(before) => from("difference-moved", own(&self.when(before))),
            Difference::Until(before) => from("difference-until", own(&self.end(before))),
            Difference::MovedTo(now) => S::say(self, "difference-moved-to", &[("now", &own(&self.when(now)))]),
            Difference::Room(before) => text("difference-room", before),
            Difference::Place(before) => text("difference-place", before),
            Difference::Title(before) => text("difference-title", before),
            Difference::Chair(before) => text("difference-chair", before),
            Difference::Status(Status::Confirmed) => say("difference-tentative"),
            Difference::Status(Status::Tentative) => say("difference-confirmed"),
            Difference::Bodies(before) => from("difference-bodies", own(&self.words.list(before))),
            Difference::Hours => say("difference-hours"),
            Difference::Link => say("difference-link"),
            Difference::Dates => say("difference-dates"),
            Difference::Feeds => say("difference-feeds"),
            Difference::Details => say("difference-details"),
            Difference::Instance(when, difference) => {
                let (when, what) = (own(&self.when(when)), self.difference(difference));
                S::say(self, "difference-instance", &[("when", &when), ("what", &what)])
            }
        }
    }

    /// `Tuesday 14 January 2025, 14:30`; days without a clock from the first to the last.
    pub(super) fn when(&self, when: &When) -> String {
        match when {
            When::Timed(span) => {
                let wall = span.start().wall;
                let (date, hour) = (self.date_with_weekday(wall.date()), wall.strftime("%H:%M").to_string());
                self.words.say("date-and-hour", &[("date", &date), ("hour", &hour)])
            }
            When::AllDay(days) if days.first() == days.last() => self.date_with_weekday(days.first()),
            When::AllDay(days) => {
                let (first, last) = (self.date(days.first()), self.date(days.last()));
                self.words.say("dates", &[("first", &first), ("last", &last)])
            }
        }
    }

    /// When it ends: the hour, or the last day.
    fn end(&self, when: &When) -> String {
        match when {
            When::Timed(span) => span.end().wall.strftime("%H:%M").to_string(),
            When::AllDay(days) => self.date(days.last()),
        }
    }

    fn date_with_weekday(&self, date: Date) -> String {
        dates::date(date, Form::WithWeekday, self.language)
    }

    /// `14 January 2025`
    pub(super) fn date(&self, date: Date) -> String {
        dates::date(date, Form::Date, self.language)
    }
}
