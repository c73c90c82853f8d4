//! The description of an entry: a line for each thing that a reader should know.

use super::{LastChange, Reader};
use crate::feed::{Entry, What};
use crate::text::prose;
use crate::timetable::{
    AnnouncedHours, AnnouncedTime, Cancellation, DateSource, Deadline, Interpretation, Link, Meeting, Occurrence,
    Session, SessionOrder, Status, When,
};

impl Reader<'_> {
    /// What a reader should know of an entry, a line each.
    pub(super) fn description(&self, entry: &Entry<'_>, change: Option<&LastChange<'_>>) -> String {
        let mut lines = Vec::new();
        // The link first: phones show no more than the first line. clients.md G7
        lines.extend(entry.join().map(|join| self.words.say("join", &[("url", join.url.as_str())])));
        lines.extend(entry.cancelled().map(|cancelled| self.cancelled(cancelled)));
        lines.extend(change.map(|change| self.last_change(change)));
        let body = |body: &usize| entry.group.bodies[*body].written.as_str();
        match &entry.what {
            What::Session(session, occurrence) => {
                lines.extend(self.changed(occurrence));
                lines.extend(self.session(entry, session));
            }
            What::Series(session, ..) => lines.extend(self.session(entry, session)),
            What::Deadline(deadline) => lines.extend(self.deadline(entry, deadline)),
            What::Meeting(..) if entry.status() == Status::Tentative && entry.cancelled().is_none() => {
                lines.push(self.words.say("tentative-dates", &[]));
            }
            What::Meeting(..) => {}
            What::NoSession(_, of, _) => {
                let meeting = entry.meeting.map(|meeting| self.text(&meeting.title)).unwrap_or_default();
                lines.push(self.words.say("no-session-text", &[("body", body(of)), ("meeting", meeting)]));
            }
            What::Closed(when, of, _) => {
                let date = when.first_day().to_string();
                lines.push(self.words.say("closed-text", &[("body", body(of)), ("date", &date)]));
                lines.extend(entry.group.bodies[*of].note.as_ref().map(|note| self.text(note).to_owned()));
            }
            What::Renamed(_, of, former, _) => {
                let named = [("former", former.as_str()), ("body", body(of))];
                lines.push(self.words.say("renamed-text", &named));
                lines.extend(entry.group.bodies[*of].note.as_ref().map(|note| self.text(note).to_owned()));
            }
            What::Nothing { .. } => lines.push(self.words.say("nothing-text", &[])),
        }
        if let Some(meeting) = entry.meeting {
            let deadline = match &entry.what {
                What::Deadline(deadline) => Some(*deadline),
                _ => None,
            };
            lines.extend(self.meeting(meeting, deadline));
        }
        if let Some(homepage) = &entry.group.homepage {
            lines.push(self.words.say("homepage", &[("url", homepage.as_str())]));
        }
        // A deadline with a contact of its own has it already.
        let has_own = matches!(entry.what, What::Deadline(deadline) if deadline.contact.is_some());
        if let Some(contact) = entry.group.contact.as_ref().filter(|_| !has_own) {
            lines.push(self.words.say("contact", &[("contact", contact)]));
        }
        prose(&lines.join("\n"))
    }

    /// That something does not take place, and why.
    fn cancelled(&self, cancelled: &Cancellation) -> String {
        match cancelled {
            Cancellation::Announced(reason) => self.words.say("cancelled-text", &[("reason", self.text(reason))]),
            Cancellation::Gone => self.words.say("gone", &[]),
            Cancellation::Replaced => self.words.say("replaced", &[]),
        }
    }

    fn session(&self, entry: &Entry<'_>, session: &Session) -> Vec<String> {
        let say = |message: &str| self.words.say(message, &[]);
        let mut lines = Vec::new();
        let Some(details) = entry.details() else { return lines };
        if details.status == Status::Tentative && entry.cancelled().is_none() {
            lines.push(say("tentative"));
        }
        lines.extend(details.note.as_ref().map(|note| self.text(note).to_owned()));
        lines.extend(self.hours(entry));
        if let Some(bodies) = self.bodies(entry) {
            lines.push(self.words.say("bodies", &[("bodies", &bodies)]));
        }
        lines.extend(session.order.map(|order| match order {
            SessionOrder::Parallel => say("parallel"),
            SessionOrder::Sequential => say("sequential"),
        }));
        lines.extend(details.chair.as_ref().map(|chair| self.words.say("chair", &[("chair", self.text(chair))])));
        if !session.audience.is_empty() {
            let audiences = self.audiences(entry, &session.audience);
            lines.push(self.words.say("audience-alone", &[("audiences", &audiences)]));
        }
        if let Some(join) = details.join.as_ref().filter(|_| entry.join().is_none()) {
            let audiences = self.audiences(entry, &join.audience);
            lines.push(self.words.say("join-elsewhere", &[("audiences", &audiences)]));
        }
        lines.extend(session.interpretation.as_ref().map(|offer| self.interpretation(offer)));
        lines.extend(details.links.iter().map(|link| self.link(link)));
        lines
    }

    /// That an occurrence was moved or is different, and why.
    fn changed(&self, occurrence: &Occurrence) -> Vec<String> {
        let reason = occurrence.change.as_ref().and_then(|change| change.reason.as_ref());
        let reason = reason.map(|reason| self.words.say("reason", &[("reason", self.text(reason))]));
        self.moved(occurrence).into_iter().chain(reason).collect()
    }

    /// From when an occurrence was moved.
    fn moved(&self, occurrence: &Occurrence) -> Option<String> {
        let from = match occurrence.moved_from()? {
            AnnouncedTime::Span(span) => span.start().wall.strftime("%Y-%m-%d %H:%M").to_string(),
            AnnouncedTime::DayPart(day, part) => {
                let part = self.words.say(&format!("part-{}", part.word()), &[]);
                self.words.say("day-and-part", &[("date", &day.to_string()), ("part", &part)])
            }
            AnnouncedTime::Day(day) => day.to_string(),
        };
        Some(self.words.say("moved", &[("from", &from)]))
    }

    /// Which hours no document announces.
    fn hours(&self, entry: &Entry<'_>) -> Option<String> {
        let clock = |moment: crate::timetable::Moment| moment.wall.strftime("%H:%M").to_string();
        let (message, part) = match entry.hours()? {
            AnnouncedHours::Announced => return None,
            AnnouncedHours::Unknown => return Some(self.words.say("hours-unknown", &[])),
            AnnouncedHours::StartAnnounced(part) => ("hours-start", part),
            AnnouncedHours::Usual(part) => ("hours-usual", part),
        };
        let When::Timed(span) = entry.when() else { return None };
        let part = self.words.say(&format!("part-{}", part.word()), &[]);
        let (start, end) = (clock(span.start()), clock(span.end()));
        let group = entry.group.short();
        Some(self.words.say(message, &[("part", &part), ("start", &start), ("end", &end), ("group", group)]))
    }

    fn interpretation(&self, offer: &Interpretation) -> String {
        let tags: Vec<&str> = offer.languages.iter().map(crate::text::Language::tag).collect();
        let languages = self.words.list(&tags);
        let message = match (offer.on_request, tags.is_empty()) {
            (false, true) => "interpretation-offered",
            (false, false) => "interpretation",
            (true, true) => "interpretation-on-request",
            (true, false) => "interpretation-on-request-into",
        };
        self.words.say(message, &[("languages", &languages)])
    }

    fn deadline(&self, entry: &Entry<'_>, deadline: &Deadline) -> Vec<String> {
        let mut lines = Vec::new();
        if deadline.recommended {
            lines.push(self.words.say("recommended", &[]));
        }
        if !deadline.audience.is_empty() {
            let audiences = self.audiences(entry, &deadline.audience);
            lines.push(self.words.say("concerns", &[("audiences", &audiences)]));
        }
        lines.extend(deadline.how.as_ref().map(|how| self.words.say("how", &[("how", self.text(how))])));
        lines.extend(deadline.url.as_ref().map(|url| self.words.say("where", &[("where", url.as_str())])));
        lines.extend(deadline.contact.as_ref().map(|contact| self.words.say("contact", &[("contact", contact)])));
        lines.extend(deadline.note.as_ref().map(|note| self.text(note).to_owned()));
        lines
    }

    fn link(&self, link: &Link) -> String {
        self.words.say("link", &[("label", self.text(&link.label)), ("url", link.url.as_str())])
    }

    /// Where the meeting is written down. Its note and timetable concern its sessions, not its deadlines.
    fn meeting(&self, meeting: &Meeting, deadline: Option<&Deadline>) -> Vec<String> {
        let mut lines = Vec::new();
        if deadline.is_some() {
            lines.push(self.words.say("meeting", &[("title", self.text(&meeting.title))]));
        } else {
            lines.extend(meeting.note.as_ref().map(|note| self.text(note).to_owned()));
            let number = |message: &str, number: &String| self.words.say(message, &[("number", number)]);
            lines.extend(meeting.timetable.as_ref().map(|timetable| number("timetable", timetable)));
            lines.extend(meeting.agenda.as_ref().map(|agenda| number("agenda", agenda)));
        }
        // Nobody may take a date that a rule gives for one that the letter prints.
        let source = deadline.map_or(DateSource::Printed, |deadline| deadline.source);
        if meeting.letter.is_some() && source == DateSource::Rule {
            lines.push(self.words.say("not-printed", &[]));
        }
        if let Some(letter) = meeting.letter.as_ref().filter(|_| source == DateSource::Printed) {
            lines.push(match letter.date {
                Some(date) => {
                    self.words.say("letter-dated", &[("number", &letter.number), ("date", &date.to_string())])
                }
                None => self.words.say("letter", &[("number", &letter.number)]),
            });
        }
        lines.extend(meeting.links.iter().map(|link| self.link(link)));
        lines
    }
}
