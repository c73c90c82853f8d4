//! The page of a feed: how to subscribe, what it contains, its other formats, and which clients fetch it.

use askama::Template;
use jiff::Timestamp;

use super::cell::{EntryOccurrence, hour};
use super::deadlines::DeadlineLists;
use super::facts::EventFacts;
use super::grid::{Grid, GridFilter};
use super::group::MeetingRow;
use super::layout::{Layout, MarkedText, Markup, PageRequest};
use super::meeting::{GridNotice, all_occurrences, extent, notices};
use super::render;
use super::subscribe::{QrCode, SubscribeLinks, is_public};
use crate::feed::{self, Entry, EntryIndex, EntryKind, Feed, Selection};
use crate::text::{Language, TextRun};
use crate::timetable::{Days, Group};
use crate::wording;

/// The largest number of weeks on the page of a feed.
pub(super) const MAX_WEEKS: usize = 4;

#[derive(Template)]
#[template(path = "feed.html")]
struct FeedPage {
    layout: Layout,
    subscribe_links: SubscribeLinks,
    title: Markup,
    /// The title of the body, for the feed of a body.
    of_body: Option<MarkedText>,
    holds: Markup,
    base_url: String,
    is_public: bool,
    square: Option<QrCode>,
    facts: Option<EventFacts>,
    ahead: Upcoming,
    atom: String,
    json: String,
    embed: String,
    /// The addresses in the languages that the page itself does not have.
    languages: Vec<(MarkedText, String)>,
    seen: Vec<FetchRow>,
    release: String,
}

/// When a kind of client last fetched a feed.
struct FetchRow {
    client: &'static str,
    exact: String,
    at: String,
    release: u32,
    is_latest: bool,
}

/// The entries of a feed that a page shows.
pub(super) struct Upcoming {
    pub(super) notices: Vec<GridNotice>,
    /// Whole meetings.
    pub(super) spans: Vec<MeetingRow>,
    pub(super) grid: Grid,
    pub(super) deadlines: DeadlineLists,
    /// Whether it is of a single entry, which is shown even if it is past.
    pub(super) is_single: bool,
}

impl Upcoming {
    /// Selects the entries from the layout's day on, at most `most_weeks` weeks.
    pub(super) fn new(
        entries: &[Entry<'_>],
        occurrences: &[EntryOccurrence<'_>],
        most_weeks: usize,
        layout: &Layout,
    ) -> Self {
        let extent = GridFilter { days: None, from: Some(layout.day), most_weeks };
        Self::within(entries, occurrences, &extent, false, layout)
    }

    /// Selects all entries, for a single entry or a meeting with these days.
    pub(super) fn whole(
        entries: &[Entry<'_>],
        occurrences: &[EntryOccurrence<'_>],
        days: Option<Days>,
        layout: &Layout,
    ) -> Self {
        let extent = extent(days, occurrences, layout);
        Self::within(entries, occurrences, &extent, true, layout)
    }

    fn within(
        entries: &[Entry<'_>],
        occurrences: &[EntryOccurrence<'_>],
        filter: &GridFilter,
        is_single: bool,
        layout: &Layout,
    ) -> Self {
        let is_span =
            |entry: &&Entry<'_>| matches!(&entry.kind, EntryKind::Meeting(when, _) if when.last_day() >= layout.day);
        let spans = entries.iter().filter(is_span);
        Self {
            notices: notices(entries, is_single, layout),
            spans: spans.filter_map(|entry| Some(MeetingRow::new(entry.meeting?, entry.group, layout))).collect(),
            grid: Grid::new(occurrences, filter, layout),
            deadlines: DeadlineLists::new(entries.iter().cloned(), layout),
            is_single,
        }
    }

    /// Returns `true` if there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        let is_nothing = self.grid.weeks.is_empty() && self.notices.is_empty() && self.spans.is_empty();
        is_nothing && self.deadlines.ahead.is_empty() && (!self.is_single || self.deadlines.past.is_empty())
    }
}

/// When a kind of client last fetched a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastFetch {
    /// The name of the client.
    pub client: &'static str,
    /// The instant.
    pub at: Timestamp,
    /// The number of the release that it got.
    pub release: u32,
}

/// Renders the page of a feed.
pub fn feed(
    entry_index: &EntryIndex,
    selection: &Selection,
    fetches: &[LastFetch],
    setting: &PageRequest<'_>,
) -> String {
    let release = entry_index.release();
    let groups = selection.groups(&release.timetable);
    let Some(group) = groups.first() else { return String::new() };
    let mut layout = Layout::for_group(setting, group);
    let shown = Feed::new(entry_index, selection.clone(), Some(&layout.language));
    let path = feed::path(&release.timetable, selection).unwrap_or_default();
    let entries: Vec<Entry<'_>> = shown.entries().collect();
    let facts = EventFacts::new(selection, &entries, release, &layout);
    add_meeting(selection, group, &mut layout);
    let occurrences = all_occurrences(&entries, release);
    let ahead = match facts {
        Some(_) => Upcoming::whole(&entries, &occurrences, None, &layout),
        None => Upcoming::new(&entries, &occurrences, MAX_WEEKS, &layout),
    };
    let name = wording::feed_name(&shown);
    let title = match &facts {
        Some(facts) => facts.title.clone(),
        None => wording::feed_heading(entry_index, selection, &layout.language),
    };
    let with_tag = format!("{path}{}", layout.language_suffix(group));
    let page = FeedPage {
        subscribe_links: layout.subscribe_links(&release.base_url, &with_tag, name.into(), String::new()),
        title: layout.markup(&title),
        of_body: body_title(selection, group, &layout),
        holds: layout.markup(&wording::feed_contents(&shown)),
        base_url: release.base_url.to_string(),
        is_public: is_public(&release.base_url),
        square: QrCode::encode(&layout.address(&release.base_url, &path)),
        facts,
        ahead,
        atom: format!("{}{with_tag}.atom", release.base_url),
        json: format!("{}{with_tag}.json", release.base_url),
        embed: format!("{}embed/{}/", layout.home, group.id),
        languages: languages(&path, group, &layout, release.base_url.as_str()),
        seen: fetches.iter().map(|fetch| fetch_row(fetch, release.number, group, &layout)).collect(),
        release: layout.with("feed-seen-release", "number", &release.number.to_string()),
        layout,
    };
    render(&page)
}

/// Returns the title of the body whose feed it is.
fn body_title(selection: &Selection, group: &Group, layout: &Layout) -> Option<MarkedText> {
    match selection {
        Selection::Body { body, .. } | Selection::Former { body, .. } => {
            Some(layout.text(&group.bodies[*body].title, group))
        }
        _ => None,
    }
}

/// Adds the meeting of a single entry to the breadcrumbs.
fn add_meeting(selection: &Selection, group: &Group, layout: &mut Layout) {
    if let Selection::Event { meeting: id, .. } = selection
        && let Some(meeting) = group.meeting(id)
    {
        let title = layout.text(&meeting.title, group);
        layout.add_step(format!("{}{}/{id}/", layout.home, group.id), title.text, title.attributes);
    }
}

/// Returns the feed's addresses in other languages of the study group than that of the page.
fn languages(path: &str, group: &Group, layout: &Layout, base_url: &str) -> Vec<(MarkedText, String)> {
    let shown = if layout.is_named { &layout.language } else { group.first_language() };
    let others = group.languages.iter().filter(|language| *language != shown);
    let own_name = |language: &Language| TextRun { text: language.own_name(), language: language.clone() };
    let address = |language: &Language| format!("{base_url}{path}.{language}.ics");
    others.map(|language| (layout.content(own_name(language)), address(language))).collect()
}

fn fetch_row(fetch: &LastFetch, latest: u32, group: &Group, layout: &Layout) -> FetchRow {
    let wall = group.zone.wall_clock(fetch.at);
    FetchRow {
        client: fetch.client,
        exact: fetch.at.to_string(),
        at: layout.date_and_hour(wall.date(), wording::DateFormat::Short, &hour(wall)),
        release: fetch.release,
        is_latest: fetch.release == latest,
    }
}
