//! The titles of entries, with prefix and suffixes. [`event_title`] decides which title an entry has; feeds, pages and
//! changes only format it.

use std::borrow::Cow;

use super::text_builder::TextBuilder;
use super::{Localizer, heading};
use crate::feed::{Entry, EntryKind, NoticeKind};
use crate::id::Id;
use crate::ledger::{EventTitle, TitleBase, TitleSuffix};
use crate::text::{Language, Line, Text};
use crate::timetable::{
    AnnouncedHours, AudienceIndex, BodyIndex, Cancellation, Deadline, Group, KnownDates, Session, Status, When,
    WrittenName,
};

/// Returns the parts of an entry's title; `None` for a notice.
pub fn event_title<'e>(entry: &'e Entry<'_>) -> Option<EventTitle<'e>> {
    let called = match &entry.kind {
        EntryKind::Session(session, _) | EntryKind::Series(session, ..) => session_title_base(entry, session),
        EntryKind::Deadline(deadline) => deadline_title_base(entry, deadline),
        EntryKind::Meeting(..) => {
            let meeting = entry.meeting?;
            TitleBase::Meeting(Cow::Borrowed(&meeting.title), meeting.city().map(Cow::Borrowed))
        }
        EntryKind::Notice(_) => return None,
    };
    let named = entry.session().filter(|session| session.is_in_feeds_of_bodies);
    let audiences = named.into_iter().flat_map(|session| &session.audience);
    let audiences = audiences.map(|audience| Cow::Borrowed(&entry.group.audiences[*audience].name)).collect();
    let suffixes = suffixes(entry);
    let city = match (&called, &suffixes[..]) {
        (TitleBase::Deadline { hour: Some(_), .. }, _) | (_, [.., TitleSuffix::Until(..)]) => city_of_zone(entry),
        _ => None,
    };
    Some(EventTitle { base: called, audiences, suffixes, city: city.map(Cow::Borrowed) })
}

/// Returns the city of an entry's meeting, if the entry's hours are in its time zone.
pub(super) fn city_of_zone<'e>(entry: &Entry<'e>) -> Option<&'e Text> {
    let zone = match (entry.hours(), entry.when()) {
        (Some(AnnouncedHours::Until(until)), _) => &until.zone,
        (_, When::Timed(span)) => span.zone(),
        (_, When::AllDay(_)) => return None,
    };
    entry.meeting?.city_in_zone(zone)
}

fn session_title_base<'e>(entry: &'e Entry<'_>, session: &Session) -> TitleBase<'e> {
    if let Some(title) = entry.details().and_then(|details| details.title.as_ref()) {
        return TitleBase::Title(Cow::Borrowed(title));
    }
    TitleBase::Kind(
        session.kind,
        if heading::concerns_whole_group(entry) {
            Vec::new()
        } else {
            heading::written_names(entry).into_iter().cloned().collect()
        },
    )
}

fn deadline_title_base<'e>(entry: &'e Entry<'_>, deadline: &'e Deadline) -> TitleBase<'e> {
    let audience = |audience: &AudienceIndex| Cow::Borrowed(&entry.group.audiences[*audience].name);
    // A deadline with an hour includes it, with its time zone.
    let hour = match &deadline.due {
        When::Timed(span) => Some((span.end().as_deadline().hour, span.zone().name().to_owned())),
        When::AllDay(_) => None,
    };
    TitleBase::Deadline {
        title: Cow::Borrowed(&deadline.title),
        recommended: deadline.recommended,
        hour,
        bodies: deadline.concerns.names(entry.group).cloned().collect(),
        audiences: deadline.audience.iter().map(audience).collect(),
    }
}

/// Returns the suffixes that warn readers.
fn suffixes(entry: &Entry<'_>) -> Vec<TitleSuffix> {
    let status = match entry.status() {
        Status::Confirmed => None,
        Status::Provisional => Some(TitleSuffix::Provisional),
        Status::Tentative => Some(TitleSuffix::Tentative),
    };
    let is_meeting = matches!(entry.kind, EntryKind::Meeting(..));
    let dates = match entry.meeting.filter(|_| is_meeting).map(|meeting| meeting.known_dates) {
        Some(KnownDates::Month) => Some(TitleSuffix::MonthAlone),
        Some(KnownDates::FirstDay) => Some(TitleSuffix::FirstDayAlone),
        Some(KnownDates::All) | None => None,
    };
    let status = status.filter(|_| entry.cancelled().is_none());
    status.into_iter().chain(dates).chain(hours_suffixes(entry)).collect()
}

/// Returns what is not announced of the hours of an entry, as its title says it.
pub fn unannounced_hours(entry: &Entry<'_>, language: &Language) -> String {
    let reader = Localizer::new(language).with_group(entry.group);
    let city = city_of_zone(entry).and_then(|city| reader.city_name(city, entry.group));
    let suffixes = hours_suffixes(entry);
    let suffixes: Vec<String> = suffixes.iter().map(|suffix| reader.format_suffix(suffix, city)).collect();
    reader.messages.join("list-long", &suffixes)
}

/// Returns the hour of a deadline with its time zone: `23:59 Geneva time`; `None` if it is due on a date alone.
pub fn due_time(entry: &Entry<'_>, language: &Language) -> Option<String> {
    let When::Timed(span) = entry.when() else { return None };
    let reader = Localizer::new(language).with_group(entry.group);
    let city = city_of_zone(entry).and_then(|city| reader.city_name(city, entry.group));
    Some(reader.time_in_zone(&span.end().as_deadline().hour, span.zone().name(), city))
}

fn hours_suffixes(entry: &Entry<'_>) -> Vec<TitleSuffix> {
    // An assumption must not look like a fact, even in a list of titles.
    match entry.hours() {
        None | Some(AnnouncedHours::Announced) => Vec::new(),
        Some(AnnouncedHours::StartAnnounced(_) | AnnouncedHours::StartAlone) => vec![TitleSuffix::Open],
        Some(AnnouncedHours::About) => vec![TitleSuffix::About],
        Some(AnnouncedHours::AboutStart) => vec![TitleSuffix::About, TitleSuffix::Open],
        Some(AnnouncedHours::AtLatest) => vec![TitleSuffix::AtLatest],
        Some(AnnouncedHours::Until(until)) => {
            vec![TitleSuffix::Until(until.hour.strftime("%H:%M").to_string(), until.zone.name().to_owned())]
        }
        Some(AnnouncedHours::After(id)) => vec![TitleSuffix::After(Box::new(followed(entry, id)))],
        Some(AnnouncedHours::Usual(_) | AnnouncedHours::UsualAtVenue(_)) => vec![TitleSuffix::Usual],
        Some(AnnouncedHours::Unknown) => vec![TitleSuffix::Unknown],
    }
}

/// Returns what the session is called that another one follows.
pub(super) fn followed(entry: &Entry<'_>, id: &Id) -> TitleBase<'static> {
    let sessions = entry.meeting.into_iter().flat_map(|meeting| &meeting.sessions);
    let session = sessions.into_iter().find(|session| session.id == *id);
    let Some((session, occurrence)) = session.and_then(|session| Some((session, session.occurrences.first()?))) else {
        return TitleBase::Title(Cow::Owned(Text::new(Line::clean(&id.words()))));
    };
    let followed = Entry { kind: EntryKind::Session(session, occurrence), ..entry.clone() };
    session_title_base(&followed, session).into_owned()
}

impl Localizer<'_> {
    /// Returns the title of an entry, with prefix and suffixes.
    pub(super) fn summary(&self, entry: &Entry<'_>) -> String {
        let title = self.title(entry);
        match entry.cancelled() {
            Some(Cancellation::Postponed(_)) => self.messages.format("postponed", &[("what", &title)]),
            Some(_) => self.messages.format("cancelled", &[("what", &title)]),
            None => title,
        }
    }

    /// Returns the title of an entry with its suffixes, without the mark that it is cancelled.
    pub(super) fn title(&self, entry: &Entry<'_>) -> String {
        if let Some(name) = event_title(entry) {
            return self.format_title(&name, entry.group);
        }
        let group = ("group", entry.group.short_in(self.language));
        let body = |body: &BodyIndex| entry.group.bodies[*body].written.in_language(self.language);
        let notice = match &entry.kind {
            EntryKind::Notice(notice) => &notice.kind,
            _ => &NoticeKind::EmptyFeed,
        };
        match notice {
            NoticeKind::NoSession(of) => self.messages.format("no-session", &[group, ("body", body(of))]),
            NoticeKind::Closed(of) => self.messages.format("closed", &[group, ("body", body(of))]),
            NoticeKind::Renamed(of, former) => {
                self.messages.format("renamed", &[group, ("former", former.as_str()), ("body", body(of))])
            }
            NoticeKind::EmptyFeed => self.messages.format("nothing", &[group]),
        }
    }

    /// Formats a title of a study group.
    pub(super) fn format_title<S: TextBuilder>(&self, name: &EventTitle<'_>, group: &Group) -> S {
        let short = S::untranslated(self, group.short_in(self.language));
        let city = name.city.as_deref().and_then(|city| self.city_name(city, group));
        let suffixes: Vec<S> = name.suffixes.iter().map(|suffix| self.format_suffix(suffix, city)).collect();
        let audiences = name.audiences.iter().map(|audience| S::typed(self, audience));
        let suffixes: Vec<S> = audiences.chain(suffixes).collect();
        match &name.base {
            TitleBase::Title(title) => self.format_with_suffixes(S::typed(self, title), &suffixes, Some(&short)),
            TitleBase::Kind(kind, bodies) => {
                self.format_with_suffixes(self.kind(kind.word(), bodies), &suffixes, Some(&short))
            }
            TitleBase::Meeting(title, city) => {
                let title = S::join(self, "places", &self.with_city(title, city.as_deref()));
                self.format_with_suffixes(title, &suffixes, None)
            }
            TitleBase::Deadline { title, recommended, hour, bodies, audiences } => {
                let bodies = bodies.iter().map(|name| S::untranslated(self, name.in_language(self.language)));
                let names: Vec<S> = bodies.chain(audiences.iter().map(|name| S::typed(self, name))).collect();
                let message = match (recommended, hour.is_some(), names.is_empty()) {
                    (false, false, true) => "deadline",
                    (false, false, false) => "deadline-for",
                    (false, true, true) => "deadline-at",
                    (false, true, false) => "deadline-at-for",
                    (true, false, true) => "recommended-date",
                    (true, false, false) => "recommended-date-for",
                    (true, true, true) => "recommended-date-at",
                    (true, true, false) => "recommended-date-at-for",
                };
                let time = hour.as_ref().map(|(hour, zone)| self.time_in_zone(hour, zone, city));
                let time = S::untranslated(self, &time.unwrap_or_default());
                let audiences = S::join(self, "list", &names);
                let title =
                    truncate_beside(S::typed(self, title), audiences.character_count() + time.character_count());
                let variables = [("group", &short), ("time", &time), ("title", &title), ("audiences", &audiences)];
                S::format(self, message, &variables)
            }
        }
    }

    /// Formats a title with the group's short name, if given, and with suffixes.
    fn format_with_suffixes<S: TextBuilder>(&self, title: S, suffixes: &[S], group: Option<&S>) -> S {
        let (has_group, has_suffixes) = (group.is_some(), !suffixes.is_empty());
        let suffixes = S::join(self, "list-long", suffixes);
        let title = if has_suffixes { truncate_beside(title, suffixes.character_count()) } else { title };
        let message = match (has_group, has_suffixes) {
            (true, true) => "summary-with-suffixes",
            (true, false) => "summary",
            (false, true) => "title-with-suffixes",
            (false, false) => return title,
        };
        let group = group.map(|group| ("group", group));
        let variables: Vec<(&'static str, &S)> =
            group.into_iter().chain([("title", &title), ("suffixes", &suffixes)]).collect();
        S::format(self, message, &variables)
    }

    fn format_suffix<S: TextBuilder>(&self, suffix: &TitleSuffix, city: Option<&str>) -> S {
        let message = match suffix {
            TitleSuffix::Tentative => "suffix-tentative",
            TitleSuffix::Provisional => "suffix-provisional",
            TitleSuffix::Open => "suffix-open",
            TitleSuffix::Usual => "suffix-usual",
            TitleSuffix::Unknown => "suffix-unknown",
            TitleSuffix::About => "suffix-about",
            TitleSuffix::MonthAlone => "suffix-month",
            TitleSuffix::FirstDayAlone => "suffix-first-day",
            TitleSuffix::AtLatest => "suffix-latest",
            TitleSuffix::Until(hour, zone) => {
                let time = S::untranslated(self, &self.time_in_zone(hour, zone, city));
                return S::format(self, "suffix-until", &[("time", &time)]);
            }
            TitleSuffix::After(base) => {
                return S::format(self, "suffix-after", &[("title", &self.format_base(base))]);
            }
        };
        S::format(self, message, &[])
    }

    /// Formats what a session is called.
    pub(super) fn format_base<S: TextBuilder>(&self, base: &TitleBase<'_>) -> S {
        match base {
            TitleBase::Kind(kind, bodies) => self.kind(kind.word(), bodies),
            TitleBase::Title(title) | TitleBase::Meeting(title, _) | TitleBase::Deadline { title, .. } => {
                S::typed(self, title)
            }
        }
    }

    fn with_city<S: TextBuilder>(&self, title: &Text, city: Option<&Text>) -> Vec<S> {
        let city = city.filter(|city| !self.text(title).contains(self.text(city)));
        std::iter::once(title).chain(city).map(|text| S::typed(self, text)).collect()
    }

    /// Returns `WP1/12 – working party meeting`.
    pub(super) fn kind<S: TextBuilder>(&self, kind: &str, bodies: &[WrittenName]) -> S {
        if bodies.is_empty() {
            return S::untranslated(self, &self.messages.format(&format!("kind-{kind}"), &[]));
        }
        let number = i64::try_from(bodies.len()).unwrap_or(i64::MAX);
        let names: Vec<&str> = bodies.iter().map(|name| name.in_language(self.language)).collect();
        let bodies = [("bodies", &*self.messages.list(&names))];
        S::untranslated(self, &self.messages.format_count(&format!("kind-{kind}-of"), number, &bodies))
    }
}

/// Truncates a title so that `behind` characters fit after it in a summary.
fn truncate_beside<S: TextBuilder>(title: S, behind: usize) -> S {
    // The group's short name, and the words and brackets around the title.
    const AROUND: usize = 50;
    let room = crate::text::MAX_LINE_CHARACTERS.saturating_sub(behind + AROUND);
    title.truncated(room.max(AROUND))
}
