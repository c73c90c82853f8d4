//! Describes what changed in an event.

use jiff::Timestamp;
use jiff::civil::Date;

use super::dates::{self, DateFormat};
use super::text_builder::TextBuilder;
use super::zone_name::ZoneName;
use super::{Localizer, TaggedText};
use crate::feed::{Entry, EntryKind};
use crate::ledger::{Difference, EventChange};
use crate::revision::Release;
use crate::text::{Language, Text};
use crate::timetable::{DateAndHour, DayPart, Days, Group, Status, TimedSpan, When};
use crate::zone::Zone;

/// The last change of an event, which the event itself describes.
pub struct LastChange<'r> {
    published: Timestamp,
    /// The date of publication in the time zone of the study group.
    date: Date,
    differences: &'r [Difference],
    now: ShownTime<'r>,
}

/// When an event is now, as readers are shown it.
#[derive(Clone, Copy)]
struct ShownTime<'r> {
    when: &'r When,
    /// Whether it is a deadline, of which readers are shown the end alone.
    is_deadline: bool,
    /// Whether it is one instance of a series, which tells the changes of the whole series.
    is_instance: bool,
}

impl<'r> LastChange<'r> {
    /// Returns the last change of an entry; `None` if it never changed.
    pub fn from_entry(entry: &'r Entry<'_>, release: &'r Release) -> Option<Self> {
        let differences = release.last_change(entry.ledger_uid());
        let at = release.told(entry.ledger_uid());
        let now = ShownTime {
            when: entry.when_planned(),
            is_deadline: matches!(entry.kind, EntryKind::Deadline(_)),
            is_instance: entry.overridden_instance().is_some(),
        };
        let date = entry.group.zone.wall_clock(at).date();
        (!differences.is_empty()).then_some(Self { published: at, date, differences, now })
    }

    /// Returns the instant of its publication.
    pub fn published(&self) -> Timestamp {
        self.published
    }

    /// Returns the date of its publication in the time zone of the study group.
    pub fn date(&self) -> Date {
        self.date
    }
}

impl<'r> ShownTime<'r> {
    /// Returns the time in a list of changes.
    fn from_change(change: &'r EventChange) -> Self {
        Self { when: &change.when, is_deadline: change.is_deadline(), is_instance: false }
    }

    /// Returns when an event with this time begins, or when something is due.
    fn shown(self, span: &TimedSpan) -> DateAndHour {
        if self.is_deadline { span.end().as_deadline() } else { span.start().as_start() }
    }

    /// Returns the zone of a time, if the event is in another zone now.
    fn other_zone(self, span: &TimedSpan) -> Option<&Zone> {
        let is_other = matches!(self.when, When::Timed(now) if now.zone() != span.zone());
        is_other.then(|| span.zone())
    }

    /// Returns the zone of the event, if a difference has a time in another zone.
    fn own_zone(self, differences: &[Difference]) -> Option<&'r Zone> {
        let When::Timed(now) = self.when else { return None };
        let is_other = |difference: &Difference| match difference {
            Difference::Moved(When::Timed(before))
            | Difference::Until(When::Timed(before))
            | Difference::Zone(When::Timed(before)) => before.zone() != now.zone(),
            _ => false,
        };
        differences.iter().any(is_other).then(|| now.zone())
    }
}

/// Describes some of the differences of a change in one line: `moved from Tuesday 14 January 2025, 14:30, room K`.
pub fn describe_differences(change: &EventChange, differences: &[Difference], language: &Language) -> String {
    Localizer::new(language).differences(differences, ShownTime::from_change(change))
}

/// Describes the last change of an event of a study group, without its date.
pub fn describe_last_change(change: &LastChange<'_>, group: &Group, language: &Language) -> TaggedText {
    Localizer::new(language).with_group(group).differences(change.differences, change.now)
}

/// Returns a change for lists: the title of the event, and when and where it is with what changed.
pub fn describe_change_in_list(change: &EventChange, group: &Group, language: &Language) -> (TaggedText, TaggedText) {
    let reader = &Localizer::new(language).with_group(group);
    let title = match &change.title_parts {
        Some(name) => reader.format_title(name, group),
        None => TaggedText::typed(reader, &change.title),
    };
    let now = ShownTime::from_change(change);
    let when = match &change.when {
        When::Timed(span) => reader.date_and_hour(&now.shown(span), now.own_zone(&change.differences)),
        When::AllDay(days) => reader.days(*days),
    };
    let when = TaggedText::untranslated(reader, &when);
    let room = change.room.as_ref().map(|room| TaggedText::typed(reader, room));
    let place = TaggedText::join(reader, "places", &std::iter::once(when).chain(room).collect::<Vec<_>>());
    let what = reader.differences(&change.differences, now);
    let text = TaggedText::format(reader, "labelled", &[("label", &place), ("value", &what)]);
    (title.truncate_to_line(), text.truncate_to_line())
}

impl Localizer<'_> {
    pub(super) fn last_change(&self, change: &LastChange<'_>) -> String {
        let (date, what) = (self.date(change.date), self.differences::<String>(change.differences, change.now));
        self.messages.format("changed", &[("date", &date), ("what", &what)])
    }

    fn differences<S: TextBuilder>(&self, differences: &[Difference], now: ShownTime<'_>) -> S {
        // Time and room are described together.
        let moved = differences.iter().find_map(|difference| match difference {
            Difference::Moved(from) => Some(from),
            _ => None,
        });
        let room = differences.iter().find_map(|difference| match difference {
            Difference::Room(Some(room)) => Some(room),
            _ => None,
        });
        let both = moved.zip(room).filter(|_| !now.is_instance).map(|(from, room)| {
            let (before, room) = (S::untranslated(self, &self.time(from, now)), S::typed(self, room));
            S::format(self, "difference-moved-room", &[("before", &before), ("room", &room)])
        });
        let is_said = |difference: &&Difference| {
            both.is_some() && matches!(difference, Difference::Moved(_) | Difference::Room(_))
        };
        let others = differences.iter().filter(|difference| !is_said(difference));
        let others = others.map(|difference| self.difference(difference, now));
        S::join(self, "list-long", &both.clone().into_iter().chain(others).collect::<Vec<_>>())
    }

    fn difference<S: TextBuilder>(&self, difference: &Difference, now: ShownTime<'_>) -> S {
        let say = |message: &str| S::format(self, message, &[]);
        let own = |text: &str| S::untranslated(self, text);
        let from = |message: &str, before: S| S::format(self, message, &[("before", &before)]);
        let text = |message: &str, before: &Option<Text>| match before {
            Some(before) => from(message, S::typed(self, before)),
            None => say(&format!("{message}-none")),
        };
        match difference {
            _ if difference.is_of_time() && now.is_instance => {
                let what = self.difference(difference, ShownTime { is_instance: false, ..now });
                S::format(self, "difference-of-series", &[("what", &what)])
            }
            Difference::New => say("difference-new"),
            Difference::Back => say("difference-back"),
            Difference::Gone => say("difference-gone"),
            Difference::Replaced => say("difference-replaced"),
            Difference::Cancelled => say("difference-cancelled"),
            Difference::Postponed => say("difference-postponed"),
            Difference::Restored => say("difference-restored"),
            Difference::Moved(before) => from("difference-moved", own(&self.time(before, now))),
            Difference::MovedFromPart(date, part) => from("difference-moved", own(&self.day_and_part(*date, *part))),
            Difference::Until(before) => from("difference-until", own(&self.end(before, now))),
            Difference::Zone(before) => from("difference-zone", own(&self.time(before, now))),
            Difference::MovedTo(to) => S::format(self, "difference-moved-to", &[("now", &own(&self.time(to, now)))]),
            Difference::Room(before) => text("difference-room", before),
            Difference::Place(before) => text("difference-place", before),
            Difference::Title(before) => text("difference-title", before),
            Difference::Chair(before) => text("difference-chair", before),
            Difference::Status(Status::Confirmed) | Difference::StatusNow(Status::Tentative) => {
                say("difference-tentative")
            }
            Difference::StatusNow(Status::Provisional) => say("difference-provisional"),
            Difference::Status(_) | Difference::StatusNow(Status::Confirmed) => say("difference-confirmed"),
            Difference::Bodies(before) => {
                let names: Vec<&str> = before.iter().map(|name| name.in_language(self.language)).collect();
                from("difference-bodies", own(&self.messages.list(&names)))
            }
            Difference::BodyName { before, now } => {
                let [before, now] = [before, now].map(|name| own(name.in_language(self.language)));
                S::format(self, "difference-body-name", &[("before", &before), ("now", &now)])
            }
            Difference::Audience(before) if before.is_empty() => say("difference-audience-none"),
            Difference::Audience(before) => {
                let names: Vec<S> = before.iter().map(|name| S::typed(self, name)).collect();
                from("difference-audience", S::join(self, "list", &names))
            }
            Difference::DaysKnown => say("difference-days-known"),
            Difference::LastDayKnown => say("difference-last-day-known"),
            Difference::Hours => say("difference-hours"),
            Difference::EndAnnounced => say("difference-end-announced"),
            Difference::EndUnannounced => say("difference-end-unannounced"),
            Difference::UntilHour(hour, zone) => from("difference-until", own(&self.time_in_zone(hour, zone, None))),
            Difference::StartAnnounced => say("difference-start-announced"),
            Difference::EndAlone => say("difference-end-alone"),
            Difference::Assumed => say("difference-assumed"),
            Difference::Exact => say("difference-exact"),
            Difference::About => say("difference-about"),
            Difference::Unannounced => say("difference-unannounced"),
            Difference::Usual => say("difference-usual"),
            Difference::Unknown => say("difference-unknown"),
            Difference::Link => say("difference-link"),
            Difference::Dates => say("difference-dates"),
            Difference::Feeds => say("difference-feeds"),
            Difference::Details => say("difference-details"),
            Difference::Instance(when, difference) => {
                let of_it = ShownTime { is_instance: false, ..now };
                let (when, what) = (own(&self.time(when, now)), self.difference(difference, of_it));
                S::format(self, "difference-instance", &[("when", &when), ("what", &what)])
            }
        }
    }

    /// Formats a part of a day: `Tuesday 14 January 2025, morning`.
    pub(super) fn day_and_part(&self, date: Date, part: DayPart) -> String {
        let part = self.messages.format(&format!("part-{}", part.word()), &[]);
        self.messages.format("day-and-part", &[("date", &self.date_with_weekday(date)), ("part", &part)])
    }

    /// Formats a time of the event: `Tuesday 14 January 2025, 14:30`, or the days from the first to the last. The zone
    /// is named if the event is in another one now.
    fn time(&self, when: &When, now: ShownTime<'_>) -> String {
        match when {
            When::Timed(span) => self.date_and_hour(&now.shown(span), now.other_zone(span)),
            When::AllDay(days) => self.days(*days),
        }
    }

    /// Formats an end: the hour, or the last day. The date is named unless it begins and ended on one day, and still
    /// does.
    fn end(&self, before: &When, now: ShownTime<'_>) -> String {
        let span = match before {
            When::Timed(span) => span,
            When::AllDay(days) => return self.date(days.last()),
        };
        let (end, zone) = (span.end().as_start(), now.other_zone(span));
        let is_one_day = span.start().wall.date() == end.date;
        match now.when {
            When::Timed(now) if is_one_day && now.end().wall.date() == end.date => self.hour(&end.hour, zone),
            _ => self.date_and_hour(&end, zone),
        }
    }

    pub(super) fn date_and_hour(&self, shown: &DateAndHour, zone: Option<&Zone>) -> String {
        let (date, time) = (self.date_with_weekday(shown.date), self.hour(&shown.hour, zone));
        self.messages.format("date-and-time", &[("date", &date), ("time", &time)])
    }

    /// Formats an hour: `14:30`, or `14:30 Europe/Zurich time`.
    fn hour(&self, hour: &str, zone: Option<&Zone>) -> String {
        zone.map_or_else(|| self.time_of_day(hour), |zone| self.time_in_zone(hour, zone.name(), None))
    }

    /// Formats an hour (`14:30`) as the language writes it.
    pub(super) fn time_of_day(&self, hour: &str) -> String {
        dates::time(hour, self.language)
    }

    /// Formats an hour with its time zone: `14:30 Geneva time`, or `14:30 Europe/Zurich time` if the city is not known.
    pub(super) fn time_in_zone(&self, hour: &str, zone: &str, city: Option<&str>) -> String {
        let time = ("time", &*self.time_of_day(hour));
        match ZoneName::new(zone, city) {
            ZoneName::Utc => self.messages.format("time-utc", &[time]),
            ZoneName::AnywhereOnEarth => self.messages.format("time-anywhere", &[time]),
            ZoneName::City(city) => self.messages.format("time-at-place", &[time, ("place", city)]),
            ZoneName::Database(zone) => self.messages.format("time-in-zone", &[time, ("zone", zone)]),
        }
    }

    /// Returns the name of a city, if it was typed in the language of the reader.
    pub(super) fn city_name<'t>(&self, city: &'t Text, group: &Group) -> Option<&'t str> {
        let typed_in = city.tagged(self.language, group.first_language()).language;
        (typed_in.primary() == self.messages.language().primary()).then(|| self.text(city))
    }

    fn days(&self, days: Days) -> String {
        if days.first() == days.last() {
            return self.date_with_weekday(days.first());
        }
        let (first, last) = (self.date(days.first()), self.date(days.last()));
        self.messages.format("dates", &[("first", &first), ("last", &last)])
    }

    pub(super) fn date_with_weekday(&self, date: Date) -> String {
        dates::date(date, DateFormat::WithWeekday, self.language)
    }

    /// Formats a date: `14 January 2025`.
    pub(super) fn date(&self, date: Date) -> String {
        dates::date(date, DateFormat::Date, self.language)
    }
}
