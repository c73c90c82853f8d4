//! The page of what changed in a study group, release by release.

use askama::Template;

use super::render;
use crate::ledger::{Change, Changes, told};
use crate::revision::Release;
use crate::timetable::Group;
use crate::wording;

/// Most releases that a page tells of.
const MOST_RELEASES: usize = 60;

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage<'a> {
    /// The way to the top, relative.
    root: &'static str,
    short: &'a str,
    language: &'a str,
    releases: Vec<Published>,
}

struct Published {
    number: u32,
    instant: String,
    date: String,
    counted: Vec<String>,
    changes: Vec<Line>,
}

struct Line {
    title: String,
    text: String,
}

/// What changed in a study group that everybody may know, the latest first.
pub fn changes(release: &Release, group: &Group) -> String {
    let published = release.changes.iter().filter_map(|changes| published(changes, group));
    render(&ChangesPage {
        root: "../../",
        short: group.short(),
        language: group.first_language().tag(),
        releases: published.take(MOST_RELEASES).collect(),
    })
}

fn published(changes: &Changes, group: &Group) -> Option<Published> {
    let is_public = |change: &&Change| change.group == group.id && !change.is_private;
    let public: Vec<&Change> = changes.list.iter().filter(is_public).collect();
    let (counted, told) = told(&public);
    let line = |change: &&Change| {
        let (title, text) = wording::published(change, group.first_language());
        Line { title, text }
    };
    let counted = counted.into_iter().map(|((_, meeting), number)| match meeting {
        Some(meeting) => format!("{number} new entries in {meeting}"),
        None => format!("{number} new entries"),
    });
    (!public.is_empty()).then(|| Published {
        number: changes.release,
        instant: changes.instant.to_string(),
        date: group.zone.wall(changes.instant).strftime("%Y-%m-%d %H:%M").to_string(),
        counted: counted.collect(),
        changes: told.iter().map(line).collect(),
    })
}
