//! Multilingual text, and the cleaning of typed text.
//!
//! Turns what a secretary typed into clean Unicode ([`line()`], [`prose`]), and a map of languages into a [`Text`]
//! that has a wording for every language of its group. Knows nothing of YAML, calendars or escaping.

mod direction;
mod ui_language;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

pub use ui_language::UiLanguage;

/// A language tag in lower case, for example `en` or `zh-hk`. Source: BCP 47, limited to what fits in an address.
///
/// ```
/// use convene::text::Language;
///
/// let language = Language::from_tag("zh-hk").expect("a tag");
/// assert_eq!(language.primary(), "zh");
/// assert!(language.has_translation() && !language.is_right_to_left());
/// assert!(Language::from_tag("English").is_none());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language {
    /// The tag in ASCII, padded with zeros. Sorts like the tag and needs no allocation.
    bytes: [u8; MAX_TAG_BYTES],
}

/// The longest language tag, in bytes.
const MAX_TAG_BYTES: usize = 12;

impl Language {
    /// Returns the language of a tag, or `None` if the tag is invalid: two or three lower case letters, then subtags
    /// of two to eight letters or digits after hyphens, at most 12 bytes.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let fits = |part: &str, least, most| {
            (least..=most).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let letters = primary.bytes().all(|byte| byte.is_ascii_lowercase());
        (letters && tag.len() <= MAX_TAG_BYTES && fits(primary, 2, 3) && parts.all(|part| fits(part, 2, 8)))
            .then(|| Self::from_ascii(tag))
    }

    fn from_ascii(tag: &str) -> Self {
        let mut bytes = [0; MAX_TAG_BYTES];
        bytes.iter_mut().zip(tag.bytes()).for_each(|(to, from)| *to = from);
        Self { bytes }
    }

    /// Returns English, the language of convene's own texts where there is no translation.
    pub fn english() -> Self {
        Self::from_ascii("en")
    }

    /// Returns the languages that convene's own texts are translated into.
    pub fn ui_languages() -> impl Iterator<Item = Self> {
        UiLanguage::ALL.iter().map(|language| language.language())
    }

    /// Returns `true` if the language is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        ["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(&self.primary())
    }

    /// Returns the language of a reader who named none. Source: ISO 639-2
    pub fn undetermined() -> Self {
        Self::from_ascii("und")
    }

    /// Returns `true` if convene's own texts are translated into this language or its primary language.
    pub fn has_translation(&self) -> bool {
        UiLanguage::for_language(self).is_some()
    }

    /// Returns the primary language subtag: `zh` for `zh-hk`.
    pub fn primary(&self) -> &str {
        self.tag().split('-').next().unwrap_or_default()
    }

    /// Returns the tag.
    pub fn tag(&self) -> &str {
        let length = self.bytes.iter().position(|byte| *byte == 0).unwrap_or(self.bytes.len());
        std::str::from_utf8(&self.bytes[..length]).unwrap_or_else(|_| unreachable!("a tag is ASCII"))
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

/// A text with a wording for every reader. Languages without their own wording fall back to the first one.
///
/// ```
/// use std::collections::BTreeMap;
/// use convene::text::{Language, Text};
///
/// let chinese = Language::from_tag("zh").expect("a tag");
/// let title = Text::with_translations("Opening plenary", BTreeMap::from([(chinese.clone(), "开幕全会".to_owned())]));
/// assert_eq!(title.wording(&chinese), "开幕全会");
/// assert_eq!(title.wording(&Language::english()), "Opening plenary");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    first: String,
    /// The language of the first wording, if it is not that of the study group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    others: BTreeMap<Language, String>,
}

impl Text {
    /// Creates a text with one wording for all languages.
    pub fn new(wording: impl Into<String>) -> Self {
        Self { first: wording.into(), language: None, others: BTreeMap::new() }
    }

    /// Creates an English text of convene's own.
    pub fn from_english(wording: impl Into<String>) -> Self {
        Self { language: Some(Language::english()), ..Self::new(wording) }
    }

    /// Creates a text with a wording in the group's first language and translations.
    pub fn with_translations(first: impl Into<String>, others: BTreeMap<Language, String>) -> Self {
        Self { first: first.into(), language: None, others }
    }

    /// Returns the wording that other languages fall back to.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// Returns the length of the longest wording, in bytes.
    pub fn longest(&self) -> usize {
        self.others.values().map(String::len).fold(self.first.len(), usize::max)
    }

    /// Returns the wording for a reader of `language`.
    pub fn wording(&self, language: &Language) -> &str {
        self.others.get(language).unwrap_or(&self.first)
    }
}

/// A wording and its language, which is not the reader's if the text is not translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRun {
    /// The text.
    pub text: String,
    /// Its language.
    pub language: Language,
}

impl Text {
    /// Returns the wording for a reader of `language`, with its language. `first` is the study group's first
    /// language.
    pub fn tagged(&self, language: &Language, first: &Language) -> TextRun {
        let others = self.others.get(language).map(|wording| (wording, language));
        let (wording, language) = others.unwrap_or((&self.first, self.language.as_ref().unwrap_or(first)));
        TextRun { text: wording.clone(), language: language.clone() }
    }
}

/// The longest single line of text, in Unicode characters. clients.md A8
pub const MAX_LINE_CHARACTERS: usize = 200;

/// Cleans a text to one line: no control characters, white space collapsed to single spaces and trimmed, at most
/// [`MAX_LINE_CHARACTERS`] characters (cut between grapheme clusters, then `…`). clients.md A5, A8
///
/// ```
/// assert_eq!(convene::text::line(" Opening\r\n plenary\u{7} "), "Opening plenary");
/// ```
pub fn line(typed: &str) -> String {
    shortened(&single_line(typed), MAX_LINE_CHARACTERS)
}

/// Truncates a line to `most` characters (at least 1), including the `…` that marks the cut.
///
/// ```
/// assert_eq!(convene::text::shortened("Opening plenary", 8), "Opening…");
/// ```
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
    // Closing a direction that was cut off takes characters, too.
    let closed = direction::closed(&cut);
    if closed.chars().count() <= most { closed.into_owned() } else { shortened(line, most - 1) }
}

/// Cleans a text to one line of any length.
pub fn single_line(typed: &str) -> String {
    if is_clean_line(typed) {
        return typed.to_owned();
    }
    prose(typed).split_whitespace().collect::<Vec<_>>().join(" ")
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

/// Cleans a text of one or more lines: every kind of line break becomes `\n`, a tab becomes a space, other control
/// characters and noncharacters are removed, the ends are trimmed, and directions are closed at line ends. clients.md
/// A5
///
/// ```
/// assert_eq!(convene::text::prose("Bring:\r\n\ta badge\u{0} "), "Bring:\n a badge");
/// ```
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

/// Returns `true` for a noncharacter. Some of them end an XML document. Unicode 23.7
fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}
