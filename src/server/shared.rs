//! Cache of delegates' feeds: delegates with the same preferences share one answer.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};

use super::answer::Answer;
use crate::revision::{Release, StampOffset};

/// Everything that a delegate's feed depends on in a release.
#[derive(PartialEq, Eq)]
pub(super) struct FeedProfile {
    wishes: Box<[i32]>,
    raise: StampOffset,
    tag: Option<Box<str>>,
}

/// A borrowed [`FeedProfile`], for lookups.
pub(super) struct FeedProfileRef<'a> {
    /// The delegate's preferences, packed as in the release.
    wishes: &'a [i32],
    /// The stamp offset from changes of these preferences.
    raise: StampOffset,
    /// The language in the address.
    tag: Option<&'a str>,
}

impl<'a> FeedProfileRef<'a> {
    /// Returns the profile of a delegate, by index, at an address with this language.
    pub(super) fn for_delegate(release: &'a Release, number: usize, tag: Option<&'a str>) -> Option<Self> {
        let delegates = &release.timetable.delegates;
        let raise = StampOffset::from_preferences(release.ledger.preferences.get(delegates.id(number)?));
        Some(Self { wishes: delegates.packed_preferences(number)?, raise, tag })
    }

    /// Returns an owned copy.
    pub(super) fn profile(&self) -> FeedProfile {
        FeedProfile { wishes: self.wishes.into(), raise: self.raise, tag: self.tag.map(Into::into) }
    }
}

impl Hash for FeedProfileRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.wishes, self.raise, self.tag).hash(state);
    }
}

impl Hash for FeedProfile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&*self.wishes, self.raise, self.tag.as_deref()).hash(state);
    }
}

impl Equivalent<FeedProfile> for FeedProfileRef<'_> {
    fn equivalent(&self, profile: &FeedProfile) -> bool {
        (self.wishes, self.raise, self.tag) == (&*profile.wishes, profile.raise, profile.tag.as_deref())
    }
}

/// The size of all answers together.
const MAX_FILE_BYTES: u64 = 64_000_000;
/// The expected number of answers.
const ANSWERS: usize = 2_000;

/// The answers of a release, by profile.
pub(super) struct AnswerCache(Cache<FeedProfile, Arc<Answer>, AnswerWeight>);

impl Default for AnswerCache {
    fn default() -> Self {
        Self(Cache::with_weighter(ANSWERS, MAX_FILE_BYTES, AnswerWeight))
    }
}

impl AnswerCache {
    /// Returns the answer for a profile, if it is in the cache.
    pub(super) fn get(&self, wanted: &FeedProfileRef<'_>) -> Option<Arc<Answer>> {
        self.0.get(wanted)
    }

    /// Inserts an answer.
    pub(super) fn keep(&self, profile: FeedProfile, answer: Arc<Answer>) {
        self.0.insert(profile, answer);
    }
}

/// The weight of an answer in the cache.
#[derive(Clone)]
struct AnswerWeight;

impl Weighter<FeedProfile, Arc<Answer>> for AnswerWeight {
    fn weight(&self, profile: &FeedProfile, answer: &Arc<Answer>) -> u64 {
        u64::try_from(size_of_val(&*profile.wishes) + answer.octets()).unwrap_or(u64::MAX)
    }
}
