//! Each of convene's own messages in each language, with a real value of each of its variables, and with the longest or
//! strangest one. The values are those that the comments of the English files give to translators.

use std::collections::{BTreeMap, BTreeSet};

use convene::text::{Language, UiLanguage};
use convene::wording::{Messages, fluent_sources};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// The numbers that select all plural forms.
const NUMBERS: [i64; 7] = [0, 1, 2, 3, 5, 11, 21];

/// A message of the English files.
pub struct Message {
    pub name: String,
    pub variables: BTreeSet<String>,
    /// Whether `$number` selects a form.
    pub is_counted: bool,
}

/// Returns the messages, in the order of the files, with the variables that they have in any language.
pub fn messages() -> Vec<Message> {
    let of_language =
        |language: UiLanguage| fluent_sources(language).iter().flat_map(|source| messages_in(source)).collect();
    let mut all: Vec<Message> = of_language(UiLanguage::English);
    for language in UiLanguage::ALL {
        let theirs: Vec<Message> = of_language(*language);
        for (message, theirs) in all.iter_mut().zip(theirs) {
            message.variables.extend(theirs.variables);
        }
    }
    all
}

fn messages_in(source: &str) -> Vec<Message> {
    let parsed = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let message = |entry: &Entry<&str>| {
        let Entry::Message(message) = entry else { return None };
        let mut made_of = Message { name: message.id.name.to_owned(), variables: BTreeSet::new(), is_counted: false };
        collect(message.value.as_ref()?, &mut made_of);
        Some(made_of)
    };
    parsed.body.iter().filter_map(message).collect()
}

fn collect(pattern: &Pattern<&str>, message: &mut Message) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                message.variables.insert(id.name.to_owned());
            }
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                message.is_counted = true;
                for variant in variants {
                    collect(&variant.value, message);
                }
            }
            _ => {}
        }
    }
}

/// Returns the values of each variable: `# $room  the room before a change: K | Entrance of the building`.
pub fn values() -> BTreeMap<String, Vec<String>> {
    let mut values = BTreeMap::new();
    for source in fluent_sources(UiLanguage::English) {
        for line in source.lines().filter_map(|line| line.strip_prefix("# $")) {
            let (name, text) = line.split_once("  ").unwrap_or_else(|| panic!("two blanks behind the name: {line}"));
            let (_, given) = text.split_once(": ").unwrap_or_else(|| panic!("a value behind a colon: {line}"));
            let known =
                values.insert(name.to_owned(), given.split(" | ").map(|value| value.trim().to_owned()).collect());
            assert!(known.is_none(), "${name} is explained twice");
        }
    }
    values
}

/// Returns a message in a language, with its values: each line is another one.
pub fn samples(message: &Message, language: UiLanguage, values: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let messages = Messages::for_language(&Language::from_tag(language.tag()).expect("a tag"));
    let longest = message.variables.iter().filter_map(|name| values.get(name)).map(Vec::len).max().unwrap_or(1);
    let mut lines = Vec::new();
    for which in 0..longest {
        let value = |name: &String| {
            let known = &values[name];
            known.get(which).or_else(|| known.last()).expect("a value").clone()
        };
        // Names of variables live as long as the program.
        let given: Vec<(&'static str, String)> =
            message.variables.iter().map(|name| (&*name.clone().leak(), value(name))).collect();
        let given: Vec<(&'static str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if message.is_counted {
            lines.extend(NUMBERS.iter().map(|number| {
                let others: Vec<_> = given.iter().filter(|(name, _)| *name != "number").copied().collect();
                messages.format_count(&message.name, *number, &others)
            }));
        } else {
            lines.push(messages.format(&message.name, &given));
        }
    }
    lines.dedup();
    lines
}
