//! Finds the target of a request's path.

use std::sync::Arc;

use jiff::Timestamp;

use crate::feed::{self, PathTarget, Selection};
use crate::private::TokenOwner;
use crate::server::response::answer::Answer;
use crate::server::routes::page::{self, Page, PageLookup};
use crate::server::routes::path::{Ending, Path};
use crate::server::state::answer_cache::{FeedProfile, FeedProfileRef};
use crate::server::state::site::{self, Site};
use crate::text::Language;

/// The target of a path.
pub(in crate::server) enum RequestTarget {
    /// A prepared answer.
    Ready(Arc<Answer>),
    /// A feed that is rendered for this request.
    OnDemand(Box<OnDemandFeed>),
    /// A document that is rendered and cached under this key.
    Document(CachedDocument, String),
    /// A redirect to another path.
    Moved(String),
    /// A private address that was revoked.
    Revoked,
    /// Nothing.
    Nothing,
}

impl RequestTarget {
    /// Returns whether scripts of other origins may read it. clients.md H17
    pub(in crate::server) fn is_for_other_origins(&self) -> bool {
        match self {
            Self::Ready(answer) => answer.meta().kind.is_for_other_origins(),
            Self::OnDemand(on_demand) => matches!(on_demand.of, FeedOwner::Public(_)),
            Self::Document(CachedDocument::Feed(_), _) | Self::Moved(_) => true,
            Self::Document(CachedDocument::Other(_, selection, _), _) => !matches!(selection, Selection::Delegate(_)),
            Self::Document(..) | Self::Revoked | Self::Nothing => false,
        }
    }
}

/// A feed at an address.
pub(in crate::server) struct FeedAddress {
    /// The selection of its entries.
    pub(in crate::server) selection: Selection,
    /// Its language.
    pub(in crate::server) language: Language,
    /// Its file name.
    pub(in crate::server) file_name: String,
}

/// A feed that is rendered on demand: a delegate's, or one that a reader combined.
pub(in crate::server) struct OnDemandFeed {
    pub(in crate::server) at: FeedAddress,
    pub(in crate::server) of: FeedOwner,
}

/// The owner of a feed that is rendered on demand.
pub(in crate::server) enum FeedOwner {
    /// Public: the path without the language.
    Public(String),
    /// All delegates with this profile.
    Delegates(FeedProfile),
}

/// A document that is rendered and cached.
pub(in crate::server) enum CachedDocument {
    /// A feed.
    Feed(FeedAddress),
    /// A feed in another format.
    Other(Ending, Selection, Language),
    /// A page.
    Page(Page),
    /// The script that embeds a timetable into another site.
    EmbedScript(Selection, Option<Language>),
}

impl Site {
    /// Finds the target of a path at an instant.
    pub(in crate::server) fn target(&self, path: &str, now: Timestamp) -> RequestTarget {
        if let Some(answer) = self.prepared.get(path) {
            return RequestTarget::Ready(Arc::clone(answer));
        }
        if let Some(file) = path.strip_prefix("/delegate/") {
            return self.private(file);
        }
        if let Some(answer) = self.documents.get(path) {
            return RequestTarget::Ready(self.promote(answer));
        }
        self.public(path, now)
            .or_else(|| self.own_spelling(path, now).map(RequestTarget::Moved))
            .unwrap_or(RequestTarget::Nothing)
    }

    /// Returns the path that another spelling of it leads to: with capital letters, with repeated slashes, or with a
    /// slash after a file name. Tokens of private addresses have one spelling.
    fn own_spelling(&self, path: &str, now: Timestamp) -> Option<String> {
        let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(str::to_ascii_lowercase).collect();
        if parts.first().is_none_or(|first| first == "delegate") {
            return None;
        }
        let file = format!("/{}", parts.join("/"));
        let folder = format!("{file}/");
        // A missing slash at the end is added elsewhere.
        let is_other = |spelling: &&String| *spelling != path && **spelling != format!("{path}/");
        [&file, &folder].into_iter().filter(is_other).find_map(|spelling| self.path_now(spelling, now))
    }

    /// Returns the path of a public document, or the one that it has now.
    fn path_now(&self, path: &str, now: Timestamp) -> Option<String> {
        if self.prepared.contains_key(path) {
            return Some(path[1..].to_owned());
        }
        Some(match self.public(path, now)? {
            RequestTarget::Moved(path) => path,
            _ => path[1..].to_owned(),
        })
    }

    fn public(&self, path: &str, now: Timestamp) -> Option<RequestTarget> {
        let timetable = &self.release().timetable;
        if let Some(at) = page::find(timetable, path, now) {
            return Some(match at {
                PageLookup::Moved(path) => RequestTarget::Moved(path),
                PageLookup::EmbedScript(selection, language) => {
                    RequestTarget::Document(CachedDocument::EmbedScript(selection, language), path.to_owned())
                }
                PageLookup::Page(page) => {
                    let key = page.key(path);
                    match self.documents.get(&key) {
                        Some(answer) => RequestTarget::Ready(self.promote(answer)),
                        None => RequestTarget::Document(CachedDocument::Page(page), key),
                    }
                }
            });
        }
        let Path { stem, tag, ending } = Path::parse(path.strip_prefix('/')?)?;
        let selection = match feed::resolve_path(timetable, stem)? {
            PathTarget::Feed(selection) => selection,
            PathTarget::Moved(stem) => {
                let tag = tag.map(|tag| format!(".{tag}")).unwrap_or_default();
                return Some(RequestTarget::Moved(format!("{stem}{tag}.{}", ending.name())));
            }
        };
        let language = self.language(&selection, tag)?;
        if tag.is_some_and(|tag| tag != language.tag()) {
            return Some(RequestTarget::Moved(format!("{stem}.{language}.{}", ending.name())));
        }
        let file_name = site::name(path).to_owned();
        Some(match (ending, &selection) {
            (Ending::Calendar, Selection::Follow(_)) => {
                let of = FeedOwner::Public(stem.to_owned());
                RequestTarget::OnDemand(Box::new(OnDemandFeed {
                    at: FeedAddress { selection, language, file_name },
                    of,
                }))
            }
            (Ending::Calendar, _) => RequestTarget::Document(
                CachedDocument::Feed(FeedAddress { selection, language, file_name }),
                path.to_owned(),
            ),
            _ => RequestTarget::Document(CachedDocument::Other(ending, selection, language), path.to_owned()),
        })
    }

    /// Returns the language of a tag: one of the study groups in the selection, or of the pages. Without a tag it is
    /// the selection's own.
    fn language(&self, selection: &Selection, tag: Option<&str>) -> Option<Language> {
        let timetable = &self.release().timetable;
        let Some(tag) = tag else { return Some(selection.own_language(timetable)) };
        let groups = selection.groups(timetable);
        let mut languages =
            groups.into_iter().flat_map(|group| group.languages.iter().cloned()).chain(Language::ui_languages());
        languages.find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    fn private(&self, file: &str) -> RequestTarget {
        let Some(Path { stem, tag, ending }) = Path::parse(file) else { return RequestTarget::Nothing };
        let number = match self.tokens.owner(stem) {
            Some(TokenOwner::Delegate(number)) => number,
            Some(TokenOwner::Revoked) => return RequestTarget::Revoked,
            None => return RequestTarget::Nothing,
        };
        let Some(wanted) = FeedProfileRef::for_delegate(self.release(), number, tag) else {
            return RequestTarget::Nothing;
        };
        if ending == Ending::Calendar
            && let Some(answer) = self.answer_cache.get(&wanted)
        {
            return RequestTarget::Ready(self.promote(answer));
        }
        let Some(delegate) = self.release().timetable.delegates.get(number) else { return RequestTarget::Nothing };
        let selection = Selection::Delegate(Arc::new(delegate));
        let Some(language) = self.language(&selection, tag) else { return RequestTarget::Nothing };
        match ending {
            Ending::Calendar => {
                // The file name is not the token: it ends up in download folders.
                let file_name = site::file("convene", tag.is_some().then_some(&language));
                let of = FeedOwner::Delegates(wanted.profile());
                RequestTarget::OnDemand(Box::new(OnDemandFeed {
                    at: FeedAddress { selection, language, file_name },
                    of,
                }))
            }
            // Private documents are not cached.
            _ => RequestTarget::Document(CachedDocument::Other(ending, selection, language), String::new()),
        }
    }
}
