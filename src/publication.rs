//! Publishing, as arithmetic: a timetable, the previous release and an instant give the next release.
//!
//! Compares what readers would see of each event with what the ledger has, counts revisions, and determines what
//! changed and in which feeds. Reads no clock and writes nothing.

mod change_list;
mod conflicts;
mod differences;
mod instances;
mod ledger_update;
mod meeting_changes;
mod membership;
mod renames;
mod taken_addresses;
mod time_differences;
mod unchanged;
mod unintended;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::feed::{EntryKind, Event, events_of_group, events_of_meeting};
use crate::ledger::{Changes, Ledger, PreferencesTable};
use crate::revision::{DefinedUids, Release, keep_identities, keep_removed_as_cancelled, remap_delegates};
use crate::timetable::{Timetable, TimetableDiff, Uid};
use conflicts::conflicts;
use ledger_update::LedgerUpdate;
pub use renames::LikelyRename;
pub use taken_addresses::TakenAddress;
use unchanged::Unchanged;
pub use unintended::{ReplacedEvents, ShiftedHours};

/// What is to be published.
#[derive(Debug, Clone)]
pub struct PublishRequest {
    /// The new content.
    pub content: ReleaseContent,
    /// Where the feeds are served, with a slash at the end.
    pub base_url: Url,
    /// The instant of the release, in whole seconds, later than every release before.
    pub instant: Timestamp,
    /// The SEQUENCE of new events: 0, except after the loss of a ledger.
    pub first_sequence: u32,
    /// Whether the ledger may be outdated, so that no event goes on with less than that SEQUENCE.
    pub is_recovery: bool,
    /// Whether another renderer made the previous release, so that every event is compared.
    pub is_other_renderer: bool,
}

impl PublishRequest {
    /// Creates a request to publish definitions, with a complete ledger and the same renderer as before.
    pub fn from_definitions(timetable: Timetable, base_url: Url, instant: Timestamp) -> Self {
        let content = ReleaseContent::Definitions(timetable);
        Self { content, base_url, instant, first_sequence: 0, is_recovery: false, is_other_renderer: false }
    }
}

/// The content of a new release.
#[derive(Debug, Clone)]
pub enum ReleaseContent {
    /// The definitions.
    Definitions(Timetable),
    /// The definitions of an earlier release, with the delegates of the previous release.
    Restored(Timetable),
    /// The content of the previous release, rendered again.
    Previous,
}

/// A new release, with what differs from the previous one.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The release.
    pub release: Release,
    /// The events whose records are new or changed.
    pub touched: Vec<Uid>,
    /// The number of events with new stamps.
    pub revised: usize,
    /// What seems to have been renamed without `was:`.
    pub renames: Vec<LikelyRename>,
    /// The addresses that bodies take from others.
    pub taken_addresses: Vec<TakenAddress>,
    /// The sessions that keep their hours on another clock.
    pub shifted_hours: Vec<ShiftedHours>,
    /// The sessions whose events are replaced by others on the same days.
    pub replaced_events: Vec<ReplacedEvents>,
}

/// A UID that would change its meaning. clients.md C2
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UidConflict {
    /// The UID.
    pub uid: Uid,
    /// The meaning that readers know.
    pub known: String,
    /// The meaning that it would have.
    pub claimed: String,
}

/// Computes the next release.
///
/// ```
/// # use convene::definition::{DefinitionFile, read};
/// # use convene::resolve::resolve;
/// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
/// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
/// # let (definitions, mut problems) = read("meetings", files);
/// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// # let instant = "2024-12-20T08:00:00Z".parse().expect("an instant");
/// # let base_url: url::Url = "https://calendars.example.org/".parse().expect("a URL");
/// use convene::publication::{PublishRequest, publish};
///
/// let request = PublishRequest::from_definitions(timetable.clone(), base_url.clone(), instant);
/// let first = publish(None, request).expect("no conflicts").release;
/// assert_eq!(first.number, 1);
/// let later = "2024-12-21T08:00:00Z".parse().expect("an instant");
/// let again = publish(Some(&first), PublishRequest::from_definitions(timetable, base_url, later)).expect("no conflicts");
/// assert_eq!(again.revised, 0, "nothing has changed");
/// ```
///
/// # Errors
///
/// Returns the UIDs that would change their meaning. Nothing must be published then.
pub fn publish(before: Option<&Release>, request: PublishRequest) -> Result<Publication, Vec<UidConflict>> {
    let nothing = Release::draft(Timetable::default(), request.instant, request.base_url.clone());
    let before = before.unwrap_or(&nothing);
    let PublishRequest { content, base_url, instant, first_sequence, is_recovery, is_other_renderer } = request;
    let (timetable, defined) = content.with_removed_events(before, instant);
    let looks_at_all = is_other_renderer || is_recovery;
    let is_silent = !looks_at_all && before.timetable.groups == timetable.groups && before.base_url == base_url;
    let draft = Release {
        number: before.number + 1,
        published: instant,
        timetable,
        // A release without visible changes keeps the bytes of the previous one.
        instant: if is_silent { before.instant } else { instant },
        base_url,
        ledger: Arc::clone(&before.ledger),
        changes: before.changes.clone(),
    };
    let diff = TimetableDiff::between(&before.timetable, &draft.timetable);
    let unchanged = Unchanged::between(before, &draft, &diff, looks_at_all);
    let then = events(before, &unchanged);
    let now = events(&draft, &unchanged);
    let conflicts = conflicts(&before.ledger, &then, &now, &defined);
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let mut update = LedgerUpdate {
        ledger: Ledger::clone(&before.ledger),
        instant,
        first_sequence,
        is_recovery,
        timetable: &draft.timetable,
        languages: draft.timetable.languages(),
        defined: &defined,
        touched: BTreeMap::new(),
        preferences: PreferencesTable::default(),
        told_of_meeting: BTreeMap::new(),
        revised: 0,
    };
    if is_recovery {
        update.raise_sequences();
    }
    for (uid, event) in &now.by_uid {
        update.record_seen(uid, event, then.by_uid.get(uid));
    }
    for uid in then.by_uid.keys().filter(|uid| !now.by_uid.contains_key(*uid)) {
        update.record_missing(uid);
    }
    if !have_same_preferences(&before.timetable, &draft.timetable, &diff) {
        draft.timetable.delegates.iter().for_each(|delegate| update.record_preferences(&delegate));
    }
    let list = change_list::changes(&then, &now, &update);
    let taken_addresses = taken_addresses::taken_addresses(&before.timetable, &draft.timetable);
    let renames = renames::likely_renames(before, &draft.timetable, &defined);
    let shifted_hours = unintended::shifted_hours(&before.timetable, &draft.timetable);
    let replaced_events = unintended::replaced_events(before, &draft.timetable, &defined);
    let LedgerUpdate { mut ledger, touched, preferences, revised, .. } = update;
    if !preferences.is_empty() {
        ledger.preferences = Arc::new(ledger.preferences.merged_with(&preferences));
    }
    let touched = touched.into_keys().collect();
    let ledger = Arc::new(ledger);
    let changes = Changes { release: draft.number, instant, list };
    let release = Release { ledger, ..draft }.with_changes(changes);
    Ok(Publication { release, touched, revised, renames, taken_addresses, shifted_hours, replaced_events })
}

/// Returns `true` if the delegates have the same preferences, for study groups that are the same.
fn have_same_preferences(before: &Timetable, after: &Timetable, diff: &TimetableDiff<'_>) -> bool {
    Arc::ptr_eq(&before.delegates, &after.delegates)
        && after.groups.iter().all(|group| diff.is_same_except_meetings(&group.id))
}

impl ReleaseContent {
    /// Returns everything that is published, and the UIDs that are not removed. If the content is that of the
    /// previous release, all meanings are known.
    fn with_removed_events(self, before: &Release, instant: Timestamp) -> (Timetable, DefinedUids) {
        match self {
            Self::Definitions(timetable) => {
                let timetable = keep_identities(timetable, before, instant, false);
                let defined = DefinedUids::from_timetable(&timetable);
                (keep_removed_as_cancelled(timetable, &defined, &before.timetable, instant), defined)
            }
            Self::Restored(timetable) => {
                let timetable = keep_identities(timetable, before, instant, true);
                let defined = DefinedUids::from_timetable(&timetable);
                let mut timetable = keep_removed_as_cancelled(timetable, &defined, &before.timetable, instant);
                timetable.delegates = Arc::new(remap_delegates(&before.timetable, &timetable));
                (timetable, defined)
            }
            Self::Previous => (before.timetable.clone(), DefinedUids::default()),
        }
    }
}

/// The events of a release, by UID.
struct ReleaseEvents<'r> {
    release: &'r Release,
    by_uid: BTreeMap<Uid, Event<'r>>,
}

/// Returns the events of a release, without those that cannot have changed.
fn events<'r>(release: &'r Release, unchanged: &Unchanged<'_>) -> ReleaseEvents<'r> {
    let mut all = Vec::new();
    for group in &release.timetable.groups {
        if !unchanged.has_notices(group) {
            all.extend(events_of_group(release, group));
        }
        for meeting in group.meetings.iter().filter(|meeting| !unchanged.has_meeting(meeting)) {
            all.extend(events_of_meeting(group, meeting));
        }
    }
    let by_uid = all.into_iter().map(|event| (event.uid().clone(), event)).collect();
    ReleaseEvents { release, by_uid }
}

fn is_private(event: &Event<'_>) -> bool {
    event.first().session().is_some_and(|session| session.is_private)
}

fn is_notice(event: &Event<'_>) -> bool {
    matches!(event.first().kind, EntryKind::Notice(_))
}

/// Returns `true` if the definitions no longer contain an event. They never contain notices.
fn is_removed(uid: &Uid, event: &Event<'_>, defined: &DefinedUids) -> bool {
    !defined.contains(uid) && !is_notice(event)
}
