//! The page of a study group: its next meeting, its deadlines, its bodies, and how to subscribe to each.

use askama::Template;
use jiff::civil::Date;

use super::cancelled_mark::said;
use super::changes::{self, ChangeLine};
use super::deadlines::{DeadlineLists, DeadlineRow, days_between};
use super::events;
use super::layout::{Layout, MarkedText, Markup, PageRequest};
use super::meeting::{self, MeetingSummary, cancellation, is_past};
use super::render;
use super::structure::{self, Branch};
use super::subscribe::{SubscribeLinks, is_public};
use crate::feed::{self, EntryIndex, Feed, Selection};
use crate::timetable::{BodyIndex, Group, KnownDates, Meeting};
use crate::wording::{self, DateFormat, TaggedText};

/// The largest number of deadlines and of changes on the page. Other pages have all of them.
const MAX_DEADLINES: usize = 8;
const MAX_CHANGES: usize = 3;

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage<'a> {
    layout: Layout,
    name: MarkedText,
    homepage: Option<&'a str>,
    contact: Option<&'a str>,
    base_url: &'a str,
    is_public: bool,
    next: Option<NextMeeting>,
    deadlines: Vec<DeadlineRow>,
    has_more_deadlines: bool,
    /// The feeds of the study group as a whole.
    whole: Vec<FeedRow>,
    /// What its bodies are.
    kinds: Markup,
    branches: Vec<BranchRows>,
    meetings: Vec<MeetingRow>,
    past: Vec<MeetingRow>,
    changes: Vec<(String, String, Vec<ChangeLine>)>,
    json_ld: String,
}

/// The meeting that most readers look for.
struct NextMeeting {
    summary: MeetingSummary,
    href: String,
    /// Says that it is the next one, goes on now, or was the last one.
    heading: String,
    /// The number of days left, or which of its days it is.
    count: Option<String>,
}

/// A feed in a list.
struct FeedRow {
    subscribe_links: SubscribeLinks,
    /// The name without that of the study group.
    name: String,
    /// The title of the body, or what the feed contains.
    text: Markup,
    closed: Option<String>,
}

/// A body at the top with those below it.
struct BranchRows {
    top: Option<FeedRow>,
    /// What they are, if there is no body at the top.
    heading: Option<Markup>,
    /// Each with its level from 1 on.
    below: Vec<(FeedRow, usize)>,
    is_deep: bool,
}

/// A meeting in a list.
pub(super) struct MeetingRow {
    pub(super) href: String,
    pub(super) title: MarkedText,
    pub(super) dates: Option<String>,
    pub(super) city: Option<MarkedText>,
    pub(super) is_tentative: bool,
    /// `cancelled` or `postponed`, if it does not take place.
    pub(super) cancelled: Option<String>,
}

/// Renders the page of a study group.
pub fn group(entry_index: &EntryIndex, group: &Group, setting: &PageRequest<'_>) -> String {
    let release = entry_index.release();
    let layout = Layout::for_group(setting, group);
    let page = GroupLists { entry_index, group, layout: &layout };
    let deadlines = Feed::new(entry_index, Selection::Deadlines(group.id.clone()), Some(&layout.language));
    let mut deadlines = DeadlineLists::new(deadlines.entries(), &layout).ahead;
    let has_more_deadlines = deadlines.len() > MAX_DEADLINES;
    deadlines.truncate(MAX_DEADLINES);
    let shown = shown_meeting(group, layout.day);
    // The sessions are on the meeting's own page.
    let json_ld = shown.map(|meeting| events::json_ld(meeting, group, &[], release, &layout.language));
    let (past, ahead): (Vec<&Meeting>, Vec<&Meeting>) =
        group.listed_meetings().partition(|meeting| is_past(meeting, layout.day));
    let html = GroupPage {
        name: layout.text(&group.name, group),
        homepage: group.homepage.as_ref().map(url::Url::as_str),
        contact: group.contact.as_deref(),
        base_url: release.base_url.as_str(),
        is_public: is_public(&release.base_url),
        next: shown.map(|meeting| page.next(meeting)),
        deadlines,
        has_more_deadlines,
        whole: page.whole(),
        kinds: structure::kinds(group, &layout),
        branches: page.branches(),
        meetings: ahead.into_iter().map(|meeting| MeetingRow::new(meeting, group, &layout)).collect(),
        past: past.into_iter().rev().map(|meeting| MeetingRow::new(meeting, group, &layout)).collect(),
        changes: changes::latest(release, group, &layout, MAX_CHANGES),
        json_ld: json_ld.unwrap_or_default(),
        layout,
    };
    render(&html)
}

/// Returns the current meeting, else the next one, else the last one. Files of e-meetings are not considered.
fn shown_meeting(group: &Group, day: Date) -> Option<&Meeting> {
    let with_days = group.listed_meetings().filter(|meeting| meeting::days(meeting).is_some());
    let (past, ahead): (Vec<&Meeting>, Vec<&Meeting>) = with_days.partition(|meeting| is_past(meeting, day));
    let days = |meeting: &&&Meeting| meeting::days(meeting);
    let is_on = |meeting: &&&Meeting| meeting::cancellation(meeting).is_none();
    let next = ahead.iter().filter(is_on).min_by_key(days).or_else(|| ahead.iter().min_by_key(days));
    next.or_else(|| past.iter().max_by_key(days)).copied()
}

/// Returns the title and the dates of the current or next meeting, for the list of study groups.
pub(super) fn next_of(group: &Group, layout: &Layout) -> Option<(MarkedText, Option<String>)> {
    let next = shown_meeting(group, layout.day).filter(|meeting| !is_past(meeting, layout.day))?;
    let MeetingSummary { title, dates, .. } = MeetingSummary::new(next, group, layout);
    Some((title, dates))
}

impl MeetingRow {
    pub(super) fn new(meeting: &Meeting, group: &Group, layout: &Layout) -> Self {
        let MeetingSummary { title, dates, is_tentative, .. } = MeetingSummary::new(meeting, group, layout);
        Self {
            href: format!("{}{}/{}/", layout.home, group.id, meeting.id),
            title,
            dates,
            city: meeting.city().map(|city| layout.text(city, group)),
            is_tentative,
            cancelled: cancellation(meeting).map(|cancelled| said(cancelled, layout)),
        }
    }
}

/// Creates the lists of the page.
struct GroupLists<'a> {
    entry_index: &'a EntryIndex,
    group: &'a Group,
    layout: &'a Layout,
}

impl GroupLists<'_> {
    fn row(&self, feed: &Feed<'_>, name: String, text: &TaggedText) -> FeedRow {
        let release = self.entry_index.release();
        let path = feed::path(&release.timetable, &feed.selection).unwrap_or_default();
        let page = format!("{}{path}/", self.layout.home);
        let file = format!("{path}{}", self.layout.language_suffix(self.group));
        let subscribe_links =
            self.layout.subscribe_links(&release.base_url, &file, wording::feed_name(feed).into(), page);
        FeedRow { subscribe_links, name, text: self.layout.markup(text), closed: None }
    }

    fn whole(&self) -> Vec<FeedRow> {
        let id = || self.group.id.clone();
        let all = [
            (Selection::All(id()), "calendar-all"),
            (Selection::Plenaries(id()), "calendar-plenaries"),
            (Selection::Deadlines(id()), "calendar-deadlines"),
            (Selection::Meetings(id()), "calendar-meetings"),
        ];
        let row = |(selection, name): (Selection, &str)| {
            let feed = self.feed(selection);
            self.row(&feed, self.layout.say(name), &wording::feed_contents(&feed))
        };
        all.into_iter().map(row).collect()
    }

    fn feed(&self, selection: Selection) -> Feed<'_> {
        Feed::new(self.entry_index, selection, Some(&self.layout.language))
    }

    fn body(&self, body: BodyIndex) -> FeedRow {
        let of = &self.group.bodies[body];
        let closed = of.closed.filter(|closed| *closed < self.layout.day);
        let closed =
            closed.map(|date| self.layout.with("group-closed", "date", &self.layout.date(date, DateFormat::Date)));
        let title = self.layout.typed(&of.title, self.group);
        FeedRow {
            closed,
            ..self.row(
                &self.feed(Selection::Body { group: self.group.id.clone(), body }),
                of.written.in_language(&self.layout.language).to_owned(),
                &title,
            )
        }
    }

    fn branches(&self) -> Vec<BranchRows> {
        let rows = |branch: Branch| BranchRows {
            is_deep: branch.is_deep(),
            top: branch.top.map(|body| self.body(body)),
            heading: branch.heading,
            below: branch.below.into_iter().map(|(body, level)| (self.body(body), level)).collect(),
        };
        structure::branches(self.group, self.layout, |_| true).into_iter().map(rows).collect()
    }

    fn next(&self, meeting: &Meeting) -> NextMeeting {
        let layout = self.layout;
        let summary = MeetingSummary::new(meeting, self.group, layout);
        let days = meeting::days(meeting).filter(|_| meeting.known_dates != KnownDates::Month);
        let left = days.map(|days| days_between(layout.day, days.first()));
        let goes_on = days.is_some_and(|days| days.first() <= layout.day) && !summary.is_past;
        let heading = match (summary.is_past, goes_on && summary.cancelled.is_none()) {
            (true, _) => "group-last",
            (false, true) => "group-now",
            (false, false) => "group-next",
        };
        let count = match (left, days) {
            _ if summary.cancelled.is_some() || summary.is_past => None,
            (Some(left), Some(_)) if left <= 0 && !meeting.known_dates.is_complete() => None,
            (Some(left), Some(days)) if left <= 0 => {
                let all = (days_between(days.first(), days.last()) + 1).to_string();
                Some(layout.messages.format_count("group-day-of", 1 - left, &[("all", &all)]))
            }
            (Some(left), _) => Some(layout.messages.format_count("group-begins", left, &[])),
            _ => None,
        };
        NextMeeting {
            href: format!("{}{}/{}/", layout.home, self.group.id, meeting.id),
            heading: layout.say(heading),
            count,
            summary,
        }
    }
}
