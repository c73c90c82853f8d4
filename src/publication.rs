//! Publishing, as arithmetic: a timetable, the release before it and an instant become the next release.
//!
//! Compares what readers would see of each event with what the ledger says that they saw, counts revisions, finds in
//! words what changed and in which feeds. Reads no clock and writes nothing.

mod conflicts;
mod differences;
mod membership;
mod revising;
mod unchanged;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::feed::{Event, What, events_of_group, events_of_meeting};
use crate::ledger::{Changes, Difference, EventChange, EventTitle, Ledger, PreferencesTable};
use crate::revision::{Living, Release, carried, with_gone};
use crate::text::{Language, Text};
use crate::timetable::{Group, Timetable, Uid};
use crate::wording;
use conflicts::conflicts;
use membership::Membership;
use revising::Revising;
use unchanged::Unchanged;

/// What is to be published.
#[derive(Debug, Clone)]
pub struct Intent {
    /// What is meant.
    pub meant: Meant,
    /// Where the feeds are served, with a slash at its end.
    pub base_url: Url,
    /// When, in whole seconds: later than every release before.
    pub instant: Timestamp,
    /// The SEQUENCE of events that nobody knows: 0, but after the loss of a ledger.
    pub first_sequence: u32,
    /// Whether what is known of events is not to be believed, so that none goes on with less than that SEQUENCE.
    pub is_recovery: bool,
    /// Whether the release before was made by another renderer, so that every event is looked at.
    pub is_other_renderer: bool,
}

impl Intent {
    /// To publish what definitions mean, with a ledger that holds everything and by the same renderer as before.
    pub fn of(timetable: Timetable, base_url: Url, instant: Timestamp) -> Self {
        let meant = Meant::Definitions(timetable);
        Self { meant, base_url, instant, first_sequence: 0, is_recovery: false, is_other_renderer: false }
    }
}

/// What a release is to mean.
#[derive(Debug, Clone)]
pub enum Meant {
    /// What definitions mean.
    Definitions(Timetable),
    /// What the definitions of an earlier release mean, for the delegates of the release before.
    Restored(Timetable),
    /// What the release before means: it is rendered anew.
    AsBefore,
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
    let nothing = Release::draft(Timetable::default(), intent.instant, intent.base_url.clone());
    let before = before.unwrap_or(&nothing);
    let Intent { meant, base_url, instant, first_sequence, is_recovery, is_other_renderer } = intent;
    let (timetable, living) = meant.with_what_is_gone(&before.timetable, instant);
    let looks_at_all = is_other_renderer || is_recovery;
    let is_silent = !looks_at_all && before.timetable.groups == timetable.groups && before.base_url == base_url;
    let draft = Release {
        number: before.number + 1,
        published: instant,
        timetable,
        // A release that changes nothing that readers see keeps the bytes of the one before.
        instant: if is_silent { before.instant } else { instant },
        base_url,
        ledger: Arc::clone(&before.ledger),
        changes: before.changes.clone(),
    };
    let unchanged = Unchanged::between(before, &draft, looks_at_all);
    let then = events(before, &unchanged);
    let now = events(&draft, &unchanged);
    let conflicts = conflicts(&before.ledger, &then, &now, &living);
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let mut revision = Revising {
        ledger: Ledger::clone(&before.ledger),
        instant,
        first_sequence,
        is_recovery,
        timetable: &draft.timetable,
        languages: draft.timetable.languages(),
        living: &living,
        touched: BTreeMap::new(),
        wished: PreferencesTable::default(),
        revised: 0,
    };
    if is_recovery {
        revision.raise();
    }
    for (uid, event) in &now {
        revision.see(uid, event, then.get(uid));
    }
    for uid in then.keys().filter(|uid| !now.contains_key(*uid)) {
        revision.miss(uid);
    }
    if !wish_the_same(&before.timetable, &draft.timetable) {
        draft.timetable.delegates.iter().for_each(|delegate| revision.wish(&delegate));
    }
    let list = changes((before, &then), (&draft, &now), &revision);
    let Revising { mut ledger, touched, wished, revised, .. } = revision;
    if !wished.is_empty() {
        ledger.preferences = Arc::new(ledger.preferences.merged_with(&wished));
    }
    let touched = touched.into_keys().collect();
    let ledger = Arc::new(ledger);
    let changes = Changes { release: draft.number, instant, list };
    let release = Release { ledger, ..draft }.with_changes(changes);
    Ok(Publication { release, touched, revised })
}

/// Whether all delegates wish what they wished, of study groups that are what they were.
fn wish_the_same(before: &Timetable, after: &Timetable) -> bool {
    let is_same =
        |group: &Group| before.group(group.id.as_str()).is_some_and(|known| known.same_except_meetings(group));
    Arc::ptr_eq(&before.delegates, &after.delegates) && after.groups.iter().all(is_same)
}

impl Meant {
    /// All that is published, and the UIDs of what is not gone. Where it is as before, what every UID means is known.
    fn with_what_is_gone(self, before: &Timetable, instant: Timestamp) -> (Timetable, Living) {
        match self {
            Self::Definitions(timetable) => {
                let living = Living::of(&timetable);
                (with_gone(timetable, &living, before, instant), living)
            }
            Self::Restored(timetable) => {
                let living = Living::of(&timetable);
                let mut timetable = with_gone(timetable, &living, before, instant);
                timetable.delegates = Arc::new(carried(before, &timetable));
                (timetable, living)
            }
            Self::AsBefore => (before.clone(), Living::default()),
        }
    }
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

fn is_private(event: &Event<'_>) -> bool {
    event.first().session().is_some_and(|session| session.is_private)
}

fn is_notice(event: &Event<'_>) -> bool {
    let what = &event.first().what;
    matches!(what, What::NoSession(..) | What::Closed(..) | What::Renamed(..) | What::Nothing { .. })
}

/// Whether the definitions, which have what is `living`, no longer have an event. Notices are in none.
fn is_gone(uid: &Uid, event: &Event<'_>, living: &Living) -> bool {
    !living.has(uid) && !is_notice(event)
}

/// The list of changes: what was revised, and what is in other feeds than before. Those of a study group that was not
/// there before would say of everything that it is new, and are left out.
fn changes(
    (before, then): (&Release, &Events<'_>),
    (after, now): (&Release, &Events<'_>),
    revising: &Revising<'_>,
) -> Vec<EventChange> {
    let is_told =
        |event: &Event<'_>| !is_notice(event) && before.timetable.group(event.first().group.id.as_str()).is_some();
    let told: Vec<(&Uid, &Event<'_>)> = now.iter().filter(|(_, event)| is_told(event)).collect();
    let membership = Membership::between((before, then), (after, now), &told);
    let mut list = Vec::new();
    for (uid, event) in told {
        let differences = match revising.touched.get(uid) {
            Some(Some(differences)) => differences.clone(),
            // What is over leaves feeds by itself.
            _ if membership.differs(uid) && event.first().when().end() > revising.instant => {
                vec![Difference::Feeds]
            }
            _ => continue,
        };
        list.push(change(uid, event, differences, membership.feeds(uid), revising));
    }
    list.sort_by(|a: &EventChange, b| (a.when.sort_key(), &a.uid).cmp(&(b.when.sort_key(), &b.uid)));
    list
}

fn change(
    uid: &Uid,
    event: &Event<'_>,
    differences: Vec<Difference>,
    feeds: Vec<String>,
    revising: &Revising<'_>,
) -> EventChange {
    let entry = event.first();
    let summary = |language: &Language| wording::title(entry, language);
    let (first, others) = entry.group.languages.split_first().unwrap_or_else(|| unreachable!("a group has a language"));
    let others = others.iter().map(|language| (language.clone(), summary(language))).collect();
    EventChange {
        uid: uid.clone(),
        sequence: revising.ledger.records.get(uid).map_or(0, |record| record.revision.sequence),
        group: entry.group.id.clone(),
        meeting: entry.meeting.map(|meeting| meeting.id.clone()),
        is_private: is_private(event),
        title: Text::with_translations(summary(first), others),
        title_parts: wording::name(entry).map(EventTitle::into_owned),
        when: entry.when().clone(),
        room: entry.details().and_then(|details| details.room.clone()),
        differences,
        feeds,
    }
}
