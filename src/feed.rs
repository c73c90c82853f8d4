//! Feeds: who gets what, as a value.
//!
//! Turns a release and a [`Selection`] into the [`Feed`] that every renderer is given; no renderer selects. Knows the
//! addresses of feeds, and nothing of words, bytes or HTTP.

mod address;
mod entries;
mod entry;
mod events;
mod selection;

pub use address::{addresses, addresses_of, follow};
pub use entry::{Entry, Instances, What};
pub use events::{Event, events_of_group, events_of_meeting};
pub use selection::Selection;

use crate::revision::Release;
use crate::text::Language;
use crate::timetable::Meeting;

/// A selection of a release in a language: what one address holds.
#[derive(Debug, Clone)]
pub struct Feed<'r> {
    /// The release.
    pub release: &'r Release,
    /// What was asked for.
    pub selection: Selection,
    /// The language of its reader.
    pub language: Language,
    /// Its path below the host without `.ics`: `sg12/wp1`, `sg12/wp1.zh`. None for a delegate's: people forward files.
    pub path: Option<String>,
    /// What it holds by time, then by UID: at least one entry, every UID once.
    pub entries: Vec<Entry<'r>>,
}

/// The path of a selection below the host, without a language and without `.ics`; none for a delegate's.
pub fn path(timetable: &crate::timetable::Timetable, selection: &Selection) -> Option<String> {
    address::path(timetable, selection)
}

/// What a selection holds of some meetings alone.
pub fn entries_of<'r>(
    release: &'r Release,
    selection: &Selection,
    is_looked_at: impl Fn(&Meeting) -> bool,
) -> Vec<Entry<'r>> {
    entries::entries(release, selection, is_looked_at)
}

impl<'r> Feed<'r> {
    /// What a selection holds for a reader of `language`, or in the first language of its study group.
    pub fn of(release: &'r Release, selection: Selection, language: Option<&Language>) -> Self {
        let entries = entries::entries(release, &selection, |_| true);
        let own = selection.own_language(&release.timetable);
        let language = language.cloned().unwrap_or_else(|| own.clone());
        // The first language has the address without one.
        let path = address::path(&release.timetable, &selection)
            .map(|path| if language == own { path } else { format!("{path}.{language}") });
        Self { release, selection, language, path, entries }
    }
}
