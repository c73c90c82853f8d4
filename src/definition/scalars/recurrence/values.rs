//! Parsers for the values of the parts of a recurrence rule.

use jiff::civil::Weekday;

use super::{Frequency, RuleEnd, WEEKDAYS, WeekdayNum};
use crate::definition::scalars::time::plain_date;

/// The largest COUNT.
const MOST: u32 = 1_000;
/// The longest list in a rule.
const LONGEST_LIST: usize = 24;
/// The number of weeks in a long year.
const WEEKS: i16 = 53;

pub(super) fn frequency(value: &str) -> Result<Frequency, Option<String>> {
    match value {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        _ => Err(crate::problem::suggestion(value, &["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])),
    }
}

pub(super) fn number(value: &str, least: i16, most: i16) -> Result<i16, Option<String>> {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    let is_number = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = value.trim_start_matches('+').parse().ok().filter(|number| (least..=most).contains(number));
    let range = || Some(format!("expected a number from {least} to {most}, found `{}`", crate::text::line(value)));
    number.filter(|_| is_number).ok_or_else(range)
}

pub(super) fn count(value: &str) -> Result<u32, Option<String>> {
    let count = value.parse().ok().filter(|count| (1..=MOST).contains(count));
    count.ok_or_else(|| Some(format!("COUNT is a number from 1 to {MOST}")))
}

/// Parses a list of values.
pub(super) fn list<T>(value: &str, one: impl Fn(&str) -> Result<T, Option<String>>) -> Result<Vec<T>, Option<String>> {
    list_of(value, LONGEST_LIST, one)
}

fn list_of<T>(
    value: &str,
    longest: usize,
    one: impl Fn(&str) -> Result<T, Option<String>>,
) -> Result<Vec<T>, Option<String>> {
    if value.split(',').count() > longest {
        return Err(Some(format!("a list in a rule has at most {longest} values")));
    }
    value.split(',').map(one).collect()
}

/// Parses a list of weeks: all odd ones of a year are 27.
pub(super) fn weeks(value: &str) -> Result<Vec<i16>, Option<String>> {
    list_of(value, usize::from(WEEKS.unsigned_abs()), |one| signed_number(one, WEEKS))
}

pub(super) fn numbers(value: &str, least: i16, most: i16) -> Result<Vec<i16>, Option<String>> {
    list(value, |one| number(one, least, most))
}

/// Parses a list of numbers that may be negative to count from the end, and are never 0.
pub(super) fn signed(value: &str, most: i16) -> Result<Vec<i16>, Option<String>> {
    list(value, |one| signed_number(one, most))
}

fn signed_number(value: &str, most: i16) -> Result<i16, Option<String>> {
    let number = number(value, -most, most)?;
    if number == 0 { Err(Some("numbers in a rule start at 1 or -1".to_owned())) } else { Ok(number) }
}

pub(super) fn weekday(value: &str) -> Result<Weekday, Option<String>> {
    let position = WEEKDAYS.iter().position(|code| *code == value);
    let weekday = position.and_then(|at| Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok());
    weekday.ok_or_else(|| Some(format!("weekdays are {}", WEEKDAYS.join(", "))))
}

pub(super) fn on_weekday(value: &str) -> Result<WeekdayNum, Option<String>> {
    let at = value.len().saturating_sub(2);
    let (nth, code) = value.split_at_checked(at).unwrap_or(("", value));
    let weekday = weekday(code)?;
    if nth.is_empty() {
        return Ok(WeekdayNum { nth: None, weekday });
    }
    let nth = signed(nth, 53)?;
    Ok(WeekdayNum { nth: nth.first().and_then(|nth| i8::try_from(*nth).ok()), weekday })
}

/// RFC 5545 3.3.10: a date, a UTC time or a wall clock time. Definitions may also write a date with hyphens.
pub(super) fn until(value: &str) -> Result<RuleEnd, Option<String>> {
    let form = || Some("write UNTIL=2025-06-30, UNTIL=20250630 or UNTIL=20250630T120000Z".to_owned());
    if value.contains('-') {
        return plain_date(value).map(RuleEnd::Day);
    }
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let date = |part: &str| {
        let looks = digits(part, 8).then(|| format!("{}-{}-{}", &part[..4], &part[4..6], &part[6..]));
        looks.ok_or_else(form).and_then(|date| plain_date(&date))
    };
    let Some((day, time)) = value.split_once('T') else { return date(value).map(RuleEnd::Day) };
    let (time, is_utc) = time.strip_suffix('Z').map_or((time, false), |time| (time, true));
    if !digits(time, 6) {
        return Err(form());
    }
    let clock = format!("{}:{}:{}", &time[..2], &time[2..4], &time[4..]).parse().map_err(|_| form())?;
    let wall = date(day)?.to_datetime(clock);
    if !is_utc {
        return Ok(RuleEnd::Wall(wall));
    }
    jiff::tz::Offset::UTC.to_timestamp(wall).map(RuleEnd::Instant).map_err(|_| form())
}
