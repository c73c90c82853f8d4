//! Splits the path of a feed: `sg12/wp1.zh.ics` is the stem `sg12/wp1`, the language tag `zh` and an extension.

/// The format of a feed, given by the extension of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Ending {
    /// iCalendar.
    Calendar,
    /// The changes, as an Atom feed.
    Atom,
    /// JSON.
    Json,
}

impl Ending {
    const ALL: [Self; 3] = [Self::Calendar, Self::Atom, Self::Json];

    /// Returns the extension.
    pub(in crate::server) fn name(self) -> &'static str {
        match self {
            Self::Calendar => "ics",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }
}

/// The parts of a feed's path. Percent-encoding is not decoded, so that each feed has one spelling.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::server) struct Path<'p> {
    /// The name of the feed.
    pub(in crate::server) stem: &'p str,
    /// The language tag.
    pub(in crate::server) tag: Option<&'p str>,
    pub(in crate::server) ending: Ending,
}

impl<'p> Path<'p> {
    /// Splits a path. Returns `None` if its extension is unknown.
    pub(in crate::server) fn parse(path: &'p str) -> Option<Self> {
        let (rest, ending) = path.rsplit_once('.')?;
        let ending = Ending::ALL.into_iter().find(|known| known.name() == ending)?;
        let (stem, tag) = rest.split_once('.').map_or((rest, None), |(stem, tag)| (stem, Some(tag)));
        Some(Self { stem, tag, ending })
    }
}
