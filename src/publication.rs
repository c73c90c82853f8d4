//! Publishing, as arithmetic: a timetable, the release before it and an instant become the next release.
//!
//! Compares what readers would see of each event with what the ledger says that they saw, counts revisions, finds in
//! words what changed and in which feeds. Reads no clock and writes nothing.

mod differences;
mod membership;
mod unchanged;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;

use crate::feed::{Event, What, events_of_group, events_of_meeting};
use crate::icalendar;
use crate::ledger::{Change, Changes, Difference, Ledger, Prints, Wishes};
use crate::private::hexadecimal;
use crate::revision::{Release, Revised, Sight, revised, with_gone};
use crate::text::{Language, Text};
use crate::timetable::{Delegate, Timetable, Uid};
use crate::wording;
use membership::Membership;
use unchanged::Unchanged;

/// What is to be published.
#[derive(Debug, Clone)]
pub struct Intent {
    /// What the definitions mean.
    pub timetable: Timetable,
    /// Where the feeds are served, with a slash at its end.
    pub base_url: Url,
    /// When, in whole seconds: later than every release before.
    pub instant: Timestamp,
    /// The SEQUENCE of events that nobody knows: 0, but after the loss of a ledger.
    pub first_sequence: u32,
    /// Whether the release before was made by another renderer, so that every event is looked at.
    pub is_other_renderer: bool,
}

/// A release that was made, and what of it is not in the one before it.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The release.
    pub release: Release,
    /// The events whose records are new or changed.
    pub touched: Vec<Uid>,
    /// How many events have new stamps.
    pub revised: usize,
}

/// An identity that would come to mean something else. clients.md C2
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The UID.
    pub uid: Uid,
    /// What readers know by it.
    pub known: String,
    /// What it would mean from now on.
    pub claimed: String,
}

/// Makes the next release.
///
/// # Errors
///
/// UIDs would come to mean something else; nothing is to be published then.
pub fn publish(before: Option<&Release>, intent: Intent) -> Result<Publication, Vec<Conflict>> {
    let nothing = Release::draft(
        Timetable { groups: Vec::new(), delegates: Vec::new() },
        intent.instant,
        intent.base_url.clone(),
    );
    let before = before.unwrap_or(&nothing);
    let Intent { timetable, base_url, instant, first_sequence, is_other_renderer } = intent;
    let timetable = with_gone(timetable, &before.timetable, instant);
    let is_silent = !is_other_renderer && before.timetable.groups == timetable.groups && before.base_url == base_url;
    let draft = Release {
        number: before.number + 1,
        timetable,
        // A release that changes nothing that readers see keeps the bytes of the one before.
        instant: if is_silent { before.instant } else { instant },
        base_url,
        ledger: Arc::clone(&before.ledger),
        changes: before.changes.clone(),
    };
    let unchanged = Unchanged::between(before, &draft, is_other_renderer);
    let then = events(before, &unchanged);
    let now = events(&draft, &unchanged);
    let mut revision =
        Revising { ledger: Ledger::clone(&before.ledger), instant, first_sequence, touched: BTreeMap::new() };
    let conflicts = conflicts(&before.ledger, &now);
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let languages = languages(&draft.timetable);
    for (uid, event) in &now {
        revision.see(uid, event, then.get(uid), &languages);
    }
    for uid in then.keys().filter(|uid| !now.contains_key(*uid)) {
        revision.miss(uid);
    }
    draft.timetable.delegates.iter().for_each(|delegate| revision.wish(delegate));
    let list = changes((before, &then), (&draft, &now), &revision);
    let revised = revision.touched.values().filter(|differences| differences.is_some()).count();
    let touched = revision.touched.keys().cloned().collect();
    let ledger = Arc::new(revision.ledger);
    let changes = Changes { release: draft.number, instant, list };
    let release = Release { ledger, ..draft }.with_changes(changes);
    Ok(Publication { release, touched, revised })
}

type Events<'r> = BTreeMap<Uid, Event<'r>>;

/// The events of a release, but for those in which nothing changed.
fn events<'r>(release: &'r Release, unchanged: &Unchanged) -> Events<'r> {
    let mut all = Vec::new();
    for group in &release.timetable.groups {
        if !unchanged.has_notices(group) {
            all.extend(events_of_group(release, group));
        }
        for meeting in group.meetings.iter().filter(|meeting| !unchanged.has(group, meeting)) {
            all.extend(events_of_meeting(group, meeting));
        }
    }
    all.into_iter().map(|event| (event.uid().clone(), event)).collect()
}

/// Every language in which somebody may read an event: a delegate may follow study groups of different languages.
fn languages(timetable: &Timetable) -> BTreeSet<&Language> {
    timetable.groups.iter().flat_map(|group| &group.languages).collect()
}

/// The UIDs that would mean something else than before, while what they meant is still there under another UID, or is
/// of another kind.
fn conflicts(ledger: &Ledger, now: &Events<'_>) -> Vec<Conflict> {
    let mut bearers: BTreeMap<String, Vec<&Uid>> = BTreeMap::new();
    for (uid, event) in now {
        bearers.entry(event.meaning()).or_default().push(uid);
    }
    let kind = |meaning: &str| meaning.split(' ').next().unwrap_or_default().to_owned();
    let mut conflicts = Vec::new();
    for (claimed, uids) in &bearers {
        for uid in uids {
            let Some(record) = ledger.records.get(*uid).filter(|record| record.meaning != *claimed) else { continue };
            let lives_on = bearers.get(&record.meaning).is_some_and(|others| others.iter().any(|other| other != uid));
            if lives_on || kind(&record.meaning) != kind(claimed) {
                let (uid, known) = (Uid::clone(uid), record.meaning.clone());
                conflicts.push(Conflict { uid, known, claimed: claimed.clone() });
            }
        }
    }
    conflicts.sort();
    conflicts
}

/// The ledger while a release is made.
struct Revising {
    ledger: Ledger,
    instant: Timestamp,
    first_sequence: u32,
    /// The records that are new or changed; what changed, where the stamps have moved.
    touched: BTreeMap<Uid, Option<Vec<Difference>>>,
}

impl Revising {
    /// An event is in the release.
    fn see(&mut self, uid: &Uid, event: &Event<'_>, then: Option<&Event<'_>>, languages: &BTreeSet<&Language>) {
        let known = self.ledger.records.get(uid);
        let sight = Sight { meaning: event.meaning(), prints: prints(event, languages) };
        let Revised { mut record, is_new_revision } = revised(known, sight, self.instant, self.first_sequence);
        if known == Some(&record) {
            return;
        }
        let differences = is_new_revision.then(|| match (known, then) {
            (None, _) => vec![Difference::New],
            (Some(known), _) if !known.is_listed => vec![Difference::Back],
            (Some(_), None) => vec![Difference::Details],
            (Some(_), Some(then)) => differences::between(then, event),
        });
        let is_told = |difference: &Difference| *difference != Difference::New && !is_notice(event);
        record.change.extend(differences.iter().flatten().filter(|difference| is_told(difference)).cloned());
        self.ledger.records.insert(uid.clone(), record);
        self.touched.insert(uid.clone(), differences);
    }

    /// An event is no longer in the release: it is over, or was a notice.
    fn miss(&mut self, uid: &Uid) {
        if let Some(record) = self.ledger.records.get_mut(uid) {
            record.is_listed = false;
            self.touched.insert(uid.clone(), None);
        }
    }

    /// A delegate's wishes, as far as events show them.
    fn wish(&mut self, delegate: &Delegate) {
        let audiences: Vec<_> = delegate.follows.iter().map(|follows| (&follows.group, &follows.audiences)).collect();
        let Delegate { language, session_reminders, deadline_reminders, hides_cancelled, .. } = delegate;
        let seen = format!("{audiences:?} {language:?} {session_reminders:?} {deadline_reminders:?} {hides_cancelled}");
        let print = digest(seen.as_bytes());
        match self.ledger.wishes.get_mut(&delegate.id) {
            None => {
                let wishes = Wishes { print, sequence: 0, modified: self.instant };
                self.ledger.wishes.insert(delegate.id.clone(), wishes);
            }
            Some(wishes) if wishes.print == print => {}
            Some(wishes) => {
                *wishes = Wishes { print, sequence: wishes.sequence.saturating_add(1), modified: self.instant };
            }
        }
    }
}

/// What readers of each language see of an event: with and without the links that are kept to an audience.
fn prints(event: &Event<'_>, languages: &BTreeSet<&Language>) -> Prints {
    let with_links = event.entries_with_links();
    let has_links = with_links.iter().zip(event.entries()).any(|(one, other)| one.join() != other.join());
    let print = |language: &Language| {
        let mut bytes = icalendar::unstamped(event.entries(), language);
        if has_links {
            bytes.push_str(&icalendar::unstamped(&with_links, language));
        }
        digest(bytes.as_bytes())
    };
    languages.iter().map(|language| (Language::clone(language), print(language))).collect()
}

/// 16 octets of a SHA-256.
fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes)[..16])
}

fn is_notice(event: &Event<'_>) -> bool {
    let what = &event.first().what;
    matches!(what, What::NoSession(..) | What::Closed(..) | What::Renamed(..) | What::Nothing { .. })
}

/// The list of changes: what was revised, and what is in other feeds than before. Those of a study group that was not
/// there before would say of everything that it is new, and are left out.
fn changes(
    (before, then): (&Release, &Events<'_>),
    (after, now): (&Release, &Events<'_>),
    revising: &Revising,
) -> Vec<Change> {
    let is_told =
        |event: &Event<'_>| !is_notice(event) && before.timetable.group(event.first().group.id.as_str()).is_some();
    let told: Vec<(&Uid, &Event<'_>)> = now.iter().filter(|(_, event)| is_told(event)).collect();
    let membership = Membership::between((before, then), (after, now), &told);
    let mut list = Vec::new();
    for (uid, event) in told {
        let differences = match revising.touched.get(uid) {
            Some(Some(differences)) => differences.clone(),
            // What is over leaves feeds by itself.
            _ if membership.differs(uid) && event.first().when().end_instant() > revising.instant => {
                vec![Difference::Feeds]
            }
            _ => continue,
        };
        list.push(change(uid, event, differences, membership.feeds(uid), revising));
    }
    list.sort_by(|a: &Change, b| (a.when.order(), &a.uid).cmp(&(b.when.order(), &b.uid)));
    list
}

fn change(
    uid: &Uid,
    event: &Event<'_>,
    differences: Vec<Difference>,
    feeds: Vec<String>,
    revising: &Revising,
) -> Change {
    let entry = event.first();
    let summary = |language: &Language| wording::title(entry, language);
    let (first, others) = entry.group.languages.split_first().unwrap_or_else(|| unreachable!("a group has a language"));
    let others = others.iter().map(|language| (language.clone(), summary(language))).collect();
    Change {
        uid: uid.clone(),
        sequence: revising.ledger.records.get(uid).map_or(0, |record| record.revision.sequence),
        group: entry.group.id.clone(),
        meeting: entry.meeting.map(|meeting| meeting.id.clone()),
        is_private: entry.session().is_some_and(|session| session.is_private),
        title: Text::translated(summary(first), others),
        when: entry.when().clone(),
        room: entry.details().and_then(|details| details.room.clone()),
        differences,
        feeds,
    }
}
