//! Identities that would come to mean something else. clients.md C2

use std::collections::{BTreeMap, BTreeSet};

use super::{Conflict, Events, is_gone, is_notice};
use crate::feed::Event;
use crate::ledger::Ledger;
use crate::revision::Living;
use crate::timetable::Uid;

/// The UIDs that would mean something else than before, while what they meant is still there under another UID, or is of
/// another kind, or while what they would mean took place beside it under a UID that nothing has now. What is gone goes
/// on meaning what it meant.
pub(super) fn conflicts(ledger: &Ledger, then: &Events<'_>, now: &Events<'_>, living: &Living) -> Vec<Conflict> {
    let mut bearers: BTreeMap<String, Vec<&Uid>> = BTreeMap::new();
    for (uid, event) in now.iter().filter(|(uid, event)| !is_gone(uid, event, living)) {
        bearers.entry(event.meaning()).or_default().push(uid);
    }
    let took_place = |event: &Event<'_>| !is_notice(event) && event.first().cancelled().is_none();
    let is_abandoned = |(uid, event): &(&Uid, &Event<'_>)| is_gone(uid, event, living) && took_place(event);
    let abandoned: BTreeSet<String> = then.iter().filter(is_abandoned).map(|(_, event)| event.meaning()).collect();
    let kind = |meaning: &str| meaning.split(' ').next().unwrap_or_default().to_owned();
    let mut conflicts = Vec::new();
    for (claimed, uids) in &bearers {
        for uid in uids {
            let Some(record) = ledger.records.get(*uid).filter(|record| record.meaning != *claimed) else { continue };
            let lives_on = bearers.get(&record.meaning).is_some_and(|others| others.iter().any(|other| other != uid));
            let is_merged = abandoned.contains(claimed)
                && whole(claimed) != whole(&record.meaning)
                && then.get(*uid).is_some_and(took_place);
            if lives_on || is_merged || kind(&record.meaning) != kind(claimed) {
                let (uid, known) = (Uid::clone(uid), record.meaning.clone());
                conflicts.push(Conflict { uid, known, claimed: claimed.clone() });
            }
        }
    }
    conflicts.sort();
    conflicts
}

/// What an occurrence is one of: `session sg12/2025-01-geneva/q6` of `session sg12/2025-01-geneva/q6/2025-01-15T09:30:00`.
fn whole(meaning: &str) -> &str {
    meaning.match_indices('/').nth(2).map_or(meaning, |(end, _)| &meaning[..end])
}
