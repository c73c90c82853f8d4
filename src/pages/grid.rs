//! The timetable in the form of Annex B of a collective letter: days across, parts of the day down, in weeks.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::cell::{EntryOccurrence, SessionCell, hour};
use super::clock::{clock_of, common_zone};
use super::layout::Layout;
use super::print_size;
use crate::timetable::{self, AnnouncedHours, DayPart, When};
use crate::wording::DateFormat;
use crate::zone::Zone;

/// A timetable.
pub(super) struct Grid {
    pub(super) weeks: Vec<GridWeek>,
    /// The number of weeks left out.
    pub(super) more: usize,
    /// Whose time it is, and its UTC offset, if they are the same for all weeks.
    pub(super) zone: Option<(String, String)>,
    /// Whether some of its hours are usual ones.
    pub(super) has_usual: bool,
    /// Whether today is one of its days.
    pub(super) has_today: bool,
}

/// The days of a week.
pub(super) struct GridWeek {
    pub(super) name: String,
    /// The names of the parts of the day in use.
    pub(super) parts: Vec<String>,
    pub(super) days: Vec<GridDay>,
    /// How full it is, from 0 to 3, which determines the print size: see [`print_size`].
    pub(super) density: usize,
    /// Whose time it is, and its UTC offset.
    pub(super) zone: Option<(String, String)>,
}

/// A day.
pub(super) struct GridDay {
    pub(super) date: Date,
    pub(super) name: String,
    pub(super) is_today: bool,
    pub(super) is_past: bool,
    /// By part of the day.
    pub(super) slots: Vec<GridSlot>,
    /// The largest number of sessions side by side, from 1 to [`MAX_LANES`].
    pub(super) lanes: usize,
}

/// The largest number of sessions side by side. Further ones wrap.
const MAX_LANES: usize = 6;
/// The largest number of days in a block of weeks that have a single day each.
const DAYS_OF_BLOCK: usize = 5;

/// A part of a day.
pub(super) struct GridSlot {
    pub(super) name: String,
    /// Rows of simultaneous sessions.
    pub(super) rows: Vec<Vec<SessionCell>>,
    /// The titles and ends of sessions that began in an earlier part and go on.
    pub(super) going_on: Vec<(super::layout::MarkedText, String)>,
}

/// What to show of a timetable.
pub(super) struct GridFilter {
    /// The days that are shown even if they are empty, except weekends.
    pub(super) days: Option<timetable::Days>,
    /// The first day that is shown.
    pub(super) from: Option<Date>,
    /// The largest number of weeks.
    pub(super) most_weeks: usize,
}

/// The part of the day in which a session is shown; `None`, the first, for whole days.
type SlotKey = Option<DayPart>;

impl GridDay {
    /// Returns `true` if the day is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.slots.iter().all(GridSlot::is_empty)
    }
}

impl GridSlot {
    /// Returns `true` if the part of the day is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.going_on.is_empty()
    }
}

impl Grid {
    /// Lays out a timetable.
    pub(super) fn new(occurrences: &[EntryOccurrence<'_>], extent: &GridFilter, layout: &Layout) -> Self {
        let is_shown = |item: &&EntryOccurrence<'_>| {
            let (first, last) = item.days(None);
            extent.from.is_none_or(|from| last >= from) && !item.session.is_beyond_plans(first, layout.day)
        };
        let occurrences: Vec<&EntryOccurrence<'_>> = occurrences.iter().filter(is_shown).collect();
        let is_assumed = |hours: &AnnouncedHours| hours.usual_part().is_some() || hours.is_end_assumed();
        let has_usual = occurrences
            .iter()
            .any(|item| is_assumed(&item.occurrence.hours) && matches!(item.occurrence.when, When::Timed(_)));
        let blocks = blocks(placed(&occurrences, extent), extent.days.is_none());
        let more = blocks.iter().skip(extent.most_weeks).map(|(weeks, _)| weeks).sum();
        let in_use = extent.days.is_some();
        let weeks = blocks.iter().take(extent.most_weeks).map(|(_, days)| week(days, in_use, layout));
        let weeks: Vec<GridWeek> = weeks.collect();
        let has_today = weeks.iter().flat_map(|week| &week.days).any(|day| day.is_today);
        let mut zones = weeks.iter().filter_map(|week| week.zone.clone());
        // One line for all weeks, if all are in the same time zone.
        let zone = zones.next().filter(|first| zones.all(|other| other == *first));
        Self { weeks, more, zone, has_usual, has_today }
    }
}

/// A session in a timetable, and the time zone of its week.
#[derive(Clone, Copy)]
pub(super) struct GridEntry<'a, 'h> {
    pub(super) item: &'a EntryOccurrence<'h>,
    pub(super) zone: Option<&'h Zone>,
}

/// Sorts sessions by day, in the time zone of most sessions of their week.
fn placed<'a, 'h>(occurrences: &[&'a EntryOccurrence<'h>], extent: &GridFilter) -> ByDay<'a, 'h> {
    let mut weeks: BTreeMap<Date, Vec<&'a EntryOccurrence<'h>>> = BTreeMap::new();
    for item in occurrences {
        weeks.entry(monday(item.days(None).0)).or_default().push(item);
    }
    let mut days: ByDay<'a, 'h> = extent.days.into_iter().flat_map(weekdays).map(|date| (date, Vec::new())).collect();
    for occurrences in weeks.into_values() {
        let zone = common_zone(&occurrences);
        for item in occurrences {
            days.entry(item.days(zone).0).or_default().push(GridEntry { item, zone });
        }
    }
    days
}

fn weekdays(days: timetable::Days) -> impl Iterator<Item = Date> {
    /// The largest number of days of a meeting that are laid out even if they are empty.
    const MOST: usize = 60;
    let all = days.first().series(1.day()).take_while(move |date| *date <= days.last()).take(MOST);
    all.filter(|date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday))
}

fn monday(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

/// The sessions of each day.
pub(super) type ByDay<'a, 'h> = BTreeMap<Date, Vec<GridEntry<'a, 'h>>>;

/// Returns the name of the time zone in which days are shown.
fn zone_of(days: &ByDay<'_, '_>) -> Option<&'static str> {
    days.values().flatten().find_map(|placed| placed.zone).map(Zone::name)
}

/// Groups days into weeks, each with the number of weeks that it covers: weeks with a single day may share a block.
fn blocks<'a, 'h>(days: ByDay<'a, 'h>, may_join: bool) -> Vec<(usize, ByDay<'a, 'h>)> {
    let mut weeks: BTreeMap<Date, ByDay<'a, 'h>> = BTreeMap::new();
    for (date, entries) in days {
        weeks.entry(monday(date)).or_default().insert(date, entries);
    }
    let mut blocks: Vec<(usize, ByDay<'a, 'h>)> = Vec::new();
    for week in weeks.into_values() {
        let joins = |(weeks, last): &&mut (usize, ByDay<'_, '_>)| {
            let is_single = week.len() == 1 && last.len() == *weeks && last.len() < DAYS_OF_BLOCK;
            may_join && is_single && zone_of(&week) == zone_of(last)
        };
        match blocks.last_mut().filter(joins) {
            Some((weeks, last)) => {
                *weeks += 1;
                last.extend(week);
            }
            None => blocks.push((1, week)),
        }
    }
    blocks
}

/// Lays out a week. In a meeting, mornings and afternoons are shown even if they are empty.
fn week(days: &ByDay<'_, '_>, is_of_meeting: bool, layout: &Layout) -> GridWeek {
    let always = [Some(DayPart::Morning), Some(DayPart::Afternoon)].into_iter().filter(|_| is_of_meeting);
    let mut places: BTreeSet<SlotKey> = always.collect();
    places.extend(days.values().flatten().map(|placed| place(*placed)));
    let names: Vec<(SlotKey, String)> = places.into_iter().map(|place| (place, name(place, layout))).collect();
    let (first, last) = (days.keys().next(), days.keys().next_back());
    let name = first.zip(last).map(|(first, last)| layout.dates(*first, *last)).unwrap_or_default();
    let zone = clock_of(days, layout);
    let days: Vec<GridDay> = days.iter().map(|(date, placed)| day(*date, placed, &names, layout)).collect();
    let density = print_size::density(&days);
    GridWeek { name, parts: names.into_iter().map(|(_, name)| name).collect(), days, density, zone }
}

fn name(place: SlotKey, layout: &Layout) -> String {
    layout.say(&place.map_or_else(|| "page-all-day".to_owned(), |part| format!("part-{}", part.word())))
}

fn day(date: Date, placed: &[GridEntry<'_, '_>], names: &[(SlotKey, String)], layout: &Layout) -> GridDay {
    let cell = |placed: &GridEntry<'_, '_>| placed.item.cell(layout, placed.zone);
    let slot = |(at, name): &(SlotKey, String)| {
        let here = placed.iter().filter(|placed| place(**placed) == *at);
        let goes_on = |placed: &&GridEntry<'_, '_>| place(**placed) < *at && goes_on(**placed, *at);
        let until = |placed: &GridEntry<'_, '_>| {
            let (_, end) = placed.item.walls(placed.zone)?;
            Some((cell(placed).title, layout.with("suffix-until", "time", &layout.time(&hour(end)))))
        };
        GridSlot {
            name: name.clone(),
            rows: rows(here.map(cell).collect()),
            going_on: placed.iter().filter(goes_on).filter_map(until).collect(),
        }
    };
    let slots: Vec<GridSlot> = names.iter().map(slot).collect();
    let lanes = slots.iter().flat_map(|slot| &slot.rows).map(Vec::len).max().unwrap_or(1);
    GridDay {
        name: layout.date(date, DateFormat::Short),
        is_today: date == layout.day,
        is_past: date < layout.day,
        lanes: lanes.clamp(1, MAX_LANES),
        slots,
        date,
    }
}

/// Returns the part of the day in which a session is shown: the announced one, else the one in which it begins.
fn place(placed: GridEntry<'_, '_>) -> SlotKey {
    let (start, _) = placed.item.walls(placed.zone)?;
    Some(match &placed.item.occurrence.hours {
        AnnouncedHours::Usual(part) | AnnouncedHours::UsualAtVenue(part) | AnnouncedHours::StartAnnounced(part) => {
            *part
        }
        _ => match start.hour() {
            ..13 => DayPart::Morning,
            13..18 => DayPart::Afternoon,
            _ => DayPart::Evening,
        },
    })
}

/// Returns `true` if a session that began earlier goes on in a part of the day.
fn goes_on(placed: GridEntry<'_, '_>, at: SlotKey) -> bool {
    let Some((start, end)) = placed.item.walls(placed.zone) else { return false };
    let from = match at {
        Some(DayPart::Afternoon) => 15,
        Some(DayPart::Evening) => 19,
        _ => return false,
    };
    placed.item.entry.cancelled().is_none() && (end.date() > start.date() || end.hour() >= from)
}

/// Arranges cells in rows by time. Simultaneous ones share a row.
fn rows(cells: Vec<SessionCell>) -> Vec<Vec<SessionCell>> {
    let mut rows: Vec<Vec<SessionCell>> = Vec::new();
    let mut until = None;
    for cell in cells {
        let (start, end) = match &cell.when {
            When::Timed(span) => (Some(span.start().instant), Some(span.end().instant)),
            When::AllDay(_) => (None, None),
        };
        match rows.last_mut().filter(|_| start.is_none() || start < until) {
            Some(row) => row.push(cell),
            None => rows.push(vec![cell]),
        }
        until = until.max(end);
    }
    rows
}
