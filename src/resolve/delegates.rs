//! The delegates: what each follows in every study group.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::{Scope, Section};
use super::scopes::AllScopes;
use super::{UniqueValues, duplicate};
use crate::definition::{self, CancelledPreference, DelegatesFile, LeadTime, OneOrMany, QualifiedName, Spanned};
use crate::id::Id;
use crate::problem::{Problem, Problems, Span};
use crate::text::Language;
use crate::timetable::{AudienceIndex, BodyIndex, Delegate, Follows, PackedDelegates, STUDY_GROUP};

/// Returns the delegates by id, and the text of their file. Unknown study groups are reported only if all study
/// groups are known.
pub(super) fn resolve(
    file: &DelegatesFile,
    scopes: &[Scope],
    problems: &mut Problems,
) -> (Arc<PackedDelegates>, Arc<str>) {
    let names = AllScopes { scopes, are_others_known: true };
    let mut delegates = PackedDelegates::default();
    let mut spans: Vec<Span> = Vec::new();
    let (text, is_whole) = file.for_each(problems, |raw, problems| {
        if let Some((of, id)) = delegate(&raw, names, problems).zip(raw.id) {
            delegates.push(&of);
            spans.push(id.span);
        }
    });
    if !is_whole {
        return (Arc::default(), text);
    }
    let (delegates, order) = delegates.sorted();
    let mut first = 0;
    for (number, span) in order.iter().map(|number| &spans[*number]).enumerate() {
        match delegates.id(number) {
            // Duplicates are in the order of the file.
            id if number > first && id == delegates.id(first) => {
                let id = id.unwrap_or_default();
                problems.push(duplicate(span, &format!("id `{id}`"), &spans[order[first]]));
            }
            _ => first = number,
        }
    }
    (Arc::new(delegates), text)
}

fn delegate(raw: &definition::Delegate, names: AllScopes<'_>, problems: &mut Problems) -> Option<Delegate> {
    let (mut bodies, mut audiences) = (Vec::new(), Vec::new());
    let mut seen: UniqueValues<QualifiedName> = UniqueValues::new();
    for name in raw.follows.iter().chain(&raw.audiences).flat_map(|names| &names.values) {
        seen.insert(name.clone(), "name", problems);
    }
    for name in raw.follows.iter().flat_map(|names| &names.values) {
        bodies.extend(body(name, names, problems));
    }
    for name in raw.audiences.iter().flat_map(|names| &names.values) {
        audiences.extend(audience(name, names, problems));
    }
    let follows = follows(&bodies, &audiences, names);
    report_language(raw, &follows, names, problems);
    let reminders = |which: fn(&definition::Reminders) -> Option<&OneOrMany<Spanned<LeadTime>>>| {
        let leads = raw.reminders.as_ref().and_then(which);
        let mut minutes: Vec<i32> =
            leads.iter().flat_map(|leads| &leads.values).map(|lead| lead.value.minutes).collect();
        minutes.sort_unstable();
        minutes.dedup();
        minutes
    };
    Some(Delegate {
        id: raw.id.as_ref()?.value.clone(),
        key: raw.key.as_ref().map_or(1, |key| key.value.0),
        follows,
        language: raw.language.as_ref().map(|language| language.value.clone()),
        session_reminders: reminders(|reminders| reminders.sessions.as_ref()),
        deadline_reminders: reminders(|reminders| reminders.deadlines.as_ref()),
        hides_cancelled: raw.cancelled.as_ref().is_some_and(|cancelled| cancelled.value == CancelledPreference::Hide),
    })
}

/// Splits a name into its study group and the rest. `has` tells which rests a group knows.
fn split<'a, 'n>(
    name: &'n Spanned<QualifiedName>,
    names: AllScopes<'a>,
    has: impl Fn(&Scope, &str) -> bool,
    problems: &mut Problems,
) -> Option<(&'a Scope, Option<&'n str>)> {
    let found = names.split(&name.value.0, has);
    if found.is_none() {
        let of = name.value.0.rsplit_once('/').map_or(name.value.0.as_str(), |(of, _)| of);
        names.report_unknown(of, &name.span, problems);
    }
    found
}

fn body<'a>(
    name: &Spanned<QualifiedName>,
    names: AllScopes<'a>,
    problems: &mut Problems,
) -> Option<(&'a Id, BodyIndex)> {
    let (scope, wanted) = split(name, names, Scope::has_body, problems)?;
    let Some(wanted) = wanted else { return Some((&scope.id, STUDY_GROUP)) };
    Some((&scope.id, scope.body(wanted, &name.span, problems)?))
}

fn audience<'a>(
    name: &Spanned<QualifiedName>,
    names: AllScopes<'a>,
    problems: &mut Problems,
) -> Option<(&'a Id, AudienceIndex)> {
    let has_audience = |scope: &Scope, name: &str| scope.audiences.iter().any(|known| known.id.as_str() == name);
    let (scope, wanted) = split(name, names, has_audience, problems)?;
    let Some(wanted) = wanted else {
        if scope.is_complete(Section::Audiences) {
            problems.push(
                Problem::error(&name.span, "expected an audience, found a study group")
                    .label("expected an audience after the study group")
                    .suggest("", scope.audiences.iter().map(|audience| audience.id.as_str())),
            );
        }
        return None;
    };
    Some((&scope.id, scope.audience(wanted, &name.span, problems)?))
}

/// Groups the names by study group, each list in the order of its group.
fn follows(bodies: &[(&Id, BodyIndex)], audiences: &[(&Id, AudienceIndex)], names: AllScopes<'_>) -> Vec<Follows> {
    let mut by_group: BTreeMap<&Id, (Vec<BodyIndex>, Vec<AudienceIndex>)> = BTreeMap::new();
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

fn report_language(raw: &definition::Delegate, followed: &[Follows], names: AllScopes<'_>, problems: &mut Problems) {
    let Some(language) = &raw.language else { return };
    let is_followed = |scope: &&Scope| followed.iter().any(|follows| follows.group == scope.id);
    let spoken: Vec<&Language> = names.scopes.iter().filter(is_followed).flat_map(|scope| &scope.languages).collect();
    let is_known = spoken.contains(&&language.value) || Language::ui_languages().any(|known| known == language.value);
    if !spoken.is_empty() && !is_known {
        problems.push(
            Problem::error(&language.span, format!("unknown language `{}`", language.value))
                .label("expected a language of a study group followed here, or one of convene's")
                .suggest(language.value.tag(), spoken.iter().map(|language| language.tag())),
        );
    }
}
