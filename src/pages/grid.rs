//! The timetable as Annex B of a collective letter has it: days across, parts of the day down, in weeks.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::cell::{EntryOccurrence, SessionCell, hour};
use super::frame::Layout;
use super::sheet;
use crate::timetable::{self, AnnouncedHours, DayPart, When};
use crate::wording::DateFormat;
use crate::zone::Zone;

/// A timetable.
pub(super) struct Grid {
    pub(super) weeks: Vec<GridWeek>,
    /// How many weeks are left out.
    pub(super) more: usize,
    /// The zone of its hours, and how far that is from UTC, where that is the same for all weeks.
    pub(super) zone: Option<(&'static str, String)>,
    /// Whether some of its hours are usual ones.
    pub(super) has_usual: bool,
    /// Whether today is one of its days.
    pub(super) has_today: bool,
}

/// The days of a week.
pub(super) struct GridWeek {
    pub(super) name: String,
    /// The parts of the day that are in use, with their names.
    pub(super) parts: Vec<String>,
    pub(super) days: Vec<GridDay>,
    /// How much stands in it, from 0 (little) to 3: what is printed has to fit on a sheet.
    pub(super) density: usize,
    /// The zone of its hours, and how far that is from UTC.
    pub(super) zone: Option<(&'static str, String)>,
}

/// A day.
pub(super) struct GridDay {
    pub(super) date: Date,
    pub(super) name: String,
    pub(super) is_today: bool,
    pub(super) is_past: bool,
    /// By part of the day.
    pub(super) slots: Vec<GridSlot>,
    /// How many stand side by side in it at most, from 1 to [`MOST_LANES`].
    pub(super) lanes: usize,
}

/// Most sessions that stand side by side; more go on below.
const MOST_LANES: usize = 6;
/// Days of several weeks that stand in one block, where each has but one.
const DAYS_OF_BLOCK: usize = 5;

/// A part of a day.
pub(super) struct GridSlot {
    pub(super) name: String,
    /// One below the other; side by side what takes place at the same time.
    pub(super) rows: Vec<Vec<SessionCell>>,
    /// What began in the part before and goes on: its title and its end.
    pub(super) going_on: Vec<(super::frame::MarkedText, String)>,
}

/// What of a timetable is wanted.
pub(super) struct GridFilter {
    /// Days that are shown whether there is something on them or not, but for weekends.
    pub(super) days: Option<timetable::Days>,
    /// The day before which nothing is shown.
    pub(super) from: Option<Date>,
    /// Most weeks.
    pub(super) most_weeks: usize,
}

/// The part of the day in which something is shown: whole days first.
type SlotKey = Option<DayPart>;

impl GridDay {
    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.slots.iter().all(GridSlot::is_empty)
    }
}

impl GridSlot {
    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.going_on.is_empty()
    }
}

impl Grid {
    /// The timetable of these.
    pub(super) fn new(held: &[EntryOccurrence<'_>], extent: &GridFilter, frame: &Layout) -> Self {
        let is_shown = |held: &&EntryOccurrence<'_>| extent.from.is_none_or(|from| held.days(None).1 >= from);
        let held: Vec<&EntryOccurrence<'_>> = held.iter().filter(is_shown).collect();
        let has_usual = held
            .iter()
            .any(|held| matches!(held.occurrence.hours, AnnouncedHours::Usual(_) | AnnouncedHours::StartAnnounced(_)));
        let blocks = blocks(placed(&held, extent), extent.days.is_none());
        let more = blocks.iter().skip(extent.most_weeks).map(|(weeks, _)| weeks).sum();
        let in_use = extent.days.is_some();
        let weeks = blocks.iter().take(extent.most_weeks).map(|(_, days)| week(days, in_use, frame));
        let weeks: Vec<GridWeek> = weeks.collect();
        let has_today = weeks.iter().flat_map(|week| &week.days).any(|day| day.is_today);
        let mut zones = weeks.iter().filter_map(|week| week.zone.clone());
        // One line for all weeks, where all are on one clock.
        let zone = zones.next().filter(|first| zones.all(|other| other == *first));
        Self { weeks, more, zone, has_usual, has_today }
    }
}

/// Something in a timetable, and the zone on whose clock its week is shown.
#[derive(Clone, Copy)]
struct GridEntry<'a, 'h> {
    held: &'a EntryOccurrence<'h>,
    zone: Option<&'h Zone>,
}

/// What is on each day, on the clock of most of what is in the same week.
fn placed<'a, 'h>(held: &[&'a EntryOccurrence<'h>], extent: &GridFilter) -> ByDay<'a, 'h> {
    let mut weeks: BTreeMap<Date, Vec<&'a EntryOccurrence<'h>>> = BTreeMap::new();
    for held in held {
        weeks.entry(monday(held.days(None).0)).or_default().push(held);
    }
    let mut days: ByDay<'a, 'h> = extent.days.into_iter().flat_map(weekdays).map(|date| (date, Vec::new())).collect();
    for held in weeks.into_values() {
        let zone = common_zone(&held);
        for held in held {
            days.entry(held.days(zone).0).or_default().push(GridEntry { held, zone });
        }
    }
    days
}

/// The zone in which most of these are.
fn common_zone<'h>(held: &[&EntryOccurrence<'h>]) -> Option<&'h Zone> {
    let mut zones: BTreeMap<&str, (usize, &Zone)> = BTreeMap::new();
    for held in held {
        if let When::Timed(span) = &held.occurrence.when {
            zones.entry(span.zone().name()).or_insert((0, span.zone())).0 += 1;
        }
    }
    // The first of those that are equally common.
    let most = zones.values().map(|(number, _)| *number).max()?;
    zones.into_values().find(|(number, _)| *number == most).map(|(_, zone)| zone)
}

/// The zone of a week, and how far that is from UTC where that does not change within it.
fn clock_of(days: &ByDay<'_, '_>) -> Option<(&'static str, String)> {
    let placed = || days.values().flatten();
    let zone = placed().find_map(|placed| placed.zone)?;
    let mut offsets = placed().filter_map(|placed| match &placed.held.occurrence.when {
        When::Timed(span) => Some(placed.zone?.offset_text(span.start().instant)),
        When::AllDay(_) => None,
    });
    let first = offsets.next()?;
    Some((zone.name(), if offsets.all(|other| other == first) { format!("UTC{first}") } else { String::new() }))
}

fn weekdays(days: timetable::Days) -> impl Iterator<Item = Date> {
    /// Days of a meeting that are laid out at most, whether there is something on them or not.
    const MOST: usize = 60;
    let all = days.first().series(1.day()).take_while(move |date| *date <= days.last()).take(MOST);
    all.filter(|date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday))
}

fn monday(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

/// Something on each of some days.
type ByDay<'a, 'h> = BTreeMap<Date, Vec<GridEntry<'a, 'h>>>;

/// Days in weeks, with how many weeks each block is: weeks of a single day may stand together.
fn blocks<'a, 'h>(days: ByDay<'a, 'h>, may_join: bool) -> Vec<(usize, ByDay<'a, 'h>)> {
    let mut weeks: BTreeMap<Date, ByDay<'a, 'h>> = BTreeMap::new();
    for (date, held) in days {
        weeks.entry(monday(date)).or_default().insert(date, held);
    }
    let mut blocks: Vec<(usize, ByDay<'a, 'h>)> = Vec::new();
    for week in weeks.into_values() {
        let joins = |(weeks, last): &&mut (usize, ByDay<'_, '_>)| {
            may_join && week.len() == 1 && last.len() == *weeks && last.len() < DAYS_OF_BLOCK
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

/// A week with these days; one of a meeting has mornings and afternoons whether something is in them or not.
fn week(days: &ByDay<'_, '_>, is_of_meeting: bool, frame: &Layout) -> GridWeek {
    let always = [Some(DayPart::Morning), Some(DayPart::Afternoon)].into_iter().filter(|_| is_of_meeting);
    let mut places: BTreeSet<SlotKey> = always.collect();
    places.extend(days.values().flatten().map(|placed| place(*placed)));
    let names: Vec<(SlotKey, String)> = places.into_iter().map(|place| (place, name(place, frame))).collect();
    let (first, last) = (days.keys().next(), days.keys().next_back());
    let name = first.zip(last).map(|(first, last)| frame.dates(*first, *last)).unwrap_or_default();
    let zone = clock_of(days);
    let days: Vec<GridDay> = days.iter().map(|(date, placed)| day(*date, placed, &names, frame)).collect();
    let density = sheet::density(&days);
    GridWeek { name, parts: names.into_iter().map(|(_, name)| name).collect(), days, density, zone }
}

fn name(place: SlotKey, frame: &Layout) -> String {
    frame.say(&place.map_or_else(|| "page-all-day".to_owned(), |part| format!("part-{}", part.word())))
}

fn day(date: Date, placed: &[GridEntry<'_, '_>], names: &[(SlotKey, String)], frame: &Layout) -> GridDay {
    let cell = |placed: &GridEntry<'_, '_>| placed.held.cell(frame, placed.zone);
    let slot = |(at, name): &(SlotKey, String)| {
        let here = placed.iter().filter(|placed| place(**placed) == *at);
        let goes_on = |placed: &&GridEntry<'_, '_>| place(**placed) < *at && goes_on(**placed, *at);
        let until = |placed: &GridEntry<'_, '_>| {
            let (_, end) = placed.held.walls(placed.zone)?;
            Some((cell(placed).title, frame.with("timetable-continues", "hour", &hour(end))))
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
        name: frame.date(date, DateFormat::Short),
        is_today: date == frame.day,
        is_past: date < frame.day,
        lanes: lanes.clamp(1, MOST_LANES),
        slots,
        date,
    }
}

/// The part of the day in which something stands: the announced one, else that in which it begins.
fn place(placed: GridEntry<'_, '_>) -> SlotKey {
    let (start, _) = placed.held.walls(placed.zone)?;
    Some(match placed.held.occurrence.hours {
        AnnouncedHours::Usual(part) | AnnouncedHours::StartAnnounced(part) => part,
        AnnouncedHours::Announced | AnnouncedHours::Unknown => match start.hour() {
            ..13 => DayPart::Morning,
            13..18 => DayPart::Afternoon,
            _ => DayPart::Evening,
        },
    })
}

/// Whether something that began before goes on in a part of the day for a while.
fn goes_on(placed: GridEntry<'_, '_>, at: SlotKey) -> bool {
    let Some((start, end)) = placed.held.walls(placed.zone) else { return false };
    let from = match at {
        Some(DayPart::Afternoon) => 15,
        Some(DayPart::Evening) => 19,
        _ => return false,
    };
    placed.held.entry.cancelled().is_none() && (end.date() > start.date() || end.hour() >= from)
}

/// One below the other in order of time; side by side what takes place at the same time.
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
