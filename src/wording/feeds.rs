//! What a feed is called, and what it says that it holds.

use super::Reader;
use crate::feed::{Feed, LeftOut, Selection, What};

impl Reader<'_> {
    pub(super) fn feed_name(&self, feed: &Feed<'_>) -> String {
        let timetable = &feed.release.timetable;
        let groups = feed.selection.groups(timetable);
        let Some(group) = groups.first() else { return String::new() };
        let named = |what: &str| self.words.say("calendar", &[("group", group.short()), ("what", what)]);
        match &feed.selection {
            Selection::Body(_, body) => named(&group.bodies[*body].written),
            Selection::Former(_, _, former) => named(former.as_str()),
            Selection::All(_) => named(&self.words.say("calendar-all", &[])),
            Selection::Plenaries(_) => named(&self.words.say("calendar-plenaries", &[])),
            Selection::Deadlines(_) => named(&self.words.say("calendar-deadlines", &[])),
            Selection::Meetings(_) => named(&self.words.say("calendar-meetings", &[])),
            Selection::Meeting(_, id) => {
                group.meeting(id).map(|meeting| self.text(&meeting.title).to_owned()).unwrap_or_default()
            }
            Selection::Event(..) => match feed.entries().next() {
                Some(entry) => match &entry.what {
                    What::Session(session, _) | What::Series(session, ..) => {
                        named(&self.session_title(&entry, session))
                    }
                    _ => self.summary(&entry),
                },
                None => String::new(),
            },
            Selection::Follow(_) | Selection::Part(..) | Selection::Delegate(_) => self.followed(feed),
        }
    }

    /// `SG12: WP1/12, Q12/12, management team`, for each study group followed.
    fn followed(&self, feed: &Feed<'_>) -> String {
        let timetable = &feed.release.timetable;
        let of_group = |follows: &crate::timetable::Follows| {
            let group = timetable.group(follows.group.as_str())?;
            let bodies = follows.bodies.iter().map(|body| group.bodies[*body].written.as_str());
            let audiences = follows.audiences.iter().map(|audience| self.text(&group.audiences[*audience].name));
            let what = self.words.list(&bodies.chain(audiences).collect::<Vec<_>>());
            Some(self.words.say("calendar", &[("group", group.short()), ("what", &what)]))
        };
        let names: Vec<String> = feed.selection.follows().iter().filter_map(of_group).collect();
        names.join("; ")
    }

    /// What a feed holds, and what has no room in it.
    pub(super) fn feed_description(&self, feed: &Feed<'_>, with_title: bool) -> String {
        let LeftOut { has_past, from } = feed.left_out;
        let mut said = self.feed_holds(feed, with_title);
        if has_past {
            said = self.words.say("left-out-past", &[("holds", &said)]);
        }
        match from {
            Some(from) => self.words.say("left-out-from", &[("holds", &said), ("date", &self.date(from))]),
            None => said,
        }
    }

    fn feed_holds(&self, feed: &Feed<'_>, with_title: bool) -> String {
        let groups = feed.selection.groups(&feed.release.timetable);
        let Some(group) = groups.first() else { return String::new() };
        let say = |message: &str| self.words.say(message, &[("group", group.short())]);
        match &feed.selection {
            Selection::Body(_, body) | Selection::Former(_, body, _) => {
                let body = &group.bodies[*body];
                let title = self.text(&body.title);
                let titled = || self.words.say("with-title", &[("body", &body.written), ("title", title)]);
                let named = if with_title { titled() } else { body.written.clone() };
                self.words.say("holds-body", &[("body", &named)])
            }
            Selection::All(_) => say("holds-all"),
            Selection::Plenaries(_) => say("holds-plenaries"),
            Selection::Deadlines(_) => say("holds-deadlines"),
            Selection::Meetings(_) => say("holds-meetings"),
            Selection::Meeting(..) => say("holds-meeting"),
            Selection::Event(..) => say("holds-event"),
            Selection::Follow(_) | Selection::Part(..) | Selection::Delegate(_) => {
                self.words.say("holds-follow", &[("what", &self.followed(feed))])
            }
        }
    }
}
