//! convene's own words, by language. Source: the Fluent files beside this one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use crate::text::Language;

/// The languages that convene has words in, those of [`crate::text::SPOKEN`]. Others fall back to English, the first.
pub const LANGUAGES: [(&str, &str); 2] = [("en", include_str!("en.ftl")), ("zh", include_str!("zh.ftl"))];

static BUNDLES: LazyLock<BTreeMap<&'static str, FluentBundle<FluentResource>>> =
    LazyLock::new(|| LANGUAGES.iter().map(|(tag, source)| (*tag, bundle(tag, source))).collect());

fn bundle(tag: &str, source: &str) -> FluentBundle<FluentResource> {
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(parsed, _)| parsed);
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    // Isolation marks are for screens; in a calendar they are control characters in every title.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The words of one language.
#[derive(Clone, Copy)]
pub(super) struct Words(&'static FluentBundle<FluentResource>);

impl Words {
    /// The words for a reader of `language`: of `zh` for `zh-hk`, English where there are none.
    pub(super) fn of(language: &Language) -> Self {
        let primary = language.tag().split('-').next().unwrap_or_default();
        Self(BUNDLES.get(primary).unwrap_or(&BUNDLES["en"]))
    }

    /// A message with its variables. The name of the message stands in where there is none, which a test rules out.
    pub(super) fn say(self, message: &str, variables: &[(&'static str, &str)]) -> String {
        let pattern = self.0.get_message(message).and_then(|message| message.value());
        let Some(pattern) = pattern else { return message.to_owned() };
        let arguments: FluentArgs<'_> = variables.iter().map(|(name, value)| (*name, *value)).collect();
        self.0.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// Several words as a list.
    pub(super) fn list<T: AsRef<str>>(self, words: &[T]) -> String {
        self.joined("list", words)
    }

    /// Several words, joined two by two by a message.
    pub(super) fn joined<T: AsRef<str>>(self, message: &str, words: &[T]) -> String {
        match words {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [first, rest @ ..] => {
                self.say(message, &[("first", first.as_ref()), ("rest", &self.joined(message, rest))])
            }
        }
    }
}

/// The names of all messages of a language, for the test that compares them.
pub fn messages(source: &str) -> Vec<&str> {
    let lines = source.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect()
}
