//! The shelf of a release: the fragments of its events, rendered when they are first needed, and put together into feeds.
//!
//! Memory grows with the events that somebody asked for, not with the feeds that hold them. Fragments stay on the shelf from
//! release to release where nothing of their meeting and of its stamps has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::alarm;
use super::assembly::{Assembly, Held, Parts, Reminder};
use super::fragment::Fragment;
use crate::feed::{Catalogue, Feed, MAX_FILE_BYTES, Pick, Picked, Spot};
use crate::revision::StampOffset;
use crate::text::Language;
use crate::timetable::{Delegate, Uid};

/// The fragments of a release, and the catalogue that they are of.
pub struct Shelf {
    catalogue: Catalogue,
    /// Every language of the release.
    languages: Vec<Language>,
    /// By study group and meeting.
    drawers: Vec<Vec<Arc<Drawer>>>,
}

/// By line of a meeting.
type Table<T> = Box<[OnceLock<T>]>;
type Fragments = Table<Fragment>;
type Reminders = Table<Arc<Reminder>>;

/// The fragments of a meeting.
struct Drawer {
    /// For each language: for whom is not given links that are kept to an audience, and for whom is.
    fragments: Box<[[OnceLock<Fragments>; 2]]>,
    /// For each language, by its number, and each lead in minutes.
    reminders: RwLock<BTreeMap<(usize, i32), Arc<Reminders>>>,
}

/// Most leads whose reminders are kept. Others are written anew each time.
const MOST_LEADS: usize = 16;
/// Octets that the head of a calendar and its zones have at most.
const HEAD: usize = 8_000;

impl Shelf {
    /// That of a catalogue. What has not changed since `before` is taken from there.
    pub fn of(catalogue: Catalogue, before: Option<&Self>) -> Self {
        let languages: Vec<Language> = catalogue.release().timetable.languages().into_iter().collect();
        let before = before.filter(|before| before.languages == languages);
        let known = before.map(|before| Known::of(before, &catalogue));
        let groups = catalogue.release().timetable.groups.iter().enumerate();
        let drawers = groups.map(|(group, of)| {
            let drawer = |meeting: usize, uid: &Uid| {
                let known = known.as_ref().and_then(|known| known.drawer((group, meeting), uid));
                known.unwrap_or_else(|| Arc::new(Drawer::of(languages.len())))
            };
            of.meetings.iter().enumerate().map(|(meeting, what)| drawer(meeting, &what.uid)).collect()
        });
        let drawers = drawers.collect();
        Self { catalogue, languages, drawers }
    }

    /// The catalogue.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Puts a feed together, as far as there is room in it.
    pub fn assemble<'s>(&'s self, mut feed: Feed<'s>) -> Assembly<'s> {
        let mut parts = self.parts(&feed);
        let mut octets = parts.octets().sum::<usize>();
        if octets > MAX_FILE_BYTES - HEAD {
            let each: Vec<usize> = parts.octets().collect();
            feed.fit(MAX_FILE_BYTES - HEAD, &each);
            parts = self.parts(&feed);
            octets = parts.octets().sum();
        }
        Assembly::of(&feed, parts, octets)
    }

    fn parts<'s>(&'s self, feed: &Feed<'s>) -> Parts<'s> {
        let language = self.languages.iter().position(|language| *language == feed.language);
        let delegate = feed.selection.delegate();
        let raise = delegate.map(|delegate| StampOffset::from_preferences(feed.release.preferences(delegate)));
        let is_reminded = |of: &&Delegate| !(of.session_reminders.is_empty() && of.deadline_reminders.is_empty());
        let fragment = |pick: &Pick<'s>| {
            let own = || Fragment::of(&pick.entry(&self.catalogue), feed.release, &feed.language);
            match (&pick.what, language) {
                (Picked::Line { spot, may_join }, Some(language)) => {
                    Held::Shared(self.table(*spot, language, *may_join)[spot.line].get_or_init(own))
                }
                _ => Held::Own(Box::new(own())),
            }
        };
        let reminders = delegate.filter(is_reminded).map(|of| {
            let reminders = |pick: &Pick<'s>| self.reminders(pick, of, (&feed.language, language));
            feed.picks().iter().map(reminders).collect()
        });
        Parts {
            fragments: feed.picks().iter().map(fragment).collect(),
            reminders: reminders.unwrap_or_default(),
            raise,
        }
    }

    fn table(&self, spot: Spot, language: usize, may_join: bool) -> &Fragments {
        let drawer = &self.drawers[spot.group][spot.meeting];
        drawer.fragments[language][usize::from(may_join)].get_or_init(|| self.empty(spot))
    }

    /// A table with a place for each line of a meeting.
    fn empty<T>(&self, spot: Spot) -> Table<T> {
        let lines = self.catalogue.entries_of_meeting(spot.group, spot.meeting);
        std::iter::repeat_with(OnceLock::new).take(lines).collect()
    }

    /// The reminders of an event that a delegate asked for.
    fn reminders(
        &self,
        pick: &Pick<'_>,
        delegate: &Delegate,
        (language, number): (&Language, Option<usize>),
    ) -> Vec<Arc<Reminder>> {
        let entry = pick.entry(&self.catalogue);
        let leads = alarm::leads(&entry, delegate);
        let write = |lead: i32| Arc::new(Reminder::of(alarm::text(&entry, lead, language)));
        let reminder = |lead: &i32| match (&pick.what, number) {
            (Picked::Line { spot, .. }, Some(number)) => match self.kept_reminders(*spot, (number, *lead)) {
                Some(table) => Arc::clone(table[spot.line].get_or_init(|| write(*lead))),
                None => write(*lead),
            },
            _ => write(*lead),
        };
        leads.iter().map(reminder).collect()
    }

    /// The reminders of a meeting for one lead, unless there are too many leads.
    fn kept_reminders(&self, spot: Spot, key: (usize, i32)) -> Option<Arc<Reminders>> {
        let reminders = &self.drawers[spot.group][spot.meeting].reminders;
        if let Some(table) = reminders.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(Arc::clone(table));
        }
        let mut reminders = reminders.write().unwrap_or_else(PoisonError::into_inner);
        if reminders.len() >= MOST_LEADS {
            return None;
        }
        Some(Arc::clone(reminders.entry(key).or_insert_with(|| Arc::new(self.empty(spot)))))
    }
}

impl Drawer {
    fn of(languages: usize) -> Self {
        let fragments = std::iter::repeat_with(Default::default).take(languages).collect();
        Self { fragments, reminders: RwLock::default() }
    }
}

/// The drawers of before, and which events have other stamps since.
struct Known<'a> {
    before: &'a Shelf,
    catalogue: &'a Catalogue,
    by_uid: BTreeMap<&'a Uid, (usize, usize)>,
    changed: BTreeSet<&'a Uid>,
}

impl<'a> Known<'a> {
    fn of(before: &'a Shelf, catalogue: &'a Catalogue) -> Self {
        let release = before.catalogue.release();
        let groups = release.timetable.groups.iter().enumerate();
        let by_uid = groups.flat_map(|(group, of)| {
            of.meetings.iter().enumerate().map(move |(meeting, what)| (&what.uid, (group, meeting)))
        });
        let changed = catalogue.release().ledger.differences(&release.ledger);
        Self { before, catalogue, by_uid: by_uid.collect(), changed }
    }

    /// The drawer of a meeting, if each of its events is the same now.
    fn drawer(&self, (group, meeting): (usize, usize), uid: &Uid) -> Option<Arc<Drawer>> {
        let (then_group, then) = *self.by_uid.get(uid)?;
        let is_listed = self.catalogue.has_listing_of(&self.before.catalogue, (group, meeting), (then_group, then));
        let is_changed = || {
            let mut uids = self.catalogue.uids_of_meeting(group, meeting);
            !self.changed.is_empty() && uids.any(|uid| self.changed.contains(uid))
        };
        (is_listed && !is_changed()).then(|| Arc::clone(&self.before.drawers[then_group][then]))
    }
}
