//! The addresses of feeds: from a selection to its path, and from a path to what a reader picked.

use std::collections::BTreeSet;

use super::Selection;
use crate::timetable::{Body, Follows, Group, Timetable};

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
    let with_path = |selection| Some((path(timetable, &selection)?, selection));
    of_group(group).into_iter().filter_map(with_path).collect()
}

fn of_group(group: &Group) -> Vec<Selection> {
    let id = || group.id.clone();
    let mut selections =
        vec![Selection::All(id()), Selection::Plenaries(id()), Selection::Deadlines(id()), Selection::Meetings(id())];
    for (index, body) in group.bodies.iter().enumerate().skip(1) {
        selections.push(Selection::Body(id(), index));
        selections.extend(body.former.iter().map(|former| Selection::Former(id(), index, former.clone())));
    }
    for meeting in &group.meetings {
        selections.push(Selection::Meeting(id(), meeting.id.clone()));
        let public = meeting.sessions.iter().filter(|session| !session.is_private);
        let sessions = public.map(|session| &session.id);
        let deadlines = meeting.deadlines.iter().map(|deadline| &deadline.id);
        // What is gone of a session shares its address with what is left of it.
        let mut seen = BTreeSet::new();
        let events = sessions.chain(deadlines).filter(|event| seen.insert(*event));
        selections.extend(events.map(|event| Selection::Event(id(), meeting.id.clone(), event.clone())));
    }
    selections
}

/// The path of a selection below the host: `sg12/follow/wp1_q12`. None for a delegate, whose address is private.
pub(super) fn path(timetable: &Timetable, selection: &Selection) -> Option<String> {
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
        Selection::Delegate(_) => return None,
    })
}

/// The last part of a path, which also tells the notices of empty feeds apart.
pub(super) fn name(timetable: &Timetable, selection: &Selection) -> String {
    let group = |id: &crate::body::Id| timetable.group(id.as_str());
    match selection {
        Selection::Body(id, body) => group(id).map(|group| group.bodies[*body].name.address()).unwrap_or_default(),
        Selection::Former(.., former) => former.address(),
        Selection::All(_) => "all".to_owned(),
        Selection::Plenaries(_) => "plenaries".to_owned(),
        Selection::Deadlines(_) => "deadlines".to_owned(),
        Selection::Meetings(_) => "meetings".to_owned(),
        Selection::Meeting(_, meeting) => meeting.to_string(),
        Selection::Event(.., event) => event.to_string(),
        Selection::Follow(follows) => group(&follows.group).map(|group| picked(group, follows)).unwrap_or_default(),
        Selection::Delegate(id) => format!("delegate:{id}"),
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
