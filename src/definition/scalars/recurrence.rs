//! Recurrence rules: the subset of RFC 5545 that meetings need, parsed strictly.
//!
//! Rules that could cost unbounded time or memory (`FREQ=SECONDLY`, long lists) are refused here, before anything is
//! computed from them. Source: RFC 5545 3.3.10.

mod values;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use serde::{Deserialize, Serialize};

use super::Scalar;
use values::{count, frequency, list, number, numbers, on_weekday, signed, until, weekday, weeks};

/// The FREQ of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every year.
    Yearly,
}

/// The end of a rule: its COUNT or UNTIL, or that it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleEnd {
    /// After this number of instances.
    Count(u32),
    /// With the last instance on this day or before.
    Day(Date),
    /// With the last instance at this wall clock time or before.
    Wall(DateTime),
    /// With the last instance at this instant or before.
    Instant(Timestamp),
    /// Not known yet: the rule goes on until further notice.
    FurtherNotice,
}

/// What is written behind a rule that goes on until further notice.
const FURTHER_NOTICE: &str = " until further notice";

/// A weekday with an optional ordinal: `2TU`, `-1FR`. RFC 5545: weekdaynum
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekdayNum {
    /// Which one in the month or year: 2 is the second, -1 the last.
    pub nth: Option<i8>,
    /// The weekday.
    pub weekday: Weekday,
}

/// A recurrence rule as written.
///
/// ```
/// use convene::definition::RecurrenceRule;
///
/// let rule = RecurrenceRule::try_from("FREQ=MONTHLY;BYDAY=2TU;COUNT=6".to_owned()).expect("a rule");
/// assert_eq!(rule.weekdays[0].code(), "2TU");
/// assert!(RecurrenceRule::try_from("FREQ=SECONDLY".to_owned()).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct RecurrenceRule {
    /// FREQ.
    pub frequency: Frequency,
    /// INTERVAL, 1 or more.
    pub interval: u16,
    /// COUNT, UNTIL or `until further notice`. A rule without any of them is reported later.
    pub end: Option<RuleEnd>,
    /// BYMONTH.
    pub months: Vec<i16>,
    /// BYMONTHDAY.
    pub month_days: Vec<i16>,
    /// BYYEARDAY.
    pub year_days: Vec<i16>,
    /// BYWEEKNO.
    pub weeks: Vec<i16>,
    /// BYDAY.
    pub weekdays: Vec<WeekdayNum>,
    /// BYSETPOS.
    pub positions: Vec<i16>,
    /// WKST.
    pub week_start: Weekday,
}

/// The codes of the weekdays, from Monday on.
const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
impl WeekdayNum {
    /// Returns the RFC 5545 form: `TU`, `-1FR`.
    pub fn code(&self) -> String {
        let code = WEEKDAYS[usize::from(self.weekday.to_monday_zero_offset().unsigned_abs()) % 7];
        self.nth.map_or_else(|| code.to_owned(), |nth| format!("{nth}{code}"))
    }
}

const KEYS: [&str; 11] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYDAY",
    "BYSETPOS",
    "WKST",
];

impl Scalar for RecurrenceRule {
    const NAME: &'static str = "rule";
    const EXPECTED: &'static str = "a rule such as FREQ=WEEKLY;INTERVAL=2;COUNT=8";
    const PATTERN: &'static str = "^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL|COUNT|UNTIL|BYMONTH|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYDAY|BYSETPOS|WKST)=[-+0-9A-Z,]+)*( until further notice)?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let mut rule = Self {
            frequency: Frequency::Daily,
            interval: 1,
            end: None,
            months: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            weekdays: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        };
        if !text.contains('=') {
            let form = "write FREQ=DAILY, FREQ=WEEKLY or FREQ=MONTHLY with COUNT or UNTIL, such as FREQ=WEEKLY;COUNT=8";
            return Err(Some(form.to_owned()));
        }
        let mut seen: Vec<&str> = Vec::new();
        let endless = text.strip_suffix(FURTHER_NOTICE);
        let parts = endless.unwrap_or(text).trim_end();
        for part in parts.strip_prefix("RRULE:").unwrap_or(parts).split(';') {
            let (key, value) =
                part.split_once('=').ok_or_else(|| Some(format!("`{}` is not KEY=VALUE", crate::text::line(part))))?;
            if seen.contains(&key) {
                return Err(Some(format!("duplicate {}", crate::text::line(key))));
            }
            rule.set_part(key, value)?;
            if seen.is_empty() && key != "FREQ" {
                return Err(Some("begin the rule with FREQ=".to_owned()));
            }
            seen.push(key);
        }
        if seen.contains(&"COUNT") && seen.contains(&"UNTIL") {
            return Err(Some("write COUNT or UNTIL, not both".to_owned()));
        }
        if endless.is_some() && rule.end.replace(RuleEnd::FurtherNotice).is_some() {
            return Err(Some("write COUNT, UNTIL or `until further notice`, one of them".to_owned()));
        }
        rule.contradiction().map_or(Ok(rule), |fault| Err(Some(fault.to_owned())))
    }
}

impl From<RecurrenceRule> for String {
    fn from(rule: RecurrenceRule) -> Self {
        let end = match rule.end {
            None => return rule.to_rrule(None),
            Some(RuleEnd::FurtherNotice) => return rule.to_rrule(None) + FURTHER_NOTICE,
            Some(RuleEnd::Count(count)) => format!("COUNT={count}"),
            Some(RuleEnd::Day(date)) => date.strftime("UNTIL=%Y%m%d").to_string(),
            Some(RuleEnd::Wall(wall)) => wall.strftime("UNTIL=%Y%m%dT%H%M%S").to_string(),
            Some(RuleEnd::Instant(instant)) => instant.strftime("UNTIL=%Y%m%dT%H%M%SZ").to_string(),
        };
        rule.to_rrule(Some(&end))
    }
}

impl TryFrom<String> for RecurrenceRule {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::from_text(&text).map_err(|help| format!("invalid rule `{text}`: {}", help.unwrap_or_default()))
    }
}

impl RecurrenceRule {
    /// Returns `true` if it goes on until further notice.
    pub fn is_until_further_notice(&self) -> bool {
        self.end == Some(RuleEnd::FurtherNotice)
    }

    /// Returns `true` if both give the same dates, apart from where they end.
    pub fn is_same_except_end(&self, other: &Self) -> bool {
        Self { end: None, ..self.clone() } == Self { end: None, ..other.clone() }
    }

    /// Returns the RFC 5545 form, with its parts in a fixed order. `end` is the COUNT or UNTIL part to write, if any.
    /// WKST is written wherever it matters: clients.md F4
    pub fn to_rrule(&self, end: Option<&str>) -> String {
        let frequency = match self.frequency {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        };
        let mut parts = vec![format!("FREQ={frequency}")];
        if self.interval > 1 {
            parts.push(format!("INTERVAL={}", self.interval));
        }
        parts.extend(end.map(str::to_owned));
        let lists = [
            ("BYMONTH", &self.months),
            ("BYWEEKNO", &self.weeks),
            ("BYYEARDAY", &self.year_days),
            ("BYMONTHDAY", &self.month_days),
        ];
        let joined = |numbers: &[i16]| numbers.iter().map(i16::to_string).collect::<Vec<_>>().join(",");
        let lists_used = lists.into_iter().filter(|(_, numbers)| !numbers.is_empty());
        parts.extend(lists_used.map(|(key, numbers)| format!("{key}={}", joined(numbers))));
        if !self.weekdays.is_empty() {
            let codes: Vec<String> = self.weekdays.iter().map(WeekdayNum::code).collect();
            parts.push(format!("BYDAY={}", codes.join(",")));
        }
        if !self.positions.is_empty() {
            parts.push(format!("BYSETPOS={}", joined(&self.positions)));
        }
        let skips_weeks = self.frequency == Frequency::Weekly && self.interval > 1;
        if skips_weeks || self.week_start != Weekday::Monday {
            parts.push(format!("WKST={}", WeekdayNum { nth: None, weekday: self.week_start }.code()));
        }
        parts.join(";")
    }

    fn set_part(&mut self, key: &str, value: &str) -> Result<(), Option<String>> {
        match key {
            "FREQ" => self.frequency = frequency(value)?,
            "INTERVAL" => self.interval = number(value, 1, 366)?.unsigned_abs(),
            "COUNT" => self.end = Some(RuleEnd::Count(count(value)?)),
            "UNTIL" => self.end = Some(until(value)?),
            "BYMONTH" => self.months = numbers(value, 1, 12)?,
            "BYMONTHDAY" => self.month_days = signed(value, 31)?,
            "BYYEARDAY" => self.year_days = signed(value, 366)?,
            "BYWEEKNO" => self.weeks = weeks(value)?,
            "BYSETPOS" => self.positions = signed(value, 366)?,
            "BYDAY" => self.weekdays = list(value, on_weekday)?,
            "WKST" => self.week_start = weekday(value)?,
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => {
                return Err(Some(format!("{key} is not supported: `at:` has the hour")));
            }
            _ => return Err(crate::problem::suggestion(key, &KEYS)),
        }
        Ok(())
    }

    /// Returns what contradicts itself in the rule. Source: RFC 5545 3.3.10, notes on each part.
    fn contradiction(&self) -> Option<&'static str> {
        let has_nth = self.weekdays.iter().any(|day| day.nth.is_some());
        let is_by = !(self.months.is_empty()
            && self.month_days.is_empty()
            && self.year_days.is_empty()
            && self.weeks.is_empty()
            && self.weekdays.is_empty());
        if has_nth && !matches!(self.frequency, Frequency::Monthly | Frequency::Yearly) {
            return Some("a weekday with a number (2TU) needs FREQ=MONTHLY or FREQ=YEARLY");
        }
        if has_nth && !self.weeks.is_empty() {
            return Some("a weekday with a number (2TU) does not go with BYWEEKNO");
        }
        if !self.month_days.is_empty() && self.frequency == Frequency::Weekly {
            return Some("BYMONTHDAY does not go with FREQ=WEEKLY");
        }
        if !self.year_days.is_empty() && self.frequency != Frequency::Yearly {
            return Some("BYYEARDAY needs FREQ=YEARLY");
        }
        if !self.weeks.is_empty() && self.frequency != Frequency::Yearly {
            return Some("BYWEEKNO needs FREQ=YEARLY");
        }
        if !self.positions.is_empty() && !is_by {
            return Some("BYSETPOS needs another BY… part to select from");
        }
        None
    }
}
