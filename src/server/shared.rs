//! The feeds of delegates who follow the same: one answer for all of them, found by what they wish and not by who they are.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};

use super::answer::Answer;
use crate::revision::{Release, StampOffset};

/// What decides of a delegate's feed in a release.
#[derive(PartialEq, Eq)]
pub(super) struct FeedProfile {
    wishes: Box<[i32]>,
    raise: StampOffset,
    tag: Option<Box<str>>,
}

/// The same, as it is looked up.
pub(super) struct FeedProfileRef<'a> {
    /// What the delegate wishes, in the numbers of the release's delegates.
    wishes: &'a [i32],
    /// What changes of these wishes do to stamps.
    raise: StampOffset,
    /// The language that the address names.
    tag: Option<&'a str>,
}

impl<'a> FeedProfileRef<'a> {
    /// That of the delegate of a number, at an address that names this language.
    pub(super) fn for_delegate(release: &'a Release, number: usize, tag: Option<&'a str>) -> Option<Self> {
        let delegates = &release.timetable.delegates;
        let raise = StampOffset::from_preferences(release.ledger.preferences.get(delegates.id(number)?));
        Some(Self { wishes: delegates.packed_preferences(number)?, raise, tag })
    }

    /// It, to be kept.
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

/// Octets of answers that are kept at most.
const MAX_FILE_BYTES: u64 = 64_000_000;
/// How many of them are expected in that.
const ANSWERS: usize = 2_000;

/// The answers of a release by what decides of them, as far as there is room.
pub(super) struct AnswerCache(Cache<FeedProfile, Arc<Answer>, AnswerWeight>);

impl Default for AnswerCache {
    fn default() -> Self {
        Self(Cache::with_weighter(ANSWERS, MAX_FILE_BYTES, AnswerWeight))
    }
}

impl AnswerCache {
    /// The answer for who wants this, if somebody has had it.
    pub(super) fn get(&self, wanted: &FeedProfileRef<'_>) -> Option<Arc<Answer>> {
        self.0.get(wanted)
    }

    /// Keeps an answer for the next one who wants it.
    pub(super) fn keep(&self, profile: FeedProfile, answer: Arc<Answer>) {
        self.0.insert(profile, answer);
    }
}

/// What an answer weighs.
#[derive(Clone)]
struct AnswerWeight;

impl Weighter<FeedProfile, Arc<Answer>> for AnswerWeight {
    fn weight(&self, profile: &FeedProfile, answer: &Arc<Answer>) -> u64 {
        u64::try_from(size_of_val(&*profile.wishes) + answer.octets()).unwrap_or(u64::MAX)
    }
}
