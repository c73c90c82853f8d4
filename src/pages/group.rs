//! The page of a study group: its next meeting, its deadlines, its bodies, and how to subscribe to each.

use askama::Template;
use jiff::civil::Date;

use super::changes::{self, Line};
use super::due::{Due, Dues, days_between};
use super::events;
use super::frame::{Content, Frame, Markup, Setting};
use super::meeting::{self, About, is_past};
use super::render;
use super::subscribe::{Ways, is_public};
use crate::feed::{self, Catalogue, Feed, Selection};
use crate::timetable::{BodyIndex, BodyKind, Group, Meeting, STUDY_GROUP};
use crate::wording::{self, Form, Phrase};

/// Deadlines and changes that the page tells of; there is a page for all of them.
const MOST_DUES: usize = 8;
const MOST_CHANGES: usize = 3;

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage<'a> {
    frame: Frame,
    name: Content,
    homepage: Option<&'a str>,
    contact: Option<&'a str>,
    base_url: &'a str,
    is_public: bool,
    next: Option<Next>,
    dues: Vec<Due>,
    has_more_dues: bool,
    /// Feeds of the study group as a whole.
    whole: Vec<Row>,
    /// Working parties with their Questions; the Questions that are in none come last, without a working party.
    parties: Vec<Party>,
    meetings: Vec<Listed>,
    past: Vec<Listed>,
    changes: Vec<(String, String, Vec<Line>)>,
    json_ld: String,
}

/// The meeting that a reader comes for.
struct Next {
    about: About,
    href: String,
    /// Over it: that it is the next one, goes on now, or was the last one.
    heading: String,
    /// How many days are left, or which of its days it is.
    count: Option<String>,
}

/// A feed in a list.
struct Row {
    ways: Ways,
    /// Its name without that of the study group.
    name: String,
    /// The title of a body, or what the feed holds.
    text: Markup,
    closed: Option<String>,
}

struct Party {
    own: Option<Row>,
    questions: Vec<Row>,
}

/// A meeting in a list.
pub(super) struct Listed {
    pub(super) href: String,
    pub(super) title: Content,
    pub(super) dates: Option<String>,
    pub(super) city: Option<Content>,
    pub(super) is_tentative: bool,
    pub(super) is_cancelled: bool,
}

/// The page of a study group.
pub fn group(catalogue: &Catalogue, group: &Group, setting: &Setting<'_>) -> String {
    let release = catalogue.release();
    let frame = Frame::of_group(setting, group);
    let page = Listing { catalogue, group, frame: &frame };
    let deadlines = Feed::of(catalogue, Selection::Deadlines(group.id.clone()), Some(&frame.language));
    let mut dues = Dues::of(deadlines.entries(), &frame).ahead;
    let has_more_dues = dues.len() > MOST_DUES;
    dues.truncate(MOST_DUES);
    let shown = shown_meeting(group, frame.day);
    // Its sessions are told on its own page.
    let json_ld = shown.map(|meeting| events::of_meeting(meeting, group, &[], (&release.base_url, &frame.language)));
    let (past, ahead): (Vec<&Meeting>, Vec<&Meeting>) =
        group.meetings.iter().map(|meeting| &**meeting).partition(|meeting| is_past(meeting, frame.day));
    let html = GroupPage {
        name: frame.text(&group.name, group),
        homepage: group.homepage.as_ref().map(url::Url::as_str),
        contact: group.contact.as_deref(),
        base_url: release.base_url.as_str(),
        is_public: is_public(&release.base_url),
        next: shown.map(|meeting| page.next(meeting)),
        dues,
        has_more_dues,
        whole: page.whole(),
        parties: page.parties(),
        meetings: ahead.into_iter().map(|meeting| Listed::of(meeting, group, &frame)).collect(),
        past: past.into_iter().rev().map(|meeting| Listed::of(meeting, group, &frame)).collect(),
        changes: changes::latest(release, group, &frame, MOST_CHANGES),
        json_ld: json_ld.unwrap_or_default(),
        frame,
    };
    render(&html)
}

/// The meeting that goes on, else the next one, else the last one. E-meetings between meetings are none of these.
fn shown_meeting(group: &Group, day: Date) -> Option<&Meeting> {
    let with_days = group.meetings.iter().map(|meeting| &**meeting).filter(|meeting| meeting::days(meeting).is_some());
    let (past, ahead): (Vec<&Meeting>, Vec<&Meeting>) = with_days.partition(|meeting| is_past(meeting, day));
    let days = |meeting: &&&Meeting| meeting::days(meeting);
    let is_on = |meeting: &&&Meeting| meeting::cancellation(meeting).is_none();
    let next = ahead.iter().filter(is_on).min_by_key(days).or_else(|| ahead.iter().min_by_key(days));
    next.or_else(|| past.iter().max_by_key(days)).copied()
}

/// The title and the dates of the meeting that goes on or comes next, for the list of study groups.
pub(super) fn next_of(group: &Group, frame: &Frame) -> Option<(Content, Option<String>)> {
    let next = shown_meeting(group, frame.day).filter(|meeting| !is_past(meeting, frame.day))?;
    let About { title, dates, .. } = About::of(next, group, frame);
    Some((title, dates))
}

impl Listed {
    pub(super) fn of(meeting: &Meeting, group: &Group, frame: &Frame) -> Self {
        let About { title, dates, is_tentative, cancelled, .. } = About::of(meeting, group, frame);
        Self {
            href: format!("{}{}/{}/", frame.home, group.id, meeting.id),
            title,
            dates,
            city: meeting.city().map(|city| frame.text(city, group)),
            is_tentative,
            is_cancelled: cancelled.is_some(),
        }
    }
}

/// What the lists of the page are made of.
struct Listing<'a> {
    catalogue: &'a Catalogue,
    group: &'a Group,
    frame: &'a Frame,
}

impl Listing<'_> {
    fn row(&self, feed: &Feed<'_>, name: String, text: &Phrase) -> Row {
        let release = self.catalogue.release();
        let path = feed::path(&release.timetable, &feed.selection).unwrap_or_default();
        let page = format!("{}{path}/", self.frame.home);
        let file = format!("{path}{}", self.frame.tag(self.group));
        let ways = self.frame.ways(&release.base_url, &file, (wording::feed_name(feed), page));
        Row { ways, name, text: self.frame.markup(text), closed: None }
    }

    fn whole(&self) -> Vec<Row> {
        let id = || self.group.id.clone();
        let all = [
            (Selection::All(id()), "calendar-all"),
            (Selection::Plenaries(id()), "calendar-plenaries"),
            (Selection::Deadlines(id()), "calendar-deadlines"),
            (Selection::Meetings(id()), "calendar-meetings"),
        ];
        let row = |(selection, name): (Selection, &str)| {
            let feed = self.feed(selection);
            self.row(&feed, self.frame.say(name), &wording::feed_holds(&feed))
        };
        all.into_iter().map(row).collect()
    }

    fn feed(&self, selection: Selection) -> Feed<'_> {
        Feed::of(self.catalogue, selection, Some(&self.frame.language))
    }

    fn body(&self, body: BodyIndex) -> Row {
        let of = &self.group.bodies[body];
        let closed = of.closed.filter(|closed| *closed < self.frame.day);
        let closed = closed.map(|date| self.frame.with("group-closed", "date", &self.frame.date(date, Form::Date)));
        let title = self.frame.typed(&of.title, self.group);
        Row { closed, ..self.row(&self.feed(Selection::Body(self.group.id.clone(), body)), of.written.clone(), &title) }
    }

    fn parties(&self) -> Vec<Party> {
        let bodies = || self.group.bodies.iter().enumerate().skip(1);
        let questions = |of: BodyIndex| {
            let below = bodies().filter(|(_, body)| body.rank == BodyKind::Question && body.parent == Some(of));
            below.map(|(index, _)| self.body(index)).collect::<Vec<_>>()
        };
        let parties = bodies().filter(|(_, body)| body.rank == BodyKind::WorkingParty);
        let mut parties: Vec<Party> =
            parties.map(|(index, _)| Party { own: Some(self.body(index)), questions: questions(index) }).collect();
        let of_plenary = questions(STUDY_GROUP);
        if !of_plenary.is_empty() {
            parties.push(Party { own: None, questions: of_plenary });
        }
        parties
    }

    fn next(&self, meeting: &Meeting) -> Next {
        let frame = self.frame;
        let about = About::of(meeting, self.group, frame);
        let days = meeting::days(meeting);
        let left = days.map(|days| days_between(frame.day, days.first()));
        let goes_on = days.is_some_and(|days| days.first() <= frame.day) && !about.is_past;
        let heading = match (about.is_past, goes_on && about.cancelled.is_none()) {
            (true, _) => "group-last",
            (false, true) => "group-now",
            (false, false) => "group-next",
        };
        let count = match (left, days) {
            _ if about.cancelled.is_some() || about.is_past => None,
            (Some(left), Some(days)) if left <= 0 => {
                let all = (days_between(days.first(), days.last()) + 1).to_string();
                Some(frame.words.count("group-day-of", 1 - left, &[("all", &all)]))
            }
            (Some(left), _) => Some(frame.words.count("group-begins", left, &[])),
            _ => None,
        };
        Next {
            href: format!("{}{}/{}/", frame.home, self.group.id, meeting.id),
            heading: frame.say(heading),
            count,
            about,
        }
    }
}
