//! The addresses of feeds: converts selections to paths and back.

use std::collections::{BTreeMap, HashSet};

use super::Selection;
use crate::id::{BodyName, Id};
use crate::timetable::{BodyIndex, Follows, Group, Meeting, Timetable};

/// The longest path of a feed, in bytes, with its language and ending. clients.md H6 allows 256 for a whole URL, of
/// which a base URL has up to 64. Only feeds that readers combine can exceed it.
const MAX_PATH_BYTES: usize = 256 - 64;

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
    let meetings = group.meetings.iter().filter(|meeting| is_wanted(meeting));
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
        |group: &Group| -> usize { group.meetings.iter().map(|meeting| 1 + events_of(meeting).len()).sum() };
    timetable.groups.iter().map(|group| selections_of_bodies(group).len() + of_meetings(group)).sum()
}

/// Returns the feeds of a study group that cover several meetings: of the whole group and of its bodies.
pub fn selections_of_bodies(group: &Group) -> Vec<Selection> {
    let id = || group.id.clone();
    let mut selections =
        vec![Selection::All(id()), Selection::Plenaries(id()), Selection::Deadlines(id()), Selection::Meetings(id())];
    for (index, body) in group.indexed_bodies().skip(1) {
        selections.push(Selection::Body { group: id(), body: index });
        selections.extend(body.former.iter().map(|former| Selection::Former {
            group: id(),
            body: index,
            former: former.clone(),
        }));
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
        Selection::Body { group: id, body } => {
            group(id).map(|group| group.bodies[*body].name.address()).unwrap_or_default()
        }
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
    let bodies = follows.bodies.iter().map(|body| group.bodies[*body].name.address());
    let audiences = follows.audiences.iter().map(|audience| group.audiences[*audience].id.to_string());
    bodies.chain(audiences).collect::<Vec<_>>().join("_")
}

/// Returns what the names of a combined feed lead to. Its own address, `wp1_q12_management`, has bodies, then audiences,
/// in the order of the group, each once. Every other order leads to that address. Former names of bodies stay valid.
///
/// ```
/// # use convene::definition::{DefinitionFile, read};
/// # use convene::resolve::resolve;
/// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
/// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
/// # let (definitions, mut problems) = read("meetings", files);
/// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// use convene::feed::{PathTarget, resolve_follow};
///
/// let group = &timetable.groups[0];
/// assert!(matches!(resolve_follow(group, "wp1_q12_management"), Some(PathTarget::Feed(_))));
/// let moved = PathTarget::Moved("sg12/follow/wp1_q12_management".to_owned());
/// assert_eq!(resolve_follow(group, "management_q12_wp1"), Some(moved));
/// assert_eq!(resolve_follow(group, "wp1_q99"), None);
/// ```
pub fn resolve_follow(group: &Group, names: &str) -> Option<PathTarget> {
    let language = group.languages.iter().map(|language| 1 + language.tag().len()).max().unwrap_or(0);
    if format!("{}/follow/{names}.ics", group.id).len() + language > MAX_PATH_BYTES {
        return None;
    }
    let (mut bodies, mut audiences) = (BTreeMap::new(), BTreeMap::new());
    for name in names.split('_') {
        if let Some(body) = body(group, name).or_else(|| Some(former_body(group, name)?.0)) {
            bodies.entry(body).or_insert(name);
        } else {
            audiences.insert(group.indexed_audiences().find(|(_, audience)| audience.id.as_str() == name)?.0, name);
        }
    }
    let own = bodies.values().chain(audiences.values()).copied().collect::<Vec<_>>().join("_");
    Some(if own == names {
        let (bodies, audiences) = (bodies.into_keys().collect(), audiences.into_keys().collect());
        PathTarget::Feed(Selection::Follow(Follows { group: group.id.clone(), bodies, audiences }))
    } else {
        PathTarget::Moved(format!("{}/follow/{own}", group.id))
    })
}

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathTarget {
    /// A feed.
    Feed(Selection),
    /// The path that it has now, or that all its spellings lead to.
    Moved(String),
}

/// Returns what a path without language and ending leads to: `sg12/wp1`, `sg12/2025-01-geneva/opening-plenary`,
/// `sg12/follow/wp1_q12`. `None` if it leads nowhere.
///
/// ```
/// # use convene::definition::{DefinitionFile, read};
/// # use convene::resolve::resolve;
/// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
/// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
/// # let (definitions, mut problems) = read("meetings", files);
/// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// use convene::feed::{PathTarget, Selection, resolve_path};
///
/// let target = resolve_path(&timetable, "sg12/all");
/// assert!(matches!(target, Some(PathTarget::Feed(Selection::All(_)))));
/// assert!(resolve_path(&timetable, "sg12/wp9").is_none());
/// ```
pub fn resolve_path(timetable: &Timetable, path: &str) -> Option<PathTarget> {
    let (id, rest) = path.split_once('/')?;
    let group = timetable.group(id)?;
    match rest.split_once('/') {
        None => resolve_name(group, rest),
        Some(("follow", names)) => resolve_follow(group, names),
        Some((meeting, event)) => resolve_event(group, meeting, event),
    }
}

fn resolve_name(group: &Group, name: &str) -> Option<PathTarget> {
    let id = || group.id.clone();
    let selection = match name {
        "all" => Selection::All(id()),
        "plenaries" => Selection::Plenaries(id()),
        "deadlines" => Selection::Deadlines(id()),
        "meetings" => Selection::Meetings(id()),
        _ => {
            let of_body = body(group, name).map(|body| Selection::Body { group: id(), body });
            let of_body = of_body.or_else(|| {
                let (body, former) = former_body(group, name)?;
                Some(Selection::Former { group: id(), body, former: former.clone() })
            });
            match of_body {
                Some(of_body) => of_body,
                None => return resolve_meeting(group, name),
            }
        }
    };
    Some(PathTarget::Feed(selection))
}

/// Returns the body with a name, as addresses have it.
fn body(group: &Group, name: &str) -> Option<BodyIndex> {
    group.indexed_bodies().skip(1).find(|(_, body)| body.name.address() == name).map(|(index, _)| index)
}

/// Returns the body that had a name, and the name.
fn former_body<'g>(group: &'g Group, name: &str) -> Option<(BodyIndex, &'g BodyName)> {
    group.indexed_bodies().skip(1).find_map(|(index, body)| {
        let former = body.former.iter().find(|former| former.address() == name)?;
        Some((index, former))
    })
}

fn resolve_meeting(group: &Group, name: &str) -> Option<PathTarget> {
    Some(match meeting(group, name)? {
        (meeting, false) => {
            PathTarget::Feed(Selection::Meeting { group: group.id.clone(), meeting: meeting.id.clone() })
        }
        (meeting, true) => PathTarget::Moved(format!("{}/{}", group.id, meeting.id)),
    })
}

/// Returns the meeting with a name, and whether that is a former name.
fn meeting<'g>(group: &'g Group, name: &str) -> Option<(&'g Meeting, bool)> {
    let meetings = || group.meetings.iter().map(|meeting| &**meeting);
    let now = meetings().find(|meeting| meeting.id.as_str() == name);
    let was = || meetings().find(|meeting| meeting.former.iter().any(|former| former.as_str() == name));
    now.map(|now| (now, false)).or_else(|| was().map(|was| (was, true)))
}

fn resolve_event(group: &Group, of: &str, name: &str) -> Option<PathTarget> {
    let (meeting, is_moved) = meeting(group, of)?;
    let sessions = || meeting.sessions.iter().filter(|session| !session.is_private);
    let events = || {
        let sessions = sessions().map(|session| (&session.id, &session.former));
        sessions.chain(meeting.deadlines.iter().map(|deadline| (&deadline.id, &deadline.former)))
    };
    let now = events().find(|(id, _)| id.as_str() == name);
    let was = || events().find(|(_, former)| former.iter().any(|former| former.as_str() == name));
    let (id, is_renamed) = now.map(|(id, _)| (id, false)).or_else(|| was().map(|(id, _)| (id, true)))?;
    Some(if is_moved || is_renamed {
        PathTarget::Moved(format!("{}/{}/{id}", group.id, meeting.id))
    } else {
        PathTarget::Feed(Selection::Event { group: group.id.clone(), meeting: meeting.id.clone(), event: id.clone() })
    })
}
