//! The site of one release: common answers are prepared, the others are made on demand.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::atom;
use crate::feed::{self, EntryIndex, Feed, SelectedKind, Selection};
use crate::icalendar::FragmentCache;
use crate::json;
use crate::pages::{self, LinkTemplates};
use crate::private::{Secret, TokenIndex};
use crate::revision::Release;
use crate::server::response::answer::{Answer, AnswerMeta};
use crate::server::response::answer_kind::{AnswerKind, FrameAncestors};
use crate::server::response::body_file::BodyFile;
use crate::server::response::compression_cache::CompressionCache;
use crate::server::routes::page::{Page, PageView};
use crate::server::routes::path::Ending;
use crate::server::routes::target::{CachedDocument, FeedAddress, FeedOwner, OnDemandFeed};
use crate::server::state::answer_cache::AnswerCache;
use crate::server::state::fetch_log::FetchLog;
use crate::text::Language;

/// The answers of one release.
pub struct Site {
    fragments: FragmentCache,
    pub(in crate::server) tokens: Arc<TokenIndex>,
    /// The prepared answers, by path.
    pub(in crate::server) prepared: HashMap<String, Arc<Answer>>,
    /// The answers made on demand, by path.
    pub(in crate::server) documents: Cache<String, Arc<Answer>, DocumentWeight>,
    /// The delegates' feeds, by profile.
    pub(in crate::server) answer_cache: AnswerCache,
    /// The file for large bodies, if there is one.
    body_file: Option<Arc<BodyFile>>,
    /// The sites that may embed a timetable in a frame.
    frame_ancestors: FrameAncestors,
    /// The links to web calendars.
    links: Arc<LinkTemplates>,
}

/// The size of all documents together.
const MAX_BYTES: u64 = 64_000_000;
/// The expected number of documents.
const DOCUMENTS: usize = 20_000;

/// The parts of a site that do not depend on the release.
pub(in crate::server) struct SiteContext<'a> {
    /// The log of the last fetches.
    pub(in crate::server) seen: &'a FetchLog,
    /// The file for large bodies of the new site.
    pub(in crate::server) body_file: Option<Arc<BodyFile>>,
    /// The sites that may embed a timetable in a frame.
    pub(in crate::server) frame_ancestors: &'a FrameAncestors,
    /// The links to web calendars.
    pub(in crate::server) links: &'a Arc<LinkTemplates>,
}

impl Site {
    /// Makes the site of a release, with private addresses from the secret. Answers that have not changed are taken
    /// from `before`.
    pub(in crate::server) fn new(
        release: Release,
        secret: &Secret,
        before: Option<&Self>,
        context: SiteContext<'_>,
    ) -> Self {
        let entry_index = EntryIndex::new(Arc::new(release), before.map(|before| before.fragments.entry_index()));
        let fragments = FragmentCache::new(entry_index, before.map(|before| &before.fragments));
        let release = Arc::clone(fragments.entry_index().release());
        let delegates = &release.timetable.delegates;
        let tokens = before.map(|before| &before.tokens).filter(|known| known.is_for(secret, delegates));
        let tokens = tokens.cloned().unwrap_or_else(|| Arc::new(TokenIndex::new(secret, delegates)));
        let documents = Cache::with_weighter(DOCUMENTS, MAX_BYTES, DocumentWeight);
        let mut site = Self {
            fragments,
            tokens,
            prepared: HashMap::new(),
            documents,
            answer_cache: AnswerCache::default(),
            body_file: context.body_file,
            frame_ancestors: context.frame_ancestors.clone(),
            links: Arc::clone(context.links),
        };
        site.prepare(before, context.seen);
        site
    }

    /// Prepares the common answers: the feeds of bodies and study groups, and the static files.
    fn prepare(&mut self, before: Option<&Self>, seen: &FetchLog) {
        let release = Arc::clone(self.release());
        let mut prepared = HashMap::new();
        for group in &release.timetable.groups {
            for selection in feed::selections_of_bodies(group) {
                let Some(path) = feed::path(&release.timetable, &selection) else { continue };
                let mut by_language: BTreeMap<Language, Arc<Answer>> = BTreeMap::new();
                let own = selection.own_language(&release.timetable);
                for language in std::iter::once(&own).chain(&group.languages) {
                    let file =
                        file(&path, (*language != own || by_language.contains_key(language)).then_some(language));
                    let answer = by_language.entry(language.clone()).or_insert_with(|| {
                        let known = before.and_then(|before| before.prepared.get(&format!("/{file}")));
                        let (selection, language) = (selection.clone(), language.clone());
                        let at = FeedAddress { selection, language, file_name: name(&file).to_owned() };
                        let answer = self.feed(&at, known, seen);
                        answer.attach_file(self.body_file.as_ref());
                        answer
                    });
                    prepared.insert(format!("/{file}"), Arc::clone(answer));
                }
            }
        }
        let mut static_file = |path: &str, kind, body: &'static str| {
            let known = before.and_then(|before| before.prepared.get(path)).cloned();
            let answer = known.unwrap_or_else(|| {
                Arc::new(Answer::new(kind, Bytes::from_static(body.as_bytes()), Some(release.instant)))
            });
            prepared.insert(path.to_owned(), answer);
        };
        static_file("/assets/convene.css", AnswerKind::Style, pages::STYLE);
        static_file("/assets/convene.js", AnswerKind::Script, pages::SCRIPT);
        static_file("/assets/convene.svg", AnswerKind::Icon, pages::ICON);
        // clients.md H5: Google's importer requests it and obeys it
        static_file("/robots.txt", AnswerKind::Text, "User-agent: *\nAllow: /\n");
        self.prepared = prepared;
    }

    /// Compresses all prepared answers in every coding, as long as they are wanted.
    pub(in crate::server) fn compress(&self, compressed: &CompressionCache, is_wanted: impl Fn() -> bool) {
        self.prepared.values().take_while(|_| is_wanted()).for_each(|answer| answer.prepare_all(compressed));
    }

    /// Renders a feed, or returns `known` if nothing has changed.
    fn feed(&self, at: &FeedAddress, known: Option<&Arc<Answer>>, seen: &FetchLog) -> Arc<Answer> {
        let FeedAddress { selection, language, file_name } = at;
        let release = self.release();
        let feed = Feed::new(self.fragments.entry_index(), selection.clone(), Some(language));
        let path = feed::path(&release.timetable, selection).unwrap_or_default();
        let rendered = self.fragments.render(feed);
        let fingerprint = rendered.fingerprint();
        let modified = Some(release.instant);
        if let Some(known) =
            known.filter(|known| (known.meta().fingerprint, known.meta().modified) == (fingerprint, modified))
        {
            return Arc::clone(known);
        }
        let body = Bytes::from(rendered.bytes());
        let file_name = Some(file_name.clone());
        let meta = AnswerMeta { kind: AnswerKind::Feed, file_name, fingerprint, modified, policy: None };
        Arc::new(Answer::from_parts(meta, body, Some(seen.last_fetched(&path))))
    }

    /// Renders a feed on demand, and caches it while there is room.
    pub(in crate::server) fn on_demand(&self, path: &str, on_demand: OnDemandFeed, seen: &FetchLog) -> Arc<Answer> {
        // Another request may have made it meanwhile.
        if let Some(answer) = self.documents.get(path) {
            return answer;
        }
        let OnDemandFeed { at: FeedAddress { selection, language, file_name }, of } = on_demand;
        let (kind, modified) = match of {
            FeedOwner::Public(_) => (AnswerKind::Feed, self.release().instant),
            // What a delegate follows may change without anything that everybody sees. clients.md H9
            FeedOwner::Delegates(_) => (AnswerKind::PrivateFeed, self.release().published),
        };
        let feed = Feed::new(self.fragments.entry_index(), selection, Some(&language));
        // The notice of an empty feed belongs to one delegate.
        let is_of_all =
            feed.entry_refs().iter().all(|selected_entry| matches!(selected_entry.what, SelectedKind::Indexed { .. }));
        let rendered = self.fragments.render(feed);
        let (fingerprint, body) = (rendered.fingerprint(), Bytes::from(rendered.bytes()));
        let meta = AnswerMeta { kind, file_name: Some(file_name), fingerprint, modified: Some(modified), policy: None };
        match of {
            FeedOwner::Public(public_path) => {
                let answer = Arc::new(Answer::from_parts(meta, body, Some(seen.last_fetched_combined(&public_path))));
                self.documents.insert(path.to_owned(), Arc::clone(&answer));
                answer
            }
            FeedOwner::Delegates(profile) => {
                let answer = Arc::new(Answer::from_parts(meta, body, None));
                if is_of_all {
                    self.answer_cache.keep(profile, Arc::clone(&answer));
                }
                answer
            }
        }
    }

    /// Makes a document, and caches it under this path unless it is private.
    pub(in crate::server) fn document(&self, path: &str, document: &CachedDocument, seen: &FetchLog) -> Arc<Answer> {
        // Another request may have made it meanwhile.
        if let Some(answer) = self.documents.get(path) {
            return answer;
        }
        let answer = match document {
            CachedDocument::Feed(at) => self.feed(at, None, seen),
            CachedDocument::Other(ending, selection, language) => {
                let is_private = matches!(selection, Selection::Delegate(_));
                Arc::new(self.other(*ending, selection, language, is_private))
            }
            CachedDocument::Page(page) => Arc::new(self.page(page, seen)),
            CachedDocument::EmbedScript(selection, language) => {
                let script = pages::embed_script(self.fragments.entry_index(), selection, language.as_ref());
                Arc::new(Answer::new(AnswerKind::Script, script, Some(self.release().instant)))
            }
        };
        // Private documents have no path of their own, under which another delegate would get them.
        if answer.meta().kind.is_cacheable() && !path.is_empty() {
            self.documents.insert(path.to_owned(), Arc::clone(&answer));
        }
        answer
    }

    /// Renders a page. It changes with the release and with the day.
    fn page(&self, page: &Page, seen: &FetchLog) -> Answer {
        let clients = |path: &str| seen.known(path).map(|seen| seen.clients()).unwrap_or_default();
        let html = page.html(self.fragments.entry_index(), &self.links, clients);
        let modified = Some(page.modified(self.release().instant));
        match page.view {
            // Not cached: it changes with every fetch, or has no address of its own.
            PageView::Feed(_) | PageView::Crowded(..) => Answer::new(AnswerKind::LivePage, html, None),
            PageView::Embedded(_) => {
                Answer::new(AnswerKind::EmbeddedPage, html, modified).with_policy(self.frame_ancestors.policy())
            }
            _ => Answer::new(AnswerKind::Page, html, modified),
        }
    }

    fn other(&self, ending: Ending, selection: &Selection, language: &Language, is_private: bool) -> Answer {
        let release = self.release();
        let feed = Feed::new(self.fragments.entry_index(), selection.clone(), Some(language));
        let (kind, body) = match ending {
            Ending::Atom => (AnswerKind::Atom, atom::render(&feed)),
            Ending::Calendar | Ending::Json => (AnswerKind::Json, json::render(&feed)),
        };
        let (kind, modified) = if is_private {
            (kind.private().expect("every format of feeds has a private kind"), release.published)
        } else {
            (kind, release.instant)
        };
        Answer::new(kind, body, Some(modified))
    }

    /// Marks an answer as requested again: its large bodies are now also kept in the file.
    pub(in crate::server) fn promote(&self, answer: Arc<Answer>) -> Arc<Answer> {
        answer.attach_file(self.body_file.as_ref());
        answer
    }

    /// Returns the release.
    pub fn release(&self) -> &Arc<Release> {
        self.fragments.entry_index().release()
    }

    /// Returns the number of feeds with their own address, without delegates' feeds and translations.
    pub fn feeds(&self) -> usize {
        feed::address_count(&self.release().timetable)
    }
}

/// `sg12/wp1.ics`, or `sg12/wp1.zh.ics`.
pub(in crate::server) fn file(stem: &str, language: Option<&Language>) -> String {
    match language {
        None => format!("{stem}.ics"),
        Some(language) => format!("{stem}.{language}.ics"),
    }
}

/// Returns the last part of a path.
pub(in crate::server) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The weight of a document in the cache.
#[derive(Clone)]
pub(in crate::server) struct DocumentWeight;

impl Weighter<String, Arc<Answer>> for DocumentWeight {
    fn weight(&self, path: &String, answer: &Arc<Answer>) -> u64 {
        u64::try_from(path.len() + answer.memory_bytes()).unwrap_or(u64::MAX)
    }
}
