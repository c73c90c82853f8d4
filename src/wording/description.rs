//! The description of an entry: a line for each thing that a reader should know.

use super::Reader;
use crate::feed::{Entry, What};
use crate::text::prose;
use crate::timetable::{
    DateSource, Deadline, Hours, Interpretation, Link, Meeting, Occurrence, Order, Session, Status,
};

impl Reader<'_> {
    /// What a reader should know of an entry, a line each.
    pub(super) fn description(&self, entry: &Entry<'_>) -> String {
        let mut lines = match &entry.what {
            What::Session(session, occurrence) => self.session(entry, session, occurrence),
            What::Deadline(deadline) => self.deadline(entry, deadline),
            What::Meeting(..) => Vec::new(),
            What::NoSession(_, body, _) => {
                let meeting = entry.meeting.map(|meeting| self.text(&meeting.title)).unwrap_or_default();
                let body = entry.group.bodies[*body].written.as_str();
                vec![self.words.say("no-session-text", &[("body", body), ("meeting", meeting)])]
            }
            What::Nothing(..) => vec![self.words.say("nothing-text", &[])],
        };
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

    fn session(&self, entry: &Entry<'_>, session: &Session, occurrence: &Occurrence) -> Vec<String> {
        let say = |message: &str| self.words.say(message, &[]);
        let mut lines = Vec::new();
        if session.status == Status::Tentative {
            lines.push(say("tentative"));
        }
        lines.extend(session.note.as_ref().map(|note| self.text(note).to_owned()));
        lines.extend(self.hours(entry, occurrence));
        if let Some(bodies) = self.bodies(entry, session) {
            lines.push(self.words.say("bodies", &[("bodies", &bodies)]));
        }
        lines.extend(session.order.map(|order| match order {
            Order::Parallel => say("parallel"),
            Order::Sequential => say("sequential"),
        }));
        if !session.audience.is_empty() {
            let audiences = self.audiences(entry, &session.audience);
            lines.push(self.words.say("audience-alone", &[("audiences", &audiences)]));
        }
        lines.extend(session.interpretation.as_ref().map(|offer| self.interpretation(offer)));
        lines.extend(session.links.iter().map(|link| self.link(link)));
        lines
    }

    /// Which hours no document announces.
    fn hours(&self, entry: &Entry<'_>, occurrence: &Occurrence) -> Option<String> {
        let clock = |moment: crate::timetable::Moment| moment.wall.strftime("%H:%M").to_string();
        let (message, part) = match occurrence.hours {
            Hours::Announced => return None,
            Hours::StartAnnounced(part) => ("hours-start", part),
            Hours::Usual(part) => ("hours-usual", part),
        };
        let part = self.words.say(&format!("part-{}", part.word()), &[]);
        let (start, end) = (clock(occurrence.span.start()), clock(occurrence.span.end()));
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
