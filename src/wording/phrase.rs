//! Sentences in pieces: convene's own words and what somebody typed, each with the language that it is in.
//!
//! For those who show a sentence to people and say which language each part of it is; others take it as one text.

use std::fmt;

use super::Words;
use crate::text::{Language, MAX_LINE_CHARACTERS, TaggedText, shortened};

/// A line of text from its first piece to its last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase(Vec<TaggedText>);

impl Phrase {
    /// Its pieces in the order of reading, none of them empty; neighbours are in different languages.
    pub fn pieces(&self) -> &[TaggedText] {
        &self.0
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// No longer than a line is, as [`crate::text::line`] has it.
    pub(super) fn line(self) -> Self {
        self.shortened_to(MAX_LINE_CHARACTERS)
    }

    fn push(&mut self, text: &str, language: &Language) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.language == *language => last.text.push_str(text),
            _ => self.0.push(TaggedText { text: text.to_owned(), language: language.clone() }),
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        other.0.iter().for_each(|said| self.push(&said.text, &said.language));
    }

    /// Its beginning, at most so many characters (at least 1), with the `…` that says that it goes on.
    pub(super) fn shortened_to(self, most: usize) -> Self {
        let whole = self.to_string();
        let short = shortened(&whole, most);
        if short == whole {
            return self;
        }
        let mut left = short.chars().count().saturating_sub(1);
        let mut phrase = Self::default();
        for TaggedText { text, language } in &self.0 {
            let kept: String = text.chars().take(left).collect();
            left -= kept.chars().count();
            phrase.push(&kept, language);
        }
        if let Some(last) = phrase.0.last_mut() {
            last.text.push('…');
        }
        phrase
    }
}

impl From<TaggedText> for Phrase {
    fn from(said: TaggedText) -> Self {
        let mut phrase = Self::default();
        phrase.push(&said.text, &said.language);
        phrase
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|said| formatter.write_str(&said.text))
    }
}

impl Words {
    /// A text of convene's own, or one that is the same in every language, such as the name of a body.
    pub fn own(self, text: &str) -> Phrase {
        let mut phrase = Phrase::default();
        phrase.push(text, self.language());
        phrase
    }

    /// A message whose variables are in pieces.
    pub fn phrase(self, message: &str, variables: &[(&'static str, &Phrase)]) -> Phrase {
        self.filled(variables, |places| self.say(message, places))
    }

    /// The same with a number (`$number`), by which the language chooses its plural.
    pub fn count_phrase(self, message: &str, number: i64, variables: &[(&'static str, &Phrase)]) -> Phrase {
        self.filled(variables, |places| self.count(message, number, places))
    }

    /// What is said with a mark in the place of each variable, and then the variables where their marks are.
    fn filled(self, variables: &[(&'static str, &Phrase)], say: impl Fn(&[(&'static str, &str)]) -> String) -> Phrase {
        /// Noncharacters, which no text may hold that is exchanged. Source: Unicode, 23.7
        const MARKS: std::ops::RangeInclusive<char> = '\u{FDD0}'..='\u{FDEF}';
        let marks: Vec<String> = MARKS.take(variables.len()).map(String::from).collect();
        let places: Vec<(&'static str, &str)> =
            variables.iter().zip(&marks).map(|((name, _), mark)| (*name, mark.as_str())).collect();
        let said = say(&places);
        let mut phrase = Phrase::default();
        for piece in said.split_inclusive(|character| MARKS.contains(&character)) {
            let variable = variables.iter().zip(&marks).find(|(_, mark)| piece.ends_with(mark.as_str()));
            let Some(((_, value), mark)) = variable else {
                phrase.push(piece, self.language());
                continue;
            };
            phrase.push(&piece[..piece.len() - mark.len()], self.language());
            phrase.append(value);
        }
        phrase
    }
}
