//! Clean text: turns what somebody typed into text that no reader trips over.
//!
//! Text is cleaned where it enters, and its type says so from there on: whoever has a [`Line`] or [`Prose`] need not
//! clean it again.

use std::fmt;
use std::ops::Deref;

use icu_normalizer::ComposingNormalizerBorrowed;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::direction;

/// The longest single line of text, in Unicode characters. clients.md A8
pub const MAX_LINE_CHARACTERS: usize = 200;

/// One line of clean text: no control characters, single spaces, none at the ends. clients.md A5
///
/// ```
/// use convene::text::Line;
///
/// let title = Line::clean(" Opening\r\n plenary\u{7} ");
/// assert_eq!(&*title, "Opening plenary");
/// assert_eq!(&*title.truncated(8), "Opening…");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct Line(String);

impl Line {
    /// Cleans a text to one line of any length.
    pub fn clean(text: &str) -> Self {
        if is_clean_line(text) {
            return Self(text.to_owned());
        }
        Self::from(&Prose::clean(text))
    }

    /// Truncates it to `most` characters (at least 1), including the `…` that marks the cut.
    #[must_use]
    pub fn truncated(&self, most: usize) -> Self {
        Self(truncated(&self.0, most))
    }

    /// Truncates it to [`MAX_LINE_CHARACTERS`]. clients.md A8
    #[must_use]
    pub fn truncated_to_limit(&self) -> Self {
        self.truncated(MAX_LINE_CHARACTERS)
    }
}

/// Truncates a line to `most` characters (at least 1), between grapheme clusters, including the `…` that marks the cut.
pub(crate) fn truncated(line: &str, most: usize) -> String {
    if line.chars().count() <= most {
        return line.to_owned();
    }
    let mut cut = String::new();
    let mut characters = 1;
    for cluster in line.graphemes(true) {
        characters += cluster.chars().count();
        if characters > most {
            break;
        }
        cut.push_str(cluster);
    }
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    // Closing a direction that was cut off takes characters, too.
    let closed = direction::closed(&cut);
    if closed.chars().count() <= most { closed.into_owned() } else { truncated(line, most - 1) }
}

/// Clean text of one or more lines: every line break is `\n`, no tabs, control characters and noncharacters, no white
/// space at the ends, directions closed at line ends, composed characters. clients.md A5
///
/// ```
/// assert_eq!(&*convene::text::Prose::clean("Bring:\r\n\ta badge\u{0} "), "Bring:\n a badge");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct Prose(String);

impl Prose {
    /// Cleans a text of one or more lines.
    pub fn clean(text: &str) -> Self {
        if is_clean_line(text) {
            return Self(text.to_owned());
        }
        // The same letters are the same text: `é` may be typed as one character or as two. Unicode Annex 15
        let text = ComposingNormalizerBorrowed::new_nfc().normalize(text);
        let mut clean = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\r' if characters.peek() == Some(&'\n') => {}
                // Python's str.splitlines, which several calendar parsers use, breaks lines at all of these.
                '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
                '\t' => clean.push(' '),
                // A byte order mark inside a text is invisible and breaks strict parsers. clients.md A3
                '\u{FEFF}' => {}
                control if control.is_control() || is_noncharacter(control) => {}
                other => clean.push(other),
            }
        }
        Self(direction::closed(&clean).trim().to_owned())
    }
}

/// Cleans a text to one line of at most [`MAX_LINE_CHARACTERS`], for messages that quote what somebody typed.
///
/// ```
/// assert_eq!(convene::text::line(" Opening\r\n plenary\u{7} "), "Opening plenary");
/// ```
pub fn line(typed: &str) -> String {
    Line::clean(typed).truncated_to_limit().into()
}

/// Returns `true` if a text is one clean line already, as most are: printable ASCII, single spaces, trimmed.
fn is_clean_line(text: &str) -> bool {
    let mut was_blank = true;
    for byte in text.bytes() {
        let is_blank = byte == b' ';
        if !(0x20..0x7F).contains(&byte) || (is_blank && was_blank) {
            return false;
        }
        was_blank = is_blank;
    }
    !was_blank || text.is_empty()
}

/// Returns `true` for a noncharacter. Some of them end an XML document. Unicode 23.7
fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

/// Puts all lines into one.
impl From<&Prose> for Line {
    fn from(prose: &Prose) -> Self {
        Self(prose.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Cleans what the ledger contains: another version of convene may have stored it.
impl From<String> for Line {
    fn from(text: String) -> Self {
        if is_clean_line(&text) { Self(text) } else { Self::clean(&text) }
    }
}

/// Cleans what the ledger contains: another version of convene may have stored it.
impl From<String> for Prose {
    fn from(text: String) -> Self {
        if is_clean_line(&text) { Self(text) } else { Self::clean(&text) }
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

impl From<Prose> for String {
    fn from(prose: Prose) -> Self {
        prose.0
    }
}

impl Deref for Line {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Deref for Prose {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
