//! The entries of a session: one for each occurrence, or a series and its overrides.

use super::entry::{EntryKind, SeriesInstances};
use crate::timetable::{Occurrence, Session, When};

/// Returns the entries of a session as everybody sees them: one for each occurrence, or a series and its overrides.
pub(super) fn session_entries(session: &Session) -> Vec<EntryKind<'_>> {
    let series = session.series.iter().filter_map(|_| series(session, false));
    series.chain(occurrences(session).map(|(_, occurrence)| EntryKind::Session(session, occurrence))).collect()
}

/// Iterates over the occurrences that are entries of their own.
pub(super) fn occurrences(session: &Session) -> impl Iterator<Item = (usize, &Occurrence)> {
    let is_entry = |occurrence: &Occurrence| session.series.is_none() || occurrence.overridden_by.is_some();
    session.occurrences.iter().enumerate().filter(move |(_, occurrence)| is_entry(occurrence))
}

/// Returns a series as an entry, without its cancelled instances if these are hidden.
pub(super) fn series(session: &Session, hides_cancelled: bool) -> Option<EntryKind<'_>> {
    let series = session.series.as_ref()?;
    let is_hidden = |occurrence: &&Occurrence| hides_cancelled && session.cancelled(occurrence).is_some();
    let hidden: Vec<&When> =
        session.occurrences.iter().filter(is_hidden).map(|occurrence| &occurrence.original).collect();
    let instances = SeriesInstances::new(session.planned_times().collect(), &hidden, series)?;
    Some(EntryKind::Series(session, series, instances))
}
