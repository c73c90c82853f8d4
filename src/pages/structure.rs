//! The structure of a study group: its bodies as a tree, for lists.

use super::layout::{Layout, Markup};
use crate::timetable::{Body, BodyIndex, BodyKind, Group, STUDY_GROUP};
use crate::wording;

/// A body at the top with everything below it, or several bodies at the top with nothing below them.
pub(super) struct Branch {
    /// The body at the top.
    pub(super) top: Option<BodyIndex>,
    /// What the bodies are, if there is none at the top.
    pub(super) heading: Option<Markup>,
    /// The bodies below, each with its level from 1 on.
    pub(super) below: Vec<(BodyIndex, usize)>,
}

impl Branch {
    /// Returns `true` if there is more than one level below the top, which only one column shows.
    pub(super) fn is_deep(&self) -> bool {
        self.below.iter().any(|(_, level)| *level > 1)
    }
}

/// Returns the bodies of a study group that are wanted, in the order of group.yaml. A body whose parent is not wanted is
/// under the next one above.
pub(super) fn branches(group: &Group, layout: &Layout, is_wanted: impl Fn(&Body) -> bool) -> Vec<Branch> {
    let parent = |body: &Body| {
        let mut above = body.parent;
        while let Some(index) = above.filter(|index| *index != STUDY_GROUP && !is_wanted(&group.bodies[*index])) {
            above = group.bodies[index].parent;
        }
        above.unwrap_or(STUDY_GROUP)
    };
    let wanted: Vec<(BodyIndex, BodyIndex)> = group
        .indexed_bodies()
        .skip(1)
        .filter(|(_, body)| is_wanted(body))
        .map(|(index, body)| (index, parent(body)))
        .collect();
    let children = |of: BodyIndex| wanted.iter().filter(move |(_, parent)| *parent == of).map(|(index, _)| *index);
    let mut branches = Vec::new();
    let mut alone: Vec<(&BodyKind, Vec<(BodyIndex, usize)>)> = Vec::new();
    for top in children(STUDY_GROUP) {
        let kind = &group.bodies[top].rank;
        if *kind == BodyKind::WorkingParty || children(top).next().is_some() {
            let mut below = Vec::new();
            let mut open: Vec<(BodyIndex, usize)> = children(top).map(|child| (child, 1)).collect();
            open.reverse();
            while let Some((body, level)) = open.pop() {
                below.push((body, level));
                let mut next: Vec<(BodyIndex, usize)> = children(body).map(|child| (child, level + 1)).collect();
                next.reverse();
                open.extend(next);
            }
            branches.push(Branch { top: Some(top), heading: None, below });
        } else if let Some((_, bodies)) = alone.iter_mut().find(|(known, _)| *known == kind) {
            bodies.push((top, 1));
        } else {
            alone.push((kind, vec![(top, 1)]));
        }
    }
    let heading = |kind: &BodyKind| match kind {
        BodyKind::Question => Some(layout.own_markup("group-plenary-questions")),
        BodyKind::Named(name) => Some(layout.markup(&layout.typed(&name.many, group))),
        _ => None,
    };
    branches.extend(alone.into_iter().map(|(kind, below)| Branch { top: None, heading: heading(kind), below }));
    branches
}

/// Returns what the bodies of a study group are, in the words of its definitions: `Working parties, Questions`.
pub(super) fn kinds(group: &Group, layout: &Layout) -> Markup {
    let names = wording::kind_names(group, &layout.language);
    if names.is_empty() { layout.with_group("group-within") } else { layout.markup(&names) }
}
