//! The description of an entry: one line for each thing that a reader should know.

use super::{LastChange, Localizer, Messages, titles};
use crate::feed::{Entry, EntryKind, Notice, NoticeKind};
use crate::id::Id;
use crate::text::{Language, Prose, UiLanguage};
use crate::timetable::{
    AnnouncedHours, AnnouncedTime, BodyIndex, Cancellation, DateSource, Deadline, Interpretation, KnownDates, Letter,
    Link, Meeting, Moment, Occurrence, Session, SessionOrder, Status, When,
};

impl Localizer<'_> {
    /// Returns the description of an entry.
    pub(super) fn description(&self, entry: &Entry<'_>, change: Option<&LastChange<'_>>) -> Prose {
        let mut lines = Vec::new();
        // The link comes first, because phones show only the first line. clients.md G7
        lines.extend(entry.join().map(|join| self.messages.labelled("label-join", join.url.as_str())));
        lines.extend(entry.cancelled().and_then(|cancelled| self.cancelled(cancelled)));
        lines.extend(change.map(|change| self.last_change(change)));
        match &entry.kind {
            EntryKind::Session(session, occurrence) => {
                lines.extend(self.changed(occurrence));
                lines.extend(self.session(entry, session));
            }
            EntryKind::Series(session, ..) => {
                lines.extend(session.skipped.iter().map(|skipped| {
                    let (date, reason) = (self.date(skipped.date), self.text(&skipped.reason));
                    self.messages.format("not-on", &[("date", &date), ("what", reason)])
                }));
                lines.extend(self.session(entry, session));
            }
            EntryKind::Deadline(deadline) => lines.extend(self.deadline(entry, deadline)),
            EntryKind::Meeting(..) if entry.cancelled().is_none() => lines.extend(match entry.status() {
                Status::Confirmed => None,
                Status::Provisional => Some(self.messages.format("provisional-dates", &[])),
                Status::Tentative => Some(self.messages.format("tentative-dates", &[])),
            }),
            EntryKind::Meeting(..) => {}
            EntryKind::Notice(notice) => lines.extend(self.notice(entry, notice)),
        }
        if let (EntryKind::Meeting(..), Some(meeting)) = (&entry.kind, entry.meeting) {
            lines.extend(match meeting.known_dates {
                KnownDates::All => None,
                KnownDates::FirstDay => Some(self.messages.format("dates-first-day", &[])),
                KnownDates::Month => Some(self.messages.format("dates-month", &[])),
            });
            lines.extend(self.concerns(entry));
        }
        if let Some(meeting) = entry.meeting {
            let deadline = match &entry.kind {
                EntryKind::Deadline(deadline) => Some(*deadline),
                _ => None,
            };
            lines.extend(self.meeting(meeting, deadline));
        }
        if let Some(homepage) = &entry.group.homepage {
            lines.push(self.messages.labelled("label-homepage", homepage.as_str()));
        }
        // A deadline may have its own contact.
        let has_own = matches!(entry.kind, EntryKind::Deadline(deadline) if deadline.contact.is_some());
        if let Some(contact) = entry.group.contact.as_ref().filter(|_| !has_own) {
            lines.push(self.messages.labelled("label-contact", contact));
        }
        Prose::clean(&lines.join("\n"))
    }

    fn notice(&self, entry: &Entry<'_>, notice: &Notice) -> Vec<String> {
        let body = |body: &BodyIndex| entry.group.bodies[*body].written.in_language(self.language);
        let note = |body: &BodyIndex| entry.group.bodies[*body].note.as_ref().map(|note| self.text(note).to_owned());
        match &notice.kind {
            NoticeKind::NoSession(of) => {
                let meeting = entry.meeting.map(|meeting| self.text(&meeting.title)).unwrap_or_default();
                vec![self.messages.format("no-session-text", &[("body", body(of)), ("meeting", meeting)])]
            }
            NoticeKind::Closed(of) => {
                let date = self.date(notice.when.first_day());
                let closed = self.messages.format("closed-text", &[("body", body(of)), ("date", &date)]);
                std::iter::once(closed).chain(note(of)).collect()
            }
            NoticeKind::Renamed(of, former) => {
                let named = [("former", former.as_str()), ("body", body(of))];
                std::iter::once(self.messages.format("renamed-text", &named)).chain(note(of)).collect()
            }
            NoticeKind::EmptyFeed => vec![self.messages.format("nothing-text", &[])],
        }
    }

    /// Says why something does not take place, if a reason was given. The title says that it does not.
    fn cancelled(&self, cancelled: &Cancellation) -> Option<String> {
        Some(match cancelled {
            Cancellation::Announced(reason) => {
                self.messages.format("cancelled", &[("what", self.text(reason.as_ref()?))])
            }
            Cancellation::Postponed(reason) => {
                self.messages.format("postponed", &[("what", self.text(reason.as_ref()?))])
            }
            Cancellation::Gone => self.messages.format("gone", &[]),
            Cancellation::Replaced => self.messages.format("replaced", &[]),
        })
    }

    fn session(&self, entry: &Entry<'_>, session: &Session) -> Vec<String> {
        let say = |message: &str| self.messages.format(message, &[]);
        let mut lines = Vec::new();
        let Some(details) = entry.details() else { return lines };
        if entry.cancelled().is_none() {
            lines.extend(match details.status {
                Status::Confirmed => None,
                Status::Provisional => Some(say("provisional")),
                Status::Tentative => Some(say("tentative")),
            });
        }
        lines.extend(details.note.as_ref().map(|note| self.text(note).to_owned()));
        lines.extend(self.hours(entry));
        if let Some(bodies) = self.bodies(entry) {
            lines.push(self.messages.labelled("label-bodies", &bodies));
        }
        lines.extend(session.order.map(|order| match order {
            SessionOrder::Parallel => say("parallel"),
            SessionOrder::Sequential => say("sequential"),
        }));
        lines.extend(details.chair.as_ref().map(|chair| self.messages.labelled("label-chair", self.text(chair))));
        if !session.audience.is_empty() {
            let audiences = self.messages.list(&self.audiences(entry, &session.audience));
            lines.push(self.messages.labelled("label-audience", &audiences));
        }
        if !session.languages.is_empty() {
            lines.push(self.messages.labelled("label-language", &language_names(&session.languages, self.messages)));
        }
        let join = details.join.as_ref().filter(|_| entry.cancelled().is_none());
        if let Some(join) = join.filter(|_| entry.join().is_none()) {
            let audiences = self.messages.list_in_sentence(&self.audiences(entry, &join.audience));
            lines.push(self.messages.format("join-elsewhere", &[("audiences", &audiences)]));
        }
        lines.extend(
            session
                .interpretation
                .as_ref()
                .map(|offer| self.messages.labelled("label-interpretation", &interpretation(offer, self.messages))),
        );
        lines.extend(details.links.iter().map(|link| self.link(link)));
        lines
    }

    /// Says why an occurrence was moved or changed.
    fn changed(&self, occurrence: &Occurrence) -> Vec<String> {
        let reason = occurrence.overridden_by.as_ref().and_then(|change| change.reason.as_ref());
        let reason = reason.map(|reason| self.messages.labelled("label-reason", self.text(reason)));
        self.moved(occurrence).into_iter().chain(reason).collect()
    }

    /// Says from when an occurrence was moved.
    fn moved(&self, occurrence: &Occurrence) -> Option<String> {
        let before = match occurrence.moved_from()? {
            AnnouncedTime::Span(span) => self.date_and_hour(&span.start().as_start(), None),
            AnnouncedTime::DayPart(day, part) => self.day_and_part(day, part),
            AnnouncedTime::Day(day) => self.date_with_weekday(day),
        };
        Some(self.messages.format("moved", &[("before", &before)]))
    }

    /// Says which hours are not announced.
    fn hours(&self, entry: &Entry<'_>) -> Option<String> {
        let clock = |moment: Moment| self.time_of_day(&moment.wall.strftime("%H:%M").to_string());
        let followed = |id: &Id| self.format_base::<String>(&titles::followed(entry, id));
        let (message, part, title) = match entry.hours()? {
            AnnouncedHours::StartAlone => ("hours-start-alone", None, None),
            AnnouncedHours::Announced => return None,
            AnnouncedHours::Unknown => return Some(self.messages.format("hours-unknown", &[])),
            AnnouncedHours::StartAnnounced(part) => ("hours-start", Some(part), None),
            AnnouncedHours::Usual(part) => ("hours-usual", Some(part), None),
            AnnouncedHours::UsualAtVenue(part) => ("hours-usual-at-venue", Some(part), None),
            AnnouncedHours::About => ("hours-about", None, None),
            AnnouncedHours::AboutStart => ("hours-about-start", None, None),
            AnnouncedHours::AtLatest => ("hours-latest", None, None),
            AnnouncedHours::Until(until) => {
                let hour = until.hour.strftime("%H:%M").to_string();
                let city = titles::city_of_zone(entry).and_then(|city| self.city_name(city, entry.group));
                let end = self.time_in_zone(&hour, until.zone.name(), city);
                return Some(self.messages.format("hours-until", &[("end", &end)]));
            }
            AnnouncedHours::After(id) if matches!(entry.when(), When::AllDay(_)) => {
                return Some(self.messages.format("hours-after", &[("title", &followed(id))]));
            }
            AnnouncedHours::After(id) => ("hours-after-shown", None, Some(followed(id))),
        };
        let When::Timed(span) = entry.when() else { return None };
        let part = part.map(|part| self.messages.format(&format!("part-{}", part.word()), &[])).unwrap_or_default();
        let (start, end) = (clock(span.start()), clock(span.end()));
        let group = entry.group.short_in(self.language);
        let title = title.unwrap_or_default();
        let variables = [("part", &*part), ("start", &start), ("end", &end), ("group", group), ("title", &title)];
        Some(self.messages.format(message, &variables))
    }

    fn deadline(&self, entry: &Entry<'_>, deadline: &Deadline) -> Vec<String> {
        let mut lines = Vec::new();
        if deadline.recommended {
            lines.push(self.messages.format("recommended", &[]));
        }
        lines.extend(self.concerns(entry));
        if !deadline.audience.is_empty() {
            let audiences = self.messages.list(&self.audiences(entry, &deadline.audience));
            lines.push(self.messages.labelled("label-concerns", &audiences));
        }
        lines.extend(deadline.how.as_ref().map(|how| self.messages.labelled("label-how", self.text(how))));
        lines.extend(deadline.url.as_ref().map(|url| self.messages.labelled("label-web", url.as_str())));
        lines.extend(deadline.contact.as_ref().map(|contact| self.messages.labelled("label-contact", contact)));
        lines.extend(deadline.note.as_ref().map(|note| self.text(note).to_owned()));
        lines
    }

    /// Names the bodies that a deadline or a meeting concerns.
    fn concerns(&self, entry: &Entry<'_>) -> Option<String> {
        let names = entry.concerns()?.names(entry.group);
        let names: Vec<&str> = names.map(|name| name.in_language(self.language)).collect();
        Some(self.messages.labelled("label-bodies", &self.messages.list(&names)))
    }

    fn link(&self, link: &Link) -> String {
        self.messages.format("labelled", &[("label", self.text(&link.label)), ("value", link.url.as_str())])
    }

    /// Names the documents of the meeting. Its note and timetable apply to sessions, not to deadlines.
    fn meeting(&self, meeting: &Meeting, deadline: Option<&Deadline>) -> Vec<String> {
        let mut lines = Vec::new();
        if deadline.is_some() {
            lines.push(self.messages.labelled("label-meeting", self.text(&meeting.title)));
        } else {
            lines.extend(meeting.note.as_ref().map(|note| self.text(note).to_owned()));
            let timetable = meeting.timetable.as_ref();
            lines.extend(timetable.map(|timetable| self.messages.labelled("label-timetable", timetable)));
            let agenda = meeting.agenda.as_ref();
            lines.extend(agenda.map(|agenda| self.messages.labelled("label-agenda", agenda)));
        }
        // A date that a rule gives must not be taken for one that the letter prints.
        let source = deadline.map_or(DateSource::Printed, |deadline| deadline.source);
        if meeting.letter.is_some() && source == DateSource::Rule {
            lines.push(self.messages.format("not-printed", &[]));
        }
        if let Some(letter) = meeting.letter.as_ref().filter(|_| source == DateSource::Printed) {
            lines.push(self.messages.labelled("label-source", &letter_title(letter, self.language)));
        }
        lines.extend(meeting.links.iter().map(|link| self.link(link)));
        lines
    }
}

/// Returns the title of a collective letter, with its date if that is known.
pub fn letter_title(letter: &Letter, language: &Language) -> String {
    let reader = Localizer::new(language);
    let number = ("number", &*letter.number);
    match letter.date {
        Some(date) => reader.messages.format("letter-dated", &[number, ("date", &reader.date(date))]),
        None => reader.messages.format("letter", &[number]),
    }
}

/// Says what is offered: the languages, or that there is interpretation, or that it has to be asked for.
pub fn interpretation(offer: &Interpretation, messages: Messages) -> String {
    let languages = language_names(&offer.languages, messages);
    match (offer.on_request, offer.languages.is_empty()) {
        (false, true) => messages.format("interpretation-provided", &[]),
        (false, false) => languages,
        (true, true) => messages.format("interpretation-on-request", &[]),
        (true, false) => messages.format("interpretation-into-on-request", &[("languages", &languages)]),
    }
}

/// Lists languages by their names; one for which convene has no name, by its own name.
pub fn language_names(languages: &[Language], messages: Messages) -> String {
    let name = |language: &Language| match UiLanguage::for_language(language) {
        Some(known) => messages.format(&format!("language-{}", known.tag()), &[]),
        None => language.own_name(),
    };
    messages.list(&languages.iter().map(name).collect::<Vec<_>>())
}
