//! The two outputs of wording: a string, which most renderers want, or tagged text.

use super::{Localizer, TaggedText};
use crate::text::{Line, Text};

/// An output of wording.
pub(super) trait TextBuilder: Clone + Default {
    /// Returns a text of convene's own, or one that is not translated, such as the name of a body.
    fn untranslated(reader: &Localizer<'_>, text: &str) -> Self;

    /// Returns the wording of a typed text.
    fn typed(reader: &Localizer<'_>, text: &Text) -> Self;

    /// Formats a message.
    fn format(reader: &Localizer<'_>, message: &str, variables: &[(&'static str, &Self)]) -> Self;

    /// Returns the number of characters.
    fn character_count(&self) -> usize;

    /// Truncates it to `most` characters (at least 1), including the `…` that marks the cut.
    fn truncated(self, most: usize) -> Self;

    /// Joins texts pairwise with a message.
    fn join(reader: &Localizer<'_>, message: &str, all: &[Self]) -> Self {
        match all {
            [] => Self::default(),
            [only] => only.clone(),
            [first, rest @ ..] => {
                Self::format(reader, message, &[("first", first), ("rest", &Self::join(reader, message, rest))])
            }
        }
    }

    /// Formats a list inside a sentence.
    fn list_in_sentence(reader: &Localizer<'_>, all: &[Self]) -> Self {
        match all {
            [all @ .., last] if !all.is_empty() => {
                Self::format(reader, "list-and", &[("all", &Self::join(reader, "list", all)), ("last", last)])
            }
            _ => Self::join(reader, "list", all),
        }
    }
}

impl TextBuilder for String {
    fn untranslated(_: &Localizer<'_>, text: &str) -> Self {
        text.to_owned()
    }

    fn typed(reader: &Localizer<'_>, text: &Text) -> Self {
        reader.text(text).to_owned()
    }

    fn format(reader: &Localizer<'_>, message: &str, variables: &[(&'static str, &Self)]) -> Self {
        let variables: Vec<(&'static str, &str)> =
            variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        reader.messages.format(message, &variables)
    }

    fn character_count(&self) -> usize {
        self.chars().count()
    }

    fn truncated(self, most: usize) -> Self {
        Line::clean(&self).truncated(most).into()
    }
}

impl TextBuilder for TaggedText {
    fn untranslated(reader: &Localizer<'_>, text: &str) -> Self {
        reader.messages.untranslated(text)
    }

    fn typed(reader: &Localizer<'_>, text: &Text) -> Self {
        Self::from(text.tagged(reader.language, reader.first))
    }

    fn format(reader: &Localizer<'_>, message: &str, variables: &[(&'static str, &Self)]) -> Self {
        reader.messages.format_tagged(message, variables)
    }

    fn character_count(&self) -> usize {
        self.runs().iter().map(|run| run.text.chars().count()).sum()
    }

    fn truncated(self, most: usize) -> Self {
        self.truncate(most)
    }
}
