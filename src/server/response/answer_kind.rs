//! The kind of an answer, which decides most of its headers.

use hyper::header::{self, HeaderName, HeaderValue};

/// The pages that may embed a timetable in a frame: a content security policy.
#[derive(Debug, Clone)]
pub(in crate::server) struct FrameAncestors(HeaderValue);

impl FrameAncestors {
    /// Allows these sources, besides the service itself. Returns `None` for invalid ones.
    pub(in crate::server) fn by(sources: &str) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_graphic() && !b";,'\"".contains(&byte);
        let sources: Vec<&str> = sources.split_ascii_whitespace().collect();
        // Always allowed: the page for webmasters shows a preview.
        let others: Vec<&str> = sources.iter().copied().filter(|source| *source != "'self'").collect();
        if sources.is_empty() || !others.iter().all(|source| source.bytes().all(fits)) {
            return None;
        }
        let all: String = std::iter::once("'self'").chain(others).collect::<Vec<_>>().join(" ");
        let policy = format!(
            "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; \
             frame-ancestors {all}"
        );
        HeaderValue::from_str(&policy).ok().map(Self)
    }

    /// Returns the policy.
    pub(in crate::server) fn policy(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl Default for FrameAncestors {
    fn default() -> Self {
        Self::by("*").unwrap_or_else(|| unreachable!("a star stands in a header"))
    }
}

/// The kind of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum AnswerKind {
    /// A public feed.
    Feed,
    /// A delegate's feed.
    PrivateFeed,
    /// The changes of a public feed.
    Atom,
    /// The changes of a delegate's feed.
    PrivateAtom,
    /// A public feed as JSON.
    Json,
    /// A delegate's feed as JSON.
    PrivateJson,
    /// A page.
    Page,
    /// A page that changes with the state of the service.
    LivePage,
    /// A page for frames on other sites. The allowed sites are in the answer's own policy.
    EmbeddedPage,
    /// The icon of convene.
    Icon,
    /// The status of the service, as JSON.
    StatusJson,
    /// A style sheet.
    Style,
    /// A script.
    Script,
    /// Plain text.
    Text,
}

const CORS: HeaderName = header::ACCESS_CONTROL_ALLOW_ORIGIN;
const PUBLIC: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=300");
const POLICY: (HeaderName, &str) = (
    header::CONTENT_SECURITY_POLICY,
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);
/// A header that scripts of other sites may read in addition: they revalidate with it.
const EXPOSED: (HeaderName, &str) = (header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag");
const LIVE: (HeaderName, &str) = (header::CACHE_CONTROL, "no-cache");

impl AnswerKind {
    /// Returns its media type. clients.md H1
    pub(in crate::server) fn media_type(self) -> &'static str {
        match self {
            Self::Feed | Self::PrivateFeed => "text/calendar; charset=utf-8",
            Self::Atom | Self::PrivateAtom => "application/atom+xml; charset=utf-8",
            Self::Json | Self::PrivateJson | Self::StatusJson => "application/json",
            Self::Page | Self::LivePage | Self::EmbeddedPage => "text/html; charset=utf-8",
            Self::Icon => "image/svg+xml",
            Self::Style => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// Returns the extension of its file name.
    pub(in crate::server) fn extension(self) -> &'static str {
        match self {
            Self::Feed | Self::PrivateFeed => "ics",
            Self::Atom | Self::PrivateAtom => "atom",
            Self::Json | Self::PrivateJson | Self::StatusJson => "json",
            Self::Page | Self::LivePage | Self::EmbeddedPage => "html",
            Self::Icon => "svg",
            Self::Style => "css",
            Self::Script => "js",
            Self::Text => "txt",
        }
    }

    /// Returns whether scripts of other origins may read it. clients.md H17
    pub(in crate::server) fn is_for_other_origins(self) -> bool {
        self.headers().iter().any(|(name, _)| *name == CORS)
    }

    /// Returns the headers that depend on the kind alone. clients.md H10, H17
    pub(in crate::server) fn headers(self) -> &'static [(HeaderName, &'static str)] {
        static FEED: [(HeaderName, &str); 3] = [PUBLIC, (CORS, "*"), EXPOSED];
        // A private address must not reach a shared cache, an index, or a linked site.
        static PRIVATE: [(HeaderName, &str); 3] = [
            (header::CACHE_CONTROL, "private, max-age=300"),
            (header::REFERRER_POLICY, "no-referrer"),
            (HeaderName::from_static("x-robots-tag"), "noindex"),
        ];
        static PAGE: [(HeaderName, &str); 2] = [PUBLIC, POLICY];
        static LIVE_PAGE: [(HeaderName, &str); 2] = [LIVE, POLICY];
        static STATUS: [(HeaderName, &str); 3] = [LIVE, (CORS, "*"), EXPOSED];
        static STILL: [(HeaderName, &str); 1] = [PUBLIC];
        match self {
            Self::Feed | Self::Atom | Self::Json => &FEED,
            Self::PrivateFeed | Self::PrivateAtom | Self::PrivateJson => &PRIVATE,
            Self::Page => &PAGE,
            Self::LivePage => &LIVE_PAGE,
            Self::StatusJson => &STATUS,
            Self::EmbeddedPage | Self::Style | Self::Script | Self::Icon | Self::Text => &STILL,
        }
    }

    /// Returns whether it may be cached for other clients: it is public, and changes with the release alone.
    pub(in crate::server) fn is_cacheable(self) -> bool {
        match self {
            Self::PrivateFeed | Self::PrivateAtom | Self::PrivateJson | Self::LivePage | Self::StatusJson => false,
            Self::Feed
            | Self::Atom
            | Self::Json
            | Self::Page
            | Self::EmbeddedPage
            | Self::Icon
            | Self::Style
            | Self::Script
            | Self::Text => true,
        }
    }

    /// Returns the same kind for a delegate's feed; `None` for kinds that no private address has.
    pub(in crate::server) fn private(self) -> Option<Self> {
        match self {
            Self::Feed | Self::PrivateFeed => Some(Self::PrivateFeed),
            Self::Atom | Self::PrivateAtom => Some(Self::PrivateAtom),
            Self::Json | Self::PrivateJson => Some(Self::PrivateJson),
            Self::Page
            | Self::LivePage
            | Self::EmbeddedPage
            | Self::StatusJson
            | Self::Icon
            | Self::Style
            | Self::Script
            | Self::Text => None,
        }
    }
}
