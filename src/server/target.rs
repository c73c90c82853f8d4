//! From the path of a request to what it leads to.

use std::sync::Arc;

use super::answer::Answer;
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
    Personal(Personal),
    /// A document that is made and kept.
    Document(Document),
    /// Another path.
    Moved(String),
    /// A private address that was revoked.
    Revoked,
    /// Nothing.
    Nothing,
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
    /// The page of the study group of this index.
    Group(usize),
    /// The page of what changed in it.
    Changes(usize),
    /// The page of a feed, which changes as it is fetched.
    FeedPage(Selection, String),
}

impl Site {
    /// What a path leads to.
    pub(super) fn target(&self, path: &str) -> Target {
        if let Some(answer) = self.prepared.get(path) {
            return Target::Ready(Arc::clone(answer));
        }
        if let Some(file) = path.strip_prefix("/delegate/") {
            return self.private(file);
        }
        if let Some(answer) = self.documents.get(path) {
            return Target::Ready(self.again(answer));
        }
        self.public(path).unwrap_or(Target::Nothing)
    }

    fn public(&self, path: &str) -> Option<Target> {
        let timetable = &self.release().timetable;
        if let Some(folder) = path.strip_prefix('/')?.strip_suffix('/') {
            let group = |id: &str| timetable.groups.iter().position(|group| group.id.as_str() == id);
            return Some(Target::Document(match folder.split_once('/') {
                None => Document::Group(group(folder)?),
                Some((id, "changes")) => Document::Changes(group(id)?),
                Some(_) => match feed::find(timetable, folder)? {
                    Found::Feed(selection) => Document::FeedPage(selection, folder.to_owned()),
                    Found::Moved(path) => return Some(Target::Moved(format!("{path}/"))),
                },
            }));
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
                Target::Personal(Personal { at: At { selection, language, file_name }, of })
            }
            (Ending::Calendar, _) => Target::Document(Document::Feed(At { selection, language, file_name })),
            _ => Target::Document(Document::Other(ending, selection, language)),
        })
    }

    /// A language of the study groups that a selection draws from; without a tag its own.
    fn language(&self, selection: &Selection, tag: Option<&str>) -> Option<Language> {
        let timetable = &self.release().timetable;
        let Some(tag) = tag else { return Some(selection.own_language(timetable)) };
        let groups = selection.groups(timetable);
        let mut languages = groups.into_iter().flat_map(|group| &group.languages);
        languages.find(|language| language.tag() == tag).cloned()
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
                Target::Personal(Personal { at: At { selection, language, file_name }, of })
            }
            _ => Target::Document(Document::Other(ending, selection, language)),
        }
    }
}
