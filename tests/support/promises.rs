//! What readers of every feed can rely on, checked on the bytes that they get, release after release.

use std::collections::{BTreeMap, BTreeSet};

use convene::ledger::{Ledger, PreferencesTable};
use convene::revision::Release;
use convene::text::{Language, Text};
use convene::timetable::{Session, Uid};
use jiff::Timestamp;

use crate::support::{addresses, get, site};

/// What readers have seen so far.
#[derive(Default)]
pub struct Promises {
    /// Whether only some of the releases are checked: an event that changed and changed back in between has new
    /// stamps.
    misses_some: bool,
    /// The last events of each feed and language.
    feeds: BTreeMap<String, BTreeMap<String, Seen>>,
    /// Everything ever seen of each UID, in any feed.
    ever: BTreeMap<String, Ever>,
    /// The UIDs of the previous release, each with the end of its event.
    last: BTreeMap<String, Timestamp>,
    /// The feeds of the previous release.
    there: BTreeSet<String>,
    /// The UIDs of what was ever private.
    secret: BTreeSet<String>,
    /// Titles that only delegates ever saw.
    secrets: BTreeSet<String>,
    /// Titles that everybody has seen.
    published: BTreeSet<String>,
    /// The first language of the study group in the previous release.
    first: Option<Language>,
    /// The preferences of delegates in the previous release.
    wishes: PreferencesTable,
}

/// All components that share a UID in a feed.
#[derive(Clone, PartialEq, Debug)]
struct Seen {
    sequence: i64,
    modified: String,
    created: String,
    /// Everything but the stamps.
    bytes: String,
}

#[derive(Default)]
struct Ever {
    sequence: i64,
    created: String,
    serials: BTreeSet<String>,
}

impl Promises {
    /// The promises to a reader who does not see every release.
    pub fn with_gaps() -> Self {
        Self { misses_some: true, ..Self::default() }
    }

    /// Panics if a release breaks a promise.
    pub fn keep(&mut self, what: &str, release: &Release, instant: Timestamp) {
        let service = site(release);
        // A link that is restricted to an audience revises the event for everybody.
        let is_kept = |session: &Session| session.details.join.as_ref().is_some_and(|join| !join.audience.is_empty());
        let kept_links = uids(release, is_kept);
        let first = release.timetable.groups.first().map(|group| group.first_language().clone());
        let has_other_first = self.first != first;
        let mut present: BTreeMap<String, Timestamp> = BTreeMap::new();
        let mut feeds = BTreeMap::new();
        // If some releases are not checked, look only at the feeds that contain everything.
        let misses_some = self.misses_some;
        let is_looked_at = |name: &str| !misses_some || name.starts_with("delegate/") || name.starts_with("sg1/all.");
        for (name, path) in addresses(release).into_iter().filter(|(name, _)| is_looked_at(name)) {
            let body = get(&service, &path);
            let events = events(&format!("{what}: {name}"), body.text(), &release.ledger, instant, &mut present);
            for (uid, seen) in &events {
                self.assert_revision_grows(&format!("{what}: {name}"), uid, seen, name.starts_with("delegate/"));
            }
            if let Some(before) = self.feeds.get(&name) {
                // A change of a delegate's preferences revises every event of the delegate's feed.
                let has_other_wishes = name.starts_with("delegate/") && self.wishes != *release.ledger.preferences;
                // An event that was removed and is back has a new revision, even if it is the same as at an earlier
                // return.
                let is_back = |uid: &str| {
                    let record = release.ledger.records.get(&Uid::from_foreign(uid));
                    record.is_some_and(|record| record.since == release.instant)
                };
                // A feed without a language is in the first language of the study group, and its events count for all
                // languages.
                // The events of a feed whose address was missing for a while may have changed and changed back.
                let was_away = !self.there.contains(&name);
                let may_move = |uid: &str| {
                    let is_out_of_the_ordinary = has_other_wishes || has_other_first || is_back(uid);
                    let shows_others_more = self.secret.contains(uid) || kept_links.contains(uid);
                    self.misses_some || was_away || is_out_of_the_ordinary || shows_others_more
                };
                moves_with_its_bytes(&format!("{what}: {name}"), before, &events, may_move);
            }
            feeds.insert(name, events);
        }
        // A private event that its only reader hides still exists.
        let private = uids(release, |session| session.is_private);
        let is_left = |uid: &str| !present.contains_key(uid) && !private.contains(uid);
        for (uid, end) in self.last.iter().filter(|(uid, _)| is_left(uid)) {
            let is_known = release.ledger.records.contains_key(&Uid::from_foreign(uid));
            assert!(is_known, "{what}: the ledger has forgotten {uid}");
            // It may have ended in a release that was not checked.
            assert!(*end <= instant || self.misses_some, "{what}: {uid} has left before it was over, at {end}");
        }
        self.keep_secrets(what, release, &service);
        self.secret.extend(private);
        self.first = first;
        self.last = present;
        self.wishes.clone_from(&release.ledger.preferences);
        self.there = feeds.keys().cloned().collect();
        self.feeds.extend(feeds);
    }

    /// Checks that titles that were always private are on no page, and in no feed but delegates'.
    fn keep_secrets(&mut self, what: &str, release: &Release, service: &convene::server::Service) {
        let titles = |is_private: bool| -> BTreeSet<String> {
            let sessions = sessions(release).filter(|session| session.is_private == is_private);
            // `Title 7, soul3`: the number identifies the title.
            let number = |text: &Text| text.first().split(',').next().map(|title| format!("{title},"));
            sessions.filter_map(|session| session.details.title.as_ref().and_then(number)).collect()
        };
        self.published.extend(titles(false));
        self.secrets.extend(titles(true));
        self.secrets.retain(|title| !self.published.contains(title));
        if self.secrets.is_empty() || self.misses_some {
            return;
        }
        let public = addresses(release).into_iter().filter(|(name, _)| !name.starts_with("delegate/"));
        let feeds = public.flat_map(|(_, path)| [path.replace(".ics", ".atom"), path]);
        for path in feeds.chain(["/sg1/".to_owned(), "/sg1/changes/".to_owned()]) {
            // In calendars, commas are escaped, and lines are folded.
            let text = get(service, &path).text().replace("\r\n ", "").replace('\\', "");
            let leak = self.secrets.iter().find(|title| text.contains(title.as_str()));
            assert_eq!(leak, None, "{what}: a secret is in {path}");
        }
    }

    fn assert_revision_grows(&mut self, what: &str, uid: &str, seen: &Seen, is_private: bool) {
        // A delegate's preferences add to the revisions in the delegate's feed only.
        let key = if is_private { format!("delegate {uid}") } else { uid.to_owned() };
        let ever = self.ever.entry(key).or_default();
        assert!(seen.sequence >= ever.sequence, "{what}: SEQUENCE of {uid} falls: {} {}", ever.sequence, seen.sequence);
        ever.sequence = seen.sequence;
        if ever.created.is_empty() {
            ever.created.clone_from(&seen.created);
        }
        assert_eq!(ever.created, seen.created, "{what}: CREATED of {uid}");
        ever.serials.extend(serials(&seen.bytes));
        assert!(ever.serials.len() <= 1, "{what}: {uid} comes to mean something else: {:?}", ever.serials);
    }
}

/// Returns the sessions of a release.
fn sessions(release: &Release) -> impl Iterator<Item = &Session> {
    release.timetable.groups.iter().flat_map(|group| &group.meetings).flat_map(|meeting| &meeting.sessions)
}

/// Returns the UIDs of some of its sessions.
fn uids(release: &Release, is_meant: impl Fn(&Session) -> bool) -> BTreeSet<String> {
    let occurrences = sessions(release).filter(|session| is_meant(session)).flat_map(|session| &session.occurrences);
    occurrences.map(|occurrence| occurrence.uid.as_str().to_owned()).collect()
}

/// Returns the numbers that identify sessions.
fn serials(bytes: &str) -> BTreeSet<String> {
    let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>();
    bytes.split("serial").skip(1).map(digits).collect()
}

fn moves_with_its_bytes(
    what: &str,
    before: &BTreeMap<String, Seen>,
    now: &BTreeMap<String, Seen>,
    may_move: impl Fn(&str) -> bool,
) {
    for (uid, seen) in now {
        let Some(then) = before.get(uid) else { continue };
        if then.bytes == seen.bytes && may_move(uid) {
            assert!(seen.sequence >= then.sequence && seen.modified >= then.modified, "{what}: {uid} has gone back");
        } else if then.bytes == seen.bytes {
            assert_eq!(then, seen, "{what}: {uid} has moved without its bytes");
        } else {
            let (one, other) = (&then.bytes, &seen.bytes);
            assert!(seen.modified > then.modified, "{what}: {uid} has not moved with its bytes: {one}\n{other}");
            assert!(seen.sequence > then.sequence, "{what}: SEQUENCE of {uid} has not risen");
        }
    }
}

/// Returns the events of a feed by UID. Adds those that are no notices to the present ones, with the instant of their
/// end.
fn events(
    what: &str,
    text: &str,
    ledger: &Ledger,
    instant: Timestamp,
    present: &mut BTreeMap<String, Timestamp>,
) -> BTreeMap<String, Seen> {
    let unfolded = text.replace("\r\n ", "");
    let mut events: BTreeMap<String, Seen> = BTreeMap::new();
    let mut once = BTreeSet::new();
    let zones = unfolded.split("BEGIN:VEVENT").next().unwrap_or_default();
    let zones: Vec<&str> = zones.split("BEGIN:VTIMEZONE\r\nTZID:").skip(1).collect();
    for event in unfolded.split("BEGIN:VEVENT\r\n").skip(1) {
        let event = event.split("END:VEVENT").next().unwrap_or_default();
        let value = |key: &str| {
            let line = event.lines().find(|line| line.starts_with(key)).unwrap_or_default();
            line.split_once(':').map(|(_, value)| value.to_owned()).unwrap_or_default()
        };
        let uid = value("UID:");
        assert!(once.insert((uid.clone(), value("RECURRENCE-ID"))), "{what}: {uid} is there twice");
        let stamps = ["SEQUENCE:", "LAST-MODIFIED:", "DTSTAMP:", "CREATED:"];
        let lines = event.lines().filter(|line| !stamps.iter().any(|stamp| line.starts_with(stamp)));
        let mut bytes: String = lines.collect::<Vec<_>>().join("\n");
        for zone in &zones {
            let name = zone.lines().next().unwrap_or_default();
            if bytes.contains(&format!(";TZID={name}:")) {
                bytes.push_str(zone);
            }
        }
        let seen = Seen {
            sequence: value("SEQUENCE").parse().expect("a number"),
            modified: value("LAST-MODIFIED"),
            created: value("CREATED"),
            bytes,
        };
        assert_eq!(value("DTSTAMP"), seen.modified, "{what}: {uid}");
        let modified = format!("{}", instant.strftime("%Y%m%dT%H%M%SZ"));
        assert!(seen.modified <= modified && seen.created <= seen.modified, "{what}: {uid} is of the future");
        // The notice of an empty feed disappears with the first entry.
        let record = ledger.records.get(&Uid::from_foreign(&uid));
        let is_notice = record.is_none_or(|record| record.meaning.starts_with("notice"));
        if !is_notice && !what.contains("delegate/") {
            let end = end(event);
            let known = present.entry(uid.clone()).or_insert(end);
            *known = end.max(*known);
        }
        match events.get_mut(&uid) {
            None => drop(events.insert(uid, seen)),
            Some(series) => {
                let of_series = (series.sequence, &series.modified, &series.created);
                assert_eq!(
                    of_series,
                    (seen.sequence, &seen.modified, &seen.created),
                    "{what}: {uid} and its exception"
                );
                series.bytes.push_str(&seen.bytes);
            }
        }
    }
    events
}

/// Returns when an event ends; for a series, an instant after its last instance.
fn end(event: &str) -> Timestamp {
    let line = event.lines().find(|line| line.starts_with("DTEND")).expect("an end");
    let (form, value) = line.split_once(':').expect("a value");
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let civil = format!(
        "{}-{}-{}T{}",
        &digits[..4],
        &digits[4..6],
        &digits[6..8],
        if digits.len() > 8 {
            format!("{}:{}:{}", &digits[8..10], &digits[10..12], &digits[12..14])
        } else {
            "00:00:00".to_owned()
        }
    );
    let wall: jiff::civil::DateTime = civil.parse().expect("a time");
    // Zurich is two hours ahead in June.
    let ahead = if form.contains("TZID") { 2 } else { 0 };

    jiff::tz::Offset::from_hours(ahead).expect("an offset").to_timestamp(wall).expect("an instant")
}
