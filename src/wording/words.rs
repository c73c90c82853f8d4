//! convene's own words, by language. Source: the Fluent files beside this one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::text::Language;

/// The languages that convene has words in, those of [`crate::text::UI_LANGUAGES`], with those of calendars and those of pages.
/// Others fall back to English, the first.
pub const LANGUAGES: [(&str, [&str; 2]); 6] = [
    ("en", [include_str!("calendars/en.ftl"), include_str!("pages/en.ftl")]),
    ("ar", [include_str!("calendars/ar.ftl"), include_str!("pages/ar.ftl")]),
    ("es", [include_str!("calendars/es.ftl"), include_str!("pages/es.ftl")]),
    ("fr", [include_str!("calendars/fr.ftl"), include_str!("pages/fr.ftl")]),
    ("ru", [include_str!("calendars/ru.ftl"), include_str!("pages/ru.ftl")]),
    ("zh", [include_str!("calendars/zh.ftl"), include_str!("pages/zh.ftl")]),
];

static LEXICONS: LazyLock<BTreeMap<&'static str, Lexicon>> =
    LazyLock::new(|| LANGUAGES.iter().map(|(tag, sources)| (*tag, Lexicon::of(tag, sources))).collect());

/// The messages of one language.
struct Lexicon {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Those that are texts and variables alone, taken apart: they need no formatter, which is where rendering would spend
    /// most of its time.
    plain: BTreeMap<String, Vec<Piece>>,
}

/// A piece of a message.
enum Piece {
    Text(String),
    Variable(String),
}

impl Lexicon {
    fn of(tag: &str, sources: &[&str]) -> Self {
        let mut messages = BTreeMap::new();
        for source in sources {
            let parsed = fluent_syntax::parser::parse(*source).unwrap_or_else(|(parsed, _)| parsed);
            messages.extend(parsed.body.iter().filter_map(|entry| match entry {
                Entry::Message(message) => Some((message.id.name.to_owned(), plain(message.value.as_ref()?)?)),
                _ => None,
            }));
        }
        let language = Language::from_tag(tag).unwrap_or_else(Language::english);
        Self { language, plain: messages, bundle: bundle(tag, sources) }
    }
}

/// The pieces of a pattern, if it is made of texts and variables alone.
fn plain(pattern: &Pattern<&str>) -> Option<Vec<Piece>> {
    let piece = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => Some(Piece::Text((*value).to_owned())),
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
            Some(Piece::Variable(id.name.to_owned()))
        }
        PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(piece).collect()
}

fn bundle(tag: &str, sources: &[&str]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    // Isolation marks are for screens; in a calendar they are control characters in every title.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(parsed, _)| parsed);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// convene's own words in one language.
#[derive(Clone, Copy)]
pub struct Words(&'static Lexicon);

impl Words {
    /// The words for a reader of `language`: of `zh` for `zh-hk`, English where there are none.
    pub fn of(language: &Language) -> Self {
        Self(LEXICONS.get(language.primary()).unwrap_or(&LEXICONS["en"]))
    }

    /// The language that they are in: English for readers of one that convene has no words in.
    pub fn language(self) -> &'static Language {
        &self.0.language
    }

    /// A message with its variables. The name of the message stands in where there is none, which a test rules out.
    pub fn say(self, message: &str, variables: &[(&'static str, &str)]) -> String {
        if let Some(pieces) = self.0.plain.get(message) {
            return joined_pieces(pieces, variables);
        }
        let bundle = &self.0.bundle;
        let pattern = bundle.get_message(message).and_then(|message| message.value());
        let Some(pattern) = pattern else { return message.to_owned() };
        let arguments: FluentArgs<'_> = variables.iter().map(|(name, value)| (*name, *value)).collect();
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// A message with a number (`$number`), by which the language chooses its plural, and its other variables.
    pub fn count(self, message: &str, number: i64, variables: &[(&'static str, &str)]) -> String {
        let bundle = &self.0.bundle;
        let pattern = bundle.get_message(message).and_then(|message| message.value());
        let Some(pattern) = pattern else { return message.to_owned() };
        let mut arguments: FluentArgs<'_> = variables.iter().map(|(name, value)| (*name, *value)).collect();
        arguments.set("number", number);
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// Several words as a list.
    pub fn list<T: AsRef<str>>(self, words: &[T]) -> String {
        self.joined("list", words)
    }

    /// Several words, joined two by two by a message.
    pub fn joined<T: AsRef<str>>(self, message: &str, words: &[T]) -> String {
        match words {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [first, rest @ ..] => {
                self.say(message, &[("first", first.as_ref()), ("rest", &self.joined(message, rest))])
            }
        }
    }
}

/// A variable that nobody gave shows its name, as Fluent has it.
fn joined_pieces(pieces: &[Piece], variables: &[(&'static str, &str)]) -> String {
    let mut said = String::with_capacity(64);
    for piece in pieces {
        match piece {
            Piece::Text(text) => said.push_str(text),
            Piece::Variable(name) => match variables.iter().find(|(known, _)| known == name) {
                Some((_, value)) => said.push_str(value),
                None => said.extend(["{$", name, "}"]),
            },
        }
    }
    said
}
