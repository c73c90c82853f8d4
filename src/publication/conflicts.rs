//! Finds UIDs that would change their meaning. clients.md C2

use std::collections::{BTreeMap, BTreeSet};

use super::{ReleaseEvents, UidConflict, is_notice, is_removed};
use crate::feed::Event;
use crate::ledger::Ledger;
use crate::revision::DefinedUids;
use crate::timetable::Uid;
use crate::wording;

/// Returns the UIDs that would change their meaning, while the old meaning still exists under another UID, or is of
/// another kind, or while the new meaning took place under a UID that nothing has any more. What is removed keeps its
/// meaning.
pub(super) fn conflicts(
    ledger: &Ledger,
    then: &ReleaseEvents<'_>,
    now: &ReleaseEvents<'_>,
    defined: &DefinedUids,
) -> Vec<UidConflict> {
    let mut bearers: BTreeMap<String, Vec<&Uid>> = BTreeMap::new();
    for (uid, event) in now.by_uid.iter().filter(|(uid, event)| !is_removed(uid, event, defined)) {
        bearers.entry(event.meaning()).or_default().push(uid);
    }
    let took_place = |event: &Event<'_>| !is_notice(event) && event.first().cancelled().is_none();
    let is_abandoned = |(uid, event): &(&Uid, &Event<'_>)| is_removed(uid, event, defined) && took_place(event);
    let abandoned: BTreeSet<String> =
        then.by_uid.iter().filter(is_abandoned).map(|(_, event)| event.meaning()).collect();
    let kind = |meaning: &str| meaning.split(' ').next().unwrap_or_default().to_owned();
    let mut conflicts = Vec::new();
    for (claimed, uids) in &bearers {
        for uid in uids {
            let Some(record) = ledger.records.get(*uid).filter(|record| record.meaning != *claimed) else { continue };
            // The same thing under another name, which a rollback may give back.
            if then.by_uid.get(*uid).zip(now.by_uid.get(*uid)).is_some_and(|(then, now)| looks_same(then, now)) {
                continue;
            }
            let lives_on = bearers.get(&record.meaning).is_some_and(|others| others.iter().any(|other| other != uid));
            // Two entries may exchange their names, if both say so.
            let is_declared = now.by_uid.get(*uid).is_some_and(|event| event.first().is_declared_rename());
            let is_merged = abandoned.contains(claimed)
                && whole(claimed) != whole(&record.meaning)
                && then.by_uid.get(*uid).is_some_and(took_place);
            if (lives_on && !is_declared) || is_merged || kind(&record.meaning) != kind(claimed) {
                let (uid, known) = (Uid::clone(uid), record.meaning.clone());
                conflicts.push(UidConflict { uid, known, claimed: claimed.clone() });
            }
        }
    }
    conflicts.sort();
    conflicts
}

/// Returns `true` if two events have the same time and the same title.
fn looks_same(then: &Event<'_>, now: &Event<'_>) -> bool {
    let (then, now) = (then.first(), now.first());
    then.when_planned() == now.when_planned() && wording::event_title(then) == wording::event_title(now)
}

/// Returns what an occurrence belongs to: `session sg12/2025-01-geneva/q6` for `session
/// sg12/2025-01-geneva/q6/2025-01-15T09:30:00`.
fn whole(meaning: &str) -> &str {
    meaning.match_indices('/').nth(2).map_or(meaning, |(end, _)| &meaning[..end])
}
