//! The name of a body as people write it, in each language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Language;

/// The name of a body as people write it: `WP1/12`, in French `GT 1/12`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "StoredName", into = "StoredName")]
pub struct WrittenName {
    first: String,
    /// Only where it differs.
    others: BTreeMap<Language, String>,
}

/// The form in which it is stored: one text if all languages have the same.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum StoredName {
    Same(String),
    PerLanguage { first: String, others: BTreeMap<Language, String> },
}

impl WrittenName {
    /// Creates a name, with those of the languages in which it may differ.
    pub fn new(first: String, mut others: BTreeMap<Language, String>) -> Self {
        others.retain(|_, other| *other != first);
        Self { first, others }
    }

    /// Returns the name for readers of languages that have none of their own.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// Returns the name for a reader of a language.
    pub fn in_language(&self, language: &Language) -> &str {
        self.others.get(language).unwrap_or(&self.first)
    }

    /// Returns the name with something in front of it.
    #[must_use]
    pub fn with_prefix(&self, prefix: impl Fn(Option<&Language>) -> String) -> Self {
        let others = self.others.iter().map(|(language, name)| {
            let prefixed = format!("{}{name}", prefix(Some(language)));
            (language.clone(), prefixed)
        });
        Self { others: others.collect(), first: format!("{}{}", prefix(None), self.first) }
    }
}

impl From<StoredName> for WrittenName {
    fn from(stored: StoredName) -> Self {
        match stored {
            StoredName::Same(first) => Self { first, others: BTreeMap::new() },
            StoredName::PerLanguage { first, others } => Self { first, others },
        }
    }
}

impl From<WrittenName> for StoredName {
    fn from(name: WrittenName) -> Self {
        let WrittenName { first, others } = name;
        if others.is_empty() { Self::Same(first) } else { Self::PerLanguage { first, others } }
    }
}
