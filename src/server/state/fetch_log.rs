//! The answer to "did my calendar fetch it?": per feed and kind of client, the time and the release of the last
//! fetch. It is never recorded per person: no addresses, no user agents, and nothing for delegates' feeds.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, PoisonError, RwLock, RwLockReadGuard};

use aho_corasick::AhoCorasick;
use hyper::header::{self, HeaderMap, HeaderValue};
use jiff::Timestamp;
use quick_cache::sync::Cache;

use crate::pages::LastFetch;

/// The kinds of clients, with the words that identify them in User-Agent. The first match counts. clients.md H18
pub(in crate::server) const CLIENTS: [(&str, &[&str]); 8] = [
    ("Google Calendar", &["Google-Calendar-Importer"]),
    (
        "Outlook.com and Microsoft 365",
        &["Microsoft.Exchange", "Microsoft-Exchange", "MicrosoftExchange", "OutlookCalendar"],
    ),
    ("Outlook for Windows", &["Microsoft Office", "Microsoft Outlook", "MSOffice"]),
    ("Apple Calendar", &["dataaccessd", "CalendarAgent", "CalendarStore", "CFNetwork", "iCal/", "remindd"]),
    ("Thunderbird", &["Thunderbird", "Lightning"]),
    ("GNOME and Evolution", &["Evolution", "evolution", "GNOME"]),
    ("Android (ICSx5)", &["ICSx5"]),
    ("Nextcloud", &["Nextcloud", "Sabre"]),
];
/// The name of all other clients.
const OTHERS: &str = "Browsers and other programs";
const KINDS: usize = CLIENTS.len() + 1;

/// The last fetches of one feed: for each kind of client the time and the release, packed into one number.
#[derive(Clone, Default)]
pub(in crate::server) struct LastFetched(Arc<[AtomicU64; KINDS]>);

/// The bits of the release number.
const RELEASE_BITS: u32 = 32;

impl LastFetched {
    /// Records a fetch of a release, at a time in seconds since 1970.
    pub(in crate::server) fn record_fetch(&self, headers: &HeaderMap, release: u32, at: u32) {
        let value = (u64::from(at) << RELEASE_BITS) | u64::from(release);
        self.0[kind(headers)].store(value, Ordering::Relaxed);
    }

    /// Returns when each kind of client last fetched the feed.
    pub(in crate::server) fn clients(&self) -> Vec<LastFetch> {
        let names = CLIENTS.iter().map(|(name, _)| *name).chain([OTHERS]);
        let fetches = names.zip(self.0.iter()).filter_map(|(client, value)| {
            let value = value.load(Ordering::Relaxed);
            let at = Timestamp::from_second(i64::try_from(value >> RELEASE_BITS).ok()?).ok()?;
            let release = u32::try_from(value & u64::from(u32::MAX)).unwrap_or(0);
            (value != 0).then_some(LastFetch { client, at, release })
        });
        fetches.collect()
    }
}

/// Returns the index of the kind of client.
fn kind(headers: &HeaderMap) -> usize {
    /// The words of all kinds, and the index of the kind for each.
    static WORDS: LazyLock<(Option<AhoCorasick>, Vec<usize>)> = LazyLock::new(|| {
        let words =
            CLIENTS.iter().enumerate().flat_map(|(index, (_, words))| words.iter().map(move |word| (word, index)));
        let (words, indices): (Vec<&&str>, Vec<usize>) = words.unzip();
        (AhoCorasick::new(words).ok(), indices)
    });
    let agent = headers.get(header::USER_AGENT).map(HeaderValue::as_bytes).unwrap_or_default();
    if agent.is_empty() {
        return CLIENTS.len();
    }
    let (words, indices) = &*WORDS;
    let found = words.iter().flat_map(|words| words.find_overlapping_iter(agent));
    found.map(|word| indices[word.pattern()]).min().unwrap_or(CLIENTS.len())
}

/// The last fetches of every public feed, by path without language and extension.
pub(in crate::server) struct FetchLog {
    /// The feeds of the definitions.
    defined: RwLock<HashMap<String, LastFetched>>,
    /// The feeds that readers combined. There are too many combinations to keep: those that are requested least are
    /// dropped.
    picked: Cache<String, LastFetched>,
}

/// The maximum number of combined feeds.
const MAX_COMBINED: usize = 20_000;

impl Default for FetchLog {
    fn default() -> Self {
        Self { defined: RwLock::default(), picked: Cache::new(MAX_COMBINED) }
    }
}

impl FetchLog {
    /// Returns the last fetches of a feed of the definitions.
    pub(in crate::server) fn last_fetched(&self, path: &str) -> LastFetched {
        if let Some(seen) = self.read_defined().get(path) {
            return seen.clone();
        }
        let mut defined = self.defined.write().unwrap_or_else(PoisonError::into_inner);
        defined.entry(path.to_owned()).or_default().clone()
    }

    /// Returns the last fetches of a combined feed.
    pub(in crate::server) fn last_fetched_combined(&self, path: &str) -> LastFetched {
        self.picked.get(path).unwrap_or_else(|| {
            let seen = LastFetched::default();
            self.picked.insert(path.to_owned(), seen.clone());
            seen
        })
    }

    /// Returns the last fetches of a feed, if any are recorded.
    pub(in crate::server) fn known(&self, path: &str) -> Option<LastFetched> {
        let defined = self.read_defined().get(path).cloned();
        defined.or_else(|| self.picked.get(path))
    }

    fn read_defined(&self) -> RwLockReadGuard<'_, HashMap<String, LastFetched>> {
        self.defined.read().unwrap_or_else(PoisonError::into_inner)
    }
}
