//! Calendars that ignore events that are not newer, as their sources or their users describe them. Source: clients.md
//! D1.
//!
//! Each fetches every feed after every release, and must show the content of the feed.

use std::collections::BTreeMap;

/// The events of a feed by UID, each with all its components in their order.
type Events = BTreeMap<String, Vec<Vec<String>>>;

/// What each calendar shows of each feed.
#[derive(Default)]
pub struct Calendars {
    shown: BTreeMap<(&'static str, String), Events>,
}

/// Returns `true` if a calendar replaces an event that it has.
type Takes = fn(&[Vec<String>], &[Vec<String>]) -> bool;

/// Google accepts an event with a higher SEQUENCE and a later LAST-MODIFIED; which of them counts is unknown. GNOME
/// compares DTSTAMP, LAST-MODIFIED and SEQUENCE of the first component of a UID. `ICSx5` accepts an event with a
/// later LAST-MODIFIED, the latest of all components of a UID.
const CALENDARS: [(&str, Takes); 4] = [
    ("Google, by SEQUENCE", |had, new| number(new, "SEQUENCE:") > number(had, "SEQUENCE:")),
    ("Google, by LAST-MODIFIED", |had, new| value(&new[0], "LAST-MODIFIED:") > value(&had[0], "LAST-MODIFIED:")),
    ("GNOME", |had, new| revision(had) != revision(new)),
    ("ICSx5", |had, new| latest(new) > latest(had)),
];

impl Calendars {
    /// Makes every calendar fetch every feed, and checks what it shows.
    pub fn fetch(&mut self, step: &str, made: &BTreeMap<String, Vec<u8>>) {
        for (path, bytes) in made.iter().filter(|(path, _)| path.ends_with(".ics")) {
            let feed = events(std::str::from_utf8(bytes).expect("UTF-8"));
            assert!(!feed.is_empty(), "{step}: {path} is empty");
            for (calendar, takes) in CALENDARS {
                let shown = self.shown.entry((calendar, path.clone())).or_default();
                shown.retain(|uid, _| feed.contains_key(uid));
                for (uid, event) in &feed {
                    let is_taken = shown.get(uid).is_none_or(|had| takes(had, event));
                    if is_taken {
                        shown.insert(uid.clone(), event.clone());
                    }
                }
                for (uid, event) in &feed {
                    assert_eq!(shown[uid], *event, "{step}: {calendar} keeps a stale event of {path}");
                }
            }
        }
    }
}

fn events(text: &str) -> Events {
    let unfolded = text.replace("\r\n ", "");
    let mut events = Events::new();
    for event in unfolded.split("BEGIN:VEVENT\r\n").skip(1) {
        let event = event.split("END:VEVENT").next().unwrap_or_default();
        let lines: Vec<String> = event.lines().map(str::to_owned).collect();
        events.entry(value(&lines, "UID:").to_owned()).or_default().push(lines);
    }
    events
}

fn value<'a>(component: &'a [String], key: &str) -> &'a str {
    component.iter().find_map(|line| line.strip_prefix(key)).unwrap_or_default()
}

fn number(event: &[Vec<String>], key: &str) -> i64 {
    value(&event[0], key).parse().expect("a number")
}

fn revision(event: &[Vec<String>]) -> [&str; 3] {
    ["DTSTAMP:", "LAST-MODIFIED:", "SEQUENCE:"].map(|key| value(&event[0], key))
}

fn latest(event: &[Vec<String>]) -> &str {
    event.iter().map(|component| value(component, "LAST-MODIFIED:")).max().unwrap_or_default()
}
