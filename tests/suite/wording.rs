//! convene's own texts: every language has every message, with the same variables and all plurals.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use convene::text::{Language, TextRun, UiLanguage};
use convene::wording::{Messages, TaggedText, fluent_sources};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

use crate::support::{repository, tree};

/// The parts of a message.
#[derive(Debug, Default, PartialEq, Eq)]
struct Message {
    variables: BTreeSet<String>,
    /// The plural categories that it distinguishes: `one`, `few`, `0`.
    plurals: BTreeSet<String>,
}

impl Message {
    fn add(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            match expression {
                Expression::Inline(InlineExpression::VariableReference { id }) => {
                    self.variables.insert(id.name.to_owned());
                }
                Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                    self.variables.insert(id.name.to_owned());
                    for variant in variants {
                        let (VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key }) =
                            variant.key;
                        self.plurals.insert(key.to_owned());
                        self.add(&variant.value);
                    }
                }
                // A character that cannot be seen, and the menu of another program.
                Expression::Inline(InlineExpression::StringLiteral { .. } | InlineExpression::TermReference { .. }) => {
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

/// Returns the messages of a file in their order.
fn messages(source: &str) -> Vec<(String, Message)> {
    let parsed = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let message = |entry: &Entry<&str>| {
        let Entry::Message(message) = entry else { return None };
        let mut made_of = Message::default();
        made_of.add(message.value.as_ref().expect("a text"));
        Some((message.id.name.to_owned(), made_of))
    };
    parsed.body.iter().filter_map(message).collect()
}

fn names(sources: [&str; 2]) -> BTreeSet<String> {
    sources.iter().flat_map(|source| messages(source)).map(|(name, _)| name).collect()
}

#[test]
fn every_language_has_every_message_with_its_variables() {
    let english = fluent_sources(UiLanguage::English);
    assert!(names(english).len() > 300, "{}", names(english).len());
    for language in UiLanguage::ALL {
        let (tag, sources) = (language.tag(), fluent_sources(*language));
        for (source, english) in sources.iter().zip(english) {
            let (theirs, ours) = (messages(source), messages(english));
            let in_order = |all: &[(String, Message)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
            assert_eq!(in_order(&theirs), in_order(&ours), "{tag}");
            for ((name, theirs), (_, ours)) in theirs.iter().zip(&ours) {
                // A language may use only some variables of a date, and have one form for all numbers.
                let without_number = |message: &Message| {
                    let variables =
                        message.variables.iter().filter(|name| *name != "number" || ours.plurals.is_empty());
                    variables.cloned().collect::<BTreeSet<_>>()
                };
                let is_of_dates = name.starts_with("dates");
                assert!(is_of_dates || without_number(theirs) == without_number(ours), "{tag} {name}");
            }
        }
    }
}

/// Source: CLDR's plural rules for whole numbers. French and Spanish have `many` for millions alone.
#[test]
fn every_language_has_its_plurals() {
    let wanted: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("ar", &["one", "two", "few", "many", "other"][..]),
        ("en", &["one", "other"]),
        ("es", &["one", "other"]),
        ("fr", &["one", "other"]),
        ("ru", &["one", "few", "many", "other"]),
        ("zh", &["other"]),
    ]);
    let mut seen = 0;
    for language in UiLanguage::ALL {
        let (tag, sources) = (language.tag(), fluent_sources(*language));
        for (name, message) in sources.iter().flat_map(|source| messages(source)) {
            let plurals = &message.plurals;
            if plurals.is_empty() {
                continue;
            }
            seen += 1;
            for plural in wanted[tag] {
                let is_said = plurals.contains(*plural) || (*plural == "one" && plurals.contains("1"));
                assert!(is_said, "{tag} {name} has no {plural}");
            }
            for number in 0..130 {
                let language = Language::from_tag(tag).expect("a language");
                let output =
                    Messages::for_language(&language).format_count(&name, number, &[("all", "10"), ("bodies", "B")]);
                assert!(!output.contains(['{', '$']) && output != name, "{tag} {name} {output}");
            }
        }
    }
    assert!(seen > 45, "{seen}");
}

/// Every message with tagged variables has the same text as without, each variable keeps its language, and nothing
/// else is marked.
#[test]
fn tagged_messages_have_the_same_text() {
    let klingon = Language::from_tag("tlh").expect("a language");
    for language in UiLanguage::ALL {
        let (tag, sources) = (language.tag(), fluent_sources(*language));
        let words = Messages::for_language(&Language::from_tag(tag).expect("a language"));
        for (name, message) in sources.iter().flat_map(|source| messages(source)) {
            let names: Vec<&'static str> =
                message.variables.iter().filter(|name| *name != "number").map(|name| &*name.clone().leak()).collect();
            let typed: Vec<(&'static str, String)> = names.iter().map(|name| (*name, format!("<{name}>"))).collect();
            let texts: Vec<(&'static str, &str)> = typed.iter().map(|(name, text)| (*name, text.as_str())).collect();
            let of_typed = |text: &str| TaggedText::from(TextRun { text: text.to_owned(), language: klingon.clone() });
            let phrases: Vec<(&'static str, TaggedText)> =
                texts.iter().map(|(name, text)| (*name, of_typed(text))).collect();
            let phrases: Vec<(&'static str, &TaggedText)> =
                phrases.iter().map(|(name, phrase)| (*name, phrase)).collect();
            let (output, phrase) = if message.plurals.is_empty() && !message.variables.contains("number") {
                (words.format(&name, &texts), words.format_tagged(&name, &phrases))
            } else {
                (words.format_count(&name, 3, &texts), words.format_tagged_count(&name, 3, &phrases))
            };
            assert_eq!(phrase.to_string(), output, "{tag} {name}");
            let marked: String =
                phrase.runs().iter().filter(|output| output.language == klingon).map(|output| &*output.text).collect();
            let own: String =
                phrase.runs().iter().filter(|output| output.language != klingon).map(|output| &*output.text).collect();
            let expected: usize = texts.iter().map(|(_, text)| output.matches(text).count() * text.len()).sum();
            assert_eq!(marked.len(), expected, "{tag} {name}: {marked}");
            assert!(!own.contains('<'), "{tag} {name}: {own}");
        }
    }
}

/// Returns every source file with its path.
fn sources() -> Vec<(String, String)> {
    let src = repository().join("src");
    let paths = tree(&src).into_iter().filter(|path| path.ends_with(".rs") || path.ends_with(".html"));
    paths.map(|path| (path.clone(), fs::read_to_string(src.join(&path)).expect("a file"))).collect()
}

#[test]
fn every_used_message_exists_and_every_message_is_used() {
    let known = names(fluent_sources(UiLanguage::English));
    let mut used = BTreeSet::new();
    let mut strings = BTreeSet::new();
    for (path, source) in sources() {
        for start in ["say(\"", "with(\"", "count(\"", "format(\"", "tagged(\"", "join(\"", "join(self, \""] {
            for part in source.split(start).skip(1) {
                let message = part.split('"').next().expect("a name");
                let is_of_words = path.starts_with("wording") || path.starts_with("pages") || message.contains('-');
                let is_text = message.contains(|other: char| !other.is_ascii_lowercase() && other != '-');
                if is_of_words && !is_text && !message.is_empty() && start != "with(\"" {
                    assert!(known.contains(message), "src/{path}: {message}");
                    used.insert(message.to_owned());
                }
            }
        }
        strings.extend(source.split('"').map(str::to_owned));
    }
    assert!(used.len() > 150, "{}", used.len());
    for (prefix, words) in
        [("kind", convene::timetable::SessionKind::WORDS), ("part", convene::timetable::DayPart::WORDS)]
    {
        for word in words {
            assert!(known.contains(format!("{prefix}-{word}").as_str()), "{prefix}-{word}");
        }
    }
    let is_put_together =
        |name: &str| ["kind-", "part-", "difference-", "language-"].iter().any(|prefix| name.starts_with(prefix));
    for message in known.iter().filter(|message| !is_put_together(message)) {
        assert!(strings.contains(message), "nobody says {message}");
    }
}

/// If a message or a variable is missing, Fluent shows its name.
#[test]
fn no_feed_shows_names_of_messages_or_variables() {
    let release = crate::support::sg12();
    let service = crate::support::site(&release);
    let known = names(fluent_sources(UiLanguage::English));
    for (_, path) in crate::support::addresses(&release) {
        let feed = crate::support::get(&service, &path);
        let unfolded = feed.text().replace("\r\n ", "");
        assert!(!unfolded.contains('{') && !unfolded.contains('$'), "{path}");
        for message in known.iter().filter(|message| message.contains('-')) {
            let shown = unfolded.split([':', '\n', ' ', '(', ')']).any(|word| word == *message);
            assert!(!shown, "{path} shows {message}");
        }
    }
}
