//! The names of feeds, and descriptions of what they contain.

use super::text_builder::TextBuilder;
use super::{Localizer, TaggedText, heading};
use crate::feed::{Entry, EntryIndex, Feed, Omitted, Selection};
use crate::text::{Language, Line, Text};
use crate::timetable::{BodyKind, Follows, Group, Timetable};

/// Returns the name of a feed, in one line.
///
/// ```
/// # use convene::definition::{DefinitionFile, read};
/// # use convene::resolve::resolve;
/// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
/// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
/// # let (definitions, mut problems) = read("meetings", files);
/// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// # let instant = "2024-12-20T08:00:00Z".parse().expect("an instant");
/// # let base_url: url::Url = "https://calendars.example.org/".parse().expect("a URL");
/// # let release = convene::revision::Release::draft(timetable, instant, base_url);
/// # let index = convene::feed::EntryIndex::new(std::sync::Arc::new(release), None);
/// # let id = |id: &str| convene::id::Id::parse(id).expect("an id");
/// use convene::feed::{Feed, Selection};
///
/// let feed = Feed::new(&index, Selection::Deadlines(id("sg12")), None);
/// assert_eq!(&*convene::wording::feed_name(&feed), "SG12: deadlines");
/// ```
pub fn feed_name(feed: &Feed<'_>) -> Line {
    let name = Localizer::new(&feed.language).name(&feed.release.timetable, &feed.selection, || feed.entries().next());
    Line::clean(&name.to_string()).truncated_to_limit()
}

/// Returns the name of a selection's feed as the heading of a page. For a single entry, that is its title.
pub fn feed_heading(entry_index: &EntryIndex, selection: &Selection, language: &Language) -> TaggedText {
    let name = match selection {
        Selection::Event { .. } => {
            let entry = Feed::new(entry_index, selection.clone(), Some(language)).entries().next();
            entry.map(|entry| TaggedText::from(heading(&entry, language))).unwrap_or_default()
        }
        _ => Localizer::new(language).name(&entry_index.release().timetable, selection, || None),
    };
    name.truncate_to_line()
}

/// Returns what a feed contains, in one line.
pub fn feed_description(feed: &Feed<'_>) -> Line {
    Line::clean(&Localizer::new(&feed.language).feed_description(feed, true).to_string()).truncated_to_limit()
}

/// Returns what a feed contains without the title of a body, which the page has already.
pub fn feed_contents(feed: &Feed<'_>) -> TaggedText {
    Localizer::new(&feed.language).feed_description(feed, false).truncate_to_line()
}

/// Lists the names of what is followed in a study group: `WP1/12, Q12/12, management team`.
pub fn follow_names(follows: &Follows, group: &Group, language: &Language) -> TaggedText {
    let reader = Localizer::new(language);
    TaggedText::join(&reader, "list", &reader.followed(follows, group, false))
}

/// Lists the names of what is followed inside a sentence: `WP1/12, Q12/12 and management team`.
pub fn follow_names_in_sentence(follows: &Follows, group: &Group, language: &Language) -> TaggedText {
    let reader = Localizer::new(language);
    TaggedText::list_in_sentence(&reader, &reader.followed(follows, group, false))
}

/// Lists what the bodies of a study group are, in the words of its definitions: `Working parties, Questions`. Empty if they
/// do not say.
pub fn kind_names(group: &Group, language: &Language) -> TaggedText {
    let mut kinds: Vec<&BodyKind> = Vec::new();
    for kind in group.bodies.iter().skip(1).map(|body| &body.rank) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let localizer = Localizer::new(language);
    let own = |message: &str| Some(localizer.messages.untranslated(&localizer.messages.format(message, &[])));
    let name = |kind: &BodyKind| match kind {
        BodyKind::WorkingParty => own("calendar-working-parties"),
        BodyKind::Question => own("calendar-questions"),
        BodyKind::Named(name) => Some(TaggedText::typed(&localizer.with_group(group), &name.many)),
        BodyKind::StudyGroup | BodyKind::Unnamed => None,
    };
    TaggedText::join(&localizer, "list", &kinds.into_iter().filter_map(name).collect::<Vec<_>>())
}

impl Localizer<'_> {
    /// Returns the name of a selection's feed. `entry` returns its first entry, after which the feed of a single one
    /// is named.
    fn name<'c>(
        &self,
        timetable: &Timetable,
        selection: &Selection,
        entry: impl FnOnce() -> Option<Entry<'c>>,
    ) -> TaggedText {
        let groups = selection.groups(timetable);
        let Some(group) = groups.first() else { return TaggedText::default() };
        let own = |what: &str| self.in_group(group, &self.messages.untranslated(what));
        let named = |message: &str| own(&self.messages.format(message, &[]));
        match selection {
            Selection::Body { body, .. } => own(group.bodies[*body].written.in_language(self.language)),
            Selection::Former { former, .. } => own(former.as_str()),
            Selection::All(_) => named("calendar-all"),
            Selection::Plenaries(_) => named("calendar-plenaries"),
            Selection::Deadlines(_) => named("calendar-deadlines"),
            Selection::Meetings(_) => named("calendar-meetings"),
            Selection::Meeting { meeting: id, .. } => {
                let title = group.meeting(id).map(|meeting| TaggedText::typed(&self.with_group(group), &meeting.title));
                title.unwrap_or_default()
            }
            Selection::Event { .. } => match entry() {
                Some(entry) if entry.session().is_some() => own(&heading(&entry, self.language).text),
                Some(entry) => self.messages.untranslated(&self.summary(&entry)),
                None => TaggedText::default(),
            },
            Selection::Follow(_) | Selection::Part { .. } | Selection::Delegate(_) => {
                self.all_followed(timetable, selection, false)
            }
        }
    }

    /// Returns `SG12: WP1/12`.
    fn in_group(&self, group: &Group, what: &TaggedText) -> TaggedText {
        self.messages.format_tagged(
            "calendar",
            &[("group", &self.messages.untranslated(group.short_in(self.language))), ("what", what)],
        )
    }

    /// Returns `SG12: WP1/12, Q12/12, management team`, for each study group followed, with the titles of bodies or not.
    fn all_followed(&self, timetable: &Timetable, selection: &Selection, with_titles: bool) -> TaggedText {
        let of_group = |follows: &Follows| {
            let group = timetable.group(follows.group.as_str())?;
            let names = TaggedText::join(self, "list", &self.followed(follows, group, with_titles));
            Some(self.in_group(group, &names))
        };
        let names: Vec<TaggedText> = selection.follows().iter().filter_map(of_group).collect();
        TaggedText::join(self, "list-long", &names)
    }

    fn followed(&self, follows: &Follows, group: &Group, with_titles: bool) -> Vec<TaggedText> {
        let reader = self.with_group(group);
        let bodies = follows.bodies.iter().map(|body| {
            let body = &group.bodies[*body];
            let name = self.messages.untranslated(body.written.in_language(self.language));
            let title = TaggedText::typed(&reader, &body.title);
            if with_titles {
                self.messages.format_tagged("with-title", &[("body", &name), ("title", &title)])
            } else {
                name
            }
        });
        let audiences =
            follows.audiences.iter().map(|audience| TaggedText::typed(&reader, &group.audiences[*audience].name));
        bodies.chain(audiences).collect()
    }

    /// Returns what a feed contains, and what does not fit.
    fn feed_description(&self, feed: &Feed<'_>, with_title: bool) -> TaggedText {
        let Omitted { has_past, from } = feed.omitted;
        let mut text = self.feed_holds(feed, with_title);
        if has_past {
            text = self.messages.format_tagged("left-out-past", &[("holds", &text)]);
        }
        match from {
            Some(from) => {
                let date = self.messages.untranslated(&self.date(from));
                self.messages.format_tagged("left-out-from", &[("holds", &text), ("date", &date)])
            }
            None => text,
        }
    }

    fn feed_holds(&self, feed: &Feed<'_>, with_title: bool) -> TaggedText {
        let timetable = &feed.release.timetable;
        let groups = feed.selection.groups(timetable);
        let Some(group) = groups.first() else { return TaggedText::default() };
        let titled = |name: TaggedText, title: &Text| {
            let title = TaggedText::typed(&self.with_group(group), title);
            if with_title {
                self.messages.format_tagged("with-title", &[("body", &name), ("title", &title)])
            } else {
                name
            }
        };
        let own = || titled(self.messages.untranslated(group.short_in(self.language)), &group.name);
        let say = |message: &str| self.messages.format_tagged(message, &[("group", &own())]);
        match &feed.selection {
            Selection::Body { body, .. } | Selection::Former { body, .. } => {
                let body = &group.bodies[*body];
                let named = titled(self.messages.untranslated(body.written.in_language(self.language)), &body.title);
                self.messages.format_tagged("holds-body", &[("body", &named)])
            }
            Selection::All(_) => say("holds-all"),
            Selection::Plenaries(_) => say("holds-plenaries"),
            Selection::Deadlines(_) => say("holds-deadlines"),
            Selection::Meetings(_) => say("holds-meetings"),
            Selection::Meeting { .. } => say("holds-meeting"),
            Selection::Event { .. } => say("holds-event"),
            Selection::Follow(_) | Selection::Part { .. } | Selection::Delegate(_) => {
                let followed = self.all_followed(timetable, &feed.selection, with_title);
                self.messages.format_tagged("holds-follow", &[("what", &followed)])
            }
        }
    }
}
