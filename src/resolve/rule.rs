//! Rules of repetition: from a rule and its first day to all days, and whether calendars keep the rule.
//!
//! The one place that knows the crate `rrule`. It is asked for wall clock times alone, as if in UTC: in zones it loses
//! occurrences at clock changes. Which rules come here at all, `definition` has decided.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use rrule::RRuleSet;

use crate::definition::{Frequency, Limit, OnWeekday, Repeat};
use crate::problem::{Place, Problem};
use crate::zone::Zone;

/// Most instances of a rule.
const MOST: u16 = 1_000;
/// The last year of definitions.
const LAST_YEAR: i16 = 2100;

/// What is wrong with a rule.
pub(super) enum Fault {
    /// It goes on for ever.
    Endless,
    /// It never comes to pass.
    Empty,
    /// It has more than [`MOST`] instances, or goes on after [`LAST_YEAR`].
    TooMany,
    /// Its first instance is not the first day, but this.
    StartsOn(Date, Date),
    /// It ends before the first day.
    EndsBefore(Date),
    /// The crate says why.
    Invalid(String),
}

/// The days of a rule, in order, the first of which is that of `first` on the clock of `zone`.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn days(rule: &Repeat, first: DateTime, zone: &Zone) -> Result<Vec<Date>, Fault> {
    let last = match rule.limit {
        None => return Err(Fault::Endless),
        Some(Limit::Count(_)) => DateTime::MAX,
        Some(Limit::Day(day)) => day.to_datetime(Time::MAX),
        Some(Limit::Wall(wall)) => wall,
        Some(Limit::Instant(instant)) => zone.wall(instant),
    };
    if last < first {
        return Err(Fault::EndsBefore(last.date()));
    }
    let start = first.strftime("%Y%m%dT%H%M%SZ");
    // Without an end of its own: the end is looked at here, and the crate is asked for no more than the most.
    let set: RRuleSet = format!("DTSTART:{start}\nRRULE:{}", rule.text(None))
        .parse()
        .map_err(|fault: rrule::RRuleError| Fault::Invalid(fault.to_string()))?;
    let most = match rule.limit {
        Some(Limit::Count(count)) => u16::try_from(count).unwrap_or(MOST).min(MOST),
        _ => MOST + 1,
    };
    let on_clock = |seconds| Timestamp::from_second(seconds).ok().map(|instant| Offset::UTC.to_datetime(instant));
    let instances = (&set).into_iter().take(usize::from(most)).map_while(|instance| on_clock(instance.timestamp()));
    let days: Vec<Date> = instances.take_while(|wall| *wall <= last).map(DateTime::date).collect();
    match days.first() {
        None => Err(Fault::Empty),
        Some(day) if *day != first.date() => Err(Fault::StartsOn(*day, first.date())),
        _ if days.len() > usize::from(MOST) || days.iter().any(|day| day.year() > LAST_YEAR) => Err(Fault::TooMany),
        _ => Ok(days),
    }
}

impl Fault {
    /// The problem, at the rule or at the first day.
    pub(super) fn problem(self, rule: &Place, day: &Place) -> Problem {
        match self {
            Self::Endless => Problem::error(rule, "this rule has no end")
                .label("expected COUNT=… or UNTIL=… in it")
                .help("end it with the study period at the latest, for example UNTIL=2028-10-31"),
            Self::Empty => Problem::error(rule, "this rule never comes to pass")
                .label("expected days that the calendar has: there is no 30 February, for one"),
            Self::TooMany => Problem::error(rule, "this rule yields too much")
                .label(format!("expected at most {MOST} occurrences, none after {LAST_YEAR}"))
                .help("end it earlier, with COUNT=… or UNTIL=…"),
            Self::StartsOn(first, typed) => Problem::error(day, "the rule does not begin on this day")
                .label(format!("the rule's first day is {first}, found {typed}"))
                .related(rule, "the rule")
                .help(format!("write `day: {first}`, or change the rule so that it holds on {typed}")),
            Self::EndsBefore(last) => Problem::error(rule, "this rule ends before it begins")
                .label(format!("expected an end after the session's day, found {last}"))
                .related(day, "the session's day"),
            Self::Invalid(fault) => Problem::error(rule, "this rule contradicts itself")
                .label(format!("the reader of rules says: {}", crate::text::line(&fault)))
                .help("RFC 5545, section 3.3.10, says which parts go together"),
        }
    }
}

/// The rule with everything said that its first day implies, if Outlook and Exchange keep it. clients.md F4
pub(super) fn kept(rule: &Repeat, first: Date) -> Option<Repeat> {
    let mut said = rule.clone();
    let has_weekdays = !rule.weekdays.is_empty();
    if !rule.year_days.is_empty() || !rule.weeks.is_empty() {
        return None;
    }
    match rule.frequency {
        Frequency::Daily => (!has_weekdays && rule.months.is_empty() && rule.month_days.is_empty()).then_some(said),
        Frequency::Weekly => {
            if !has_weekdays {
                said.weekdays = vec![OnWeekday { nth: None, weekday: first.weekday() }];
            }
            (rule.months.is_empty() && rule.positions.is_empty()).then_some(said)
        }
        Frequency::Monthly if rule.months.is_empty() => in_month(said, first),
        Frequency::Yearly if rule.interval == 1 && rule.months.len() <= 1 => {
            // Without a month, weekdays and days of the month are those of all months.
            if rule.months.is_empty() && (has_weekdays || !rule.month_days.is_empty()) {
                return None;
            }
            said.months = vec![i16::from(first.month())];
            in_month(said, first)
        }
        Frequency::Monthly | Frequency::Yearly => None,
    }
}

/// One day of a month that every month has, by its number or as an nth weekday.
fn in_month(mut rule: Repeat, first: Date) -> Option<Repeat> {
    if rule.weekdays.is_empty() {
        if rule.month_days.is_empty() {
            rule.month_days = vec![i16::from(first.day())];
        }
        // Outlook moves the 31st to the last day of a shorter month, where the rule has no instance.
        let every_month = matches!(rule.month_days[..], [day] if (1..=28).contains(&day));
        return (every_month && rule.positions.is_empty()).then_some(rule);
    }
    let nth = |nth: i16| (1..=4).contains(&nth) || nth == -1;
    let fits = match (&rule.weekdays[..], &rule.positions[..]) {
        ([OnWeekday { nth: Some(which), .. }], []) => nth(i16::from(*which)),
        (days, [position]) => nth(*position) && is_set_of_outlook(days),
        _ => false,
    };
    (fits && rule.month_days.is_empty()).then_some(rule)
}

/// One weekday, or those that Outlook calls weekday, weekend day and day.
fn is_set_of_outlook(days: &[OnWeekday]) -> bool {
    let mut numbers: Vec<i8> = days.iter().map(|day| day.weekday.to_monday_zero_offset()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let is_plain = days.iter().all(|day| day.nth.is_none()) && numbers.len() == days.len();
    is_plain && (numbers.len() == 1 || matches!(numbers[..], [0, 1, 2, 3, 4] | [5, 6] | [0, 1, 2, 3, 4, 5, 6]))
}
