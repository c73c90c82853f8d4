//! The addresses of feeds: converts selections to paths.

use std::collections::HashSet;

use super::Selection;
use crate::id::Id;
use crate::timetable::{Body, BodyIndex, Follows, Group, Meeting, Timetable};

/// Returns the path (`sg12/wp1`, without `.ics` and language) and the selection of every public feed, except those
/// that readers combine. In the order of the page that lists them.
pub fn addresses(timetable: &Timetable) -> Vec<(String, Selection)> {
    timetable.groups.iter().flat_map(|group| addresses_of(timetable, group)).collect()
}

/// Returns the feeds of one study group.
pub fn addresses_of(timetable: &Timetable, group: &Group) -> Vec<(String, Selection)> {
    addresses_of_some(timetable, group, |_| true)
}

/// Returns the feeds of one study group, limited to some meetings.
pub fn addresses_of_some(
    timetable: &Timetable,
    group: &Group,
    is_wanted: impl Fn(&Meeting) -> bool,
) -> Vec<(String, Selection)> {
    let meetings = group.listed_meetings().filter(|meeting| is_wanted(meeting));
    let selections = selections_of_bodies(group)
        .into_iter()
        .chain(meetings.flat_map(|meeting| selections_of_meeting(group, meeting)));
    selections.filter_map(|selection| Some((path(timetable, &selection)?, selection))).collect()
}

/// Returns the number of public feeds, except those that readers combine.
///
/// ```
/// # use convene::definition::{DefinitionFile, read};
/// # use convene::resolve::resolve;
/// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
/// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
/// # let (definitions, mut problems) = read("meetings", files);
/// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// use convene::feed::{address_count, addresses};
///
/// assert_eq!(address_count(&timetable), addresses(&timetable).len());
/// ```
pub fn address_count(timetable: &Timetable) -> usize {
    let of_meetings =
        |group: &Group| -> usize { group.listed_meetings().map(|meeting| 1 + events_of(meeting).len()).sum() };
    timetable.groups.iter().map(|group| selections_of_bodies(group).len() + of_meetings(group)).sum()
}

/// Returns the feeds of a study group that cover several meetings: of the whole group and of its bodies.
pub fn selections_of_bodies(group: &Group) -> Vec<Selection> {
    let id = || group.id.clone();
    let mut selections =
        vec![Selection::All(id()), Selection::Plenaries(id()), Selection::Deadlines(id()), Selection::Meetings(id())];
    // Bodies of today come before those that went, whose address one of today may have.
    let mut taken: HashSet<String> = HashSet::new();
    let bodies: Vec<(BodyIndex, &Body, bool)> =
        group.indexed_bodies().skip(1).map(|(index, body)| (index, body, taken.insert(body.address()))).collect();
    for (index, body, has_address) in bodies {
        if has_address {
            selections.push(Selection::Body { group: id(), body: index });
        }
        let former = body.former.iter().filter(|former| taken.insert(former.address()));
        selections.extend(former.map(|former| Selection::Former { group: id(), body: index, former: former.clone() }));
    }
    selections
}

/// Returns the feeds of a meeting: of the whole meeting, and of each session and deadline.
fn selections_of_meeting(group: &Group, meeting: &Meeting) -> Vec<Selection> {
    let whole = Selection::Meeting { group: group.id.clone(), meeting: meeting.id.clone() };
    let event =
        |event: &Id| Selection::Event { group: group.id.clone(), meeting: meeting.id.clone(), event: event.clone() };
    std::iter::once(whole).chain(events_of(meeting).into_iter().map(event)).collect()
}

/// Returns the ids of a meeting's sessions and deadlines. The removed part of a session shares the address of the
/// rest.
fn events_of(meeting: &Meeting) -> Vec<&Id> {
    let public = meeting.sessions.iter().filter(|session| !session.is_private);
    let sessions = public.map(|session| &session.id);
    let mut seen = HashSet::new();
    sessions.chain(meeting.deadlines.iter().map(|deadline| &deadline.id)).filter(|event| seen.insert(*event)).collect()
}

/// Returns the path of a selection below the host: `sg12/follow/wp1_q12`. `None` for a delegate, whose address is
/// private, and for selections that only pages have.
///
/// ```
/// # use convene::definition::{DefinitionFile, read};
/// # use convene::resolve::resolve;
/// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
/// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
/// # let (definitions, mut problems) = read("meetings", files);
/// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// use convene::feed::{Selection, path};
/// use convene::id::Id;
///
/// let meetings = Selection::Meetings(Id::parse("sg12").expect("an id"));
/// assert_eq!(path(&timetable, &meetings).as_deref(), Some("sg12/meetings"));
/// ```
pub fn path(timetable: &Timetable, selection: &Selection) -> Option<String> {
    let name = name(timetable, selection);
    Some(match selection {
        Selection::Body { group, .. }
        | Selection::Former { group, .. }
        | Selection::All(group)
        | Selection::Plenaries(group)
        | Selection::Deadlines(group)
        | Selection::Meetings(group)
        | Selection::Meeting { group, .. } => format!("{group}/{name}"),
        Selection::Event { group, meeting, .. } => format!("{group}/{meeting}/{name}"),
        Selection::Follow(follows) => format!("{}/follow/{name}", follows.group),
        Selection::Part { .. } | Selection::Delegate(_) => return None,
    })
}

/// Returns the last part of a path. It also distinguishes the notices of empty feeds.
pub(super) fn name(timetable: &Timetable, selection: &Selection) -> String {
    let group = |id: &Id| timetable.group(id.as_str());
    match selection {
        Selection::Body { group: id, body } => group(id).map(|group| group.bodies[*body].address()).unwrap_or_default(),
        Selection::Former { former, .. } => former.address(),
        Selection::All(_) => "all".to_owned(),
        Selection::Plenaries(_) => "plenaries".to_owned(),
        Selection::Deadlines(_) => "deadlines".to_owned(),
        Selection::Meetings(_) => "meetings".to_owned(),
        Selection::Meeting { meeting, .. } => meeting.to_string(),
        Selection::Event { event, .. } => event.to_string(),
        Selection::Follow(follows) | Selection::Part { follows, .. } => {
            group(&follows.group).map(|group| combined(group, follows)).unwrap_or_default()
        }
        Selection::Delegate(delegate) => format!("delegate:{}", delegate.id),
    }
}

fn combined(group: &Group, follows: &Follows) -> String {
    let bodies = follows.bodies.iter().map(|body| group.bodies[*body].address());
    let audiences = follows.audiences.iter().map(|audience| group.audiences[*audience].id.to_string());
    bodies.chain(audiences).collect::<Vec<_>>().join("_")
}
