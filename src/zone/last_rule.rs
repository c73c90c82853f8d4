//! The last rule of a time zone: what holds from its last change of law on. Source: the footer of RFC 9636.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use tz::timezone::{RuleDay, TransitionRule};

/// The rule that holds in a zone from its last change of law on. Source: the footer of RFC 9636.
#[derive(Clone, Debug)]
pub struct LastRule {
    /// The offset outside summer time, or all year: the lower of the two.
    pub standard: Observance,
    /// The offset of summer time, if the rule has one: the higher of the two, even in Dublin, where the law calls it
    /// standard time. clients.md E10
    pub daylight: Option<Observance>,
    zone: TimeZone,
}

/// One of the offsets of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observance {
    /// The abbreviation while it is in force: `CEST` or `+03`.
    pub abbreviation: String,
    /// Seconds east of Greenwich while it is in force.
    pub offset: i32,
    /// Seconds east of Greenwich before it begins.
    pub offset_before: i32,
    /// When it begins each year; `None` if it is always in force.
    pub onset: Option<Onset>,
}

/// The day and hour at which an offset begins each year, on the clock before the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Onset {
    /// The `nth` weekday of a month.
    Weekday {
        /// 1 to 12.
        month: i8,
        /// 0 is Sunday.
        weekday: i8,
        /// 1 to 4, or -1: the last.
        nth: i8,
        /// Seconds after midnight, from 0 to 86,399.
        seconds: i32,
    },
    /// A day that cannot be written as an nth weekday, such as the Friday after the fourth Thursday.
    Other,
}

impl LastRule {
    pub(super) fn from_tzif(data: &[u8]) -> Option<Self> {
        let footer = footer(data)?;
        let zone = TimeZone::posix(footer).ok()?;
        match (*tz::TimeZone::from_tz_data(data).ok()?.as_ref().extra_rule())? {
            TransitionRule::Fixed(fixed) => {
                let always = Observance {
                    abbreviation: fixed.time_zone_designation().to_owned(),
                    offset: fixed.ut_offset(),
                    offset_before: fixed.ut_offset(),
                    onset: None,
                };
                Some(Self { standard: always, daylight: None, zone })
            }
            TransitionRule::Alternate(rule) => {
                let begins =
                    |this: &tz::LocalTimeType, before: &tz::LocalTimeType, day: &RuleDay, seconds| Observance {
                        abbreviation: this.time_zone_designation().to_owned(),
                        offset: this.ut_offset(),
                        offset_before: before.ut_offset(),
                        onset: Some(Onset::from_rule(*day, seconds)),
                    };
                let (std, dst) = (rule.std(), rule.dst());
                let named_standard = begins(std, dst, rule.dst_end(), rule.dst_end_time());
                let named_daylight = begins(dst, std, rule.dst_start(), rule.dst_start_time());
                let (standard, daylight) = if named_standard.offset <= named_daylight.offset {
                    (named_standard, named_daylight)
                } else {
                    (named_daylight, named_standard)
                };
                Some(Self { standard, daylight: Some(daylight), zone })
            }
        }
    }

    /// Returns `true` if the rule fits a VTIMEZONE: at most two observances, each on an nth weekday of a month.
    /// clients.md E6
    pub fn fits_vtimezone(&self) -> bool {
        let fits = |observance: &Observance| !matches!(observance.onset, Some(Onset::Other));
        fits(&self.standard) && self.daylight.as_ref().is_none_or(fits)
    }

    /// Returns the offset of the rule at an instant, as if it had always been in force.
    pub fn offset(&self, instant: Timestamp) -> Offset {
        self.zone.to_offset(instant)
    }

    /// Returns `true` if the wall clock shows this time once, according to the rule.
    pub fn is_unambiguous(&self, wall: DateTime) -> bool {
        matches!(self.zone.to_ambiguous_timestamp(wall).offset(), AmbiguousOffset::Unambiguous { .. })
    }

    /// Returns the instants in the range at which the rule changes the offset, in order.
    pub fn transitions(&self, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        super::transitions(&self.zone, from, until)
    }
}

impl Onset {
    fn from_rule(day: RuleDay, seconds: i32) -> Self {
        match day {
            RuleDay::MonthWeekDay(day) if (0..86_400).contains(&seconds) => {
                let small = |number: u8| i8::try_from(number).unwrap_or(i8::MAX);
                let nth = if day.week() == 5 { -1 } else { small(day.week()) };
                Self::Weekday { month: small(day.month()), weekday: small(day.week_day()), nth, seconds }
            }
            _ => Self::Other,
        }
    }
}

/// Returns the POSIX TZ string before the last newline of a `TZif` file. Source: RFC 9636 section 3.3
fn footer(data: &[u8]) -> Option<&str> {
    let text = data.strip_suffix(b"\n")?;
    let start = text.iter().rposition(|byte| *byte == b'\n')? + 1;
    std::str::from_utf8(&text[start..]).ok().filter(|footer| !footer.is_empty())
}
