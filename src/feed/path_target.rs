//! What a path leads to: converts the addresses of feeds back to selections.

use std::collections::BTreeMap;

use super::Selection;
use crate::id::BodyName;
use crate::timetable::{Body, BodyIndex, Follows, Group, Meeting, Timetable};

/// The longest path of a feed, in bytes, with its language and ending. clients.md H6 allows 256 for a whole URL, of
/// which a base URL has up to 64. Only feeds that readers combine can exceed it.
const MAX_PATH_BYTES: usize = 256 - 64;

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
        let is_open = |body: &BodyIndex| group.bodies[*body].closed.is_none();
        let audience = group.indexed_audiences().find(|(_, audience)| audience.id.as_str() == name);
        // An audience may have the name of a body that went.
        if let Some((index, audience)) = audience.filter(|_| !body(group, name).is_some_and(|body| is_open(&body))) {
            audiences.insert(index, audience.id.to_string());
            continue;
        }
        let address = body_formerly_at(group, name);
        let name = address.as_deref().unwrap_or(name);
        let body = body(group, name).or_else(|| Some(former_body(group, name)?.0))?;
        bodies.entry(body).or_insert(name.to_owned());
    }
    let own = bodies.values().chain(audiences.values()).cloned().collect::<Vec<_>>().join("_");
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
            let Some(of_body) = of_body else {
                let moved = || Some(PathTarget::Moved(format!("{}/{}", group.id, body_formerly_at(group, name)?)));
                return resolve_meeting(group, name).or_else(moved);
            };
            of_body
        }
    };
    Some(PathTarget::Feed(selection))
}

/// Returns the body with a name, as addresses have it.
fn body(group: &Group, name: &str) -> Option<BodyIndex> {
    group.indexed_bodies().skip(1).find(|(_, body)| body.address() == name).map(|(index, _)| index)
}

/// Returns the body that had a name, and the name.
fn former_body<'g>(group: &'g Group, name: &str) -> Option<(BodyIndex, &'g BodyName)> {
    group.indexed_bodies().skip(1).find_map(|(index, body)| {
        let former = body.former.iter().find(|former| former.address() == name)?;
        Some((index, former))
    })
}

/// Returns the address of the body that had another one.
fn body_formerly_at(group: &Group, address: &str) -> Option<String> {
    let has_address = |body: &&Body| body.former_addresses.iter().any(|former| former.as_str() == address);
    group.bodies.iter().skip(1).find(has_address).map(Body::address)
}

fn resolve_meeting(group: &Group, name: &str) -> Option<PathTarget> {
    Some(match meetings(group, name).into_iter().next()? {
        (meeting, false) => {
            PathTarget::Feed(Selection::Meeting { group: group.id.clone(), meeting: meeting.id.clone() })
        }
        (meeting, true) => PathTarget::Moved(format!("{}/{}", group.id, meeting.id)),
    })
}

/// Returns the meetings with a name, the most likely first, each with whether that is a former name.
fn meetings<'g>(group: &'g Group, name: &str) -> Vec<(&'g Meeting, bool)> {
    let named = group.meetings.iter().filter_map(|meeting| {
        let is_former = meeting.id.as_str() != name;
        let has_name = !is_former || meeting.former.iter().any(|former| former.as_str() == name);
        has_name.then_some((&**meeting, is_former))
    });
    let mut named: Vec<(&Meeting, bool)> = named.collect();
    // Before a part of what is over comes what has the name today, and what the rest of it is called today.
    named.sort_by_key(|(meeting, is_former)| {
        (meeting.is_archived && (*is_former || meeting.uid.is_archived_part()), *is_former, meeting.is_archived)
    });
    named
}

fn resolve_event(group: &Group, of: &str, name: &str) -> Option<PathTarget> {
    meetings(group, of)
        .into_iter()
        .find_map(|(meeting, is_moved)| resolve_event_of_meeting(group, meeting, is_moved, name))
}

fn resolve_event_of_meeting(group: &Group, meeting: &Meeting, is_moved: bool, name: &str) -> Option<PathTarget> {
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
