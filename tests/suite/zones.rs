//! Time zones: their offsets, their names, and the times that a VTIMEZONE can express.

use convene::zone::Zone;
use jiff::{Timestamp, ToSpan};

fn instant(written: &str) -> Timestamp {
    written.parse().expect("an instant")
}

/// Zones whose law has changed, and from when on a VTIMEZONE describes them.
#[test]
fn zones_that_a_database_of_2025_gets_wrong_are_right() {
    // (zone, wall clock, the offset in hours that the law gives, whether the event carries a TZID)
    let cases = [
        ("America/Vancouver", "2025-01-15T09:00", -8, false), // before the last change of law: in UTC
        ("America/Vancouver", "2025-07-15T09:00", -7, true),
        ("America/Vancouver", "2027-01-15T09:00", -7, true), // no winter time any more
        ("Africa/Casablanca", "2026-07-15T09:00", 1, false),
        ("Africa/Casablanca", "2027-01-15T09:00", 0, true), // from 20 September 2026 on
        ("Europe/Chisinau", "2026-01-15T09:00", 2, true),
        ("Europe/Chisinau", "2026-07-15T09:00", 3, true),
        ("Europe/Dublin", "2026-01-15T09:00", 0, true),
        ("Europe/Dublin", "2026-07-15T09:00", 1, true),
        ("Europe/Zurich", "2025-01-14T11:00", 1, true),
        ("Europe/Zurich", "2025-07-14T11:00", 2, true),
        ("Asia/Jerusalem", "2026-07-15T09:00", 3, false), // the Friday after the fourth Thursday is no nth Friday
        ("Asia/Gaza", "2026-01-15T09:00", 2, false),
        ("America/Sao_Paulo", "2018-01-15T09:00", -2, false), // clocks changed until 2019
        ("America/Sao_Paulo", "2026-01-15T09:00", -3, true),
        ("UTC", "2026-01-15T09:00", 0, false), // clients.md E5: never TZID=UTC
    ];
    for (name, wall, hours, carries_tzid) in cases {
        let zone = Zone::from_name(name).expect(name);
        let instant = zone.instant(wall.parse().expect("a wall clock time")).expect("a time that the clocks show");
        assert_eq!(zone.offset(instant).seconds(), hours * 3600, "{name} {wall}");
        assert_eq!(zone.fits_vtimezone_at(instant), carries_tzid, "{name} {wall}");
    }
}

/// clients.md L4: no start in a gap or an overlap, neither of the database nor of the rule that readers apply.
#[test]
fn a_repeated_wall_clock_time_is_in_utc() {
    let zone = Zone::from_name("Europe/Zurich").expect("Zurich");
    let back = instant("2026-10-25T01:00:00Z");
    for (minutes, says) in [(-61, true), (-60, false), (-1, false), (0, false), (59, false), (60, true)] {
        let instant = back.checked_add(minutes.minutes()).expect("an instant");
        assert_eq!(zone.fits_vtimezone_at(instant), says, "{minutes} minutes from the change");
    }
}

#[test]
fn unknown_zone_names_are_refused() {
    for name in [
        "CET",
        "EST5EDT",
        "Japan",
        "europe/zurich",
        "Europe/Zürich",
        "+01:00",
        "",
        "Europe/Berne",
        "GMT",
        "US/Eastern",
        "Etc/GMT+5",
        "Etc/GMT",
    ] {
        assert!(Zone::from_name(name).is_none(), "{name}");
    }
    for (older, newer) in [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Australia/ACT", "Australia/Sydney"),
        ("US/Eastern", "America/New_York"),
    ] {
        assert!(Zone::from_name(older).is_none() && Zone::from_name(newer).is_some(), "{older}");
        assert_eq!(Zone::newer_name(older), Some(newer));
    }
    // clients.md E5: only canonical names are offered, and each is in the database.
    let names: Vec<&str> = Zone::names().collect();
    assert!(names.len() > 400 && names.iter().all(|name| Zone::from_name(name).is_some()), "{}", names.len());
    assert!(Zone::from_name("UTC").is_some_and(|zone| zone.is_utc()));
}
