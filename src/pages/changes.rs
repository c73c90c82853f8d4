//! The page of what changed in a study group, release by release.

use askama::Template;

use super::cell::hour;
use super::frame::{Frame, Markup, Setting};
use super::render;
use crate::ledger::{Changes, EventChange, summarize};
use crate::revision::Release;
use crate::timetable::Group;
use crate::wording::{self, Form, Phrase};

/// Most releases that a page tells of.
const MOST_RELEASES: usize = 60;

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    frame: Frame,
    releases: Vec<Published>,
}

struct Published {
    number: u32,
    exact: String,
    date: String,
    lines: Vec<Line>,
}

/// One change.
pub(super) struct Line {
    pub(super) title: Markup,
    pub(super) text: Markup,
}

/// What changed in a study group that everybody may know, the latest first.
pub fn changes(release: &Release, group: &Group, setting: &Setting<'_>) -> String {
    let frame = Frame::of_group(setting, group);
    let published = release.changes.iter().filter_map(|changes| published(changes, group, &frame));
    let releases: Vec<Published> = published.take(MOST_RELEASES).collect();
    render(&ChangesPage { frame, releases })
}

/// The latest of them: when, as machines and as people write it, and what.
pub(super) fn latest(release: &Release, group: &Group, frame: &Frame, most: usize) -> Vec<(String, String, Vec<Line>)> {
    let published = release.changes.iter().filter_map(|changes| published(changes, group, frame));
    published.take(most).map(|Published { exact, date, lines, .. }| (exact, date, lines)).collect()
}

fn published(changes: &Changes, group: &Group, frame: &Frame) -> Option<Published> {
    let is_public = |change: &&EventChange| change.group == group.id && !change.is_private;
    let public: Vec<&EventChange> = changes.list.iter().filter(is_public).collect();
    let (counted, listed) = summarize(&public);
    let line = |change: &&EventChange| {
        let (title, text) = wording::published(change, group, &frame.language);
        Line { title: frame.markup(&title), text: frame.markup(&text) }
    };
    let counted = counted.into_iter().map(|((_, meeting), number)| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let title = match meeting {
            Some(id) => {
                let title = group.meeting(&id).map(|meeting| frame.typed(&meeting.title, group));
                let title = title.unwrap_or_else(|| frame.words.own(id.as_str()));
                frame.words.count_phrase("changes-new-in", number, &[("meeting", &title)])
            }
            None => frame.words.count_phrase("changes-new", number, &[]),
        };
        Line { title: frame.markup(&title), text: frame.markup(&Phrase::default()) }
    });
    let wall = group.zone.wall_clock(changes.instant);
    (!public.is_empty()).then(|| Published {
        number: changes.release,
        exact: changes.instant.to_string(),
        date: frame.date_and_hour(wall.date(), Form::WithWeekday, &hour(wall)),
        lines: counted.chain(listed.iter().map(line)).collect(),
    })
}
