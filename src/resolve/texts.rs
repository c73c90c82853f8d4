//! Resolves texts: each gets a wording for every language of the group.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::definition::{Entries, Link as TypedLink, LocalizedText, NonEmptyText};
use crate::problem::{Problem, Problems, Warning};
use crate::text::{Language, Line, Prose, Text};
use crate::timetable::Link;

/// Resolves texts in the languages of one group, or of one meeting.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    /// The languages, of which the first is the fallback. Empty if they are not known.
    pub(super) languages: &'a [Language],
    /// The languages of the group.
    pub(super) of_group: &'a [Language],
}

impl Texts<'_> {
    /// Reports languages that the study group does not have.
    pub(super) fn report_unknown_languages<T>(&self, entries: &Entries<Language, T>, problems: &mut Problems) {
        let is_unknown = |language: &Language| !self.of_group.is_empty() && !self.of_group.contains(language);
        for (language, _) in entries.list.iter().filter(|(language, _)| is_unknown(&language.value)) {
            problems.push(
                Problem::error(&language.span, format!("`{}` is not a language of this study group", language.value))
                    .label("expected one of `languages:`")
                    .suggest(language.value.tag(), self.of_group.iter().map(Language::tag)),
            );
        }
    }

    /// Resolves a text of one line, if there is one.
    pub(super) fn line(&self, raw: Option<&LocalizedText>, problems: &mut Problems) -> Option<Text> {
        self.text(raw?, |typed| Line::from(&typed.0), problems)
    }

    /// Resolves a text of one or more lines, if there is one.
    pub(super) fn prose(&self, raw: Option<&LocalizedText>, problems: &mut Problems) -> Option<Text<Prose>> {
        self.text(raw?, |typed| typed.0.clone(), problems)
    }

    /// Resolves the links that are complete.
    pub(super) fn links(&self, raw: Option<&Vec<TypedLink>>, problems: &mut Problems) -> Vec<Link> {
        let link = |raw: &TypedLink, problems: &mut Problems| {
            let label = self.line(raw.label.as_ref(), problems)?;
            Some(Link { label, url: raw.url.as_ref()?.value.clone() })
        };
        raw.into_iter().flatten().filter_map(|raw| link(raw, problems)).collect()
    }

    /// Resolves a text. `wording` turns what was typed into a line or into prose.
    fn text<W: Clone + Default + Deref<Target = str>>(
        &self,
        raw: &LocalizedText,
        wording: impl Fn(&NonEmptyText) -> W,
        problems: &mut Problems,
    ) -> Option<Text<W>> {
        let (entries, span) = match raw {
            LocalizedText::Same(words) => return Some(self.in_own_language(Text::new(wording(&words.value)))),
            LocalizedText::PerLanguage(entries) => (&entries.list, &entries.span),
        };
        let mut wordings: BTreeMap<Language, W> = BTreeMap::new();
        for (language, words) in entries {
            let is_listed = [self.languages, self.of_group].iter().any(|listed| listed.contains(&language.value));
            let is_unknown = !self.languages.is_empty() && !is_listed;
            if is_unknown && problems.mark_reported(&language.span, language.value.tag()) {
                problems.push(
                    Problem::error(
                        &language.span,
                        format!("`{}` is not a language of this study group", language.value),
                    )
                    .label("expected one of the languages of group.yaml; reported once in a file")
                    .suggest(language.value.tag(), self.languages.iter().map(Language::tag))
                    .help("or add it to `languages:` in group.yaml, or of the meeting"),
                );
            } else if is_unknown {
                // Still an error, but already reported.
                problems.count_error();
            }
            wordings
                .insert(language.value.clone(), words.as_ref().map(|words| wording(&words.value)).unwrap_or_default());
        }
        self.report_missing(&wordings, span, problems);
        let first = wordings.get(self.languages.first()?)?.clone();
        Some(self.in_own_language(Text::with_translations(first, wordings)))
    }

    /// Returns a text with the language of its first wording, if that is not the group's.
    fn in_own_language<W: Deref<Target = str>>(&self, text: Text<W>) -> Text<W> {
        match (self.languages.first(), self.of_group.first()) {
            (Some(own), Some(of_group)) if own != of_group => text.with_first_language(own.clone()),
            _ => text,
        }
    }

    fn report_missing<W>(
        &self,
        wordings: &BTreeMap<Language, W>,
        span: &crate::problem::Span,
        problems: &mut Problems,
    ) {
        let missing: Vec<&str> =
            self.languages.iter().filter(|language| !wordings.contains_key(language)).map(Language::tag).collect();
        let Some(first) = self.languages.first() else { return };
        if missing.contains(&first.tag()) {
            problems.push(
                Problem::error(span, format!("missing wording in the first language, `{first}`"))
                    .label(format!("expected `{first}: …`: other languages fall back to it"))
                    .help(format!("add `{first}: …`, or write one text without a language for all")),
            );
        } else if !missing.is_empty() {
            problems.push(
                Problem::warning(span, Warning::Translation, format!("missing translation: {}", missing.join(", ")))
                    .label(format!("readers of {} will see this in {first}", missing.join(", ")))
                    .help("add the wording, or write one text without a language for all"),
            );
        }
    }
}
