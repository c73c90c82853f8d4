//! The delegates: what each follows in every study group.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::{Names, Scope, Section};
use super::{Seen, twice};
use crate::body::Id;
use crate::definition::{self, CancelledForMe, DelegatesFile, Lead, Located, OneOrMany, Qualified};
use crate::problem::{Place, Problem, Problems};
use crate::text::Language;
use crate::timetable::{AudienceIndex, BodyIndex, Delegate, Delegates, Follows, STUDY_GROUP};

/// The delegates by id, and the text of their file. Names of unknown study groups are reported only where all of these are known.
pub(super) fn resolve(file: &DelegatesFile, scopes: &[Scope], problems: &mut Problems) -> (Arc<Delegates>, Arc<str>) {
    let names = Names { scopes };
    let mut delegates = Delegates::default();
    let mut places: Vec<Place> = Vec::new();
    let (text, is_whole) = file.for_each(problems, |typed, problems| {
        if let Some((of, id)) = delegate(&typed, names, problems).zip(typed.id) {
            delegates.push(&of);
            places.push(id.place);
        }
    });
    if !is_whole {
        return (Arc::default(), text);
    }
    let (delegates, order) = delegates.sorted();
    let mut first = 0;
    for (number, place) in order.iter().map(|number| &places[*number]).enumerate() {
        match delegates.id(number) {
            // Those of one id stand in the order of the file.
            id if number > first && id == delegates.id(first) => {
                let id = id.unwrap_or_default();
                problems.push(twice(place, &format!("the id `{id}`"), &places[order[first]]));
            }
            _ => first = number,
        }
    }
    (Arc::new(delegates), text)
}

fn delegate(typed: &definition::Delegate, names: Names<'_>, problems: &mut Problems) -> Option<Delegate> {
    let (mut bodies, mut audiences) = (Vec::new(), Vec::new());
    let mut seen: Seen<Qualified> = Seen::none();
    for name in typed.follows.iter().chain(&typed.audiences).flat_map(|names| &names.values) {
        seen.is_new(name.clone(), "this name", problems);
    }
    for name in typed.follows.iter().flat_map(|names| &names.values) {
        bodies.extend(body(name, names, problems));
    }
    for name in typed.audiences.iter().flat_map(|names| &names.values) {
        audiences.extend(audience(name, names, problems));
    }
    let follows = follows(&bodies, &audiences, names);
    report_language(typed, &follows, names, problems);
    let reminders = |which: fn(&definition::Reminders) -> Option<&OneOrMany<Located<Lead>>>| {
        let leads = typed.reminders.as_ref().and_then(which);
        let mut minutes: Vec<i32> =
            leads.iter().flat_map(|leads| &leads.values).map(|lead| lead.value.minutes).collect();
        minutes.sort_unstable();
        minutes.dedup();
        minutes
    };
    Some(Delegate {
        id: typed.id.as_ref()?.value.clone(),
        key: typed.key.as_ref().map_or(1, |key| key.value.0),
        follows,
        language: typed.language.as_ref().map(|language| language.value.clone()),
        session_reminders: reminders(|reminders| reminders.sessions.as_ref()),
        deadline_reminders: reminders(|reminders| reminders.deadlines.as_ref()),
        hides_cancelled: typed.cancelled.as_ref().is_some_and(|cancelled| cancelled.value == CancelledForMe::Hide),
    })
}

fn group<'a>(name: &Located<Qualified>, names: Names<'a>, problems: &mut Problems) -> Option<&'a Scope> {
    let group = names.group(&name.value.group);
    if group.is_none() {
        names.report_unknown(&name.value.group, &name.place, problems);
    }
    group
}

fn body<'a>(name: &Located<Qualified>, names: Names<'a>, problems: &mut Problems) -> Option<(&'a Id, BodyIndex)> {
    let scope = group(name, names, problems)?;
    let Some(wanted) = &name.value.name else { return Some((&scope.id, STUDY_GROUP)) };
    Some((&scope.id, scope.body(wanted, &name.place, problems)?))
}

fn audience<'a>(
    name: &Located<Qualified>,
    names: Names<'a>,
    problems: &mut Problems,
) -> Option<(&'a Id, AudienceIndex)> {
    let scope = group(name, names, problems)?;
    let Some(wanted) = name.value.name.as_deref() else {
        if scope.knows(Section::Audiences) {
            problems.push(
                Problem::error(&name.place, "this names a study group, not an audience")
                    .label("expected an audience with its study group")
                    .suggest("", scope.audiences.iter().map(|audience| audience.id.as_str())),
            );
        }
        return None;
    };
    Some((&scope.id, scope.audience(wanted, &name.place, problems)?))
}

/// The names by study group, each in the order of its group.
fn follows(bodies: &[(&Id, BodyIndex)], audiences: &[(&Id, AudienceIndex)], names: Names<'_>) -> Vec<Follows> {
    let mut by_group: BTreeMap<&Id, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (group, body) in bodies {
        by_group.entry(group).or_default().0.push(*body);
    }
    for (group, audience) in audiences {
        by_group.entry(group).or_default().1.push(*audience);
    }
    let in_order = names.scopes.iter().filter_map(|scope| {
        let (mut bodies, mut audiences) = by_group.remove(&scope.id)?;
        bodies.sort_unstable();
        audiences.sort_unstable();
        Some(Follows { group: scope.id.clone(), bodies, audiences })
    });
    in_order.collect()
}

fn report_language(typed: &definition::Delegate, followed: &[Follows], names: Names<'_>, problems: &mut Problems) {
    let Some(language) = &typed.language else { return };
    let is_followed = |scope: &&Scope| followed.iter().any(|follows| follows.group == scope.id);
    let spoken: Vec<&Language> = names.scopes.iter().filter(is_followed).flat_map(|scope| &scope.languages).collect();
    let is_known = spoken.contains(&&language.value) || Language::spoken().any(|known| known == language.value);
    if !spoken.is_empty() && !is_known {
        problems.push(
            Problem::error(&language.place, format!("no study group followed here speaks `{}`", language.value))
                .label("expected one of their languages, or of convene's own")
                .suggest(language.value.tag(), spoken.iter().map(|language| language.tag())),
        );
    }
}
