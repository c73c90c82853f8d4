//! The titles of entries, with what must not be overlooked before and behind them.

use std::borrow::Cow;

use super::speech::Speech;
use super::{Reader, spoken};
use crate::feed::{Entry, What};
use crate::ledger::{EventTitle, TitleBase, TitleSuffix};
use crate::text::Text;
use crate::timetable::{AnnouncedHours, Deadline, Group, Session, Status, When};

/// What an entry is called, in parts. None for a notice, which convene itself has put into a feed.
pub fn name<'e>(entry: &'e Entry<'_>) -> Option<EventTitle<'e>> {
    let called = match &entry.what {
        What::Session(session, _) | What::Series(session, ..) => called(entry, session),
        What::Deadline(deadline) => deadline_called(entry, deadline),
        What::Meeting(..) => {
            let meeting = entry.meeting?;
            TitleBase::Meeting(Cow::Borrowed(&meeting.title), meeting.city().map(Cow::Borrowed))
        }
        What::NoSession(..) | What::Closed(..) | What::Renamed(..) | What::Nothing { .. } => return None,
    };
    Some(EventTitle { base: called, suffixes: marks(entry) })
}

fn called<'e>(entry: &'e Entry<'_>, session: &Session) -> TitleBase<'e> {
    if let Some(title) = entry.details().and_then(|details| details.title.as_ref()) {
        return TitleBase::Title(Cow::Borrowed(title));
    }
    TitleBase::Kind(session.kind, if spoken::is_of_all(entry) { Vec::new() } else { spoken::bodies(entry) })
}

fn deadline_called<'e>(entry: &'e Entry<'_>, deadline: &'e Deadline) -> TitleBase<'e> {
    let audience = |audience: &usize| Cow::Borrowed(&entry.group.audiences[*audience].name);
    // A deadline with an hour says it, and on whose clock.
    let hour = match &deadline.due {
        When::Timed(span) => Some((span.end().wall.strftime("%H:%M").to_string(), span.zone().name().to_owned())),
        When::AllDay(_) => None,
    };
    TitleBase::Deadline {
        title: Cow::Borrowed(&deadline.title),
        recommended: deadline.recommended,
        hour,
        audiences: deadline.audience.iter().map(audience).collect(),
    }
}

/// What nobody may take for granted.
fn marks(entry: &Entry<'_>) -> Vec<TitleSuffix> {
    let is_tentative = entry.status() == Status::Tentative && entry.cancelled().is_none();
    // Nobody may take an assumption for a fact, not even in a list of titles.
    let hours = match entry.hours() {
        None | Some(AnnouncedHours::Announced) => None,
        Some(AnnouncedHours::StartAnnounced(_)) => Some(TitleSuffix::Open),
        Some(AnnouncedHours::Usual(_)) => Some(TitleSuffix::Usual),
        Some(AnnouncedHours::Unknown) => Some(TitleSuffix::Unknown),
    };
    is_tentative.then_some(TitleSuffix::Tentative).into_iter().chain(hours).collect()
}

impl Reader<'_> {
    /// The title of an entry, with what must not be overlooked before and behind it.
    pub(super) fn summary(&self, entry: &Entry<'_>) -> String {
        let title = self.title(entry);
        match entry.cancelled() {
            Some(_) => self.words.say("cancelled-title", &[("title", &title)]),
            None => title,
        }
    }

    /// The title of an entry with its marks, without the word that it is cancelled.
    pub(super) fn title(&self, entry: &Entry<'_>) -> String {
        if let Some(name) = name(entry) {
            return self.named(&name, entry.group);
        }
        let group = ("group", entry.group.short());
        let body = |body: &usize| entry.group.bodies[*body].written.as_str();
        match &entry.what {
            What::NoSession(_, of, _) => self.words.say("no-session", &[group, ("body", body(of))]),
            What::Closed(_, of, _) => self.words.say("closed", &[group, ("body", body(of))]),
            What::Renamed(_, of, former, _) => {
                self.words.say("renamed", &[group, ("former", former.as_str()), ("body", body(of))])
            }
            _ => self.words.say("nothing", &[group]),
        }
    }

    /// What something of a study group is called, with its marks.
    pub(super) fn named<S: Speech>(&self, name: &EventTitle<'_>, group: &Group) -> S {
        let short = S::own(self, group.short());
        match &name.base {
            TitleBase::Title(title) => self.marked(S::typed(self, title), &name.suffixes, Some(&short)),
            TitleBase::Kind(kind, bodies) => self.marked(self.kind(kind.word(), bodies), &name.suffixes, Some(&short)),
            TitleBase::Meeting(title, city) => {
                let title = S::joined(self, "places", &self.with_city(title, city.as_deref()));
                self.marked(title, &name.suffixes, None)
            }
            TitleBase::Deadline { title, recommended, hour, audiences } => {
                let message = match (recommended, audiences.is_empty()) {
                    (false, true) => "deadline",
                    (false, false) => "deadline-for",
                    (true, true) => "recommended-date",
                    (true, false) => "recommended-date-for",
                };
                let hour = hour.as_ref().map(|(hour, zone)| {
                    let (hour, zone) = (hour.as_str(), zone.as_str());
                    format!(" {}", self.words.say("hour-of-deadline", &[("hour", hour), ("zone", zone)]))
                });
                let hour = S::own(self, &hour.unwrap_or_default());
                let names: Vec<S> = audiences.iter().map(|name| S::typed(self, name)).collect();
                let audiences = S::joined(self, "list", &names);
                let title = beside(S::typed(self, title), audiences.characters() + hour.characters());
                let variables = [("group", &short), ("hour", &hour), ("title", &title), ("audiences", &audiences)];
                S::say(self, message, &variables)
            }
        }
    }

    /// A title behind the group's short name, if there is one, and before its marks.
    fn marked<S: Speech>(&self, title: S, marks: &[TitleSuffix], group: Option<&S>) -> S {
        let mark = |mark: &TitleSuffix| {
            let message = match mark {
                TitleSuffix::Tentative => "mark-tentative",
                TitleSuffix::Open => "mark-open",
                TitleSuffix::Usual => "mark-usual",
                TitleSuffix::Unknown => "mark-unknown",
            };
            S::say(self, message, &[])
        };
        let (has_group, has_marks) = (group.is_some(), !marks.is_empty());
        let marks = S::joined(self, "list", &marks.iter().map(mark).collect::<Vec<S>>());
        let title = if has_marks { beside(title, marks.characters()) } else { title };
        let message = match (has_group, has_marks) {
            (true, true) => "summary-marked",
            (true, false) => "summary",
            (false, true) => "title-alone-marked",
            (false, false) => "title-alone",
        };
        let group = group.map(|group| ("group", group));
        let variables: Vec<(&'static str, &S)> =
            group.into_iter().chain([("title", &title), ("marks", &marks)]).collect();
        S::say(self, message, &variables)
    }

    fn with_city<S: Speech>(&self, title: &Text, city: Option<&Text>) -> Vec<S> {
        let city = city.filter(|city| !self.text(title).contains(self.text(city)));
        std::iter::once(title).chain(city).map(|text| S::typed(self, text)).collect()
    }

    /// What a session is called, without its marks.
    pub(super) fn session_title<S: Speech>(&self, entry: &Entry<'_>, session: &Session) -> S {
        match called(entry, session) {
            TitleBase::Title(title) => S::typed(self, &title),
            TitleBase::Kind(kind, bodies) => self.kind(kind.word(), &bodies),
            TitleBase::Deadline { .. } | TitleBase::Meeting(..) => S::default(),
        }
    }

    /// `WP1/12 working party meeting`
    fn kind<S: Speech>(&self, kind: &str, bodies: &[String]) -> S {
        let kind = self.words.say(&format!("kind-{kind}"), &[]);
        if bodies.is_empty() {
            return S::own(self, &kind);
        }
        S::own(self, &self.words.say("title-of-bodies", &[("bodies", &self.words.list(bodies)), ("kind", &kind)]))
    }
}

/// A title that leaves room for so many characters behind it in a summary, which must not be cut off.
fn beside<S: Speech>(title: S, behind: usize) -> S {
    // The group's short name, the words around the title and their brackets.
    const AROUND: usize = 50;
    let room = crate::text::MAX_LINE_CHARACTERS.saturating_sub(behind + AROUND);
    title.shortened(room.max(AROUND))
}
