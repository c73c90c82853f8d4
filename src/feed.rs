//! Feeds: who gets which entries.
//!
//! Turns a release and a [`Selection`] into a [`Feed`], which every renderer takes. Renderers do not select. Knows
//! the addresses of feeds, and nothing of wording, bytes or HTTP.

mod address;
mod cut;
mod entry;
mod events;
mod index;
mod indexed_entry;
mod mask;
mod meeting_index;
mod notices;
mod path_target;
mod place;
mod select;
mod selection;
mod session;
mod text_length;

pub use address::{address_count, addresses, addresses_of, addresses_of_some, path, selections_of_bodies};
pub use cut::Omitted;
pub use entry::{Entry, EntryKind, Notice, NoticeKind, SeriesInstances};
pub use events::{Event, events_of_group, events_of_meeting};
pub use index::{EntryIndex, EntryRef};
pub use path_target::{PathTarget, resolve_follow, resolve_path};
pub use select::{SelectedEntry, SelectedKind};
pub use selection::Selection;
pub use text_length::TextLength;

use crate::revision::Release;
use crate::text::Language;
use crate::timetable::Uid;

/// The largest number of events in a feed. Google takes about a thousand. clients.md J1
pub const MAX_EVENTS: usize = 900;
/// The largest feed, in bytes. Google takes a million. clients.md J1
pub const MAX_FEED_BYTES: usize = 900_000;

/// The entries of a selection in a language: what one address serves.
pub struct Feed<'c> {
    /// The release.
    pub release: &'c Release,
    /// What was selected.
    pub selection: Selection,
    /// The language of the reader.
    pub language: Language,
    /// The path below the host without `.ics`: `sg12/wp1`, `sg12/wp1.zh`. `None` for a delegate's feed, because
    /// people forward files.
    pub path: Option<String>,
    /// What did not fit.
    pub omitted: Omitted,
    entry_index: &'c EntryIndex,
    selected: Vec<SelectedEntry<'c>>,
}

impl<'c> Feed<'c> {
    /// Selects the entries for a reader of `language`, or in the first language of the study group.
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
    /// # let release = convene::revision::Release::draft(timetable, instant, base_url);
    /// # let index = convene::feed::EntryIndex::new(std::sync::Arc::new(release), None);
    /// # let id = |id: &str| convene::id::Id::parse(id).expect("an id");
    /// use convene::feed::{Feed, Selection};
    ///
    /// let feed = Feed::new(&index, Selection::Deadlines(id("sg12")), None);
    /// assert_eq!(feed.path.as_deref(), Some("sg12/deadlines"));
    /// assert_eq!(feed.entries().count(), 8);
    /// ```
    pub fn new(entry_index: &'c EntryIndex, selection: Selection, language: Option<&Language>) -> Self {
        let release = &**entry_index.release();
        let (selected_entries, left_out) = select::select(entry_index, &selection, MAX_EVENTS);
        let own = selection.own_language(&release.timetable);
        let language = language.cloned().unwrap_or_else(|| own.clone());
        // The first language has the address without a language.
        let path = address::path(&release.timetable, &selection)
            .map(|path| if language == own { path } else { format!("{path}.{language}") });
        Self { release, selection, language, path, omitted: left_out, entry_index, selected: selected_entries }
    }

    /// Iterates over the entries by time, then by UID. There is at least one, and every UID is there once.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'c>> {
        self.selected.iter().map(|selected_entry| selected_entry.entry(self.entry_index))
    }

    /// Returns the selected entries by reference.
    pub fn entry_refs(&self) -> &[SelectedEntry<'c>] {
        &self.selected
    }

    /// Returns the index that it was selected from.
    pub fn entry_index(&self) -> &'c EntryIndex {
        self.entry_index
    }

    /// Removes entries until the feed fits in `most` bytes. `bytes` has the size of each entry.
    pub fn fit(&mut self, most: usize, bytes: &[usize]) {
        let Omitted { has_past, from } = cut::cut(&mut self.selected, self.entry_index, most, bytes);
        self.omitted.has_past |= has_past;
        self.omitted.from = from.or(self.omitted.from);
    }
}

/// Returns the number of entries of a selection, without a limit, and the length of their texts.
pub fn lengths(entry_index: &EntryIndex, selection: &Selection) -> (usize, TextLength) {
    select::lengths(entry_index, selection).unwrap_or_else(|| {
        let (selected_entries, _) = select::select(entry_index, selection, usize::MAX);
        let lengths = selected_entries.iter().map(|selected_entry| selected_entry.length(entry_index));
        (selected_entries.len(), lengths.fold(TextLength::default(), TextLength::plus))
    })
}

/// Returns an upper bound for the number of entries in a meeting's feed and the length of their texts.
pub fn lengths_of_meeting(entry_index: &EntryIndex, group: usize, meeting: usize) -> (usize, TextLength) {
    let lines = &entry_index.meeting_index(group, meeting).entries;
    (lines.len(), lines.iter().map(|line| line.length).fold(TextLength::default(), TextLength::plus))
}

/// Returns the UIDs of a selection among the meetings of an index, without a limit.
pub fn uids_of(entry_index: &EntryIndex, selection: &Selection) -> Vec<Uid> {
    let (selected_entries, _) = select::select(entry_index, selection, usize::MAX);
    selected_entries.iter().map(|selected_entry| selected_entry.uid(entry_index).clone()).collect()
}
