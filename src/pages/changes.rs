//! The page of changes of a study group, release by release.

use askama::Template;

use super::cell::hour;
use super::layout::{Layout, Markup, PageRequest};
use super::render;
use crate::ledger::{Changes, EventChange, summarize};
use crate::revision::Release;
use crate::timetable::Group;
use crate::wording::{self, DateFormat, TaggedText};

/// The largest number of releases on the page.
const MAX_RELEASES: usize = 60;

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    layout: Layout,
    releases: Vec<ReleaseChanges>,
}

struct ReleaseChanges {
    number: u32,
    exact: String,
    date: String,
    lines: Vec<ChangeLine>,
}

/// One change.
pub(super) struct ChangeLine {
    pub(super) title: Markup,
    pub(super) text: Markup,
}

/// Renders the public changes of a study group, the latest first.
pub fn changes(release: &Release, group: &Group, setting: &PageRequest<'_>) -> String {
    let layout = Layout::for_group(setting, group);
    let published = release.changes.iter().filter_map(|changes| published(changes, group, &layout));
    let releases: Vec<ReleaseChanges> = published.take(MAX_RELEASES).collect();
    render(&ChangesPage { layout, releases })
}

/// Returns the latest changes: the instant in RFC 3339 form, the date, and the changes.
pub(super) fn latest(
    release: &Release,
    group: &Group,
    layout: &Layout,
    most: usize,
) -> Vec<(String, String, Vec<ChangeLine>)> {
    let published = release.changes.iter().filter_map(|changes| published(changes, group, layout));
    published.take(most).map(|ReleaseChanges { exact, date, lines, .. }| (exact, date, lines)).collect()
}

fn published(changes: &Changes, group: &Group, layout: &Layout) -> Option<ReleaseChanges> {
    let is_public = |change: &&EventChange| change.group == group.id && !change.is_private;
    let public: Vec<&EventChange> = changes.list.iter().filter(is_public).collect();
    let (counted, listed) = summarize(&public);
    let line = |change: &&EventChange| {
        let (title, text) = wording::describe_change_in_list(change, group, &layout.language);
        ChangeLine { title: layout.markup(&title), text: layout.markup(&text) }
    };
    let counted = counted.into_iter().map(|((_, meeting), number)| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let new = layout.messages.format_tagged_count("changes-new", number, &[]);
        let title = match meeting {
            Some(id) => {
                let title = group.meeting(&id).map(|meeting| layout.typed(&meeting.title, group));
                let title = title.unwrap_or_else(|| layout.messages.untranslated(id.as_str()));
                layout.messages.format_tagged("labelled", &[("label", &title), ("value", &new)])
            }
            None => new,
        };
        ChangeLine { title: layout.markup(&title), text: layout.markup(&TaggedText::default()) }
    });
    let wall = group.zone.wall_clock(changes.instant);
    (!public.is_empty()).then(|| ReleaseChanges {
        number: changes.release,
        exact: changes.instant.to_string(),
        date: layout.date_and_hour(wall.date(), DateFormat::WithWeekday, &hour(wall)),
        lines: counted.chain(listed.iter().map(line)).collect(),
    })
}
