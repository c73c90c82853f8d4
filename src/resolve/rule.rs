//! Recurrence rules: expands a rule to days, and decides whether calendar clients can be given the rule.
//!
//! The only module that knows the crate `rrule`. It is given wall clock times as if in UTC, because in time zones it
//! loses occurrences at clock changes. `definition` decides which rules are accepted.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use rrule::RRuleSet;

use crate::definition::{Frequency, RecurrenceRule, RuleEnd, WeekdayNum};
use crate::problem::{Problem, Span};
use crate::zone::Zone;

/// The largest number of instances of a rule.
const MOST: u16 = 1_000;
/// The last year of definitions.
const LAST_YEAR: i16 = 2100;
/// The number of years, from its first day on, in which the instances of a rule are computed that goes on until further
/// notice: two study periods.
const YEARS_UNTIL_FURTHER_NOTICE: i64 = 8;

/// Why a rule is invalid.
pub(super) enum RuleFault {
    /// It has no end.
    Endless,
    /// It has no instance.
    Empty,
    /// It has more than [`MOST`] instances, or goes on after [`LAST_YEAR`].
    TooMany,
    /// Its first instance, and the first day that was written, which differ.
    StartsOn(Date, Date),
    /// It ends on this day, before the first day.
    EndsBefore(Date),
    /// The crate rejects it with this message.
    Invalid(String),
}

/// Returns the days of a rule in order. The first one is that of `first`, a wall clock time in `zone`.
///
/// # Errors
///
/// Returns why the rule is invalid.
pub(super) fn days(rule: &RecurrenceRule, first: DateTime, zone: &Zone) -> Result<Vec<Date>, RuleFault> {
    let last = match rule.end {
        None => return Err(RuleFault::Endless),
        Some(RuleEnd::Count(_)) => DateTime::MAX,
        Some(RuleEnd::Day(day)) => day.to_datetime(Time::MAX),
        Some(RuleEnd::Wall(wall)) => wall,
        Some(RuleEnd::Instant(instant)) => zone.wall_clock(instant),
        Some(RuleEnd::FurtherNotice) => first.saturating_add(YEARS_UNTIL_FURTHER_NOTICE.years()),
    };
    if last < first {
        return Err(RuleFault::EndsBefore(last.date()));
    }
    let start = first.strftime("%Y%m%dT%H%M%SZ");
    // The end is applied below, so that the crate never computes more than the limit.
    let set: RRuleSet = format!("DTSTART:{start}\nRRULE:{}", rule.to_rrule(None))
        .parse()
        .map_err(|fault: rrule::RRuleError| RuleFault::Invalid(fault.to_string()))?;
    let most = match rule.end {
        Some(RuleEnd::Count(count)) => u16::try_from(count).unwrap_or(MOST).min(MOST),
        _ => MOST + 1,
    };
    let on_clock = |seconds| Timestamp::from_second(seconds).ok().map(|instant| Offset::UTC.to_datetime(instant));
    let instances = (&set).into_iter().take(usize::from(most)).map_while(|instance| on_clock(instance.timestamp()));
    let days: Vec<Date> = instances.take_while(|wall| *wall <= last).map(DateTime::date).collect();
    match days.first() {
        None => Err(RuleFault::Empty),
        Some(day) if *day != first.date() => Err(RuleFault::StartsOn(*day, first.date())),
        _ if days.len() > usize::from(MOST) || days.iter().any(|day| day.year() > LAST_YEAR) => Err(RuleFault::TooMany),
        _ => Ok(days),
    }
}

impl RuleFault {
    /// Returns the problem, at the span of the rule or of the first day.
    pub(super) fn problem(self, rule: &Span, day: &Span) -> Problem {
        match self {
            Self::Endless => {
                Problem::error(rule, "endless rule").label("expected COUNT=… or UNTIL=… in the rule").help(
                    "end it with the study period at the latest, for example UNTIL=2028-10-31, or write \
                     `until further notice` behind the rule",
                )
            }
            Self::Empty => Problem::error(rule, "this rule has no occurrence")
                .label("expected days that exist: there is no 30 February, for example"),
            Self::TooMany => Problem::error(rule, "this rule has too many occurrences")
                .label(format!("expected at most {MOST} occurrences, none after {LAST_YEAR}"))
                .help("end it earlier, with COUNT=… or UNTIL=…"),
            Self::StartsOn(first, raw) => Problem::error(day, "the rule does not begin on this day")
                .label(format!("the rule's first day is {first}, found {raw}"))
                .related(rule, "the rule")
                .help(format!("write {first} here, or change the rule so that it holds on {raw}")),
            Self::EndsBefore(last) => Problem::error(rule, "this rule ends before it begins")
                .label(format!("expected an end after the session's day, found {last}"))
                .related(day, "the session's day"),
            Self::Invalid(fault) => Problem::error(rule, "invalid rule")
                .label(format!("the rule parser says: {}", crate::text::line(&fault)))
                .help("RFC 5545, section 3.3.10, defines which parts go together"),
        }
    }
}

/// Creates the problem of a rule that goes on until further notice, although each of its days is an event of its own.
pub(super) fn missing_end(rule: &Span) -> Problem {
    Problem::error(rule, "this rule needs an end")
        .label("expected COUNT=… or UNTIL=… instead of `until further notice`")
}

/// Returns the rule with all parts that its first day implies, or `None` if Outlook and Exchange do not keep such a
/// rule. clients.md F4
pub(super) fn client_safe(rule: &RecurrenceRule, first: Date) -> Option<RecurrenceRule> {
    let mut completed = rule.clone();
    let has_weekdays = !rule.weekdays.is_empty();
    if !rule.year_days.is_empty() || !rule.weeks.is_empty() {
        return None;
    }
    match rule.frequency {
        Frequency::Daily => {
            (!has_weekdays && rule.months.is_empty() && rule.month_days.is_empty()).then_some(completed)
        }
        Frequency::Weekly => {
            if !has_weekdays {
                completed.weekdays = vec![WeekdayNum { nth: None, weekday: first.weekday() }];
            }
            (rule.months.is_empty() && rule.positions.is_empty()).then_some(completed)
        }
        Frequency::Monthly if rule.months.is_empty() => complete_in_month(completed, first),
        Frequency::Yearly if rule.interval == 1 && rule.months.len() <= 1 => {
            // Without a month, weekdays and days of the month apply to all months.
            if rule.months.is_empty() && (has_weekdays || !rule.month_days.is_empty()) {
                return None;
            }
            completed.months = vec![i16::from(first.month())];
            complete_in_month(completed, first)
        }
        Frequency::Monthly | Frequency::Yearly => None,
    }
}

/// Completes a rule for one day of a month that every month has, by its number or as an nth weekday.
fn complete_in_month(mut rule: RecurrenceRule, first: Date) -> Option<RecurrenceRule> {
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
        ([WeekdayNum { nth: Some(which), .. }], []) => nth(i16::from(*which)),
        (days, [position]) => nth(*position) && is_set_of_outlook(days),
        _ => false,
    };
    (fits && rule.month_days.is_empty()).then_some(rule)
}

/// Returns `true` for one weekday, or for what Outlook calls weekday, weekend day and day.
fn is_set_of_outlook(days: &[WeekdayNum]) -> bool {
    let mut numbers: Vec<i8> = days.iter().map(|day| day.weekday.to_monday_zero_offset()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let is_plain = days.iter().all(|day| day.nth.is_none()) && numbers.len() == days.len();
    is_plain && (numbers.len() == 1 || matches!(numbers[..], [0, 1, 2, 3, 4] | [5, 6] | [0, 1, 2, 3, 4, 5, 6]))
}
