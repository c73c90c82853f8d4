//! The path of a feed taken apart: `sg12/wp1.zh.ics` is the stem `sg12/wp1`, the tag `zh` and an ending.

/// The form of a feed, as its address ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// iCalendar.
    Calendar,
    /// What changed.
    Atom,
    /// JSON.
    Json,
}

impl Ending {
    /// What stands behind the dot.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Calendar => "ics",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }
}

/// The path of a feed taken apart. Percent signs are not resolved, so that each feed has one spelling.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Path<'p> {
    /// What names the feed.
    pub(super) stem: &'p str,
    /// The tag of a language.
    pub(super) tag: Option<&'p str>,
    pub(super) ending: Ending,
}

impl<'p> Path<'p> {
    /// The parts of a path; none for one that has no known ending.
    pub(super) fn parse(path: &'p str) -> Option<Self> {
        let (rest, ending) = path.rsplit_once('.')?;
        let ending = [Ending::Calendar, Ending::Atom, Ending::Json].into_iter().find(|known| known.name() == ending)?;
        let (stem, tag) = rest.split_once('.').map_or((rest, None), |(stem, tag)| (stem, Some(tag)));
        Some(Self { stem, tag, ending })
    }
}
