//! What readers call a time zone: `Geneva time`.

use super::Messages;

/// What a time zone is called.
pub(super) enum ZoneName<'z> {
    Utc,
    /// The last zone to reach a day. Source: IEEE P802.16, which calls it "anywhere on earth"
    AnywhereOnEarth,
    /// After the city whose time it is.
    City(&'z str),
    /// By its name in the IANA database.
    Database(&'z str),
}

impl<'z> ZoneName<'z> {
    /// Chooses the name of a zone of the IANA database, which is that of a city or not.
    pub(super) fn new(zone: &'z str, city: Option<&'z str>) -> Self {
        match zone {
            "UTC" | "Etc/UTC" | "Etc/UCT" | "Etc/Zulu" | "Etc/GMT" => Self::Utc,
            "Etc/GMT+12" => Self::AnywhereOnEarth,
            _ => city.map_or(Self::Database(zone), Self::City),
        }
    }
}

/// Returns whose time a zone has, as the label of a timetable: `Geneva time`.
pub fn clock_name(zone: &str, city: Option<&str>, messages: Messages) -> String {
    match ZoneName::new(zone, city) {
        ZoneName::Utc => messages.format("clock-utc", &[]),
        ZoneName::AnywhereOnEarth => messages.format("clock-anywhere", &[]),
        ZoneName::City(city) => messages.format("clock-of-place", &[("place", city)]),
        ZoneName::Database(zone) => messages.format("clock-of-zone", &[("zone", zone)]),
    }
}
