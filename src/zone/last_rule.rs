//! What the time zone database says of a zone from its last change of law on. Source: the footer of RFC 9636.

use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use tz::timezone::{RuleDay, TransitionRule};

/// What the database says of a zone from its last change of law on. Source: the footer of RFC 9636.
#[derive(Clone, Debug)]
pub struct LastRule {
    /// The offset that is in force outside summer time, or always. The lower of the two.
    pub standard: Observance,
    /// The offset of summer time, where the rule has two. The higher of the two, also in Dublin, where the law
    /// calls it the standard one. clients.md E10
    pub daylight: Option<Observance>,
    zone: TimeZone,
}

/// One of the offsets that a rule goes through in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observance {
    /// The zone's abbreviation while it holds, `CEST` or `+03`.
    pub abbreviation: String,
    /// Seconds east of Greenwich while it holds.
    pub offset: i32,
    /// Seconds east of Greenwich before it begins.
    pub offset_before: i32,
    /// When it begins, each year; none where it always holds.
    pub onset: Option<Onset>,
}

/// The day and hour at which an offset begins each year, on the clock as it stood before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Onset {
    /// The `nth` (1 to 4, or -1 for the last) `weekday` (0 is Sunday) of a month, that many seconds after midnight.
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
    /// A day that a month, a weekday and an ordinal cannot say, such as the Friday after the fourth Thursday.
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

    /// Whether it fits clients.md E6: at most two observances, each on an nth weekday of a month.
    pub fn is_sayable(&self) -> bool {
        let fits = |observance: &Observance| !matches!(observance.onset, Some(Onset::Other));
        fits(&self.standard) && self.daylight.as_ref().is_none_or(fits)
    }

    /// The offset that the rule alone gives at an instant, as if it had always held.
    pub fn offset(&self, instant: Timestamp) -> Offset {
        self.zone.to_offset(instant)
    }

    /// Whether the wall clock at this instant shows what it shows at no other, under the rule alone.
    pub fn is_unambiguous(&self, instant: Timestamp) -> bool {
        let wall = self.offset(instant).to_datetime(instant);
        matches!(self.zone.to_ambiguous_timestamp(wall).offset(), AmbiguousOffset::Unambiguous { .. })
    }

    /// The instants in the range at which the rule alone changes the offset, in order.
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

/// The rule behind the last newline but one of a file of the database. Source: RFC 9636 section 3.3
fn footer(data: &[u8]) -> Option<&str> {
    let text = data.strip_suffix(b"\n")?;
    let start = text.iter().rposition(|octet| *octet == b'\n')? + 1;
    std::str::from_utf8(&text[start..]).ok().filter(|footer| !footer.is_empty())
}
