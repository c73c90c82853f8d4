//! From typed texts to texts with a wording for every language of the group.

use std::collections::BTreeMap;

use crate::definition::{Link as TypedLink, TypedText, Words};
use crate::problem::{Problem, Problems};
use crate::text::{self, Language, Text};
use crate::timetable::Link;

/// How a text is laid out.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// One line, such as a title.
    Line,
    /// One or more lines, such as a note.
    Prose,
}

/// Resolves texts in the languages of one group.
pub(super) struct Texts<'a> {
    /// The languages, the first one being what others fall back to; empty where they are not known.
    pub(super) languages: &'a [Language],
}

impl Texts<'_> {
    /// One line, if it was typed.
    pub(super) fn line(&self, typed: Option<&TypedText>, problems: &mut Problems) -> Option<Text> {
        self.text(typed?, Form::Line, problems)
    }

    /// One or more lines, if they were typed.
    pub(super) fn prose(&self, typed: Option<&TypedText>, problems: &mut Problems) -> Option<Text> {
        self.text(typed?, Form::Prose, problems)
    }

    /// The links that are whole.
    pub(super) fn links(&self, typed: Option<&Vec<TypedLink>>, problems: &mut Problems) -> Vec<Link> {
        let link = |typed: &TypedLink, problems: &mut Problems| {
            let label = self.line(typed.label.as_ref(), problems)?;
            Some(Link { label, url: typed.url.as_ref()?.value.clone() })
        };
        typed.into_iter().flatten().filter_map(|typed| link(typed, problems)).collect()
    }

    fn text(&self, typed: &TypedText, form: Form, problems: &mut Problems) -> Option<Text> {
        let clean = |words: &Words| match form {
            Form::Line => text::single_line(&words.0),
            Form::Prose => text::prose(&words.0),
        };
        let (entries, place) = match typed {
            TypedText::Same(words) => return Some(Text::same(clean(&words.value))),
            TypedText::PerLanguage(entries) => (&entries.list, &entries.place),
        };
        let mut wordings: BTreeMap<Language, String> = BTreeMap::new();
        for (language, words) in entries {
            let is_unknown = !self.languages.is_empty() && !self.languages.contains(&language.value);
            if is_unknown && problems.is_first(&language.place, language.value.tag()) {
                problems.push(
                    Problem::error(&language.place, format!("`{}` is no language of this study group", language.value))
                        .label("expected one of the languages of group.yaml; told once in a file")
                        .suggest(language.value.tag(), self.languages.iter().map(Language::tag))
                        .help("if it is one, add it to `languages:` in group.yaml"),
                );
            } else if is_unknown {
                // An error all the same, which has been told.
                problems.push_told();
            }
            wordings
                .insert(language.value.clone(), words.as_ref().map(|words| clean(&words.value)).unwrap_or_default());
        }
        self.report_missing(&wordings, place, problems);
        let first = wordings.get(self.languages.first()?)?.clone();
        Some(Text::translated(first, wordings))
    }

    fn report_missing(
        &self,
        wordings: &BTreeMap<Language, String>,
        place: &crate::problem::Place,
        problems: &mut Problems,
    ) {
        let missing: Vec<&str> =
            self.languages.iter().filter(|language| !wordings.contains_key(language)).map(Language::tag).collect();
        let Some(first) = self.languages.first() else { return };
        if missing.contains(&first.tag()) {
            problems.push(
                Problem::error(place, format!("this text lacks the group's first language, `{first}`"))
                    .label(format!("expected `{first}: …` in here: other languages fall back to it"))
                    .help(format!("add `{first}: …`, or write one text without a language for all")),
            );
        } else if !missing.is_empty() {
            problems.push(
                Problem::warning(place, "translation", format!("no translation: {}", missing.join(", ")))
                    .label(format!("readers of {} will see this in {first}", missing.join(", ")))
                    .help("add the wording, or write one text without a language for all"),
            );
        }
    }
}
