//! Feeds: who gets what, as a value.
//!
//! Turns a release and a [`Selection`] into the [`Feed`] that every renderer is given; no renderer selects. Knows the
//! addresses of feeds, and nothing of words, bytes or HTTP.

mod address;
mod catalogue;
mod entry;
mod events;
mod listing;
mod notices;
mod pick;
mod reach;
mod selection;
mod session;

pub use address::{
    Found, addresses, addresses_of, addresses_of_some, find, follow, number_of_addresses, path, selections_of_bodies,
};
pub use catalogue::{Catalogue, Spot};
pub use entry::{Entry, Instances, Length, What};
pub use events::{Event, events_of_group, events_of_meeting};
pub use pick::{LeftOut, Pick, Picked};
pub use selection::Selection;

use crate::revision::Release;
use crate::text::Language;
use crate::timetable::Uid;

/// Most events of a feed. Google takes about a thousand. clients.md J1
pub const MOST_EVENTS: usize = 900;
/// Most octets of a feed. Google takes a million. clients.md J1
pub const MAX_FILE_BYTES: usize = 900_000;

/// A selection of a release in a language: what one address holds.
pub struct Feed<'c> {
    /// The release.
    pub release: &'c Release,
    /// What was asked for.
    pub selection: Selection,
    /// The language of its reader.
    pub language: Language,
    /// Its path below the host without `.ics`: `sg12/wp1`, `sg12/wp1.zh`. None for a delegate's: people forward files.
    pub path: Option<String>,
    /// What has no room in it.
    pub left_out: LeftOut,
    catalogue: &'c Catalogue,
    picks: Vec<Pick<'c>>,
}

impl<'c> Feed<'c> {
    /// What a selection holds for a reader of `language`, or in the first language of its study group.
    pub fn of(catalogue: &'c Catalogue, selection: Selection, language: Option<&Language>) -> Self {
        let release = &**catalogue.release();
        let (picks, left_out) = pick::picks(catalogue, &selection, MOST_EVENTS);
        let own = selection.own_language(&release.timetable);
        let language = language.cloned().unwrap_or_else(|| own.clone());
        // The first language has the address without one.
        let path = address::path(&release.timetable, &selection)
            .map(|path| if language == own { path } else { format!("{path}.{language}") });
        Self { release, selection, language, path, left_out, catalogue, picks }
    }

    /// What it holds by time, then by UID: at least one entry, every UID once.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'c>> {
        self.picks.iter().map(|pick| pick.entry(self.catalogue))
    }

    /// What it holds, without what each is.
    pub fn picks(&self) -> &[Pick<'c>] {
        &self.picks
    }

    /// The catalogue that it was picked from.
    pub fn catalogue(&self) -> &'c Catalogue {
        self.catalogue
    }

    /// Takes away what has no room in so many octets, of which each pick takes some.
    pub fn fit(&mut self, most: usize, octets: &[usize]) {
        let LeftOut { has_past, from } = pick::cut(&mut self.picks, self.catalogue, most, octets);
        self.left_out.has_past |= has_past;
        self.left_out.from = from.or(self.left_out.from);
    }
}

/// How many entries a selection holds, whether there is room for them or not, and how long all of them are.
pub fn lengths(catalogue: &Catalogue, selection: &Selection) -> (usize, Length) {
    let (picks, _) = pick::picks(catalogue, selection, usize::MAX);
    let lengths = picks.iter().map(|pick| pick.length(catalogue));
    (picks.len(), lengths.fold(Length::default(), Length::plus))
}

/// How many entries the feed of a meeting may hold, and how long all of them are: no fewer and no shorter than it does.
pub fn lengths_of_meeting(catalogue: &Catalogue, group: usize, meeting: usize) -> (usize, Length) {
    let lines = &catalogue.listing(group, meeting).lines;
    (lines.len(), lines.iter().map(|line| line.length).fold(Length::default(), Length::plus))
}

/// The UIDs that a selection holds of the meetings of a catalogue, whether there is room for them or not.
pub fn uids_of(catalogue: &Catalogue, selection: &Selection) -> Vec<Uid> {
    let (picks, _) = pick::picks(catalogue, selection, usize::MAX);
    picks.iter().map(|pick| pick.uid(catalogue).clone()).collect()
}
