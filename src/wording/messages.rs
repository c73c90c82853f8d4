//! convene's own texts in every language. Source: the Fluent files beside this one.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::unicode::unescape_unicode_to_string;

use crate::text::{Language, UiLanguage};

/// Returns the Fluent sources of a language: those for calendars and those for pages. Other languages fall back to
/// English.
pub fn fluent_sources(language: UiLanguage) -> [&'static str; 2] {
    macro_rules! sources {
        ($tag:literal) => {
            [include_str!(concat!("calendars/", $tag, ".ftl")), include_str!(concat!("pages/", $tag, ".ftl"))]
        };
    }
    match language {
        UiLanguage::Arabic => sources!("ar"),
        UiLanguage::Chinese => sources!("zh"),
        UiLanguage::English => sources!("en"),
        UiLanguage::French => sources!("fr"),
        UiLanguage::Russian => sources!("ru"),
        UiLanguage::Spanish => sources!("es"),
    }
}

static BUNDLES: LazyLock<BTreeMap<UiLanguage, Bundle>> =
    LazyLock::new(|| UiLanguage::ALL.iter().map(|language| (*language, Bundle::new(*language))).collect());

/// The messages of one language.
struct Bundle {
    language: Language,
    fluent: FluentBundle<FluentResource>,
    /// The messages that consist of text and variables only, which need no formatter. With the formatter, rendering an
    /// event takes 1.09 times as long (`cargo bench --bench render`, "rendered anew").
    simple: HashMap<String, Vec<Piece>>,
}

/// A part of a simple message.
enum Piece {
    Text(String),
    Variable(String),
}

impl Bundle {
    fn new(language: UiLanguage) -> Self {
        let sources = &fluent_sources(language);
        let mut messages = HashMap::new();
        for source in sources {
            let parsed = fluent_syntax::parser::parse(*source).unwrap_or_else(|(parsed, _)| parsed);
            messages.extend(parsed.body.iter().filter_map(|entry| match entry {
                Entry::Message(message) => Some((message.id.name.to_owned(), simple_pieces(message.value.as_ref()?)?)),
                _ => None,
            }));
        }
        Self { language: language.language(), simple: messages, fluent: bundle(language.tag(), sources) }
    }
}

/// Returns the parts of a pattern, if it consists of text and variables only.
fn simple_pieces(pattern: &Pattern<&str>) -> Option<Vec<Piece>> {
    let piece = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => Some(Piece::Text((*value).to_owned())),
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
            Some(Piece::Variable(id.name.to_owned()))
        }
        // A character that cannot be seen.
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::StringLiteral { value }) } => {
            Some(Piece::Text(unescape_unicode_to_string(value).into_owned()))
        }
        PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(piece).collect()
}

fn bundle(tag: &str, sources: &[&str]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    // Isolation marks are for screens. In calendars they are control characters in every title.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(parsed, _)| parsed);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// convene's own texts in one language.
#[derive(Clone, Copy)]
pub struct Messages(&'static Bundle);

impl Messages {
    /// Returns the messages for a reader of `language`: those of `zh` for `zh-hk`, English if there are none.
    pub fn for_language(language: &Language) -> Self {
        Self(&BUNDLES[&UiLanguage::for_language(language).unwrap_or(UiLanguage::English)])
    }

    /// Returns the language of the messages.
    pub fn language(self) -> &'static Language {
        &self.0.language
    }

    /// Formats a message. If it does not exist, which a test excludes, returns its name.
    ///
    /// ```
    /// use convene::text::Language;
    /// use convene::wording::Messages;
    ///
    /// let messages = Messages::for_language(&Language::english());
    /// assert_eq!(messages.format("cancelled", &[("what", "SG12: Plenary")]), "Cancelled: SG12: Plenary");
    /// ```
    pub fn format(self, message: &str, variables: &[(&'static str, &str)]) -> String {
        if let Some(pieces) = self.0.simple.get(message) {
            return format_simple(pieces, variables);
        }
        let bundle = &self.0.fluent;
        let pattern = bundle.get_message(message).and_then(|message| message.value());
        let Some(pattern) = pattern else { return message.to_owned() };
        let arguments: FluentArgs<'_> = variables.iter().map(|(name, value)| (*name, *value)).collect();
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// Formats a message with a number (`$number`), which selects the plural form. Languages whose form is the same for
    /// every number need not have it.
    pub fn format_count(self, message: &str, number: i64, variables: &[(&'static str, &str)]) -> String {
        if let Some(pieces) = self.0.simple.get(message) {
            return format_simple(pieces, &[variables, &[("number", &number.to_string())]].concat());
        }
        let bundle = &self.0.fluent;
        let pattern = bundle.get_message(message).and_then(|message| message.value());
        let Some(pattern) = pattern else { return message.to_owned() };
        let mut arguments: FluentArgs<'_> = variables.iter().map(|(name, value)| (*name, *value)).collect();
        arguments.set("number", number);
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// Formats a list.
    ///
    /// ```
    /// use convene::text::Language;
    /// use convene::wording::Messages;
    ///
    /// assert_eq!(Messages::for_language(&Language::english()).list(&["WP1/12", "Q12/12"]), "WP1/12, Q12/12");
    /// ```
    pub fn list<T: AsRef<str>>(self, words: &[T]) -> String {
        self.join("list", words)
    }

    /// Formats a list inside a sentence.
    ///
    /// ```
    /// use convene::text::Language;
    /// use convene::wording::Messages;
    ///
    /// let messages = Messages::for_language(&Language::english());
    /// assert_eq!(messages.list_in_sentence(&["WP1/12", "Q6/12", "Q7/12"]), "WP1/12, Q6/12 and Q7/12");
    /// ```
    pub fn list_in_sentence<T: AsRef<str>>(self, words: &[T]) -> String {
        match words {
            [all @ .., last] if !all.is_empty() => {
                self.format("list-and", &[("all", &self.list(all)), ("last", last.as_ref())])
            }
            _ => self.list(words),
        }
    }

    /// Formats a label with its value: `Chair: K. Ito`.
    pub fn labelled(self, label: &str, value: &str) -> String {
        self.format("labelled", &[("label", &self.format(label, &[])), ("value", value)])
    }

    /// Joins texts pairwise with a message.
    pub fn join<T: AsRef<str>>(self, message: &str, words: &[T]) -> String {
        match words {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [first, rest @ ..] => {
                self.format(message, &[("first", first.as_ref()), ("rest", &self.join(message, rest))])
            }
        }
    }
}

/// A missing variable shows its name, as in Fluent.
fn format_simple(pieces: &[Piece], variables: &[(&'static str, &str)]) -> String {
    let mut formatted = String::with_capacity(64);
    for piece in pieces {
        match piece {
            Piece::Text(text) => formatted.push_str(text),
            Piece::Variable(name) => match variables.iter().find(|(known, _)| known == name) {
                Some((_, value)) => formatted.push_str(value),
                None => formatted.extend(["{$", name, "}"]),
            },
        }
    }
    formatted
}
