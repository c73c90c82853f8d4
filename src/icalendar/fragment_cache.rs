//! The fragment cache of a release: its events, rendered when they are first needed, and copied into feeds.
//!
//! Memory grows with the events that were requested, not with the feeds that contain them. Fragments are kept from
//! release to release if nothing of their meeting and their stamps has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::alarm;
use super::fragment::Fragment;
use super::rendered_feed::{FeedEvents, FragmentRef, Reminder, RenderedFeed};
use crate::feed::{EntryIndex, EntryRef, Feed, MAX_FEED_BYTES, SelectedEntry, SelectedKind};
use crate::id::Id;
use crate::revision::StampOffset;
use crate::text::Language;
use crate::timetable::{Delegate, MeetingRef, TimetableDiff, Uid};

/// The rendered events of a release, and the index of its entries.
pub struct FragmentCache {
    index: EntryIndex,
    /// Every language of the release.
    languages: Vec<Language>,
    /// By study group and meeting.
    meetings: Vec<Vec<Arc<MeetingFragments>>>,
}

/// A slot for each entry of a meeting.
type EntrySlots<T> = Box<[OnceLock<T>]>;
type FragmentSlots = EntrySlots<Fragment>;
type ReminderSlots = EntrySlots<Arc<Reminder>>;

/// The fragments of a meeting.
#[derive(Default)]
struct MeetingFragments {
    /// For each language: without links for an audience, and with them. Created when the first one is needed, because most
    /// meetings of a release that is only checked are never rendered.
    fragments: OnceLock<Box<[[OnceLock<FragmentSlots>; 2]]>>,
    /// For each language, by its index, and each lead time in minutes.
    reminders: RwLock<BTreeMap<(usize, i32), Arc<ReminderSlots>>>,
}

/// The largest number of lead times whose reminders are cached. Others are rendered each time.
const MAX_LEAD_TIMES: usize = 16;
/// The largest size of the head of a calendar with its zones, in bytes.
const MAX_HEAD_BYTES: usize = 8_000;

impl FragmentCache {
    /// Creates the cache of a release. What has not changed since `before` is shared with it.
    pub fn new(entry_index: EntryIndex, before: Option<&Self>) -> Self {
        let languages: Vec<Language> = entry_index.release().timetable.languages().into_iter().collect();
        let before = before.filter(|before| before.languages == languages);
        let known = before.map(|before| PreviousFragments::new(before, &entry_index));
        let groups = entry_index.release().timetable.groups.iter().enumerate();
        let meetings = groups.map(|(group, of)| {
            let fragments = |meeting: usize, uid: &Uid| {
                let known =
                    known.as_ref().and_then(|known| known.fragments(MeetingRef { group, meeting }, &of.id, uid));
                known.unwrap_or_default()
            };
            of.meetings.iter().enumerate().map(|(meeting, what)| fragments(meeting, &what.uid)).collect()
        });
        let meetings = meetings.collect();
        Self { index: entry_index, languages, meetings }
    }

    /// Returns the index of the release, without the rendered events.
    pub fn into_entry_index(self) -> EntryIndex {
        self.index
    }

    /// Returns the index of the release.
    pub fn entry_index(&self) -> &EntryIndex {
        &self.index
    }

    /// Renders a feed, as far as it fits.
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
    /// use convene::icalendar::{FragmentCache, render};
    ///
    /// let cache = FragmentCache::new(index, None);
    /// let feed = || Feed::new(cache.entry_index(), Selection::All(id("sg12")), None);
    /// assert_eq!(cache.render(feed()).bytes(), render(&feed()).into_bytes());
    /// ```
    pub fn render<'s>(&'s self, mut feed: Feed<'s>) -> RenderedFeed<'s> {
        let mut parts = self.parts(&feed);
        let mut bytes = parts.sizes().sum::<usize>();
        if bytes > MAX_FEED_BYTES - MAX_HEAD_BYTES {
            let each: Vec<usize> = parts.sizes().collect();
            feed.fit(MAX_FEED_BYTES - MAX_HEAD_BYTES, &each);
            parts = self.parts(&feed);
            bytes = parts.sizes().sum();
        }
        RenderedFeed::new(&feed, parts, bytes)
    }

    /// Returns the size of a feed in bytes, whether it fits or not.
    pub fn uncut_byte_count(&self, feed: &Feed<'_>) -> usize {
        let parts = self.parts(feed);
        let bytes = parts.sizes().sum();
        RenderedFeed::new(feed, parts, bytes).byte_count()
    }

    fn parts<'s>(&'s self, feed: &Feed<'s>) -> FeedEvents<'s> {
        let language = self.languages.iter().position(|language| *language == feed.language);
        let delegate = feed.selection.delegate();
        let offset = delegate.map(|delegate| StampOffset::from_preferences(feed.release.preferences(delegate)));
        let is_reminded = |of: &&Delegate| !(of.session_reminders.is_empty() && of.deadline_reminders.is_empty());
        let fragment = |selected_entry: &SelectedEntry<'s>| {
            let own = || Fragment::new(&selected_entry.entry(&self.index), feed.release, &feed.language);
            match (&selected_entry.what, language) {
                (SelectedKind::Indexed { entry_ref, may_join }, Some(language)) => {
                    FragmentRef::Shared(self.slots(*entry_ref, language, *may_join)[entry_ref.index].get_or_init(own))
                }
                _ => FragmentRef::Own(Box::new(own())),
            }
        };
        let reminders = delegate.filter(is_reminded).map(|of| {
            let reminders =
                |selected_entry: &SelectedEntry<'s>| self.reminders(selected_entry, of, &feed.language, language);
            feed.entry_refs().iter().map(reminders).collect()
        });
        FeedEvents {
            fragments: feed.entry_refs().iter().map(fragment).collect(),
            reminders: reminders.unwrap_or_default(),
            offset,
        }
    }

    fn slots(&self, entry_ref: EntryRef, language: usize, may_join: bool) -> &FragmentSlots {
        let fragments = &self.meetings[entry_ref.group][entry_ref.meeting].fragments;
        let empty = || std::iter::repeat_with(Default::default).take(self.languages.len()).collect();
        fragments.get_or_init(empty)[language][usize::from(may_join)].get_or_init(|| self.empty(entry_ref))
    }

    /// Creates a slot for each entry of a meeting.
    fn empty<T>(&self, entry_ref: EntryRef) -> EntrySlots<T> {
        let lines = self.index.entries_of_meeting(entry_ref.group, entry_ref.meeting);
        std::iter::repeat_with(OnceLock::new).take(lines).collect()
    }

    /// Returns the reminders of an event that a delegate wants.
    fn reminders(
        &self,
        selected_entry: &SelectedEntry<'_>,
        delegate: &Delegate,
        language: &Language,
        number: Option<usize>,
    ) -> Vec<Arc<Reminder>> {
        let entry = selected_entry.entry(&self.index);
        let leads = alarm::lead_times(&entry, delegate);
        let write = |lead: i32| Arc::new(Reminder::new(alarm::text(&entry, lead, language)));
        let reminder = |lead: &i32| match (&selected_entry.what, number) {
            (SelectedKind::Indexed { entry_ref, .. }, Some(number)) => {
                match self.kept_reminders(*entry_ref, (number, *lead)) {
                    Some(slots) => Arc::clone(slots[entry_ref.index].get_or_init(|| write(*lead))),
                    None => write(*lead),
                }
            }
            _ => write(*lead),
        };
        leads.iter().map(reminder).collect()
    }

    /// Returns the slots for the reminders of a meeting with one lead time, unless there are too many lead times.
    fn kept_reminders(&self, entry_ref: EntryRef, key: (usize, i32)) -> Option<Arc<ReminderSlots>> {
        let reminders = &self.meetings[entry_ref.group][entry_ref.meeting].reminders;
        if let Some(slots) = reminders.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(Arc::clone(slots));
        }
        let mut reminders = reminders.write().unwrap_or_else(PoisonError::into_inner);
        if reminders.len() >= MAX_LEAD_TIMES {
            return None;
        }
        Some(Arc::clone(reminders.entry(key).or_insert_with(|| Arc::new(self.empty(entry_ref)))))
    }
}

/// The fragments of the previous release, and the events whose stamps have changed since.
struct PreviousFragments<'a> {
    before: &'a FragmentCache,
    entry_index: &'a EntryIndex,
    diff: TimetableDiff<'a>,
    changed: BTreeSet<&'a Uid>,
}

impl<'a> PreviousFragments<'a> {
    fn new(before: &'a FragmentCache, entry_index: &'a EntryIndex) -> Self {
        let release = before.index.release();
        let diff = TimetableDiff::between(&release.timetable, &entry_index.release().timetable);
        let changed = entry_index.release().ledger.differences(&release.ledger);
        Self { before, entry_index, diff, changed }
    }

    /// Returns the fragments of a meeting, if each of its events is the same now.
    fn fragments(&self, meeting: MeetingRef, group: &Id, uid: &Uid) -> Option<Arc<MeetingFragments>> {
        let then = self.diff.earlier_position(group, uid)?;
        let is_listed = self.entry_index.shares_meeting_with(&self.before.index, meeting, then);
        let is_changed = || {
            let mut uids = self.entry_index.uids_of_meeting(meeting.group, meeting.meeting);
            !self.changed.is_empty() && uids.any(|uid| self.changed.contains(uid))
        };
        (is_listed && !is_changed()).then(|| Arc::clone(&self.before.meetings[then.group][then.meeting]))
    }
}
