//! The builder: combines ticked bodies to a feed, and shows its address, its entries and its overlaps.

use askama::Template;
use jiff::civil::Date;

use super::cell::EntryOccurrence;
use super::feed::{MAX_WEEKS, Upcoming};
use super::layout::{Layout, MarkedText, Markup, PageRequest};
use super::meeting::{all_occurrences, is_open};
use super::render;
use super::structure::{self, Branch};
use super::subscribe::{QrCode, SubscribeLinks, is_public};
use crate::feed::{self, Entry, EntryIndex, Feed, Selection};
use crate::text::Language;
use crate::timetable::{Audience, AudienceIndex, BodyIndex, Follows, Group, STUDY_GROUP, SessionOrder, When};
use crate::wording::{self, DateFormat};

/// The largest number of overlaps that are listed.
const MAX_CONFLICTS: usize = 40;

#[derive(Template)]
#[template(path = "builder.html")]
struct BuilderPage {
    layout: Layout,
    /// Where the form is sent to.
    action: String,
    is_too_long: bool,
    /// What its bodies are.
    kinds: Markup,
    branches: Vec<TickedBranch>,
    audiences: Vec<Checkbox>,
    built: Option<CombinedFeed>,
    base_url: String,
    is_public: bool,
}

/// Something that can be ticked.
struct Checkbox {
    name: String,
    written: MarkedText,
    title: Option<MarkedText>,
    is_ticked: bool,
}

/// A body at the top with those below it.
struct TickedBranch {
    top: Option<Checkbox>,
    /// What they are, if there is no body at the top.
    heading: Option<Markup>,
    /// Each with its level from 1 on.
    below: Vec<(Checkbox, usize)>,
    is_deep: bool,
}

/// The feed of what is ticked.
struct CombinedFeed {
    name: Markup,
    subscribe_links: SubscribeLinks,
    square: Option<QrCode>,
    count: String,
    conflicts: Vec<Overlap>,
    conflicts_said: String,
    ahead: Upcoming,
}

/// A time at which a reader would have to be in two places.
struct Overlap {
    exact: String,
    when: String,
    /// The titles of the simultaneous sessions; a single one if several of its bodies meet in parallel.
    titles: Vec<MarkedText>,
    /// The ticked bodies that meet in parallel.
    parallel: Option<String>,
}

/// Renders the builder, with what is ticked.
pub fn builder(entry_index: &EntryIndex, group: &Group, picked: CheckedItems<'_>, setting: &PageRequest<'_>) -> String {
    let release = entry_index.release();
    let layout = Layout::for_group(setting, group);
    let follows = match picked {
        CheckedItems::These(follows) | CheckedItems::TooMany(follows) => Some(follows),
        CheckedItems::Nothing => None,
    };
    let tick = |index: BodyIndex| {
        let body = &group.bodies[index];
        Checkbox {
            name: body.address(),
            written: Layout::own(body.written.in_language(&layout.language).to_owned()),
            title: Some(layout.text(&body.title, group)),
            is_ticked: follows.is_some_and(|follows| follows.bodies.contains(&index)),
        }
    };
    let ticks = |branch: Branch| TickedBranch {
        is_deep: branch.is_deep(),
        top: branch.top.map(tick),
        heading: branch.heading,
        below: branch.below.into_iter().map(|(body, level)| (tick(body), level)).collect(),
    };
    let branches =
        structure::branches(group, &layout, |body| is_open(body, layout.day)).into_iter().map(ticks).collect();
    let audience = |(index, audience): (AudienceIndex, &Audience)| Checkbox {
        name: audience.id.to_string(),
        written: layout.text(&audience.name, group),
        title: None,
        is_ticked: follows.is_some_and(|follows| follows.audiences.contains(&index)),
    };
    let page = BuilderPage {
        action: format!("{}{}/follow/", layout.home, group.id),
        is_too_long: matches!(picked, CheckedItems::TooMany(_)),
        audiences: group.indexed_audiences().map(audience).collect(),
        kinds: structure::kinds(group, &layout),
        branches,
        built: match picked {
            CheckedItems::These(follows) => Some(built(entry_index, group, follows, &layout)),
            CheckedItems::Nothing | CheckedItems::TooMany(_) => None,
        },
        base_url: release.base_url.to_string(),
        is_public: is_public(&release.base_url),
        layout,
    };
    render(&page)
}

/// What is ticked in the builder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckedItems<'s> {
    /// Nothing yet.
    Nothing,
    /// These.
    These(&'s Follows),
    /// These, which are too many for an address.
    TooMany(&'s Follows),
}

fn built(entry_index: &EntryIndex, group: &Group, follows: &Follows, layout: &Layout) -> CombinedFeed {
    let release = entry_index.release();
    let selection = Selection::Follow(follows.clone());
    let shown = Feed::new(entry_index, selection.clone(), Some(&layout.language));
    let entries: Vec<Entry<'_>> = shown.entries().collect();
    let path = feed::path(&release.timetable, &selection).unwrap_or_default();
    let occurrences = all_occurrences(&entries, release);
    let ahead = Upcoming::new(&entries, &occurrences, MAX_WEEKS, layout);
    let count = occurrences.iter().filter(|item| item.occurrence.when.last_day() >= layout.day).count();
    let count = count + ahead.deadlines.ahead.len() + ahead.spans.len();
    let (number, conflicts) = conflicts(&occurrences, group, follows, layout);
    let conflicts_said = layout.count("builder-conflicts", number);
    CombinedFeed {
        name: layout.markup(&wording::feed_heading(entry_index, &selection, &layout.language)),
        subscribe_links: layout.subscribe_links(
            &release.base_url,
            &format!("{path}{}", layout.language_suffix(group)),
            wording::feed_name(&shown).into(),
            String::new(),
        ),
        square: QrCode::encode(&layout.address(&release.base_url, &path)),
        count: layout.count("builder-count", count),
        conflicts,
        conflicts_said,
        ahead,
    }
}

/// Returns the number of overlaps among sessions in the future that take place, and the first of them. Ticked bodies
/// that meet in parallel within one session overlap too.
fn conflicts(
    occurrences: &[EntryOccurrence<'_>],
    group: &Group,
    follows: &Follows,
    layout: &Layout,
) -> (usize, Vec<Overlap>) {
    let is_on =
        |item: &&EntryOccurrence<'_>| item.entry.cancelled().is_none() && item.occurrence.when.last_day() >= layout.day;
    let on: Vec<&EntryOccurrence<'_>> = occurrences.iter().filter(is_on).collect();
    let (mut number, mut found) = (0, Vec::new());
    let mut add = |occurrences: &[&EntryOccurrence<'_>], parallel: Option<String>| {
        number += 1;
        if number <= MAX_CONFLICTS {
            found.push(conflict(occurrences, parallel, layout));
        }
    };
    for (index, one) in on.iter().enumerate() {
        let When::Timed(span) = &one.occurrence.when else { continue };
        let parallel = in_parallel(one, group, follows, &layout.language);
        if parallel.len() > 1 {
            add(&[one], Some(layout.messages.list_in_sentence(&parallel)));
        }
        // In order of time: sessions that begin after the end of this one do not overlap with it.
        for other in on[index + 1..].iter().take_while(|other| other.begins().0 < span.end().instant) {
            if matches!(&other.occurrence.when, When::Timed(_)) {
                add(&[one, other], None);
            }
        }
    }
    (number, found)
}

/// Returns the ticked bodies that meet in parallel within a session, as people write them.
fn in_parallel(item: &EntryOccurrence<'_>, group: &Group, follows: &Follows, language: &Language) -> Vec<String> {
    if item.session.order != Some(SessionOrder::Parallel) {
        return Vec::new();
    }
    let is_concerned = |ticked: &&BodyIndex| {
        item.session
            .bodies_in(&group.id, &item.entry.group.id)
            .iter()
            .any(|body| *body != STUDY_GROUP && group.are_related(*body, **ticked))
    };
    let ticked: Vec<BodyIndex> = follows.bodies.iter().filter(is_concerned).copied().collect();
    // A working party and its own Question are in one place.
    let is_separate = |body: &&BodyIndex| !ticked.iter().any(|other| other != *body && group.is_within(**body, *other));
    ticked.iter().filter(is_separate).map(|body| group.bodies[*body].written.in_language(language).to_owned()).collect()
}

fn conflict(occurrences: &[&EntryOccurrence<'_>], parallel: Option<String>, layout: &Layout) -> Overlap {
    let begins = |item: &&&EntryOccurrence<'_>| item.begins();
    let later = occurrences.iter().max_by_key(begins).map(|item| &item.occurrence.when);
    let (date, hour): (Date, String) = match later {
        Some(When::Timed(span)) => (span.start().wall.date(), super::cell::hour(span.start().wall)),
        Some(when @ When::AllDay(_)) => (when.first_day(), String::new()),
        None => (layout.day, String::new()),
    };
    Overlap {
        exact: format!("{date}T{hour}"),
        when: layout.date_and_hour(date, DateFormat::Short, &hour),
        titles: occurrences.iter().map(|item| layout.heading(&item.entry)).collect(),
        parallel,
    }
}
