//! The part of a request that an answer depends on, besides its path.

use hyper::header::{self, HeaderMap, HeaderName};

use crate::text::Language;

/// The part of a request that an answer depends on, besides its path.
#[derive(Debug, Clone)]
pub(in crate::server) struct RequestInfo<'r> {
    pub(in crate::server) headers: &'r HeaderMap,
    /// Whether the method is HEAD.
    pub(in crate::server) is_head: bool,
    /// The last part of the path, if the answer is to be saved as a file.
    pub(in crate::server) download: Option<String>,
    /// The time of the answer, in seconds since 1970.
    pub(in crate::server) second: u32,
}

/// Returns the last part of a path, reduced to characters that are safe in a file name. A private address is replaced
/// by a fixed name: file names end up in download folders.
pub(in crate::server) fn last_part(path: &str) -> String {
    let part = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
    let is_safe = |letter: &char| letter.is_ascii_alphanumeric() || "._-".contains(*letter);
    let safe: String = stem.chars().filter(is_safe).take(100).collect();
    if safe.is_empty() || path.starts_with("/delegate/") { "convene".to_owned() } else { safe }
}

impl RequestInfo<'_> {
    /// Returns whether the client shows pages: browsers say so, calendar programs do not.
    pub(in crate::server) fn accepts_pages(&self) -> bool {
        let accepted = self.headers.get_all(header::ACCEPT).into_iter().filter_map(|value| value.to_str().ok());
        accepted.into_iter().any(|accepted| accepted.contains("text/html"))
    }

    /// Returns the language of the pages that the reader prefers; English if there is none. Source: RFC 9110 12.5.4
    pub(in crate::server) fn preferred_language(&self) -> Language {
        let wanted =
            self.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let weight = |wish: &str| {
            let (tag, weight) = wish.split_once(";q=").unwrap_or((wish, "1"));
            let language = Language::ui_languages().find(|language| {
                tag.trim().split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case(language.primary()))
            });
            let weight: f32 = weight.trim().parse().unwrap_or(0.0);
            Some((language?, weight)).filter(|(_, weight)| *weight > 0.0)
        };
        // Of equally good languages the first one counts.
        let best =
            wanted.split(',').filter_map(weight).reduce(|best, other| if other.1 > best.1 { other } else { best });
        best.map_or_else(Language::english, |(language, _)| language)
    }

    /// Copies the headers that an answer may depend on, for work on another thread.
    pub(in crate::server) fn copy_headers(&self) -> HeaderMap {
        const KEPT: [HeaderName; 6] = [
            header::ACCEPT_ENCODING,
            header::IF_MATCH,
            header::IF_UNMODIFIED_SINCE,
            header::IF_NONE_MATCH,
            header::IF_MODIFIED_SINCE,
            header::USER_AGENT,
        ];
        let mut kept = HeaderMap::new();
        for name in KEPT {
            for value in self.headers.get_all(&name) {
                kept.append(name.clone(), value.clone());
            }
        }
        kept
    }
}
