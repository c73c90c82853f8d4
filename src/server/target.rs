//! From the path of a request to what it leads to.

use std::sync::Arc;

use jiff::Timestamp;

use super::answer::Answer;
use super::page::{self, AtPath, Page};
use super::path::{Ending, Path};
use super::shared::{Profile, Wanted};
use super::site::{self, Site};
use crate::feed::{self, Found, Selection};
use crate::private::Holder;
use crate::text::Language;

/// What a path leads to.
pub(super) enum Target {
    /// An answer that is ready.
    Ready(Arc<Answer>),
    /// A feed that is put together for whoever asks.
    Personal(Box<Personal>),
    /// A document that is made, and kept under this name.
    Document(Document, String),
    /// Another path.
    Moved(String),
    /// A private address that was revoked.
    Revoked,
    /// Nothing.
    Nothing,
}

impl Target {
    /// Whether scripts of other origins may read what is there. clients.md H17
    pub(super) fn is_for_other_origins(&self) -> bool {
        match self {
            Self::Ready(answer) => answer.about().kind.is_for_other_origins(),
            Self::Personal(personal) => matches!(personal.of, Whose::Everybodys(_)),
            Self::Document(Document::Feed(_), _) | Self::Moved(_) => true,
            Self::Document(Document::Other(_, selection, _), _) => !matches!(selection, Selection::Delegate(_)),
            Self::Document(..) | Self::Revoked | Self::Nothing => false,
        }
    }
}

/// A feed at an address.
pub(super) struct At {
    /// What it holds.
    pub(super) selection: Selection,
    /// The language of its reader.
    pub(super) language: Language,
    /// The name under which it is saved.
    pub(super) file_name: String,
}

/// A feed that is put together for whoever asks: a delegate's, or one that a reader picked.
pub(super) struct Personal {
    pub(super) at: At,
    pub(super) of: Whose,
}

/// Whose a feed is that is put together for whoever asks.
pub(super) enum Whose {
    /// Everybody's: its path without a language.
    Everybodys(String),
    /// That of all delegates who wish this.
    Delegates(Profile),
}

/// A document that is made and kept.
pub(super) enum Document {
    /// A feed.
    Feed(At),
    /// A feed in another form.
    Other(Ending, Selection, Language),
    /// A page.
    Page(Page),
    /// The script that puts a timetable into a page of somebody else.
    EmbedScript(Selection, Option<Language>),
}

impl Site {
    /// What a path leads to, at an instant.
    pub(super) fn target(&self, path: &str, now: Timestamp) -> Target {
        if let Some(answer) = self.prepared.get(path) {
            return Target::Ready(Arc::clone(answer));
        }
        if let Some(file) = path.strip_prefix("/delegate/") {
            return self.private(file);
        }
        if let Some(answer) = self.documents.get(path) {
            return Target::Ready(self.again(answer));
        }
        self.public(path, now).unwrap_or(Target::Nothing)
    }

    fn public(&self, path: &str, now: Timestamp) -> Option<Target> {
        let timetable = &self.release().timetable;
        if let Some(at) = page::find(timetable, path, now) {
            return Some(match at {
                AtPath::Moved(path) => Target::Moved(path),
                AtPath::EmbedScript(selection, language) => {
                    Target::Document(Document::EmbedScript(selection, language), path.to_owned())
                }
                AtPath::Page(page) => {
                    let key = page.key(path);
                    match self.documents.get(&key) {
                        Some(answer) => Target::Ready(self.again(answer)),
                        None => Target::Document(Document::Page(page), key),
                    }
                }
            });
        }
        let Path { stem, tag, ending } = Path::of(path.strip_prefix('/')?)?;
        let selection = match feed::find(timetable, stem)? {
            Found::Feed(selection) => selection,
            Found::Moved(stem) => {
                let tag = tag.map(|tag| format!(".{tag}")).unwrap_or_default();
                return Some(Target::Moved(format!("{stem}{tag}.{}", ending.name())));
            }
        };
        let language = self.language(&selection, tag)?;
        let file_name = site::name(path).to_owned();
        Some(match (ending, &selection) {
            (Ending::Calendar, Selection::Follow(_)) => {
                let of = Whose::Everybodys(stem.to_owned());
                Target::Personal(Box::new(Personal { at: At { selection, language, file_name }, of }))
            }
            (Ending::Calendar, _) => {
                Target::Document(Document::Feed(At { selection, language, file_name }), path.to_owned())
            }
            _ => Target::Document(Document::Other(ending, selection, language), path.to_owned()),
        })
    }

    /// A language of the study groups that a selection draws from, or of the pages; without a tag its own.
    fn language(&self, selection: &Selection, tag: Option<&str>) -> Option<Language> {
        let timetable = &self.release().timetable;
        let Some(tag) = tag else { return Some(selection.own_language(timetable)) };
        let groups = selection.groups(timetable);
        let mut languages =
            groups.into_iter().flat_map(|group| group.languages.iter().cloned()).chain(Language::ui_languages());
        languages.find(|language| language.tag() == tag)
    }

    fn private(&self, file: &str) -> Target {
        let Some(Path { stem, tag, ending }) = Path::of(file) else { return Target::Nothing };
        let number = match self.register.holder(stem) {
            Some(Holder::Delegate(number)) => number,
            Some(Holder::Revoked) => return Target::Revoked,
            None => return Target::Nothing,
        };
        let Some(wanted) = Wanted::of(self.release(), number, tag) else { return Target::Nothing };
        if ending == Ending::Calendar
            && let Some(answer) = self.shared.get(&wanted)
        {
            return Target::Ready(self.again(answer));
        }
        let Some(delegate) = self.release().timetable.delegates.get(number) else { return Target::Nothing };
        let selection = Selection::Delegate(Arc::new(delegate));
        let Some(language) = self.language(&selection, tag) else { return Target::Nothing };
        match ending {
            Ending::Calendar => {
                // The name of the file is not the token: it ends up in folders of downloads.
                let file_name = site::file("convene", tag.is_some().then_some(&language));
                let of = Whose::Delegates(wanted.profile());
                Target::Personal(Box::new(Personal { at: At { selection, language, file_name }, of }))
            }
            // Nobody keeps what is private.
            _ => Target::Document(Document::Other(ending, selection, language), String::new()),
        }
    }
}
