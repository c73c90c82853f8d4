//! The page of a meeting: its timetable, its deadlines and its calendar.

use askama::Template;
use jiff::civil::Date;

use super::cancelled_mark::CancelledMark;
use super::cell::{EntryOccurrence, entry_occurrences};
use super::deadlines::DeadlineLists;
use super::events;
use super::grid::{Grid, GridFilter};
use super::layout::{Layout, MarkedText, Markup, PageRequest};
use super::render;
use super::subscribe::{QrCode, SubscribeLinks, is_public};
use crate::feed::{self, Entry, EntryIndex, EntryKind, Feed, NoticeKind, Selection};
use crate::revision::Release;
use crate::text::{Line, Text};
use crate::timetable::{AudienceIndex, Body, BodyIndex, Cancellation, Days, Group, KnownDates, Meeting, Status};
use crate::wording::{self, DateFormat};

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage {
    layout: Layout,
    summary: MeetingSummary,
    /// The bodies to which the timetable is limited.
    only: Option<BodyFilter>,
    filters: Vec<FilterLink>,
    notices: Vec<GridNotice>,
    grid: Grid,
    /// Whether no session is announced at all.
    is_empty: bool,
    deadlines: DeadlineLists,
    subscribe_links: SubscribeLinks,
    square: Option<QrCode>,
    base_url: String,
    is_public: bool,
    json_ld: String,
}

/// A notice above a timetable.
pub(super) struct GridNotice {
    pub(super) text: MarkedText,
    /// The meeting, if that is not obvious.
    pub(super) meeting: Option<MarkedText>,
}

/// The bodies to which a timetable is limited: their names, and a sentence that says so.
struct BodyFilter {
    names: String,
    said: Markup,
}

/// A part of the timetable that a reader can choose.
struct FilterLink {
    href: String,
    name: MarkedText,
    /// The full name of a body.
    title: Option<MarkedText>,
    is_this: bool,
}

/// The facts about a meeting.
pub(super) struct MeetingSummary {
    pub(super) title: MarkedText,
    pub(super) dates: Option<String>,
    /// Venue, address or city, as far as they are known.
    pub(super) place: Vec<MarkedText>,
    pub(super) letter: Option<(String, Option<String>)>,
    /// The document numbers, with their labels.
    pub(super) documents: Vec<String>,
    /// The note.
    pub(super) note: Option<MarkedText>,
    pub(super) links: Vec<(String, MarkedText)>,
    pub(super) is_past: bool,
    pub(super) is_tentative: bool,
    /// Whether it takes place, but its dates may change.
    pub(super) is_provisional: bool,
    /// That it does not take place, and why.
    pub(super) cancelled: Option<CancelledMark>,
}

/// Renders the page of a meeting, or of a part of its timetable.
pub fn meeting(
    entry_index: &EntryIndex,
    selection: &Selection,
    meeting: &Meeting,
    setting: &PageRequest<'_>,
) -> String {
    let release = entry_index.release();
    let groups = selection.groups(&release.timetable);
    let Some(group) = groups.first() else { return String::new() };
    let mut layout = Layout::for_group(setting, group);
    let summary = MeetingSummary::new(meeting, group, &layout);
    let shown = Feed::new(entry_index, selection.clone(), Some(&layout.language));
    let entries: Vec<Entry<'_>> = shown.entries().collect();
    let whole = Selection::Meeting { group: group.id.clone(), meeting: meeting.id.clone() };
    let path = feed::path(&release.timetable, &whole).unwrap_or_default();
    let only = only(selection, group, &layout);
    let here = format!("{}{path}/", layout.home);
    if only.is_some() {
        layout.add_step(here.clone(), summary.title.text.clone(), summary.title.attributes.clone());
    }
    let name = wording::feed_heading(entry_index, &whole, &layout.language).to_string();
    let occurrences = all_occurrences(&entries, release);
    let page = MeetingPage {
        filters: filters(meeting, group, selection, &layout, &here),
        notices: notices(&entries, true, &layout),
        grid: Grid::new(&occurrences, &extent(meeting.whole_days(), &occurrences, &layout), &layout),
        deadlines: DeadlineLists::new(entries.iter().cloned(), &layout),
        subscribe_links: layout.subscribe_links(
            &release.base_url,
            &format!("{path}{}", layout.language_suffix(group)),
            name,
            here,
        ),
        square: QrCode::encode(&layout.address(&release.base_url, &path)),
        is_empty: meeting.sessions.iter().all(|session| session.is_private),
        base_url: release.base_url.to_string(),
        is_public: is_public(&release.base_url),
        json_ld: events::json_ld(meeting, group, &occurrences, release, &layout.language),
        only,
        summary,
        layout,
    };
    render(&page)
}

/// Returns the occurrences of entries, in order of time.
pub(super) fn all_occurrences<'r>(entries: &[Entry<'r>], release: &'r Release) -> Vec<EntryOccurrence<'r>> {
    let of = |entry: &Entry<'r>| entry_occurrences(entry, release.last_change(entry.ledger_uid()));
    let mut all: Vec<EntryOccurrence<'r>> = entries.iter().flat_map(of).collect();
    all.sort_by_key(EntryOccurrence::begins);
    all
}

/// Returns what to show of a timetable: all of a meeting, whatever the day; else what is in the future, unless
/// everything is past.
pub(super) fn extent(days: Option<Days>, occurrences: &[EntryOccurrence<'_>], layout: &Layout) -> GridFilter {
    const MAX_WEEKS: usize = 26;
    let is_over = occurrences.iter().all(|item| item.days(None).1 < layout.day);
    let from = (days.is_none() && !is_over).then_some(layout.day);
    GridFilter { days, from, most_weeks: MAX_WEEKS }
}

/// Returns the notices above a timetable. Those of a meeting are shown until it is over.
pub(super) fn notices(entries: &[Entry<'_>], is_one_meeting: bool, layout: &Layout) -> Vec<GridNotice> {
    let is_notice = |entry: &&Entry<'_>| match &entry.kind {
        EntryKind::Notice(notice) => match notice.kind {
            NoticeKind::NoSession(_) => notice.when.last_day() >= layout.day,
            NoticeKind::Closed(_) | NoticeKind::Renamed(..) => true,
            NoticeKind::EmptyFeed => false,
        },
        _ => false,
    };
    let notice = |entry: &Entry<'_>| GridNotice {
        text: layout.heading(entry),
        meeting: entry.meeting.filter(|_| !is_one_meeting).map(|meeting| layout.text(&meeting.title, entry.group)),
    };
    entries.iter().filter(is_notice).map(notice).collect()
}

/// Returns the bodies to which a timetable is limited: `Only WP1/12, Q5/12, and what concerns all`.
fn only(selection: &Selection, group: &Group, layout: &Layout) -> Option<BodyFilter> {
    let Selection::Part { follows, .. } = selection else { return None };
    let names = wording::follow_names(follows, group, &layout.language);
    let bodies = wording::follow_names_in_sentence(follows, group, &layout.language);
    let said = layout.messages.format_tagged("meeting-only", &[("bodies", &bodies)]);
    Some(BodyFilter { names: names.to_string(), said: layout.markup(&said) })
}

fn filters(meeting: &Meeting, group: &Group, selection: &Selection, layout: &Layout, here: &str) -> Vec<FilterLink> {
    let is_this = |bodies: &[BodyIndex], audiences: &[AudienceIndex]| matches!(selection.follows(), [follows] if follows.bodies == bodies && follows.audiences == audiences);
    let mut filters = vec![FilterLink {
        href: here.to_owned(),
        name: Layout::own(layout.say("meeting-show-all")),
        title: None,
        is_this: selection.follows().is_empty(),
    }];
    let concerned = &meeting.concerns;
    let is_concerned =
        |index: BodyIndex| concerned.is_empty() || concerned.bodies.iter().any(|body| group.are_related(*body, index));
    let open = group.indexed_bodies().skip(1).filter(|(_, body)| is_open(body, layout.day));
    for (index, body) in open.filter(|(index, _)| is_concerned(*index)) {
        let title = layout.text(&body.title, group);
        filters.push(FilterLink {
            href: format!("{here}for/{}/", body.address()),
            name: layout.own_within(&title, body.written.in_language(&layout.language).to_owned()),
            title: Some(title),
            is_this: is_this(&[index], &[]),
        });
    }
    let is_used = |index: AudienceIndex| {
        meeting.sessions.iter().any(|session| session.audience.contains(&index) && !session.is_private)
    };
    for (index, audience) in group.indexed_audiences().filter(|(index, _)| is_used(*index)) {
        filters.push(FilterLink {
            href: format!("{here}for/{}/", audience.id),
            name: layout.text(&audience.name, group),
            title: None,
            is_this: is_this(&[], &[index]),
        });
    }
    filters
}

/// Returns `true` if a body is not closed.
pub(super) fn is_open(body: &Body, day: Date) -> bool {
    body.closed.is_none_or(|last| last >= day)
}

/// Returns the days of a meeting, or those that were announced.
pub(super) fn days(meeting: &Meeting) -> Option<Days> {
    meeting.days.or(meeting.former_days)
}

/// Returns why a whole meeting does not take place.
pub(super) fn cancellation(meeting: &Meeting) -> Option<&Cancellation> {
    let is_left_without_days = meeting.days.is_none() && meeting.former_days.is_some();
    meeting.cancelled.as_ref().or_else(|| is_left_without_days.then_some(&Cancellation::Gone))
}

impl MeetingSummary {
    pub(super) fn new(meeting: &Meeting, group: &Group, layout: &Layout) -> Self {
        let text = |text: &Text| layout.text(text, group);
        let venue = meeting.venue.as_ref();
        let place = venue.and_then(|venue| venue.address.as_ref()).or(meeting.city());
        let letter = meeting.letter.as_ref().map(|letter| {
            let said = wording::letter_title(letter, &layout.language);
            (said, letter.url.as_ref().map(ToString::to_string))
        });
        let document = |label: &str, number: &Line| layout.messages.labelled(label, number);
        let agenda = meeting.agenda.as_ref().map(|number| document("label-agenda", number));
        let timetable = meeting.timetable.as_ref().map(|number| document("label-timetable", number));
        let with_suffix = |dates: &str, suffix: &str| {
            let variables = [("title", dates), ("suffixes", &*layout.say(suffix))];
            layout.messages.format("title-with-suffixes", &variables)
        };
        Self {
            title: text(&meeting.title),
            dates: days(meeting).map(|days| {
                let dates = layout.dates(days.first(), days.last());
                match meeting.known_dates {
                    KnownDates::All => dates,
                    KnownDates::FirstDay => {
                        with_suffix(&layout.with("meeting-first-day", "date", &dates), "suffix-first-day")
                    }
                    KnownDates::Month => with_suffix(&layout.date(days.first(), DateFormat::Month), "suffix-month"),
                }
            }),
            place: [venue.map(|venue| &venue.name), place].into_iter().flatten().map(text).collect(),
            letter,
            documents: agenda.into_iter().chain(timetable).collect(),
            note: meeting.note.as_ref().map(|note| layout.text(note, group)),
            links: meeting.links.iter().map(|link| (link.url.to_string(), text(&link.label))).collect(),
            is_past: is_past(meeting, layout.day),
            is_tentative: meeting.status == Status::Tentative && cancellation(meeting).is_none(),
            is_provisional: meeting.status == Status::Provisional && cancellation(meeting).is_none(),
            cancelled: cancellation(meeting).map(|cancelled| CancelledMark {
                said: layout.say(match cancelled {
                    Cancellation::Announced(_) => "meeting-cancelled",
                    Cancellation::Postponed(_) => "meeting-postponed",
                    Cancellation::Gone | Cancellation::Replaced => "meeting-gone",
                }),
                reason: cancelled.reason().map(text),
            }),
        }
    }
}

/// Returns the venue and the place of an entry, or that it is online.
pub(super) fn place(entry: &Entry<'_>, layout: &Layout) -> Vec<MarkedText> {
    if entry.is_online() {
        return vec![Layout::own(layout.say("online"))];
    }
    let venue = entry.venue();
    let place = venue.and_then(|venue| venue.address.as_ref()).or(entry.city());
    let parts = [venue.map(|venue| &venue.name), place].into_iter().flatten();
    parts.map(|part| layout.text(part, entry.group)).collect()
}

/// Returns `true` if a meeting, or the last of its sessions, is over.
pub(super) fn is_past(meeting: &Meeting, day: Date) -> bool {
    last_day(meeting).is_some_and(|last| last < day)
}

/// Returns the last day of a meeting, or of the last of its sessions.
fn last_day(meeting: &Meeting) -> Option<Date> {
    let of_sessions = || {
        let public = meeting.sessions.iter().filter(|session| !session.is_private);
        let all = public.flat_map(|session| &session.occurrences);
        all.map(|occurrence| occurrence.when.last_day()).max()
    };
    days(meeting).map(Days::last).or_else(of_sessions)
}
