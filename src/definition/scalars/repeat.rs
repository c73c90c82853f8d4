//! Rules of repetition: the part of RFC 5545's grammar that meetings need, read strictly.
//!
//! What would cost time or memory without bound (`FREQ=SECONDLY`, long lists) is refused here, before anything computes
//! with it. Source: RFC 5545 3.3.10.

mod values;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use serde::{Deserialize, Serialize};

use super::Scalar;
use values::{count, frequency, list, number, numbers, on_weekday, signed, until, weekday};

/// How often.
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

/// Where a rule ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// After so many instances.
    Count(u32),
    /// With the last one on this day or before.
    Day(Date),
    /// With the last one at this time on the wall clock, or before.
    Wall(DateTime),
    /// With the last one at this instant or before.
    Instant(Timestamp),
}

/// A weekday, with which of its kind where that is said: `2TU`, `-1FR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnWeekday {
    /// The second, or the last (-1).
    pub nth: Option<i8>,
    /// The weekday.
    pub weekday: Weekday,
}

/// A rule as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Repeat {
    /// How often.
    pub frequency: Frequency,
    /// Every so many days, weeks, months or years; from 1 up.
    pub interval: u16,
    /// Where it ends; a rule without an end is one to report.
    pub limit: Option<Limit>,
    /// BYMONTH.
    pub months: Vec<i16>,
    /// BYMONTHDAY.
    pub month_days: Vec<i16>,
    /// BYYEARDAY.
    pub year_days: Vec<i16>,
    /// BYWEEKNO.
    pub weeks: Vec<i16>,
    /// BYDAY.
    pub weekdays: Vec<OnWeekday>,
    /// BYSETPOS.
    pub positions: Vec<i16>,
    /// WKST.
    pub week_start: Weekday,
}

/// The codes of the weekdays, from Monday on.
const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
impl OnWeekday {
    /// As RFC 5545 writes it: `TU`, `-1FR`.
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

impl Scalar for Repeat {
    const EXPECTED: &'static str = "a rule such as FREQ=WEEKLY;INTERVAL=2;COUNT=8";
    const PATTERN: &'static str = "^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL|COUNT|UNTIL|BYMONTH|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYDAY|BYSETPOS|WKST)=[-+0-9A-Z,]+)*$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let mut rule = Self {
            frequency: Frequency::Daily,
            interval: 1,
            limit: None,
            months: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            weekdays: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        };
        let mut seen: Vec<&str> = Vec::new();
        for part in typed.strip_prefix("RRULE:").unwrap_or(typed).split(';') {
            let (key, value) =
                part.split_once('=').ok_or_else(|| Some(format!("`{}` is no KEY=VALUE", crate::text::line(part))))?;
            if seen.contains(&key) {
                return Err(Some(format!("{} stands twice", crate::text::line(key))));
            }
            rule.set(key, value)?;
            if seen.is_empty() && key != "FREQ" {
                return Err(Some("begin with FREQ=".to_owned()));
            }
            seen.push(key);
        }
        if seen.contains(&"COUNT") && seen.contains(&"UNTIL") {
            return Err(Some("a rule has COUNT or UNTIL, not both".to_owned()));
        }
        rule.fits_together().map_or(Ok(rule), |fault| Err(Some(fault.to_owned())))
    }
}

impl From<Repeat> for String {
    fn from(rule: Repeat) -> Self {
        let end = rule.limit.map(|limit| match limit {
            Limit::Count(count) => format!("COUNT={count}"),
            Limit::Day(date) => date.strftime("UNTIL=%Y%m%d").to_string(),
            Limit::Wall(wall) => wall.strftime("UNTIL=%Y%m%dT%H%M%S").to_string(),
            Limit::Instant(instant) => instant.strftime("UNTIL=%Y%m%dT%H%M%SZ").to_string(),
        });
        rule.text(end.as_deref())
    }
}

impl TryFrom<String> for Repeat {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::from_typed(&text).map_err(|help| format!("`{text}` is no rule: {}", help.unwrap_or_default()))
    }
}

impl Repeat {
    /// The rule as RFC 5545 writes it, each part in the same place always, with an end (`COUNT=8`) or without. WKST is
    /// said wherever it matters: clients.md F4
    pub fn text(&self, end: Option<&str>) -> String {
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
        let said = lists.into_iter().filter(|(_, numbers)| !numbers.is_empty());
        parts.extend(said.map(|(key, numbers)| format!("{key}={}", joined(numbers))));
        if !self.weekdays.is_empty() {
            let codes: Vec<String> = self.weekdays.iter().map(OnWeekday::code).collect();
            parts.push(format!("BYDAY={}", codes.join(",")));
        }
        if !self.positions.is_empty() {
            parts.push(format!("BYSETPOS={}", joined(&self.positions)));
        }
        let skips_weeks = self.frequency == Frequency::Weekly && self.interval > 1;
        if skips_weeks || self.week_start != Weekday::Monday {
            parts.push(format!("WKST={}", OnWeekday { nth: None, weekday: self.week_start }.code()));
        }
        parts.join(";")
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), Option<String>> {
        match key {
            "FREQ" => self.frequency = frequency(value)?,
            "INTERVAL" => self.interval = number(value, 1, 366)?.unsigned_abs(),
            "COUNT" => self.limit = Some(Limit::Count(count(value)?)),
            "UNTIL" => self.limit = Some(until(value)?),
            "BYMONTH" => self.months = numbers(value, 1, 12)?,
            "BYMONTHDAY" => self.month_days = signed(value, 31)?,
            "BYYEARDAY" => self.year_days = signed(value, 366)?,
            "BYWEEKNO" => self.weeks = signed(value, 53)?,
            "BYSETPOS" => self.positions = signed(value, 366)?,
            "BYDAY" => self.weekdays = list(value, on_weekday)?,
            "WKST" => self.week_start = weekday(value)?,
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => {
                return Err(Some(format!("{key} is not used: `at:` says the hour")));
            }
            _ => return Err(crate::problem::suggestion(key, &KEYS)),
        }
        Ok(())
    }

    /// What of it contradicts the rest. Source: RFC 5545 3.3.10, notes on each part.
    fn fits_together(&self) -> Option<&'static str> {
        let has_nth = self.weekdays.iter().any(|day| day.nth.is_some());
        let is_by = !(self.months.is_empty()
            && self.month_days.is_empty()
            && self.year_days.is_empty()
            && self.weeks.is_empty()
            && self.weekdays.is_empty());
        if has_nth && !matches!(self.frequency, Frequency::Monthly | Frequency::Yearly) {
            return Some("a weekday has a number (2TU) in rules by month or by year only");
        }
        if has_nth && !self.weeks.is_empty() {
            return Some("a weekday has no number (2TU) beside BYWEEKNO");
        }
        if !self.month_days.is_empty() && self.frequency == Frequency::Weekly {
            return Some("BYMONTHDAY does not go with FREQ=WEEKLY");
        }
        if !self.year_days.is_empty() && self.frequency != Frequency::Yearly {
            return Some("BYYEARDAY goes with FREQ=YEARLY only");
        }
        if !self.weeks.is_empty() && self.frequency != Frequency::Yearly {
            return Some("BYWEEKNO goes with FREQ=YEARLY only");
        }
        if !self.positions.is_empty() && !is_by {
            return Some("BYSETPOS picks from what another BY… gives: add one");
        }
        None
    }
}
