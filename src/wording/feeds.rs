//! What a feed is called, and what it says that it holds.

use super::speech::Speech;
use super::{Phrase, Reader, heading};
use crate::feed::{Catalogue, Entry, Feed, LeftOut, Selection, What};
use crate::text::{Language, line};
use crate::timetable::{Follows, Group, Timetable};

/// The name of a feed, in one line.
pub fn feed_name(feed: &Feed<'_>) -> String {
    let name = Reader::of(&feed.language).name(&feed.release.timetable, &feed.selection, || feed.entries().next());
    line(&name.to_string())
}

/// The name of the feed of a selection as the heading of a page, in one line: of a single entry, what that is called.
pub fn feed_heading(catalogue: &Catalogue, selection: &Selection, language: &Language) -> Phrase {
    let name = match selection {
        Selection::Event(..) => {
            let entry = Feed::of(catalogue, selection.clone(), Some(language)).entries().next();
            entry.map(|entry| Phrase::from(heading(&entry, language))).unwrap_or_default()
        }
        _ => Reader::of(language).name(&catalogue.release().timetable, selection, || None),
    };
    name.line()
}

/// What a feed holds, in one line.
pub fn feed_description(feed: &Feed<'_>) -> String {
    line(&Reader::of(&feed.language).feed_description(feed, true).to_string())
}

/// The same without the title of a body, which a page says by itself.
pub fn feed_holds(feed: &Feed<'_>) -> Phrase {
    Reader::of(&feed.language).feed_description(feed, false).line()
}

/// The names of what is followed of a study group: `WP1/12, Q12/12, management team`.
pub fn followed(follows: &Follows, group: &Group, language: &Language) -> Phrase {
    Reader::of(language).followed(follows, group)
}

impl Reader<'_> {
    /// The name of the feed of a selection; `entry` is the first that it holds, after which that of a single one is called.
    fn name<'c>(
        &self,
        timetable: &Timetable,
        selection: &Selection,
        entry: impl FnOnce() -> Option<Entry<'c>>,
    ) -> Phrase {
        let groups = selection.groups(timetable);
        let Some(group) = groups.first() else { return Phrase::default() };
        let own = |what: &str| self.in_group(group, &self.words.own(what));
        let named = |message: &str| own(&self.words.say(message, &[]));
        match selection {
            Selection::Body(_, body) => own(&group.bodies[*body].written),
            Selection::Former(_, _, former) => own(former.as_str()),
            Selection::All(_) => named("calendar-all"),
            Selection::Plenaries(_) => named("calendar-plenaries"),
            Selection::Deadlines(_) => named("calendar-deadlines"),
            Selection::Meetings(_) => named("calendar-meetings"),
            Selection::Meeting(_, id) => {
                let title = group.meeting(id).map(|meeting| Phrase::typed(&self.among(group), &meeting.title));
                title.unwrap_or_default()
            }
            Selection::Event(..) => match entry() {
                Some(entry) => match &entry.what {
                    What::Session(session, _) | What::Series(session, ..) => {
                        own(&self.session_title::<String>(&entry, session))
                    }
                    _ => self.words.own(&self.summary(&entry)),
                },
                None => Phrase::default(),
            },
            Selection::Follow(_) | Selection::Part(..) | Selection::Delegate(_) => {
                self.all_followed(timetable, selection)
            }
        }
    }

    /// `SG12: WP1/12`
    fn in_group(&self, group: &Group, what: &Phrase) -> Phrase {
        self.words.phrase("calendar", &[("group", &self.words.own(group.short())), ("what", what)])
    }

    /// `SG12: WP1/12, Q12/12, management team`, for each study group followed.
    fn all_followed(&self, timetable: &Timetable, selection: &Selection) -> Phrase {
        let of_group = |follows: &Follows| {
            let group = timetable.group(follows.group.as_str())?;
            Some(self.in_group(group, &self.followed(follows, group)))
        };
        let mut all = Phrase::default();
        for name in selection.follows().iter().filter_map(of_group) {
            if !all.is_empty() {
                all.append(&self.words.own("; "));
            }
            all.append(&name);
        }
        all
    }

    fn followed(&self, follows: &Follows, group: &Group) -> Phrase {
        let reader = self.among(group);
        let bodies = follows.bodies.iter().map(|body| self.words.own(&group.bodies[*body].written));
        let audiences =
            follows.audiences.iter().map(|audience| Phrase::typed(&reader, &group.audiences[*audience].name));
        Phrase::joined(self, "list", &bodies.chain(audiences).collect::<Vec<_>>())
    }

    /// What a feed holds, and what has no room in it.
    fn feed_description(&self, feed: &Feed<'_>, with_title: bool) -> Phrase {
        let LeftOut { has_past, from } = feed.left_out;
        let mut said = self.feed_holds(feed, with_title);
        if has_past {
            said = self.words.phrase("left-out-past", &[("holds", &said)]);
        }
        match from {
            Some(from) => {
                let date = self.words.own(&self.date(from));
                self.words.phrase("left-out-from", &[("holds", &said), ("date", &date)])
            }
            None => said,
        }
    }

    fn feed_holds(&self, feed: &Feed<'_>, with_title: bool) -> Phrase {
        let timetable = &feed.release.timetable;
        let groups = feed.selection.groups(timetable);
        let Some(group) = groups.first() else { return Phrase::default() };
        let say = |message: &str| self.words.own(&self.words.say(message, &[("group", group.short())]));
        match &feed.selection {
            Selection::Body(_, body) | Selection::Former(_, body, _) => {
                let body = &group.bodies[*body];
                let written = self.words.own(&body.written);
                let title = || Phrase::typed(&self.among(group), &body.title);
                let titled = || self.words.phrase("with-title", &[("body", &written), ("title", &title())]);
                let named = if with_title { titled() } else { written.clone() };
                self.words.phrase("holds-body", &[("body", &named)])
            }
            Selection::All(_) => say("holds-all"),
            Selection::Plenaries(_) => say("holds-plenaries"),
            Selection::Deadlines(_) => say("holds-deadlines"),
            Selection::Meetings(_) => say("holds-meetings"),
            Selection::Meeting(..) => say("holds-meeting"),
            Selection::Event(..) => say("holds-event"),
            Selection::Follow(_) | Selection::Part(..) | Selection::Delegate(_) => {
                self.words.phrase("holds-follow", &[("what", &self.all_followed(timetable, &feed.selection))])
            }
        }
    }
}
