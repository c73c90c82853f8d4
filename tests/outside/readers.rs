//! Third-party parsers read every golden feed and every feed of `meetings/`: none complains, and the occurrences that
//! each sees are those of the timetable.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::Arc;

use calcard::common::IanaString;
use calcard::common::timezone::Tz;
use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use calcard::{Entry, Parser};
use chrono::{NaiveDateTime, TimeZone};
use convene::feed::{EntryIndex, Feed, PathTarget, Selection};
use convene::revision::Release;
use convene::timetable::{CancellationStyle, Group, Status, TimedSpan, When};
use convene::{feed, wording};
use jiff::Timestamp;
use serde_json::Value;

use crate::support::cases::{Case, cases};
use crate::support::series;
use crate::support::{files, get, release, repository, secret, sg12, site};
use crate::tools::{readers, run_with_input};

/// What one parser reads from a feed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Reading {
    complaints: Vec<String>,
    occurrences: Vec<Occurrence>,
}

/// The year up to which occurrences are compared: a series until further notice goes on after the last one that convene
/// has.
const UNTIL: &str = "2034";

/// UID, start, end, whether all day, summary, status.
type Occurrence = (String, String, String, bool, String, String);

/// Returns the occurrences of a feed according to the timetable, in the times that `clock` gives. Does not use the
/// bytes.
fn occurrences_of(
    release: &Release,
    selection: &Selection,
    language: Option<&str>,
    clock: impl Fn(&TimedSpan) -> (String, String),
) -> Vec<Occurrence> {
    let language = language.map(|tag| convene::text::Language::from_tag(tag).expect("a tag"));
    let entry_index = EntryIndex::new(Arc::new(release.clone()), None);
    let feed = Feed::new(&entry_index, selection.clone(), language.as_ref());
    let mut expected: Vec<Occurrence> = Vec::new();
    for entry in feed.entries() {
        let status = match (entry.cancelled(), entry.status()) {
            (Some(_), _) if entry.group.cancelled == CancellationStyle::Status => "CANCELLED",
            (None, Status::Tentative) => "TENTATIVE",
            _ => "CONFIRMED",
        };
        let summary = wording::entry(&entry, &feed.language, None).summary;
        for when in instances(&entry) {
            let (start, end, all_day) = match when {
                When::Timed(span) => {
                    let (start, end) = clock(span);
                    (start, end, false)
                }
                When::AllDay(days) => (days.first().to_string(), days.day_after().to_string(), true),
            };
            expected.push((
                entry.uid().as_str().to_owned(),
                start,
                end,
                all_day,
                summary.to_string(),
                status.to_owned(),
            ));
        }
    }
    expected.sort();
    expected
}

/// Returns when an entry is; for a series, each instance that is neither overridden nor left out.
fn instances<'a>(entry: &'a feed::Entry<'_>) -> Vec<&'a When> {
    let feed::EntryKind::Series(session, _, shown) = &entry.kind else { return vec![entry.when()] };
    let unchanged = session.occurrences.iter().filter(|occurrence| occurrence.overridden_by.is_none());
    unchanged.map(|occurrence| &occurrence.when).filter(|when| !shown.left_out.contains(when)).collect()
}

fn expected(release: &Release, selection: &Selection, language: Option<&str>) -> Vec<Occurrence> {
    let clock = |span: &TimedSpan| (span.start().instant.to_string(), span.end().instant.to_string());
    occurrences_of(release, selection, language, clock)
}

/// Returns what a parser expects that looks up zones by name in the database of 2025 of the crate chrono-tz, and
/// ignores the feed's VTIMEZONE. It differs for zones whose law has changed since.
fn expected_in_2025(release: &Release, selection: &Selection, language: Option<&str>) -> Vec<Occurrence> {
    let clock = |span: &TimedSpan| {
        if span.vtimezone().is_none() {
            return (span.start().instant.to_string(), span.end().instant.to_string());
        }
        let zone: chrono_tz::Tz = span.zone().name().parse().expect("a zone that is as old as 2025");
        let in_2025 = |moment: convene::timetable::Moment| {
            let wall: NaiveDateTime = moment.wall.to_string().parse().expect("a wall clock time");
            let instant = zone.from_local_datetime(&wall).earliest().expect("a time that the clocks show");
            Timestamp::from_second(instant.timestamp()).expect("an instant").to_string()
        };
        (in_2025(span.start()), in_2025(span.end()))
    };
    occurrences_of(release, selection, language, clock)
}

/// A feed to read.
struct ToRead {
    /// The name of its file.
    name: String,
    bytes: Vec<u8>,
    expected: Vec<Occurrence>,
    expected_in_2025: Vec<Occurrence>,
}

/// Returns all feeds to read.
fn everything() -> Vec<ToRead> {
    let case = |case: &Case| (case.name.clone(), case.release(), case.picked());
    let mut releases: Vec<(String, Release, Vec<String>)> = cases().iter().map(case).collect();
    releases.push(("served".to_owned(), sg12(), Vec::new()));
    let recent = release(files(&repository().join("tests/zones-of-2026/meetings")), "2026-08-01T00:00:00Z");
    releases.push((RECENT.to_owned(), recent, Vec::new()));
    let first = release(files(&repository().join("tests/first-instances/meetings")), "2026-01-01T00:00:00Z");
    releases.push((FIRST.to_owned(), first, Vec::new()));
    for zone in series::ZONES {
        let made_up = release(series::files(zone), "2026-01-01T00:00:00Z");
        // calcard reads Casablanca by the law of 2025.
        let name = if zone == "Africa/Casablanca" { RECENT } else { "series-of" };
        releases.push((format!("{name}-{}", zone.replace('/', "-")), made_up, Vec::new()));
    }
    let mut everything = Vec::new();
    for (name, release, picked) in releases {
        let service = site(&release);
        let mut read = |path: String, selection: &Selection, language: Option<&str>| {
            let bytes = get(&service, &path).body;
            everything.push(ToRead {
                name: format!("{name}{path}").replace('/', "~"),
                bytes,
                expected: expected(&release, selection, language),
                expected_in_2025: expected_in_2025(&release, selection, language),
            });
        };
        // Each generated series is read in one feed only.
        let is_made_up = release.timetable.group("sg30").is_some();
        let addresses = feed::addresses(&release.timetable).into_iter();
        let addresses = addresses.filter(|(_, selection)| !is_made_up || matches!(selection, Selection::All(_)));
        for (path, selection) in addresses {
            read(format!("/{path}.ics"), &selection, None);
            for language in &selection.groups(&release.timetable)[0].languages {
                read(format!("/{path}.{language}.ics"), &selection, Some(language.tag()));
            }
        }
        for path in &picked {
            let (group, file) = path.split_once("/follow/").expect("a feed that is picked");
            let stem = file.strip_suffix(".ics").expect("a feed");
            let (names, tag) = stem.split_once('.').map_or((stem, None), |(names, tag)| (names, Some(tag)));
            let group = release.timetable.group(group).expect("a study group");
            let selection = combined(group, names);
            read(format!("/{path}"), &selection, tag);
        }
        for group in &release.timetable.groups {
            for names in picks(group) {
                let selection = combined(group, &names);
                read(format!("/{}/follow/{names}.ics", group.id), &selection, None);
            }
        }
        for delegate in release.timetable.delegates.iter() {
            let token = secret().token(&delegate);
            let selection = Selection::Delegate(Arc::new(delegate));
            read(format!("/delegate/{token}.ics"), &selection, None);
            for language in &selection.groups(&release.timetable)[0].languages {
                read(format!("/delegate/{token}.{language}.ics"), &selection, Some(language.tag()));
            }
        }
    }
    everything
}

/// Returns the selection of a combined feed.
fn combined(group: &Group, names: &str) -> Selection {
    match feed::resolve_follow(group, names) {
        Some(PathTarget::Feed(selection)) => selection,
        other => panic!("{names}: {other:?}"),
    }
}

/// Returns some names for the builder: the first and the last body, and every body with every audience.
fn picks(group: &convene::timetable::Group) -> Vec<String> {
    let bodies: Vec<String> = group.bodies.iter().skip(1).map(|body| body.name.address()).collect();
    let audiences: Vec<String> = group.audiences.iter().map(|audience| audience.id.to_string()).collect();
    let ends = bodies.first().into_iter().chain(bodies.last().filter(|_| bodies.len() > 1)).cloned();
    let all = bodies.iter().chain(&audiences).cloned();
    let mut picks = vec![ends.collect::<Vec<_>>().join("_"), all.collect::<Vec<_>>().join("_")];
    picks.dedup();
    picks.retain(|pick| !pick.is_empty());
    picks
}

/// Runs a parser, which is a program, over files in a folder.
fn outside(command: &mut Command, folder: &std::path::Path, names: &[String]) -> (String, BTreeMap<String, Reading>) {
    let paths: Vec<String> = names.iter().map(|name| folder.join(name).display().to_string()).collect();
    let output: Value = serde_json::from_str(&run_with_input(command, &(paths.join("\n") + "\n"))).expect("JSON");
    let readings = names.iter().zip(&paths).map(|(name, path)| {
        let feed = &output["feeds"][path];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let occurrence = |seen: &Value| {
            let field = |key: &str| text(&seen[key]);
            let all_day = seen["all_day"].as_bool().expect("true or false");
            (field("uid"), field("start"), field("end"), all_day, field("summary"), field("status"))
        };
        let mut occurrences: Vec<Occurrence> =
            feed["occurrences"].as_array().into_iter().flatten().map(occurrence).collect();
        occurrences.sort();
        let complaints = feed["complaints"].as_array().into_iter().flatten().map(text).collect();
        (name.clone(), Reading { complaints, occurrences })
    });
    (output["version"].as_str().expect("a version").to_owned(), readings.collect())
}

/// Returns the three parsers that are programs.
fn programs() -> Vec<Command> {
    let scripts = repository().join("tests/readers");
    let mut python = Command::new(readers().join("venv/bin/python"));
    // The zones of the package tzdata, as new as ours; those of the system may be older.
    python.arg(scripts.join("read.py")).env("PYTHONTZPATH", "");
    let mut node = Command::new("node");
    node.arg(scripts.join("read.mjs")).arg(readers().join("node_modules"));
    let mut php = Command::new("php");
    php.arg(scripts.join("read.php"));
    vec![python, node, php]
}

/// Reads a feed with the Rust crate calcard. Its strict mode refuses nested components, so values that it could not
/// parse, which it keeps as text, are reported here.
fn calcard(bytes: &[u8]) -> Reading {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut reading = Reading::default();
    let mut parser = Parser::new(text);
    loop {
        match parser.entry() {
            Entry::Eof => return reading,
            Entry::ICalendar(mut calendar) => {
                end_endless_rules(&mut calendar);
                occurrences(&calendar, &mut reading);
            }
            other => {
                reading.complaints.push(format!("{other:?}"));
                return reading;
            }
        }
    }
}

/// Ends the rules that go on until further notice, so that the parser does not expand them into the year 20,000.
fn end_endless_rules(calendar: &mut ICalendar) {
    let is_event = |component: &&mut ICalendarComponent| component.component_type == ICalendarComponentType::VEvent;
    let entries = calendar.components.iter_mut().filter(is_event).flat_map(|component| &mut component.entries);
    for value in entries.flat_map(|entry| &mut entry.values) {
        if let ICalendarValue::RecurrenceRule(rule) = value
            && (&rule.until, rule.count) == (&None, None)
        {
            rule.count = Some(500);
        }
    }
}

/// Properties whose values are not text.
const NOT_TEXT: [ICalendarProperty; 15] = [
    ICalendarProperty::Created,
    ICalendarProperty::Dtend,
    ICalendarProperty::Dtstamp,
    ICalendarProperty::Dtstart,
    ICalendarProperty::Geo,
    ICalendarProperty::LastModified,
    ICalendarProperty::RefreshInterval,
    ICalendarProperty::Exdate,
    ICalendarProperty::RecurrenceId,
    ICalendarProperty::Rrule,
    ICalendarProperty::Sequence,
    ICalendarProperty::Status,
    ICalendarProperty::Transp,
    ICalendarProperty::Tzoffsetfrom,
    ICalendarProperty::Tzoffsetto,
];

fn occurrences(calendar: &ICalendar, reading: &mut Reading) {
    let expanded = calendar.expand_dates(Tz::UTC, 5000);
    reading.complaints.extend(expanded.errors.iter().map(|error| format!("{error:?}")));
    for entry in calendar.components.iter().flat_map(|component| &component.entries) {
        let is_unread = entry.values.is_empty() || matches!(entry.values.first(), Some(ICalendarValue::Text(_)));
        if is_unread && NOT_TEXT.contains(&entry.name) {
            reading.complaints.push(format!("{entry:?}"));
        }
    }
    for event in expanded.events {
        let component = &calendar.components[event.comp_id as usize];
        assert_eq!(component.component_type, ICalendarComponentType::VEvent);
        let text =
            |property: ICalendarProperty| match component.property(&property).and_then(|entry| entry.values.first()) {
                Some(ICalendarValue::Text(text)) => text.clone(),
                Some(ICalendarValue::Status(status)) => status.as_str().to_owned(),
                other => panic!("{property:?} is {other:?}"),
            };
        let start = component.property(&ICalendarProperty::Dtstart).expect("a start");
        let all_day = match start.values.first() {
            Some(ICalendarValue::PartialDateTime(start)) => !start.has_time(),
            other => panic!("DTSTART is {other:?}"),
        };
        let event = event.try_into_date_time().expect("an end");
        let written = |seconds: i64| {
            let instant = Timestamp::from_second(seconds).expect("an instant");
            let date = jiff::tz::Offset::UTC.to_datetime(instant).date();
            if all_day { date.to_string() } else { instant.to_string() }
        };
        let uid = component.uid().expect("a UID").to_owned();
        let (start, end) = (written(event.start.timestamp()), written(event.end.timestamp()));
        let (summary, status) = (text(ICalendarProperty::Summary), text(ICalendarProperty::Status));
        reading.occurrences.push((uid, start, end, all_day, summary, status));
    }
    reading.occurrences.sort();
}

#[test]
fn third_party_parsers_see_the_timetable() {
    let everything = everything();
    let folder = tempfile::tempdir().expect("a folder");
    let names: Vec<String> = everything.iter().map(|feed| feed.name.clone()).collect();
    for feed in &everything {
        fs::write(folder.path().join(&feed.name), &feed.bytes).expect("to write a feed");
    }
    let calcard = everything.iter().map(|feed| (feed.name.clone(), calcard(&feed.bytes))).collect();
    let mut all = vec![(CALCARD.to_owned(), calcard)];
    all.extend(programs().iter_mut().map(|program| outside(program, folder.path(), &names)));
    assert_eq!(all.len(), 4);
    for (reader, readings) in &all {
        let (mut seen, mut by_2025) = (0, 0);
        for feed in &everything {
            let reading = &readings[&feed.name];
            assert_eq!(reading.complaints, Vec::<String>::new(), "{reader} of {}", feed.name);
            let is_stale = reader == CALCARD && feed.name.starts_with(RECENT);
            let expected = if is_stale { &feed.expected_in_2025 } else { &feed.expected };
            let is_compared = |(_, start, ..): &&Occurrence| start.as_str() < UNTIL;
            let expected: Vec<&Occurrence> = expected.iter().filter(is_compared).collect();
            let read: Vec<&Occurrence> = reading.occurrences.iter().filter(is_compared).collect();
            let lacking: Vec<_> = expected.iter().filter(|one| !read.contains(one)).collect();
            let invented: Vec<_> = read.iter().filter(|one| !expected.contains(one)).collect();
            // This version of sabre/vobject shows the first instance even if it is an exception.
            let has_first = feed.name.starts_with(FIRST) && !feed.name.contains("delegate");
            if reader.starts_with("sabre") && has_first {
                continue;
            }
            let differs = read != expected;
            assert!(!differs, "{reader} of {}\nlacks {lacking:#?}\nand invents {invented:#?}", feed.name);
            seen += read.len();
            by_2025 += read.iter().filter(|seen| !feed.expected.contains(seen)).count();
        }
        println!("{reader}: {} feeds, {seen} occurrences, no complaint; {by_2025} by a law of 2025", readings.len());
    }
}

/// Feeds in zones whose law has changed since 2025. They are not golden, because calcard reads them by the law of
/// 2025.
const RECENT: &str = "zones-of-2026";
/// Series whose first instance is an exception.
const FIRST: &str = "first-instances";
/// The name of calcard in the results.
const CALCARD: &str = "calcard 0.3.14";

/// The parsers do find faults.
#[test]
fn third_party_parsers_report_broken_feeds() {
    let release = sg12();
    let feed = String::from_utf8(get(&site(&release), "/sg12/plenaries.ics").body).expect("UTF-8");
    let broken = feed.replacen("SUMMARY:SG12", "SUMMARY\r\nSG12", 1);
    let no_uid: String =
        feed.split_inclusive("\r\n").filter(|line| !line.starts_with("UID:") && !line.starts_with("PRODID:")).collect();
    let shifted = feed.replacen("DTSTART;TZID=Europe/Zurich:20250114T11", "DTSTART;TZID=Europe/Zurich:20250114T10", 1);
    assert_ne!(shifted, feed);
    let folder = tempfile::tempdir().expect("a folder");
    let feeds = [("broken", broken), ("no-uid", no_uid), ("shifted", shifted)];
    for (name, feed) in &feeds {
        fs::write(folder.path().join(name), feed).expect("to write a feed");
    }
    let expected = expected(&release, &Selection::Plenaries(release.timetable.groups[0].id.clone()), None);
    let [mut python, mut node, mut php]: [Command; 3] = programs().try_into().expect("three programs");
    for program in [&mut python, &mut node, &mut php] {
        let (reader, readings) = outside(program, folder.path(), &["shifted".to_owned()]);
        assert_ne!(readings["shifted"].occurrences, expected, "{reader}");
    }
    assert_ne!(calcard(feeds[2].1.as_bytes()).occurrences, expected);
    let bad_date = feeds[2].1.replacen("DTEND;TZID=Europe/Zurich:2025", "DTEND;TZID=Europe/Zurich:x", 1);
    assert_ne!(calcard(bad_date.as_bytes()).complaints, Vec::<String>::new());
    let complains = |program: &mut Command, name: &str| {
        let (reader, readings) = outside(program, folder.path(), &[name.to_owned()]);
        assert_ne!(readings[name].complaints, Vec::<String>::new(), "{reader} of {name}");
    };
    for program in [&mut python, &mut node, &mut php] {
        complains(program, "broken");
    }
    complains(&mut python, "no-uid");
}
