//! The addresses of feeds: from a selection to its path, and from a path to what a reader picked.

use std::collections::HashSet;

use super::Selection;
use crate::id::Id;
use crate::timetable::{Body, Follows, Group, Meeting, Timetable};

/// Longest path of a feed, in octets, its language and ending included. clients.md H6 allows 256 for a whole address, of
/// which a base URL has up to 64. Names are short enough for all feeds but those that readers pick for themselves.
const LONGEST_PATH: usize = 256 - 64;

/// Every public feed but those that readers pick for themselves: its path below the host, without `.ics` and without
/// a language (`sg12/wp1`), and what it holds. In the order of the page that lists them.
pub fn addresses(timetable: &Timetable) -> Vec<(String, Selection)> {
    timetable.groups.iter().flat_map(|group| addresses_of(timetable, group)).collect()
}

/// Those of one study group.
pub fn addresses_of(timetable: &Timetable, group: &Group) -> Vec<(String, Selection)> {
    addresses_of_some(timetable, group, |_| true)
}

/// Those of one study group, but for those of meetings that are not wanted.
pub fn addresses_of_some(
    timetable: &Timetable,
    group: &Group,
    is_wanted: impl Fn(&Meeting) -> bool,
) -> Vec<(String, Selection)> {
    let meetings = group.meetings.iter().filter(|meeting| is_wanted(meeting));
    let selections =
        selections_of_bodies(group).into_iter().chain(meetings.flat_map(|meeting| of_meeting_whole(group, meeting)));
    selections.filter_map(|selection| Some((path(timetable, &selection)?, selection))).collect()
}

/// How many public feeds there are but those that readers pick for themselves.
pub fn number_of_addresses(timetable: &Timetable) -> usize {
    let of_meetings =
        |group: &Group| -> usize { group.meetings.iter().map(|meeting| 1 + events_of(meeting).len()).sum() };
    timetable.groups.iter().map(|group| selections_of_bodies(group).len() + of_meetings(group)).sum()
}

/// The feeds of a study group that hold more than one meeting: of the whole of it and of its bodies.
pub fn selections_of_bodies(group: &Group) -> Vec<Selection> {
    let id = || group.id.clone();
    let mut selections =
        vec![Selection::All(id()), Selection::Plenaries(id()), Selection::Deadlines(id()), Selection::Meetings(id())];
    for (index, body) in group.bodies.iter().enumerate().skip(1) {
        selections.push(Selection::Body(id(), index));
        selections.extend(body.former.iter().map(|former| Selection::Former(id(), index, former.clone())));
    }
    selections
}

/// The feeds of a meeting: of the whole of it, and of each session and deadline.
fn of_meeting_whole(group: &Group, meeting: &Meeting) -> Vec<Selection> {
    let whole = Selection::Meeting(group.id.clone(), meeting.id.clone());
    let event = |event: &Id| Selection::Event(group.id.clone(), meeting.id.clone(), event.clone());
    std::iter::once(whole).chain(events_of(meeting).into_iter().map(event)).collect()
}

/// The ids of a meeting's sessions and deadlines. What is gone of a session shares its address with what is left of it.
fn events_of(meeting: &Meeting) -> Vec<&Id> {
    let public = meeting.sessions.iter().filter(|session| !session.is_private);
    let sessions = public.map(|session| &session.id);
    let mut seen = HashSet::new();
    sessions.chain(meeting.deadlines.iter().map(|deadline| &deadline.id)).filter(|event| seen.insert(*event)).collect()
}

/// The path of a selection below the host: `sg12/follow/wp1_q12`. None for a delegate, whose address is private, and for
/// what only pages show.
pub fn path(timetable: &Timetable, selection: &Selection) -> Option<String> {
    let name = name(timetable, selection);
    Some(match selection {
        Selection::Body(group, _)
        | Selection::Former(group, ..)
        | Selection::All(group)
        | Selection::Plenaries(group)
        | Selection::Deadlines(group)
        | Selection::Meetings(group)
        | Selection::Meeting(group, _) => format!("{group}/{name}"),
        Selection::Event(group, meeting, _) => format!("{group}/{meeting}/{name}"),
        Selection::Follow(follows) => format!("{}/follow/{name}", follows.group),
        Selection::Part(..) | Selection::Delegate(_) => return None,
    })
}

/// The last part of a path, which also tells the notices of empty feeds apart.
pub(super) fn name(timetable: &Timetable, selection: &Selection) -> String {
    let group = |id: &Id| timetable.group(id.as_str());
    match selection {
        Selection::Body(id, body) => group(id).map(|group| group.bodies[*body].name.address()).unwrap_or_default(),
        Selection::Former(.., former) => former.address(),
        Selection::All(_) => "all".to_owned(),
        Selection::Plenaries(_) => "plenaries".to_owned(),
        Selection::Deadlines(_) => "deadlines".to_owned(),
        Selection::Meetings(_) => "meetings".to_owned(),
        Selection::Meeting(_, meeting) => meeting.to_string(),
        Selection::Event(.., event) => event.to_string(),
        Selection::Follow(follows) | Selection::Part(follows, _) => {
            group(&follows.group).map(|group| picked(group, follows)).unwrap_or_default()
        }
        Selection::Delegate(delegate) => format!("delegate:{}", delegate.id),
    }
}

fn picked(group: &Group, follows: &Follows) -> String {
    let bodies = follows.bodies.iter().map(|body| group.bodies[*body].name.address());
    let audiences = follows.audiences.iter().map(|audience| group.audiences[*audience].id.to_string());
    bodies.chain(audiences).collect::<Vec<_>>().join("_")
}

/// What `wp1_q12_management` picks in a study group: bodies, then audiences, in the order of the group, each once.
/// `None` for any other spelling.
pub fn follow(group: &Group, names: &str) -> Option<Selection> {
    let language = group.languages.iter().map(|language| 1 + language.tag().len()).max().unwrap_or(0);
    if format!("{}/follow/{names}.ics", group.id).len() + language > LONGEST_PATH {
        return None;
    }
    let (mut bodies, mut audiences) = (Vec::new(), Vec::new());
    for name in names.split('_') {
        // An address that named a body before it was renamed goes on.
        let is_called =
            |body: &Body| body.name.address() == name || body.former.iter().any(|former| former.address() == name);
        match group.bodies.iter().skip(1).position(is_called) {
            // Bodies stand before audiences.
            Some(_) if !audiences.is_empty() => return None,
            Some(body) => bodies.push(1 + body),
            None => audiences.push(group.audiences.iter().position(|audience| audience.id.as_str() == name)?),
        }
    }
    let in_order = |indices: &[usize]| indices.windows(2).all(|pair| pair[0] < pair[1]);
    let follows = Follows { group: group.id.clone(), bodies, audiences };
    let is_canonical = in_order(&follows.bodies) && in_order(&follows.audiences);
    is_canonical.then_some(Selection::Follow(follows))
}

/// What is at a path below the host: `sg12/wp1`, `sg12/2025-01-geneva/opening-plenary`, `sg12/follow/wp1_q12`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A feed.
    Feed(Selection),
    /// Nothing any more: the feed has this path since its meeting or session was renamed.
    Moved(String),
}

/// What is at a path, without a language and without an ending. `None` for every other spelling.
pub fn find(timetable: &Timetable, path: &str) -> Option<Found> {
    let (id, rest) = path.split_once('/')?;
    let group = timetable.group(id)?;
    match rest.split_once('/') {
        None => of_name(group, rest),
        Some(("follow", names)) => follow(group, names).map(Found::Feed),
        Some((meeting, event)) => of_event(group, meeting, event),
    }
}

fn of_name(group: &Group, name: &str) -> Option<Found> {
    let id = || group.id.clone();
    let selection = match name {
        "all" => Selection::All(id()),
        "plenaries" => Selection::Plenaries(id()),
        "deadlines" => Selection::Deadlines(id()),
        "meetings" => Selection::Meetings(id()),
        _ => {
            let mut bodies = group.bodies.iter().enumerate().skip(1);
            let of_body = bodies.find_map(|(index, body)| {
                let former = || body.former.iter().find(|former| former.address() == name);
                if body.name.address() == name {
                    return Some(Selection::Body(id(), index));
                }
                former().map(|former| Selection::Former(id(), index, former.clone()))
            });
            match of_body {
                Some(of_body) => of_body,
                None => return of_meeting(group, name),
            }
        }
    };
    Some(Found::Feed(selection))
}

fn of_meeting(group: &Group, name: &str) -> Option<Found> {
    Some(match meeting(group, name)? {
        (meeting, false) => Found::Feed(Selection::Meeting(group.id.clone(), meeting.id.clone())),
        (meeting, true) => Found::Moved(format!("{}/{}", group.id, meeting.id)),
    })
}

/// The meeting of a name, and whether that is one that it had before.
fn meeting<'g>(group: &'g Group, name: &str) -> Option<(&'g Meeting, bool)> {
    let meetings = || group.meetings.iter().map(|meeting| &**meeting);
    let now = meetings().find(|meeting| meeting.id.as_str() == name);
    let was = || meetings().find(|meeting| meeting.former.iter().any(|former| former.as_str() == name));
    now.map(|now| (now, false)).or_else(|| was().map(|was| (was, true)))
}

fn of_event(group: &Group, of: &str, name: &str) -> Option<Found> {
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
        Found::Moved(format!("{}/{}/{id}", group.id, meeting.id))
    } else {
        Found::Feed(Selection::Event(group.id.clone(), meeting.id.clone(), id.clone()))
    })
}
