//! Golden feeds, compared as bytes: `tests/golden/CASE/feeds/…` are the feeds of `tests/golden/CASE/meetings`.
//!
//! A case without a folder `meetings` uses the repository's own. `instant` is the instant of its release. `more`
//! lists addresses to keep beside those without a language, or `only` the only ones to keep. `CONVENE_BLESS=1 cargo
//! test golden` writes the feeds anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use convene::definition::DefinitionFile;
use convene::icalendar;
use convene::store::digest;
use convene::text::UiLanguage;

use crate::support::cases::cases;
use crate::support::{addresses, files, get, release, repository, site, tree, write_file};

#[test]
fn feeds_are_the_golden_bytes() {
    let bless = std::env::var_os("CONVENE_BLESS").is_some();
    for case in cases() {
        let kept = case.kept(&case.release());
        if bless {
            write(&case.feeds(), &kept);
        }
        let golden: Vec<String> = tree(&case.feeds());
        assert_eq!(golden, kept.keys().cloned().collect::<Vec<_>>(), "the golden files of {}", case.name);
        for (name, bytes) in &kept {
            let golden = fs::read(case.feeds().join(name)).expect("a golden file");
            if golden != *bytes {
                let (golden, bytes) = (String::from_utf8_lossy(&golden), String::from_utf8_lossy(bytes));
                let first = golden.lines().zip(bytes.lines()).position(|(golden, now)| golden != now);
                let line = first.unwrap_or(golden.lines().count().min(bytes.lines().count()));
                panic!(
                    "{}/feeds/{name} differs from line {}\n  golden: {:?}\n  now:    {:?}",
                    case.name,
                    line + 1,
                    golden.lines().nth(line),
                    bytes.lines().nth(line)
                );
            }
        }
    }
}

fn write(folder: &Path, kept: &BTreeMap<String, Vec<u8>>) {
    let _ = fs::remove_dir_all(folder);
    for (name, bytes) in kept {
        write_file(&folder.join(name), bytes);
    }
}

#[test]
fn the_order_in_which_files_are_read_changes_no_byte() {
    for case in cases() {
        let mut shuffled = files(&case.meetings);
        let as_read = case.kept(&release(shuffled.clone(), &case.instant));
        shuffled.reverse();
        assert_eq!(as_read, case.kept(&release(shuffled.clone(), &case.instant)), "{} reversed", case.name);
        let middle = shuffled.len() / 2;
        shuffled.rotate_left(middle);
        assert_eq!(as_read, case.kept(&release(shuffled, &case.instant)), "{} rotated", case.name);
    }
}

/// Another renderer makes other bytes from the same definitions. Each release records its renderer, and events that
/// come out differently get new stamps. `tests/golden/renderers` has for each case its renderer, definitions and
/// feeds, and in its last line the languages of convene's own texts.
#[test]
fn other_bytes_are_another_renderers() {
    let file = repository().join("tests/golden/renderers");
    let number = icalendar::renderer_version().split('/').next().map(str::to_owned).expect("a number");
    let known = fs::read_to_string(&file).unwrap_or_default();
    let mut all: Vec<(String, String, String)> = Vec::new();
    for case in cases() {
        let kept = case.kept(&case.release());
        let kept = kept.into_iter().map(|(path, bytes)| DefinitionFile::new(path, bytes)).collect::<Vec<_>>();
        all.push((case.name, digest(&files(&case.meetings)), digest(&kept)));
    }
    // A study group that lists another language gets convene's own texts in that language, once there are any.
    let tags: Vec<&str> = UiLanguage::ALL.iter().map(|language| language.tag()).collect();
    all.push(("convene's-own-texts".to_owned(), "in".to_owned(), tags.join(",")));
    let mut lines = String::new();
    for (name, definitions, feeds) in all {
        let line = known.lines().find(|line| line.starts_with(&format!("{name} ")));
        let parts: Vec<&str> = line.unwrap_or_default().split(' ').collect();
        if let [_, made_by, defined, gave] = parts[..] {
            let is_other = defined == definitions && gave != feeds;
            assert!(!is_other || made_by != number, "{name}: raise the number of the renderer in src/icalendar.rs");
        }
        writeln!(lines, "{name} {number} {definitions} {feeds}").expect("to memory");
    }
    if std::env::var_os("CONVENE_BLESS").is_some() {
        fs::write(&file, &lines).expect("to write");
    }
    assert_eq!(fs::read_to_string(&file).expect("tests/golden/renderers"), lines, "write it anew with CONVENE_BLESS=1");
}

/// Rules for the bytes of every feed. clients.md A to G and L
#[test]
fn every_feed_keeps_the_rules_of_the_bytes() {
    for case in cases() {
        let release = case.release();
        let service = site(&release);
        for (name, path) in addresses(&release) {
            let body = get(&service, &path).body;
            rules::check(&format!("{}: {name}", case.name), &body);
        }
    }
}

#[test]
fn an_event_has_the_same_bytes_in_every_public_feed_of_a_language() {
    for case in cases() {
        let release = case.release();
        let service = site(&release);
        let mut events: BTreeMap<String, (String, String)> = BTreeMap::new();
        for (path, _) in convene::feed::addresses(&release.timetable) {
            let body = get(&service, &format!("/{path}.ics"));
            for event in body.text().split("BEGIN:VEVENT\r\n").skip(1) {
                let value = |key: &str| event.lines().find_map(|line| line.strip_prefix(key)).map(str::to_owned);
                let uid = value("UID:").expect("a UID") + &value("RECURRENCE-ID").unwrap_or_default();
                let event = event.split("END:VEVENT\r\n").next().expect("an event").to_owned();
                let (first, known) = events.entry(uid).or_insert_with(|| (path.clone(), event.clone()));
                assert_eq!(*known, event, "{}: {first} and {path}", case.name);
            }
        }
    }
}

/// Checks the rules as a reader who knows nothing of convene would.
mod rules {
    use std::collections::BTreeSet;

    /// Panics at the first broken rule.
    pub fn check(name: &str, body: &[u8]) {
        let text = std::str::from_utf8(body).unwrap_or_else(|_| panic!("{name}: A3"));
        assert!(!text.starts_with('\u{FEFF}') && text.ends_with("END:VCALENDAR\r\n"), "{name}: A1, A3");
        for line in text.split_inclusive("\r\n") {
            let line = line.strip_suffix("\r\n").unwrap_or_else(|| panic!("{name}: A1 {line:?}"));
            assert!(line.len() <= 75, "{name}: A2 {line:?}");
            assert!(!line.chars().any(char::is_control), "{name}: A5 {line:?}");
        }
        let unfolded = text.replace("\r\n ", "");
        let lines: Vec<&str> = unfolded.split_terminator("\r\n").collect();
        assert_eq!(&lines[..2], ["BEGIN:VCALENDAR", "VERSION:2.0"], "{name}: B2");
        assert_eq!(lines.iter().filter(|line| **line == "BEGIN:VCALENDAR").count(), 1, "{name}: B1");
        for once in ["PRODID:", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:", "X-WR-CALNAME:"] {
            assert_eq!(lines.iter().filter(|line| line.starts_with(once)).count(), 1, "{name}: B {once}");
        }
        assert!(lines.contains(&"REFRESH-INTERVAL;VALUE=DURATION:PT1H"), "{name}: B8");
        assert!(lines.contains(&"X-PUBLISHED-TTL:PT1H"), "{name}: B8");
        let declared: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("TZID:")).collect();
        let used: BTreeSet<&str> = lines
            .iter()
            .filter_map(|line| line.split_once(";TZID=").and_then(|(_, rest)| rest.split_once(':')))
            .map(|(zone, _)| zone)
            .collect();
        assert_eq!(declared, used.into_iter().collect::<Vec<_>>(), "{name}: E4");
        zones(name, &lines);
        events(name, &lines);
    }

    fn blocks<'a>(lines: &'a [&'a str], kind: &str) -> Vec<&'a [&'a str]> {
        let (begin, end) = (format!("BEGIN:{kind}"), format!("END:{kind}"));
        let begins = lines.iter().enumerate().filter(|(_, line)| **line == begin).map(|(at, _)| at);
        begins
            .map(|at| {
                let length = lines[at..].iter().position(|line| *line == end).expect("an end");
                &lines[at + 1..at + length]
            })
            .collect()
    }

    fn value<'a>(block: &[&'a str], key: &str) -> Option<&'a str> {
        block.iter().find_map(|line| {
            let rest = line.strip_prefix(key)?;
            rest.starts_with([':', ';']).then(|| rest.split_once(':').map(|(_, value)| value)).flatten()
        })
    }

    fn zones(name: &str, lines: &[&str]) {
        let last_zone = lines.iter().rposition(|line| *line == "END:VTIMEZONE").unwrap_or(0);
        let first_event = lines.iter().position(|line| *line == "BEGIN:VEVENT").unwrap_or_else(|| panic!("{name}: B5"));
        assert!(last_zone < first_event, "{name}: A9");
        for zone in blocks(lines, "VTIMEZONE") {
            assert_eq!(blocks(zone, "STANDARD").len(), 1, "{name}: E6, E8");
            assert!(blocks(zone, "DAYLIGHT").len() <= 1, "{name}: E6");
            for observance in blocks(zone, "STANDARD").into_iter().chain(blocks(zone, "DAYLIGHT")) {
                assert!(value(observance, "DTSTART").is_some_and(|start| start.starts_with("1970")), "{name}: E7");
                for key in ["TZOFFSETFROM", "TZOFFSETTO", "TZNAME"] {
                    assert!(value(observance, key).is_some(), "{name}: E6 {key}");
                }
                let is_single = blocks(zone, "DAYLIGHT").is_empty();
                assert_eq!(value(observance, "RRULE").is_none(), is_single, "{name}: E6, E8");
            }
        }
    }

    fn events(name: &str, lines: &[&str]) {
        let mut uids = BTreeSet::new();
        for event in blocks(lines, "VEVENT") {
            let field = |key: &str| value(event, key).unwrap_or_else(|| panic!("{name}: an event without {key}"));
            let exception = value(event, "RECURRENCE-ID");
            assert!(uids.insert((field("UID"), exception)), "{name}: C3");
            let plain = |octet: u8| octet.is_ascii_lowercase() || octet.is_ascii_digit() || b".@-".contains(&octet);
            let is_foreign = field("UID").starts_with("Foreign{");
            assert!(field("UID").len() <= 255 && (field("UID").bytes().all(plain) || is_foreign), "{name}: C5");
            let master = blocks(lines, "VEVENT")
                .into_iter()
                .find(|master| value(master, "UID") == Some(field("UID")) && value(master, "RRULE").is_some());
            match (exception, value(event, "RRULE")) {
                (Some(_), None) => {
                    let master = master.unwrap_or_else(|| panic!("{name}: F9"));
                    assert_eq!(form_of(event, "RECURRENCE-ID"), form_of(master, "DTSTART"), "{name}: F8");
                    assert!(uids.contains(&(field("UID"), None)), "{name}: A9, the series before its exceptions");
                }
                (None, Some(rule)) => series(name, event, rule),
                (None, None) => assert!(master.is_none() && value(event, "EXDATE").is_none(), "{name}: F8"),
                (Some(_), Some(_)) => panic!("{name}: F8, a rule in an exception"),
            }
            assert_eq!(field("DTSTAMP"), field("LAST-MODIFIED"), "{name}: D6");
            for key in ["DTSTAMP", "LAST-MODIFIED", "CREATED"] {
                assert!(field(key).ends_with('Z'), "{name}: D8");
            }
            assert!(field("SEQUENCE").parse::<i32>().is_ok(), "{name}: D5");
            assert!(field("DTSTART") < field("DTEND"), "{name}: E11, E13");
            let form = |key: &str| form_of(event, key);
            assert_eq!(form("DTSTART"), form("DTEND"), "{name}: E11");
            let all_day = form("DTSTART") == ";VALUE=DATE";
            let is_placed = form("DTSTART").starts_with(";TZID=") || field("DTSTART").ends_with('Z');
            assert!(all_day || is_placed, "{name}: E1");
            assert!(!field("SUMMARY").is_empty() && !field("SUMMARY").contains("\\n"), "{name}: A8, L1, L5");
            let availability = (field("STATUS"), field("TRANSP"), field("X-MICROSOFT-CDO-BUSYSTATUS"));
            let is_marked = field("SUMMARY").starts_with("Cancelled: ") || field("SUMMARY").starts_with("已取消：");
            let is_deadline = field("SUMMARY").contains(" deadline") || field("SUMMARY").contains("截止日期");
            let expected = match (all_day || is_deadline, availability.0) {
                (_, "CANCELLED") => ("CANCELLED", "TRANSPARENT", "FREE"),
                (_, _) if is_marked => ("CONFIRMED", "TRANSPARENT", "FREE"),
                (true, status) => (status, "TRANSPARENT", "FREE"),
                // Breaks, social events and the like are free.
                (false, status) if availability.1 == "TRANSPARENT" => (status, "TRANSPARENT", "FREE"),
                (false, "TENTATIVE") => ("TENTATIVE", "OPAQUE", "TENTATIVE"),
                (false, _) => ("CONFIRMED", "OPAQUE", "BUSY"),
            };
            assert_eq!(availability, expected, "{name}: E16, G3, G4");
            assert!(availability.0 != "CANCELLED" || is_marked, "{name}: G1");
            assert!(availability.0 != "CANCELLED" || blocks(event, "VALARM").is_empty(), "{name}: G1");
            for never in ["ATTENDEE", "ORGANIZER", "RDATE", "DURATION", "CLASS", "X-ALT-DESC", "ATTACH"] {
                assert!(value(event, never).is_none(), "{name}: {never}");
            }
        }
        assert!(blocks(lines, "VALARM").is_empty() || name.contains("delegate/"), "{name}: G5");
    }

    /// Returns the parameters of a property.
    fn form_of(event: &[&str], key: &str) -> String {
        let line = event.iter().find(|line| line.starts_with(key)).expect("a line");
        let form = line[key.len()..].split(':').next().unwrap_or_default();
        let is_utc = form.is_empty() && line.ends_with('Z');
        if is_utc { "UTC".to_owned() } else { form.to_owned() }
    }

    fn series(name: &str, event: &[&str], rule: &str) {
        let has = |part: &str| rule.split(';').any(|own| own.starts_with(part));
        // One series goes on until further notice.
        let is_endless = event.iter().any(|line| line.starts_with("DTSTART") && line.ends_with(":20260204T200000"));
        let ends = usize::from(has("COUNT=")) + usize::from(has("UNTIL="));
        assert!(ends == usize::from(!is_endless) && !has("COUNT=1;"), "{name}: F2, F3 {rule}");
        for exdate in event.iter().filter(|line| line.starts_with("EXDATE")) {
            assert_eq!(form_of(&[exdate], "EXDATE"), form_of(event, "DTSTART"), "{name}: F5");
            assert!(!exdate.contains(','), "{name}: F6");
        }
        let parts: Vec<&str> = rule.split(';').collect();
        let value = |key: &str| parts.iter().find_map(|part| part.strip_prefix(key));
        let single = |key: &str| value(key).is_none_or(|list| !list.contains(','));
        let is_kept = match value("FREQ=") {
            Some("DAILY") => !has("BY"),
            Some("WEEKLY") => has("BYDAY=") && !has("BYMONTH") && (!has("INTERVAL=") || has("WKST=")),
            Some("MONTHLY" | "YEARLY") => {
                has("BYDAY=") != has("BYMONTHDAY=") && single("BYMONTHDAY=") && (single("BYDAY=") || has("BYSETPOS="))
            }
            _ => false,
        };
        assert!(is_kept && !has("BYWEEKNO") && !has("BYYEARDAY") && !has("BYHOUR"), "{name}: F4 {rule}");
    }
}
