//! Multilingual text, and the cleaning of typed text.
//!
//! Turns what a secretary typed into clean Unicode ([`Line`], [`Prose`]), and a map of languages into a [`Text`] that
//! has a wording for every language of its group. Knows nothing of YAML, calendars or escaping.

mod clean;
mod direction;
mod ui_language;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

pub(crate) use clean::truncated;
pub use clean::{Line, MAX_LINE_CHARACTERS, Prose, line};
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

/// A text with a wording for every reader: lines, such as titles, or [`Prose`], such as notes. Languages without their
/// own wording fall back to the first one.
///
/// ```
/// use std::collections::BTreeMap;
/// use convene::text::{Language, Line, Text};
///
/// let chinese = Language::from_tag("zh").expect("a tag");
/// let translations = BTreeMap::from([(chinese.clone(), Line::clean("开幕全会"))]);
/// let title = Text::with_translations(Line::clean("Opening plenary"), translations);
/// assert_eq!(title.wording(&chinese), "开幕全会");
/// assert_eq!(title.wording(&Language::english()), "Opening plenary");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text<W = Line> {
    first: W,
    /// The language of the first wording, if it is not that of the study group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    #[serde(default = "BTreeMap::new", skip_serializing_if = "BTreeMap::is_empty")]
    others: BTreeMap<Language, W>,
}

impl Text {
    /// Creates a text of convene's own, in English and in those of `languages` that convene has. `wording` gives it.
    pub fn in_own_words(languages: &[Language], wording: impl Fn(UiLanguage, &Language) -> String) -> Self {
        let english = Language::english();
        let own = |language: &Language| Some((UiLanguage::for_language(language)?, language.clone()));
        let others = languages.iter().filter(|language| **language != english).filter_map(own);
        let others = others.map(|(own, language)| (language.clone(), Line::clean(&wording(own, &language)))).collect();
        Self { language: Some(english.clone()), others, first: Line::clean(&wording(UiLanguage::English, &english)) }
    }
}

impl<W: Deref<Target = str>> Text<W> {
    /// Creates a text with one wording for all languages.
    pub fn new(wording: W) -> Self {
        Self { first: wording, language: None, others: BTreeMap::new() }
    }

    /// Creates a text with a wording in the group's first language and translations.
    pub fn with_translations(first: W, others: BTreeMap<Language, W>) -> Self {
        Self { first, language: None, others }
    }

    /// Returns the same text, with its first wording in another language than the study group's first one.
    #[must_use]
    pub fn with_first_language(self, language: Language) -> Self {
        Self { language: Some(language), ..self }
    }

    /// Returns the wording that other languages fall back to.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// Returns the length of the longest wording, in bytes.
    pub fn longest(&self) -> usize {
        self.others.values().map(|wording| wording.len()).fold(self.first.len(), usize::max)
    }

    /// Returns the wording for a reader of `language`.
    pub fn wording(&self, language: &Language) -> &str {
        self.others.get(language).unwrap_or(&self.first)
    }

    /// Returns the wording for a reader of `language`, with its language. `first` is the study group's first
    /// language.
    pub fn tagged(&self, language: &Language, first: &Language) -> TextRun {
        let others = self.others.get(language).map(|wording| (wording, language));
        let (wording, language) = others.unwrap_or((&self.first, self.language.as_ref().unwrap_or(first)));
        TextRun { text: wording.to_string(), language: language.clone() }
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
