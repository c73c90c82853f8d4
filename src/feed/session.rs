//! The entries of a session: one for each occurrence, or a series and its exceptions.

use super::entry::{Instances, What};
use crate::timetable::{Occurrence, Session, When};

/// The entries of a session as everybody sees them: one for each occurrence, or a series and its exceptions.
pub(super) fn of_session(session: &Session) -> Vec<What<'_>> {
    let series = session.series.iter().filter_map(|_| series(session, false));
    series.chain(occurrences(session).map(|(_, occurrence)| What::Session(session, occurrence))).collect()
}

/// The occurrences that are entries of their own.
pub(super) fn occurrences(session: &Session) -> impl Iterator<Item = (usize, &Occurrence)> {
    let is_entry = |occurrence: &Occurrence| session.series.is_none() || occurrence.change.is_some();
    session.occurrences.iter().enumerate().filter(move |(_, occurrence)| is_entry(occurrence))
}

/// A series as its rule gives it; where cancelled instances are hidden, without them.
pub(super) fn series(session: &Session, hides_cancelled: bool) -> Option<What<'_>> {
    let series = session.series.as_ref()?;
    let is_hidden = |occurrence: &&Occurrence| hides_cancelled && session.cancelled(occurrence).is_some();
    let hidden: Vec<&When> =
        session.occurrences.iter().filter(is_hidden).map(|occurrence| &occurrence.original).collect();
    let instances = session.occurrences.iter().map(|occurrence| &occurrence.original).chain(&series.skipped);
    let instances = Instances::of(instances.collect(), &hidden, series)?;
    Some(What::Series(session, series, instances))
}
