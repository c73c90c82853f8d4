//! Text with a language for each part: convene's own texts, and what somebody typed.
//!
//! Pages mark the language of each part. Others take the whole as one string.

use std::fmt;

use super::Messages;
use crate::text::{Language, MAX_LINE_CHARACTERS, TextRun, truncated};

/// A line of text whose parts know their language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaggedText(Vec<TextRun>);

impl TaggedText {
    /// Returns the parts, none of which is empty. Adjacent parts have different languages.
    pub fn runs(&self) -> &[TextRun] {
        &self.0
    }

    /// Returns `true` if there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Truncates it to the length of a line: see [`crate::text::line`].
    pub(super) fn truncate_to_line(self) -> Self {
        self.truncate(MAX_LINE_CHARACTERS)
    }

    fn push(&mut self, text: &str, language: &Language) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.language == *language => last.text.push_str(text),
            _ => self.0.push(TextRun { text: text.to_owned(), language: language.clone() }),
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        other.0.iter().for_each(|run| self.push(&run.text, &run.language));
    }

    /// Truncates it to `most` characters (at least 1), including the `…` that marks the cut.
    pub(super) fn truncate(self, most: usize) -> Self {
        let whole = self.to_string();
        let short = truncated(&whole, most);
        if short == whole {
            return self;
        }
        let mut left = short.chars().count().saturating_sub(1);
        let mut tagged = Self::default();
        for TextRun { text, language } in &self.0 {
            let kept: String = text.chars().take(left).collect();
            left -= kept.chars().count();
            tagged.push(&kept, language);
        }
        if let Some(last) = tagged.0.last_mut() {
            last.text.push('…');
        }
        tagged
    }
}

impl From<TextRun> for TaggedText {
    fn from(run: TextRun) -> Self {
        let mut tagged = Self::default();
        tagged.push(&run.text, &run.language);
        tagged
    }
}

impl fmt::Display for TaggedText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|run| formatter.write_str(&run.text))
    }
}

impl Messages {
    /// Returns a text of convene's own, or one that is not translated, such as the name of a body.
    pub fn untranslated(self, text: &str) -> TaggedText {
        let mut tagged = TaggedText::default();
        tagged.push(text, self.language());
        tagged
    }

    /// Formats a message whose variables have languages of their own.
    pub fn format_tagged(self, message: &str, variables: &[(&'static str, &TaggedText)]) -> TaggedText {
        self.fill_markers(variables, |places| self.format(message, places))
    }

    /// Formats a message with a number (`$number`), which selects the plural form.
    pub fn format_tagged_count(
        self,
        message: &str,
        number: i64,
        variables: &[(&'static str, &TaggedText)],
    ) -> TaggedText {
        self.fill_markers(variables, |places| self.format_count(message, number, places))
    }

    /// Formats a message with a marker for each variable, then replaces the markers.
    fn fill_markers(
        self,
        variables: &[(&'static str, &TaggedText)],
        say: impl Fn(&[(&'static str, &str)]) -> String,
    ) -> TaggedText {
        /// Noncharacters, which no exchanged text contains. Source: Unicode, 23.7
        const MARKS: std::ops::RangeInclusive<char> = '\u{FDD0}'..='\u{FDEF}';
        let marks: Vec<String> = MARKS.take(variables.len()).map(String::from).collect();
        let places: Vec<(&'static str, &str)> =
            variables.iter().zip(&marks).map(|((name, _), mark)| (*name, mark.as_str())).collect();
        let text = say(&places);
        let mut tagged = TaggedText::default();
        for piece in text.split_inclusive(|character| MARKS.contains(&character)) {
            let variable = variables.iter().zip(&marks).find(|(_, mark)| piece.ends_with(mark.as_str()));
            let Some(((_, value), mark)) = variable else {
                tagged.push(piece, self.language());
                continue;
            };
            tagged.push(&piece[..piece.len() - mark.len()], self.language());
            tagged.append(value);
        }
        tagged
    }
}
