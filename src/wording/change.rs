//! Describes what changed in an event.

use jiff::Timestamp;
use jiff::civil::Date;

use super::dates::{self, DateFormat};
use super::text_builder::TextBuilder;
use super::{Localizer, TaggedText};
use crate::feed::Entry;
use crate::ledger::{Difference, EventChange};
use crate::revision::Release;
use crate::text::{Language, Text};
use crate::timetable::{Group, Status, When};

/// The last change of an event, which the event itself describes.
pub struct LastChange<'r> {
    /// The date of publication in the time zone of the study group.
    date: Date,
    differences: &'r [Difference],
}

impl<'r> LastChange<'r> {
    /// Returns the last change of an entry; `None` if it never changed.
    pub fn from_entry(entry: &Entry<'_>, release: &'r Release) -> Option<Self> {
        let differences = release.last_change(entry.ledger_uid());
        let at: Timestamp = release.revision(entry.ledger_uid()).modified;
        (!differences.is_empty()).then(|| Self { date: entry.group.zone.wall_clock(at).date(), differences })
    }
}

/// Describes differences in one line: `moved from Tuesday 14 January 2025, 14:30, room K`.
pub fn describe_changes(differences: &[Difference], language: &Language) -> String {
    Localizer::new(language).differences(differences)
}

/// Returns a change for lists: the title of the event, and when and where it is with what changed.
pub fn describe_change_in_list(change: &EventChange, group: &Group, language: &Language) -> (TaggedText, TaggedText) {
    let reader = &Localizer::new(language).with_group(group);
    let title = match &change.title_parts {
        Some(name) => reader.format_title(name, group),
        None => TaggedText::typed(reader, &change.title),
    };
    let when = TaggedText::untranslated(reader, &reader.when(&change.when));
    let room = change.room.as_ref().map(|room| TaggedText::typed(reader, room));
    let place = TaggedText::join(reader, "places", &std::iter::once(when).chain(room).collect::<Vec<_>>());
    let what = reader.differences(&change.differences);
    let text = TaggedText::format(reader, "change-in-list", &[("place", &place), ("what", &what)]);
    (title.truncate_to_line(), text.truncate_to_line())
}

impl Localizer<'_> {
    pub(super) fn last_change(&self, change: &LastChange<'_>) -> String {
        let (date, what) = (self.date(change.date), self.differences::<String>(change.differences));
        self.messages.format("changed", &[("date", &date), ("what", &what)])
    }

    fn differences<S: TextBuilder>(&self, differences: &[Difference]) -> S {
        // Time and room are described together.
        let moved = differences.iter().find_map(|difference| match difference {
            Difference::Moved(from) => Some(from),
            _ => None,
        });
        let room = differences.iter().find_map(|difference| match difference {
            Difference::Room(Some(room)) => Some(room),
            _ => None,
        });
        let both = moved.zip(room).map(|(from, room)| {
            let (from, room) = (S::untranslated(self, &self.when(from)), S::typed(self, room));
            S::format(self, "difference-moved-room", &[("from", &from), ("room", &room)])
        });
        let is_said = |difference: &&Difference| {
            both.is_some() && matches!(difference, Difference::Moved(_) | Difference::Room(_))
        };
        let others = differences.iter().filter(|difference| !is_said(difference));
        let others = others.map(|difference| self.difference(difference));
        S::join(self, "differences", &both.clone().into_iter().chain(others).collect::<Vec<_>>())
    }

    fn difference<S: TextBuilder>(&self, difference: &Difference) -> S {
        let say = |message: &str| S::format(self, message, &[]);
        let own = |text: &str| S::untranslated(self, text);
        let from = |message: &str, before: S| S::format(self, message, &[("before", &before)]);
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
            Difference::MovedTo(now) => S::format(self, "difference-moved-to", &[("now", &own(&self.when(now)))]),
            Difference::Room(before) => text("difference-room", before),
            Difference::Place(before) => text("difference-place", before),
            Difference::Title(before) => text("difference-title", before),
            Difference::Chair(before) => text("difference-chair", before),
            Difference::Status(Status::Confirmed) => say("difference-tentative"),
            Difference::Status(Status::Tentative) => say("difference-confirmed"),
            Difference::Bodies(before) => from("difference-bodies", own(&self.messages.list(before))),
            Difference::Hours => say("difference-hours"),
            Difference::Link => say("difference-link"),
            Difference::Dates => say("difference-dates"),
            Difference::Feeds => say("difference-feeds"),
            Difference::Details => say("difference-details"),
            Difference::Instance(when, difference) => {
                let (when, what) = (own(&self.when(when)), self.difference(difference));
                S::format(self, "difference-instance", &[("when", &when), ("what", &what)])
            }
        }
    }

    /// Formats a time: `Tuesday 14 January 2025, 14:30`, or the days from the first to the last.
    pub(super) fn when(&self, when: &When) -> String {
        match when {
            When::Timed(span) => {
                let wall = span.start().wall;
                let (date, hour) = (self.date_with_weekday(wall.date()), wall.strftime("%H:%M").to_string());
                self.messages.format("date-and-hour", &[("date", &date), ("hour", &hour)])
            }
            When::AllDay(days) if days.first() == days.last() => self.date_with_weekday(days.first()),
            When::AllDay(days) => {
                let (first, last) = (self.date(days.first()), self.date(days.last()));
                self.messages.format("dates", &[("first", &first), ("last", &last)])
            }
        }
    }

    /// Formats an end: the hour, or the last day.
    fn end(&self, when: &When) -> String {
        match when {
            When::Timed(span) => span.end().wall.strftime("%H:%M").to_string(),
            When::AllDay(days) => self.date(days.last()),
        }
    }

    fn date_with_weekday(&self, date: Date) -> String {
        dates::date(date, DateFormat::WithWeekday, self.language)
    }

    /// Formats a date: `14 January 2025`.
    pub(super) fn date(&self, date: Date) -> String {
        dates::date(date, DateFormat::Date, self.language)
    }
}
