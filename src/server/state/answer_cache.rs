//! Cache of delegates' feeds: delegates with the same preferences share one answer.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};

use crate::revision::{Release, StampOffset};
use crate::server::response::answer::Answer;

/// Everything that a delegate's feed depends on in a release.
#[derive(PartialEq, Eq)]
pub(in crate::server) struct FeedProfile {
    preferences: Box<[i32]>,
    offset: StampOffset,
    tag: Option<Box<str>>,
}

/// A borrowed [`FeedProfile`], for lookups.
pub(in crate::server) struct FeedProfileRef<'a> {
    /// The delegate's preferences, packed as in the release.
    preferences: &'a [i32],
    /// The stamp offset from changes of these preferences.
    offset: StampOffset,
    /// The language in the address.
    tag: Option<&'a str>,
}

impl<'a> FeedProfileRef<'a> {
    /// Returns the profile of a delegate, by index, at an address with this language.
    pub(in crate::server) fn for_delegate(release: &'a Release, number: usize, tag: Option<&'a str>) -> Option<Self> {
        let delegates = &release.timetable.delegates;
        let offset = StampOffset::from_preferences(release.ledger.preferences.get(delegates.id(number)?));
        Some(Self { preferences: delegates.packed_preferences(number)?, offset, tag })
    }

    /// Returns an owned copy.
    pub(in crate::server) fn profile(&self) -> FeedProfile {
        FeedProfile { preferences: self.preferences.into(), offset: self.offset, tag: self.tag.map(Into::into) }
    }
}

impl Hash for FeedProfileRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.preferences, self.offset, self.tag).hash(state);
    }
}

impl Hash for FeedProfile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&*self.preferences, self.offset, self.tag.as_deref()).hash(state);
    }
}

impl Equivalent<FeedProfile> for FeedProfileRef<'_> {
    fn equivalent(&self, profile: &FeedProfile) -> bool {
        (self.preferences, self.offset, self.tag) == (&*profile.preferences, profile.offset, profile.tag.as_deref())
    }
}

/// The size of all answers together.
const MAX_BYTES: u64 = 64_000_000;
/// The expected number of answers.
const ANSWERS: usize = 2_000;

/// The answers of a release, by profile.
pub(in crate::server) struct AnswerCache(Cache<FeedProfile, Arc<Answer>, AnswerWeight>);

impl Default for AnswerCache {
    fn default() -> Self {
        Self(Cache::with_weighter(ANSWERS, MAX_BYTES, AnswerWeight))
    }
}

impl AnswerCache {
    /// Returns the answer for a profile, if it is in the cache.
    pub(in crate::server) fn get(&self, wanted: &FeedProfileRef<'_>) -> Option<Arc<Answer>> {
        self.0.get(wanted)
    }

    /// Inserts an answer.
    pub(in crate::server) fn keep(&self, profile: FeedProfile, answer: Arc<Answer>) {
        self.0.insert(profile, answer);
    }
}

/// The weight of an answer in the cache.
#[derive(Clone)]
struct AnswerWeight;

impl Weighter<FeedProfile, Arc<Answer>> for AnswerWeight {
    fn weight(&self, profile: &FeedProfile, answer: &Arc<Answer>) -> u64 {
        u64::try_from(size_of_val(&*profile.preferences) + answer.memory_bytes()).unwrap_or(u64::MAX)
    }
}
