//! Texts in several languages, and the form that a text has in a calendar.
//!
//! Turns what a secretary typed into clean Unicode ([`line()`], [`prose`]) and a map of languages into a [`Text`]
//! that has a wording in every language of its group. Knows nothing of YAML, of calendars or of escaping.

mod direction;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// A language tag in lower case, for example `en` or `zh`. Source: BCP 47, the part that fits in an address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language {
    /// The tag in ASCII, with zeros behind it: in the order of tags, and without memory of its own.
    octets: [u8; MOST_TAG_OCTETS],
}

/// Longest language tag, in octets.
const MOST_TAG_OCTETS: usize = 12;

impl Language {
    /// The language of a tag: two or three lower case letters, then parts of two to eight letters or digits
    /// behind hyphens, at most 12 octets. `None` for anything else.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let fits = |part: &str, least, most| {
            (least..=most).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let letters = primary.bytes().all(|byte| byte.is_ascii_lowercase());
        (letters && tag.len() <= MOST_TAG_OCTETS && fits(primary, 2, 3) && parts.all(|part| fits(part, 2, 8)))
            .then(|| Self::of(tag))
    }

    fn of(tag: &str) -> Self {
        let mut octets = [0; MOST_TAG_OCTETS];
        octets.iter_mut().zip(tag.bytes()).for_each(|(octet, byte)| *octet = byte);
        Self { octets }
    }

    /// English: the language of convene's own words where there are no better ones.
    pub fn english() -> Self {
        Self::of("en")
    }

    /// Those in which convene has words of its own.
    pub fn spoken() -> impl Iterator<Item = Self> {
        SPOKEN.into_iter().map(Self::of)
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        ["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(&self.primary())
    }

    /// The language of a reader who names none. Source: ISO 639-2
    pub fn undetermined() -> Self {
        Self::of("und")
    }

    /// Whether convene has words of its own in it, or in the language that it is a variety of.
    pub fn is_spoken(&self) -> bool {
        SPOKEN.contains(&self.primary())
    }

    /// The language without its variety: `zh` of `zh-hk`.
    pub fn primary(&self) -> &str {
        self.tag().split('-').next().unwrap_or_default()
    }

    /// The tag.
    pub fn tag(&self) -> &str {
        let length = self.octets.iter().position(|octet| *octet == 0).unwrap_or(self.octets.len());
        std::str::from_utf8(&self.octets[..length]).unwrap_or_default()
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Language({:?})", self.tag())
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.tag().to_owned()
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        Self::from_tag(&tag).ok_or_else(|| format!("`{tag}` is no language tag"))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.tag())
    }
}

/// The languages in which convene has words of its own, such as "deadline": those of the United Nations.
pub const SPOKEN: [&str; 6] = ["ar", "en", "es", "fr", "ru", "zh"];

/// A text with a wording for every reader: languages without their own fall back to the first, never to nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    first: String,
    /// The language of the first wording, where it is not that of the study group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    others: BTreeMap<Language, String>,
}

impl Text {
    /// A text that reads the same in every language.
    pub fn same(wording: impl Into<String>) -> Self {
        Self { first: wording.into(), language: None, others: BTreeMap::new() }
    }

    /// A text of convene's own in English, which nobody typed.
    pub fn english(wording: impl Into<String>) -> Self {
        Self { language: Some(Language::english()), ..Self::same(wording) }
    }

    /// A text with a wording in the group's first language and in some others.
    pub fn translated(first: impl Into<String>, others: BTreeMap<Language, String>) -> Self {
        Self { first: first.into(), language: None, others }
    }

    /// The wording that readers of other languages see.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// How many octets its longest wording has.
    pub fn longest(&self) -> usize {
        self.others.values().map(String::len).fold(self.first.len(), usize::max)
    }

    /// The wording for a reader of `language`.
    pub fn wording(&self, language: &Language) -> &str {
        self.others.get(language).unwrap_or(&self.first)
    }
}

/// A text as a reader sees it, and the language that it is in: not theirs where there is no wording in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Its language.
    pub language: Language,
}

impl Text {
    /// The wording for a reader of `language`, with the language that it is in; `first` is what others fall back to.
    pub fn said(&self, language: &Language, first: &Language) -> Said {
        let others = self.others.get(language).map(|wording| (wording, language));
        let (wording, language) = others.unwrap_or((&self.first, self.language.as_ref().unwrap_or(first)));
        Said { text: wording.clone(), language: language.clone() }
    }
}

/// Longest single line of text, in Unicode characters. clients.md A8
pub const LINE_CHARACTERS: usize = 200;

/// A text as one line: no control characters, white space folded to single blanks and trimmed, at most
/// [`LINE_CHARACTERS`] characters (cut between grapheme clusters, then `…`). clients.md A5, A8
///
/// ```
/// assert_eq!(convene::text::line(" Opening\r\n plenary\u{7} "), "Opening plenary");
/// ```
pub fn line(typed: &str) -> String {
    shortened(&single_line(typed), LINE_CHARACTERS)
}

/// The beginning of a line, at most so many characters (at least 1) with the `…` that says that it goes on.
pub fn shortened(line: &str, most: usize) -> String {
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
    // What was cut off may have closed a direction: that takes characters, too.
    let closed = direction::closed(&cut);
    if closed.chars().count() <= most { closed.into_owned() } else { shortened(line, most - 1) }
}

/// A text as one line, however long.
pub fn single_line(typed: &str) -> String {
    if is_clean(typed) {
        return typed.to_owned();
    }
    prose(typed).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is one line already, as most texts are: single blanks between other characters of ASCII, no controls.
fn is_clean(text: &str) -> bool {
    let mut was_blank = true;
    for octet in text.bytes() {
        let is_blank = octet == b' ';
        if !(0x20..0x7F).contains(&octet) || (is_blank && was_blank) {
            return false;
        }
        was_blank = is_blank;
    }
    !was_blank || text.is_empty()
}

/// A text of one or more lines: every kind of line break becomes `\n`, a tab becomes a blank, all other control
/// characters and noncharacters go, and so does white space at the ends. A direction ends with its line. clients.md A5
pub fn prose(typed: &str) -> String {
    let mut clean = String::with_capacity(typed.len());
    let mut characters = typed.chars().peekable();
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
    direction::closed(&clean).trim().to_owned()
}

/// Whether a code point is no character and never will be: some of them end an XML document. Unicode 23.7
fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}
