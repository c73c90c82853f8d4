//! What a feed tells of a change, taken apart again: each sentence is true of the releases before and after it, and each
//! difference that a reader would act on is told.
//!
//! Both releases are read as JSON, which has every instance of a series with its time zone.

use std::collections::{BTreeMap, BTreeSet};

use convene::revision::Release;
use convene::timetable::Uid;
use jiff::civil::{Date, DateTime};
use serde_json::Value;

use crate::support::histories::releases_of;
use crate::support::{get, site};

/// The entries of a release by UID: one, or the instances of a series.
type Entries = BTreeMap<String, Vec<Value>>;

fn entries(release: &Release) -> Entries {
    let mut entries = Entries::new();
    for path in ["/sg1/all.en.json", "/sg1/meetings.en.json"] {
        let document: Value = serde_json::from_str(get(&site(release), path).text()).expect("JSON");
        let listed = document["entries"].as_array().expect("entries").clone();
        for entry in listed.into_iter().filter(|entry| entry["kind"] != "notice") {
            entries.entry(text(&entry, "uid").to_owned()).or_default().push(entry);
        }
    }
    // Some are in both documents.
    for all in entries.values_mut() {
        let mut seen = BTreeSet::new();
        all.retain(|entry| seen.insert(entry.to_string()));
    }
    entries
}

fn text<'e>(entry: &'e Value, key: &str) -> &'e str {
    entry[key].as_str().unwrap_or_default()
}

/// Returns the line of a description that begins with some words.
fn line<'e>(entry: &'e Value, words: &str) -> Option<&'e str> {
    text(entry, "description").lines().find_map(|line| line.strip_prefix(words))
}

/// Returns the start or the end on the clock of the entry, or the day.
fn clock(entry: &Value, key: &str) -> (Date, Option<DateTime>) {
    let written = text(entry, key);
    match written.parse::<DateTime>() {
        Ok(wall) if written.contains('T') => (wall.date(), Some(wall)),
        _ => (written.parse().expect("a date"), None),
    }
}

fn is_deadline(entry: &Value) -> bool {
    entry["kind"] == "deadline"
}

/// Returns the title without what is told in sentences of its own.
fn bare_title(entry: &Value) -> &str {
    let title = text(entry, "title");
    let title = title.strip_prefix("Cancelled: ").or(title.strip_prefix("Postponed: ")).unwrap_or(title);
    title.rsplit_once(" (").filter(|_| title.ends_with(')')).map_or(title, |(bare, _)| bare)
}

/// Returns `true` if a time in a sentence is that of an entry: `Tuesday 10 June 2025, 14:30`, with a zone if that is
/// another one now, or the day or days.
fn is_time(written: &str, entry: &Value, zone_now: &str) -> bool {
    let key = if is_deadline(entry) { "end" } else { "start" };
    let (first, wall) = clock(entry, key);
    let date = |written: &str| Date::strptime("%A %d %B %Y", written).or_else(|_| Date::strptime("%d %B %Y", written));
    if let Some((from, to)) = written.split_once(" – ") {
        return date(from).ok() == Some(first) && date(to).ok() == Some(clock(entry, "end").0);
    }
    let Some((day, hour)) = written.split_once(", ") else { return date(written).ok() == Some(first) };
    if ["morning", "afternoon", "evening"].contains(&hour) {
        return date(day).ok() == Some(first) && entry["hours"] == "usual";
    }
    let (hour, zone) = hour_and_zone(hour, zone_now);
    let told = date(day).ok().zip(jiff::civil::Time::strptime("%H:%M", hour).ok());
    told.map(|(day, hour)| day.to_datetime(hour)) == wall && zone == text(entry, "timezone")
}

/// Splits `14:30 Europe/Zurich time` or `14:30`, which is in the zone of today.
fn hour_and_zone<'w>(written: &'w str, zone_now: &'w str) -> (&'w str, &'w str) {
    let zone = |zone: &'w str| zone.strip_suffix(" time").unwrap_or(zone);
    written.split_once(' ').map_or((written, zone_now), |(hour, rest)| (hour, zone(rest)))
}

/// Returns `true` if an hour, or a day with an hour, is the end of an entry.
fn is_end(written: &str, entry: &Value, zone_now: &str) -> bool {
    let (day, wall) = clock(entry, "end");
    let Some(wall) = wall else { return Date::strptime("%d %B %Y", written).ok() == Some(day) };
    let (date, hour) = written.split_once(", ").map_or((None, written), |(date, hour)| (Some(date), hour));
    let (hour, zone) = hour_and_zone(hour, zone_now);
    date.is_none_or(|date| Date::strptime("%A %d %B %Y", date).ok() == Some(day))
        && wall.strftime("%H:%M").to_string() == hour
        && zone == text(entry, "timezone")
}

/// The room of an entry, and the rest of its location.
fn room_and_place(entry: &Value) -> (&str, &str) {
    let (room, location) = (text(entry, "room"), text(entry, "location"));
    let rest = location.strip_prefix("Room ").unwrap_or(location);
    let place = rest.strip_prefix(room).or_else(|| location.strip_prefix(room)).unwrap_or(location);
    (room, place.trim_start_matches(", "))
}

fn is_replaced(entry: &Value) -> bool {
    line(entry, "Replaced by another entry").is_some()
}

/// Returns `true` if a sentence is true of an entry before and after a change.
fn is_true(sentence: &str, then: &Value, now: &Value) -> bool {
    let zone = text(now, "timezone");
    let (room, place) = room_and_place(then);
    let (room_now, place_now) = room_and_place(now);
    let was = |start: &str, end: &str| sentence.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    let is_moved = text(then, "start") != text(now, "start") || text(then, "end") != text(now, "end");
    if let Some(before) = was("rescheduled (previously ", ")") {
        // A room may have a comma in its name.
        let rooms = before.match_indices(", ").map(|(at, _)| (&before[..at], &before[at + 2..]));
        let is_room = |(time, left): (&str, &str)| is_time(time, then, zone) && left == room && room != room_now;
        return is_moved && (is_time(before, then, zone) || rooms.into_iter().any(is_room));
    }
    if let Some(before) = was("end time changed (previously ", ")") {
        if then["hours"] == "end-announced" {
            return text(then, "title").contains(&format!("until {before}")) && then["title"] != now["title"];
        }
        return text(then, "end") != text(now, "end") && is_end(before, then, zone);
    }
    if let Some(before) = was("time zone changed, but not the actual time (previously ", ")") {
        return text(then, "timezone") != zone && is_time(before, then, zone);
    }
    if let Some(before) = was("room changed (previously ", ")") {
        return before == room && room != room_now;
    }
    if let Some(before) = was("place changed (previously ", ")") {
        return place.split(", ").any(|part| part == before) && place != place_now;
    }
    if let Some(before) = was("title changed (previously “", "”)") {
        return text(then, "title").contains(before) && !bare_title(now).ends_with(before);
    }
    if let Some(before) = was("chair changed (previously ", ")") {
        return line(then, "Chair: ") == Some(before) && line(now, "Chair: ") != Some(before);
    }
    if let Some(before) = was("participants changed (previously only ", ")") {
        return line(then, "Only for: ") == Some(before) && line(now, "Only for: ") != Some(before);
    }
    if let Some(before) = was("bodies changed (previously ", ")") {
        let bodies = then["bodies"].as_array().expect("bodies").iter().filter_map(Value::as_str);
        return bodies.collect::<Vec<_>>().join(", ") == before && then["bodies"] != now["bodies"];
    }
    let (status, status_now) = (text(then, "status"), text(now, "status"));
    match sentence {
        "room announced" => room.is_empty() && !room_now.is_empty(),
        "place announced" => place.is_empty() && !place_now.is_empty(),
        "title announced" => bare_title(then) != bare_title(now),
        "chair announced" => line(then, "Chair: ").is_none() && line(now, "Chair: ").is_some(),
        "participants changed (previously everybody)" => {
            line(then, "Only for: ").is_none() && line(now, "Only for: ").is_some()
        }
        "now tentative" => status != "tentative" && status_now == "tentative",
        "confirmed" => status != "confirmed" && status_now == "confirmed",
        "postponed" => status != "postponed" && status_now == "postponed",
        "now with a time that may change" => status != "provisional" && status_now == "provisional",
        "cancelled" => status != "cancelled" && status_now == "cancelled",
        "no longer on the programme" => status_now == "cancelled" && (status != "cancelled" || is_replaced(then)),
        "replaced by another entry" => !is_replaced(then) && is_replaced(now),
        "takes place after all" => is_off(status) && !is_off(status_now),
        "on the programme again" => status_now != "cancelled",
        "link for remote participation changed" => {
            then["join"] != now["join"] || text(then, "description") != text(now, "description")
        }
        "now in other calendars" => true,
        "details changed" => text(then, "description") != text(now, "description") || then["url"] != now["url"],
        _ => truth_of_hours(sentence, then, now).unwrap_or_else(|| is_renamed(sentence, then, now)),
    }
}

/// Returns whether a sentence about what is announced of hours is true; `None` for another sentence.
fn truth_of_hours(sentence: &str, then: &Value, now: &Value) -> Option<bool> {
    let hours = (text(then, "hours"), text(now, "hours"));
    Some(match sentence {
        "times announced" => {
            matches!(hours, ("usual" | "unknown", now) if has_start(now))
        }
        "times no longer announced" => {
            matches!(hours, (then, "usual" | "unknown") if has_start(then) || then == "end-announced")
        }
        "end time announced" => {
            matches!(hours, ("start-announced" | "at-latest", "announced"))
        }
        "end time no longer announced" => matches!(hours, ("announced", "start-announced" | "at-latest")),
        "exact times announced" => hours.0 == "about" && has_start(hours.1),
        "now with approximate times" => hours.1 == "about" && has_start(hours.0),
        "now only the end time is announced" => hours.0 != "end-announced" && hours.1 == "end-announced",
        "start time announced" => hours.0 == "end-announced" && has_start(hours.1),
        "now shown at the usual times" => now["hours"] == "usual" && then["hours"] != "usual",
        "assumed times changed" => now["hours"] == "usual" && shows_other_hours(then, now),
        "now shown without times" => hours == ("usual", "unknown"),
        _ => return None,
    })
}

/// Returns `true` for something that does not take place, or not then.
fn is_off(status: &str) -> bool {
    ["cancelled", "postponed"].contains(&status)
}

/// Returns `true` if a start is announced.
fn has_start(hours: &str) -> bool {
    ["announced", "start-announced", "about", "at-latest"].contains(&hours)
}

/// Returns `true` if the hours of an entry were unknown or usual, and others are shown now.
fn shows_other_hours(then: &Value, now: &Value) -> bool {
    matches!(text(then, "hours"), "unknown" | "usual") && (then["start"] != now["start"] || then["end"] != now["end"])
}

/// Returns `true` if an entry was for a body with one name, and is for one with the other name now.
fn is_renamed(sentence: &str, then: &Value, now: &Value) -> bool {
    let names = sentence.split_once(" is now called ");
    let (before, called) = names.unwrap_or_else(|| panic!("no rule for the sentence “{sentence}”"));
    let has = |entry: &Value, name| entry["bodies"].as_array().expect("bodies").iter().any(|body| body == name);
    has(then, before) && has(now, called) && !has(then, called)
}

/// Returns `true` if a sentence is true of a series, or of one of its instances.
fn is_true_of_series(sentence: &str, then: &[Value], now: &[Value]) -> bool {
    let sentence = sentence.strip_prefix("series: ").unwrap_or(sentence);
    let any = |sentence: &str| then.iter().any(|then| now.iter().any(|now| is_true(sentence, then, now)));
    if sentence == "dates of the series changed" {
        let dates = |all: &[Value]| all.iter().map(|entry| text(entry, "start").to_owned()).collect::<BTreeSet<_>>();
        return dates(then) != dates(now) || then.len() != now.len() || then[0]["instance"] != now[0]["instance"];
    }
    // What changed in an instance has its time behind it.
    let behind = sentence.strip_suffix(')').and_then(|sentence| sentence.rsplit_once(" ("));
    let Some((what, when)) = behind.filter(|(_, when)| !when.starts_with("previously ")) else { return any(sentence) };
    // A series without hours has no zone.
    let zone = now.iter().chain(then).map(|entry| text(entry, "timezone")).find(|zone| !zone.is_empty());
    let zone = zone.unwrap_or_default();
    // Readers know an instance by what they were shown, and a new one by when it is planned.
    let was_shown = |entry: &&Value| is_time(when, entry, zone);
    let is_planned = |entry: &&Value| {
        let planned =
            serde_json::json!({"start": entry["instance"], "end": entry["end"], "timezone": entry["timezone"]});
        is_time(when, &planned, zone)
    };
    // All hours of a series may be others.
    let on_the_day = |entry: &&Value| {
        let day = &text(entry, "instance")[..10];
        let mut known = then.iter().chain(now).filter(was_shown).chain(now.iter().filter(is_planned));
        known.any(|known| text(known, "instance").starts_with(day))
    };
    let (before, after) = (then.iter().find(on_the_day), now.iter().find(on_the_day));
    match (what, before, after) {
        ("new", None, Some(_)) | ("no longer on the programme", Some(_), None) => true,
        (_, Some(then), Some(now)) => match what.strip_prefix("rescheduled to ") {
            Some(to) => is_time(to, now, text(now, "timezone")) && then["start"] != now["start"],
            None => is_true(what, then, now),
        },
        _ => false,
    }
}

/// Returns the differences of an entry, each with the beginnings of the sentences of which one has to tell it.
fn differences(then: &Value, now: &Value) -> Vec<(&'static str, &'static [&'static str])> {
    const HOURS: [&str; 13] = [
        "rescheduled ",
        "end time changed",
        "times announced",
        "times no longer",
        "end time announced",
        "end time no longer",
        "now shown at the usual",
        "assumed times",
        "exact times",
        "now with approximate",
        "now only the end",
        "start time announced",
        "now shown without",
    ];
    const MOVED: [&str; 1] = ["rescheduled "];
    let instant = |entry: &Value, key: &str| {
        let written = text(entry, key).to_owned();
        written.parse::<jiff::Timestamp>().map_or(written, |instant| instant.to_string())
    };
    let mut found: Vec<(&'static str, &'static [&'static str])> = Vec::new();
    let mut add = |is_different: bool, what, sentences| {
        if is_different {
            found.push((what, sentences));
        }
    };
    let has_other_hours = then["hours"] != now["hours"];
    let is_other_day = clock(then, "start").0 != clock(now, "start").0;
    let is_other_start = instant(then, "start") != instant(now, "start");
    let is_usual = then["hours"] == "usual" && !is_other_day;
    add(is_other_day || (is_other_start && !has_other_hours && !is_usual), "the start", &MOVED);
    add(is_other_start || instant(then, "end") != instant(now, "end"), "the time", &HOURS);
    add(
        !is_other_start && then["timezone"] != now["timezone"] && !has_other_hours,
        "the zone",
        &["time zone changed", "end time changed"],
    );
    let ((room, place), (room_now, place_now)) = (room_and_place(then), room_and_place(now));
    add(room != room_now, "the room", &["room ", "rescheduled "]);
    add(place != place_now, "the place", &["place "]);
    add(bare_title(then) != bare_title(now), "the title", &["title ", "bodies ", "place "]);
    add(line(then, "Only for: ") != line(now, "Only for: "), "the audience", &["participants changed"]);
    add(then["bodies"] != now["bodies"], "the bodies", &["bodies changed", " is now called "]);
    let status = (text(then, "status"), text(now, "status"));
    add(
        status.0 != status.1,
        "the status",
        &[
            "cancelled",
            "no longer",
            "replaced",
            "postponed",
            "takes place",
            "on the programme again",
            "now tentative",
            "now with a time",
            "confirmed",
        ],
    );
    add(status == ("confirmed", "tentative"), "tentative", &["now tentative"]);
    add(status == ("tentative", "confirmed"), "confirmed", &["confirmed"]);
    found
}

/// What the property found.
#[derive(Debug, Default)]
struct Tally {
    moved: usize,
    pairs: usize,
    events: usize,
    sentences: usize,
    differences: usize,
    kinds: BTreeMap<String, usize>,
}

/// `CONVENE_PAIRS=100 cargo test sentences` tries more histories.
#[test]
fn every_sentence_is_true_and_every_difference_is_told() {
    let histories = std::env::var("CONVENE_PAIRS").map_or(6, |number| number.parse().expect("a number"));
    let mut tally = Tally::default();
    for seed in 0..histories {
        let releases = releases_of(5_000 + seed);
        let all: Vec<Entries> = releases.iter().map(entries).collect();
        tally.moved += check_former_times(seed, &all);
        for (pair, release) in all.windows(2).zip(&releases[1..]) {
            tally.pairs += 1;
            for (uid, now) in &pair[1] {
                let Some(then) = pair[0].get(uid) else { continue };
                check(&format!("history {seed}, release {}, {uid}", release.number), release, then, now, &mut tally);
            }
        }
    }
    println!("{histories} histories: {tally:?}");
    assert!(tally.sentences > 20 * histories && tally.differences > 10 * histories, "{tally:?}");
    assert!(tally.moved > histories, "{tally:?}");
}

/// Checks that each event that was "moved from" a time was shown at that time by an earlier release, and is not there now.
/// Returns the number of such events.
fn check_former_times(seed: usize, releases: &[Entries]) -> usize {
    let mut shown: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut moved = 0;
    for (release, entries) in releases.iter().enumerate() {
        for (uid, all) in entries {
            let starts = |entry: &Value| match clock(entry, "start") {
                (_, Some(wall)) => wall.strftime("%Y-%m-%d %H:%M").to_string(),
                (day, None) => day.to_string(),
            };
            // An instance that was taken out of a series is another event of the same session.
            let keys = [uid.clone(), text(&all[0], "id").to_owned()];
            for entry in all {
                let before = line(entry, "Rescheduled (previously ");
                let Some(from) = before.and_then(|before| before.strip_suffix(").")) else { continue };
                moved += 1;
                let (day, hour) = from.split_once(", ").map_or((from, None), |(day, hour)| (day, Some(hour)));
                let day = Date::strptime("%A %d %B %Y", day).expect("a date").to_string();
                // A part of the day has no hour.
                let hour = hour.filter(|hour| hour.contains(':'));
                let from = hour.map_or_else(|| day.clone(), |hour| format!("{day} {hour}"));
                let mut known = keys.iter().filter_map(|key| shown.get(key)).flatten();
                let was_there = known.any(|shown| shown.starts_with(&day));
                assert!(was_there && starts(entry) != from, "history {seed}, release {release}: {from}: {entry:#?}");
            }
            for key in keys {
                shown.entry(key).or_default().extend(all.iter().map(starts));
            }
        }
    }
    moved
}

/// Checks what a release tells of an event that the release before it had too.
fn check(what: &str, release: &Release, then: &[Value], now: &[Value], tally: &mut Tally) {
    if then[0]["sequence"] == now[0]["sequence"] {
        return;
    }
    let is_told_now = release.told(&Uid::from_foreign(text(&now[0], "uid"))) == release.instant;
    let told = line(&now[0], "Changed on ").filter(|_| is_told_now);
    let told = told.and_then(|line| Some(line.split_once(": ")?.1)).unwrap_or_default();
    let sentences: Vec<&str> = told.split("; ").filter(|sentence| !sentence.is_empty()).collect();
    let is_single = then.len() == 1 && now.len() == 1 && now[0]["instance"].is_null() && then[0]["instance"].is_null();
    let shown = || format!("{what}\n  told: {told}\n  then: {then:#?}\n  now: {now:#?}");
    tally.events += 1;
    for sentence in &sentences {
        tally.sentences += 1;
        let kind = sentence.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        *tally.kinds.entry(kind).or_default() += 1;
        let is_true =
            if is_single { is_true(sentence, &then[0], &now[0]) } else { is_true_of_series(sentence, then, now) };
        assert!(is_true, "“{sentence}” is not true: {}", shown());
    }
    if is_single {
        for (difference, tell) in differences(&then[0], &now[0]) {
            tally.differences += 1;
            // Words that begin with a blank follow a name.
            let tells = |sentence: &str, words: &str| {
                if words.starts_with(' ') { sentence.contains(words) } else { sentence.starts_with(words) }
            };
            let is_told = sentences.iter().any(|sentence| tell.iter().any(|words| tells(sentence, words)));
            assert!(is_told, "{difference} is not told: {}", shown());
        }
        return;
    }
    let acts = |all: &[Value]| -> BTreeSet<String> {
        let parts = |entry: &Value| format!("{} {} {}", entry["start"], entry["end"], entry["status"]);
        all.iter().map(parts).collect()
    };
    if acts(then) != acts(now) {
        tally.differences += 1;
        assert!(
            sentences.iter().any(|sentence| *sentence != "details changed"),
            "nothing of the series is told: {}",
            shown()
        );
    }
}
