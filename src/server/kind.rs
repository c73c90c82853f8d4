//! What sort of thing an answer is, which decides most of its headers.

use hyper::header::{self, HeaderName, HeaderValue};

/// On whose pages a timetable may stand in a frame: the content security policy of what does.
#[derive(Debug, Clone)]
pub(super) struct FrameAncestors(HeaderValue);

impl FrameAncestors {
    /// These sources, beside the service itself. None for what cannot stand in a header.
    pub(super) fn by(sources: &str) -> Option<Self> {
        let fits = |octet: u8| octet.is_ascii_graphic() && !b";,'\"".contains(&octet);
        let sources: Vec<&str> = sources.split_ascii_whitespace().collect();
        // It is there anyway: the page for webmasters shows what they get.
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

    /// The policy.
    pub(super) fn policy(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl Default for FrameAncestors {
    fn default() -> Self {
        Self::by("*").unwrap_or_else(|| unreachable!("a star stands in a header"))
    }
}

/// What sort of thing an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerKind {
    /// A feed that anybody may read.
    Feed,
    /// A delegate's feed.
    PrivateFeed,
    /// What changed in a feed that anybody may read.
    Atom,
    /// What changed in a delegate's feed.
    PrivateAtom,
    /// A feed that anybody may read, as JSON.
    Json,
    /// A delegate's feed as JSON.
    PrivateJson,
    /// A page.
    Page,
    /// A page that changes with the service itself.
    LivePage,
    /// A page that stands in a frame on pages of others: who may do that is said beside its kind.
    EmbeddedPage,
    /// The sign of convene.
    Icon,
    /// How the service fares, as JSON.
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
/// What such scripts may read beside what they always may: whether something has changed is asked with it.
const EXPOSED: (HeaderName, &str) = (header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag");
const LIVE: (HeaderName, &str) = (header::CACHE_CONTROL, "no-cache");

impl AnswerKind {
    /// Its media type. clients.md H1
    pub(super) fn media_type(self) -> &'static str {
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

    /// How the name of its file ends.
    pub(super) fn extension(self) -> &'static str {
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

    /// Whether scripts of other origins may read it. clients.md H17
    pub(super) fn is_for_other_origins(self) -> bool {
        self.headers().iter().any(|(name, _)| *name == CORS)
    }

    /// The headers that depend on nothing else. clients.md H10, H17
    pub(super) fn headers(self) -> &'static [(HeaderName, &'static str)] {
        static FEED: [(HeaderName, &str); 3] = [PUBLIC, (CORS, "*"), EXPOSED];
        // A private address is in no cache that others use, in no index, and goes nowhere with a link.
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

    /// Whether it may be kept for the next one who asks: it is nobody's own, and changes with releases alone.
    pub(super) fn is_kept(self) -> bool {
        !matches!(self, Self::PrivateFeed | Self::PrivateAtom | Self::PrivateJson | Self::LivePage | Self::StatusJson)
    }

    /// The kind of the same thing in a delegate's feed.
    pub(super) fn private(self) -> Self {
        match self {
            Self::Feed => Self::PrivateFeed,
            Self::Atom => Self::PrivateAtom,
            Self::Json => Self::PrivateJson,
            other => other,
        }
    }
}
