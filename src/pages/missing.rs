//! The page of an address at which there is nothing: with what may have been meant.

use askama::Template;

use super::layout::{Layout, MarkedText, PageRequest};
use super::render;
use crate::feed::{self, PathTarget, Selection};
use crate::id::Id;
use crate::problem::nearest;
use crate::revision::Release;
use crate::text::Language;
use crate::timetable::{Group, Meeting, Timetable};

/// Why there is nothing at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingReason {
    /// There never was, or it is a private address that is not valid.
    Unknown,
    /// It is a private address that was revoked.
    Revoked,
}

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage {
    layout: Layout,
    title: String,
    lead: String,
    suggestions: Vec<SuggestedPage>,
}

/// A page that may have been meant.
struct SuggestedPage {
    href: String,
    name: MarkedText,
}

/// The largest number of pages that are suggested.
const MAX_SUGGESTED: usize = 6;
/// The longest address that is compared with others, in bytes.
const MAX_COMPARED: usize = 200;

/// Renders the page. `own` is its language if the address names none.
pub fn missing(release: &Release, reason: MissingReason, own: &Language, setting: &PageRequest<'_>) -> String {
    let mut layout = Layout::new(setting, own);
    // There is nothing in other languages either.
    layout.languages.clear();
    let (title, lead) = match reason {
        MissingReason::Unknown => ("missing-title", "missing-lead"),
        MissingReason::Revoked => ("missing-revoked-title", "missing-revoked-lead"),
    };
    let is_private = reason == MissingReason::Revoked || setting.path.starts_with("delegate/");
    let suggestions = if is_private { Vec::new() } else { suggestions(&release.timetable, setting.path, &layout) };
    let (title, lead) = (layout.say(title), layout.say(lead));
    render(&MissingPage { layout, title, lead, suggestions })
}

/// Returns the pages that may have been meant by a path, the most likely first; without any, the study groups.
fn suggestions(timetable: &Timetable, path: &str, layout: &Layout) -> Vec<SuggestedPage> {
    let path = path.get(..MAX_COMPARED).unwrap_or(path).to_ascii_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != "embed").collect();
    // Without the language and the ending of a file.
    let stem = |part: &&str| part.split('.').next().unwrap_or_default().to_owned();
    let parts: Vec<String> = parts.iter().map(stem).collect();
    let mut found: Vec<SuggestedPage> = Vec::new();
    let mut add = |group: &Group, selection: Option<Selection>| {
        let suggested = suggested(timetable, group, selection.as_ref(), layout);
        if found.len() < MAX_SUGGESTED && found.iter().all(|known| known.href != suggested.href) {
            found.push(suggested);
        }
    };
    let ids: Vec<&str> = timetable.groups.iter().map(|group| group.id.as_str()).collect();
    let asked = parts.first().map(String::as_str).unwrap_or_default();
    let group = timetable.group(asked).or_else(|| nearest_group(asked, &ids).and_then(|id| timetable.group(id)));
    if let (Some(group), Some(name)) = (group, parts.get(1)) {
        add_below(group, name, parts.get(2).map(String::as_str), &mut |selection| add(group, Some(selection)));
    }
    if let Some(group) = group {
        add(group, None);
    }
    // The same body of another study group.
    for other in timetable.groups.iter().filter(|_| timetable.group(asked).is_none()) {
        if let Some(PathTarget::Feed(selection)) =
            parts.get(1).and_then(|name| feed::resolve_path(timetable, &format!("{}/{name}", other.id)))
        {
            add(other, Some(selection));
        }
    }
    if group.is_none() {
        timetable.groups.iter().for_each(|group| add(group, None));
    }
    found
}

/// Returns the id of the study group that is most likely meant.
fn nearest_group<'a>(asked: &str, ids: &[&'a str]) -> Option<&'a str> {
    // A single study group is meant, whatever its name.
    if let [only] = ids { Some(only) } else { nearest(asked, ids) }
}

/// Adds what may be meant by a name in a study group, and by a name in a meeting.
fn add_below(group: &Group, name: &str, below: Option<&str>, add: &mut impl FnMut(Selection)) {
    let group_id = || group.id.clone();
    let bodies: Vec<(String, Selection)> = group
        .indexed_bodies()
        .skip(1)
        .map(|(index, body)| (body.address(), Selection::Body { group: group_id(), body: index }))
        .collect();
    let meetings = group.listed_meetings().map(|meeting| {
        let selection = Selection::Meeting { group: group_id(), meeting: meeting.id.clone() };
        (meeting.id.to_string(), selection)
    });
    let known: Vec<(String, Selection)> = bodies.into_iter().chain(meetings).collect();
    let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
    let meant = if names.contains(&name) { Some(name) } else { nearest(name, &names) };
    let Some((_, selection)) = meant.and_then(|meant| known.iter().find(|(name, _)| name == meant)) else { return };
    if let (Selection::Meeting { meeting, .. }, Some(below)) = (selection, below)
        && let Some(event) = group.meeting(meeting).and_then(|meeting| nearest_event(meeting, below))
    {
        add(Selection::Event { group: group_id(), meeting: meeting.clone(), event });
    }
    add(selection.clone());
}

/// Returns the session or deadline of a meeting that is most likely meant.
fn nearest_event(meeting: &Meeting, name: &str) -> Option<Id> {
    let sessions = meeting.sessions.iter().filter(|session| !session.is_private).map(|session| &session.id);
    let ids: Vec<&Id> = sessions.chain(meeting.deadlines.iter().map(|deadline| &deadline.id)).collect();
    let names: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
    let meant = nearest(name, &names)?;
    ids.into_iter().find(|id| id.as_str() == meant).cloned()
}

/// Returns the page of a selection, or of the study group itself.
fn suggested(timetable: &Timetable, group: &Group, selection: Option<&Selection>, layout: &Layout) -> SuggestedPage {
    let own = |text: String| MarkedText { text, attributes: String::new() };
    let path = selection.and_then(|selection| feed::path(timetable, selection));
    let name = match selection {
        Some(Selection::Body { body, .. }) => own(group.bodies[*body].written.in_language(&layout.language).to_owned()),
        Some(Selection::Meeting { meeting, .. }) => group
            .meeting(meeting)
            .map_or_else(|| own(meeting.to_string()), |meeting| layout.text(&meeting.title, group)),
        Some(_) => own(path.clone().unwrap_or_default()),
        None => own(group.short_in(&layout.language).to_owned()),
    };
    let path = path.unwrap_or_else(|| group.id.to_string());
    SuggestedPage { href: format!("{}{path}/", layout.home), name }
}
