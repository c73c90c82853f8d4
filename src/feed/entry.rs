//! One entry of a feed: what it is, when, and under which UID.

use crate::id::BodyName;
use crate::text::Text;
use crate::timetable::{
    AnnouncedHours, BodyIndex, Cancellation, Deadline, Details, Group, JoinLink, Meeting, Occurrence, Series, Session,
    Status, Uid, When,
};

/// What becomes one event of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'r> {
    /// Its study group.
    pub group: &'r Group,
    /// Its meeting; none for the notice of a feed that holds nothing else.
    pub meeting: Option<&'r Meeting>,
    /// What it is.
    pub what: What<'r>,
    /// Whether its reader is given links that are kept to an audience.
    pub may_join: bool,
}

/// What an entry is.
#[derive(Debug, Clone, PartialEq)]
pub enum What<'r> {
    /// An occurrence of a session: an event of its own, or an exception to the series before it.
    Session(&'r Session, &'r Occurrence),
    /// A series as its rule gives it, and which of its instances this feed has.
    Series(&'r Session, &'r Series, Instances<'r>),
    /// A due date.
    Deadline(&'r Deadline),
    /// The span of a whole meeting, under its UID.
    Meeting(When, &'r Uid),
    /// The notice that the meeting gives a body no session.
    NoSession(When, BodyIndex, &'r Uid),
    /// The notice that a body was closed.
    Closed(When, BodyIndex, Uid),
    /// The notice that a body has another name than the feed.
    Renamed(When, BodyIndex, BodyName, Uid),
    /// The notice that a feed holds nothing else, on the day of the release. clients.md B5
    Nothing {
        /// The day of the release.
        when: When,
        /// Its identity in this feed.
        uid: Uid,
        /// The UID under which all such notices of the study group are remembered: readers can put together more feeds
        /// than anybody can count.
        recorded: Uid,
    },
}

/// How long the texts of an entry are at most, before anybody escapes or folds them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Length {
    /// Octets of its texts, each in its longest wording.
    pub octets: u32,
    /// How many addresses stand among them.
    pub links: u32,
}

impl Length {
    /// The length of two together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self { octets: self.octets.saturating_add(other.octets), links: self.links.saturating_add(other.links) }
    }
}

/// Which of the instances of a series a feed has. Those that were never planned and those that the reader does not want
/// to see are left out; the first that is shown begins the series, because some readers show it whatever is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Instances<'r> {
    /// The first one that is shown.
    pub first: &'r When,
    /// How many the rule gives from that one on.
    pub count: usize,
    /// Those from that one on that are left out, in order.
    pub left_out: Vec<&'r When>,
}

impl<'r> Instances<'r> {
    /// Those of a series, of which some are hidden; none if nothing is shown.
    pub(super) fn of(mut all: Vec<&'r When>, hidden: &[&'r When], series: &'r Series) -> Option<Self> {
        all.sort_by_key(|when| when.sort_key());
        let is_left_out = |when: &&When| hidden.contains(when) || series.skipped.contains(when);
        let begins = all.iter().position(|when| !is_left_out(when))?;
        let shown = &all[begins..];
        let left_out = shown.iter().copied().filter(|when| is_left_out(when)).collect();
        Some(Self { first: shown[0], count: shown.len(), left_out })
    }
}

impl<'r> Entry<'r> {
    /// Its identity.
    pub fn uid(&self) -> &Uid {
        match &self.what {
            What::Session(_, occurrence) => &occurrence.uid,
            What::Series(_, series, _) => &series.uid,
            What::Deadline(deadline) => &deadline.uid,
            What::Meeting(_, uid) | What::NoSession(_, _, uid) => uid,
            What::Closed(.., uid) | What::Renamed(.., uid) | What::Nothing { uid, .. } => uid,
        }
    }

    /// The UID under which it is remembered.
    pub fn recorded(&self) -> &Uid {
        match &self.what {
            What::Nothing { recorded, .. } => recorded,
            _ => self.uid(),
        }
    }

    /// When it is; the first instance of a series.
    pub fn when(&self) -> &When {
        match &self.what {
            What::Session(_, occurrence) => &occurrence.when,
            What::Series(_, _, instances) => instances.first,
            What::Deadline(deadline) => &deadline.due,
            What::Meeting(when, _)
            | What::NoSession(when, ..)
            | What::Closed(when, ..)
            | What::Renamed(when, ..)
            | What::Nothing { when, .. } => when,
        }
    }

    /// The session that it is of.
    pub fn session(&self) -> Option<&'r Session> {
        match &self.what {
            What::Session(session, _) | What::Series(session, ..) => Some(session),
            _ => None,
        }
    }

    /// What holds for it, if it is of a session.
    pub fn details(&self) -> Option<&'r Details> {
        match &self.what {
            What::Session(session, occurrence) => Some(session.details(occurrence)),
            What::Series(session, ..) => Some(&session.details),
            _ => None,
        }
    }

    /// Which of its hours a document announces, if it is of a session.
    pub fn hours(&self) -> Option<AnnouncedHours> {
        match &self.what {
            What::Session(_, occurrence) => Some(occurrence.hours),
            What::Series(_, series, _) => Some(series.hours),
            _ => None,
        }
    }

    /// Why it does not take place, if it does not.
    pub fn cancelled(&self) -> Option<&'r Cancellation> {
        let own = match &self.what {
            What::Session(session, occurrence) => session.cancelled(occurrence),
            What::Series(session, ..) => session.cancelled.as_ref(),
            What::Deadline(deadline) => deadline.cancelled.as_ref(),
            // The days of a meeting that is left without any.
            What::Meeting(..) => self.meeting.filter(|meeting| meeting.days.is_none()).map(|_| &Cancellation::Gone),
            _ => return None,
        };
        own.or_else(|| self.meeting.and_then(|meeting| meeting.cancelled.as_ref()))
    }

    /// How sure it is.
    pub fn status(&self) -> Status {
        match (&self.what, self.meeting) {
            (What::Meeting(..), Some(meeting)) => meeting.status,
            _ => self.details().map_or(Status::Confirmed, |details| details.status),
        }
    }

    /// Where its reader may take part from afar.
    pub fn join(&self) -> Option<&'r JoinLink> {
        let join = self.details().and_then(|details| details.join.as_ref());
        join.filter(|join| join.audience.is_empty() || self.may_join)
    }

    /// The instance of a series that it is an exception to, if it is one.
    pub fn exception(&self) -> Option<&'r When> {
        match &self.what {
            What::Session(session, occurrence) if session.series.is_some() => Some(&occurrence.original),
            _ => None,
        }
    }

    /// When it begins: with the first instance of its series, exceptions too.
    pub(super) fn begins(&self) -> &'_ When {
        let series = self.session().and_then(|session| session.series.as_ref());
        series.map_or_else(|| self.when(), |series| &series.first)
    }

    /// When it is over: with the last instance of its series, and the last exception to it.
    pub(super) fn ends(&self) -> &'_ When {
        match self.session().filter(|session| session.series.is_some()) {
            Some(session) => {
                let last = session.series.iter().map(|series| &series.last);
                let all = session.occurrences.iter().map(|occurrence| &occurrence.when).chain(last);
                all.max_by_key(|when| when.sort_key()).unwrap_or_else(|| self.when())
            }
            None => self.when(),
        }
    }

    /// How long its texts are at most.
    pub fn length(&self) -> Length {
        let details = self.details();
        let of_details = details.into_iter().flat_map(|details| {
            let links = details.links.iter().map(|link| &link.label);
            [&details.title, &details.room, &details.chair, &details.note].into_iter().flatten().chain(links)
        });
        let of_meeting = self.meeting.into_iter().flat_map(|meeting| {
            let links = meeting.links.iter().map(|link| &link.label);
            meeting.note.iter().chain(links).chain([&meeting.title])
        });
        let venue = self.meeting.and_then(|meeting| meeting.venue.as_ref());
        let of_venue = venue.into_iter().flat_map(|venue| venue.address.iter().chain([&venue.name]));
        let deadline = match &self.what {
            What::Deadline(deadline) => [&deadline.how, &deadline.note].into_iter().flatten().collect(),
            _ => Vec::new(),
        };
        let reason = self.cancelled().and_then(Cancellation::reason);
        let texts = of_details.chain(of_meeting).chain(of_venue).chain(deadline).chain(reason);
        let links =
            details.map_or(0, |details| details.links.len()) + self.meeting.map_or(0, |meeting| meeting.links.len());
        let at_most = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Length { octets: at_most(texts.map(Text::longest).sum()), links: at_most(links) }
    }
}
