//! In what something is said: as one text, which is what most renderers want, or as a phrase in pieces.

use super::{Phrase, Reader};
use crate::text::{Text, shortened, single_line};

/// Something that is said to a reader.
pub(super) trait Speech: Clone + Default {
    /// A text of convene's own, or one that is the same in every language, such as the name of a body.
    fn own(reader: &Reader<'_>, text: &str) -> Self;

    /// What somebody typed.
    fn typed(reader: &Reader<'_>, text: &Text) -> Self;

    /// A message with its variables.
    fn say(reader: &Reader<'_>, message: &str, variables: &[(&'static str, &Self)]) -> Self;

    /// How many characters it has.
    fn characters(&self) -> usize;

    /// Its beginning, at most so many characters (at least 1), with the `…` that says that it goes on.
    fn shortened(self, most: usize) -> Self;

    /// Several, joined two by two by a message.
    fn joined(reader: &Reader<'_>, message: &str, all: &[Self]) -> Self {
        match all {
            [] => Self::default(),
            [only] => only.clone(),
            [first, rest @ ..] => {
                Self::say(reader, message, &[("first", first), ("rest", &Self::joined(reader, message, rest))])
            }
        }
    }
}

impl Speech for String {
    fn own(_: &Reader<'_>, text: &str) -> Self {
        text.to_owned()
    }

    fn typed(reader: &Reader<'_>, text: &Text) -> Self {
        reader.text(text).to_owned()
    }

    fn say(reader: &Reader<'_>, message: &str, variables: &[(&'static str, &Self)]) -> Self {
        let variables: Vec<(&'static str, &str)> =
            variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        reader.words.say(message, &variables)
    }

    fn characters(&self) -> usize {
        self.chars().count()
    }

    fn shortened(self, most: usize) -> Self {
        shortened(&single_line(&self), most)
    }
}

impl Speech for Phrase {
    fn own(reader: &Reader<'_>, text: &str) -> Self {
        reader.words.own(text)
    }

    fn typed(reader: &Reader<'_>, text: &Text) -> Self {
        Self::from(text.tagged(reader.language, reader.first))
    }

    fn say(reader: &Reader<'_>, message: &str, variables: &[(&'static str, &Self)]) -> Self {
        reader.words.phrase(message, variables)
    }

    fn characters(&self) -> usize {
        self.pieces().iter().map(|said| said.text.chars().count()).sum()
    }

    fn shortened(self, most: usize) -> Self {
        self.shortened_to(most)
    }
}
