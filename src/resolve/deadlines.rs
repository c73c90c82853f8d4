//! The deadlines of a meeting: those that it inherits from the group, as changed by its own, each with its date.

mod builder;
mod dates;

use std::collections::BTreeMap;

use url::Url;

use super::context::{MeetingContext, add_waivers};
use super::names::{Scope, Section};
use super::scopes::AllScopes;
use super::zones;
use crate::definition::{self, Due, Spanned};
use crate::id::Id;
use crate::problem::{Problem, Problems};
use crate::text::{Line, Prose, Text};
use crate::timetable::{AudienceIndex, BodyIndex, ConcernedBodies, Deadline, Session};
use crate::zone::Zone;
use builder::DeadlineBuilder;
use dates::{DaysOfSessions, SessionDay};

/// The fields of a deadline rule or of a meeting's deadline. `None` means that it inherits the
/// field of the rule.
#[derive(Clone)]
pub(super) struct DeadlineFields {
    title: Option<Text>,
    due: Option<Spanned<Due>>,
    zone: Option<Zone>,
    concerns: Option<ConcernedBodies>,
    audience: Option<Vec<AudienceIndex>>,
    recommended: Option<bool>,
    how: Option<Text<Prose>>,
    url: Option<Url>,
    contact: Option<Line>,
    note: Option<Text<Prose>>,
}

/// Resolves the keys that deadline rules and deadlines share.
macro_rules! deadline_fields {
    ($raw:expr, $texts:expr, $scope:expr, $all:expr, $problems:expr) => {{
        let (raw, texts) = ($raw, $texts);
        add_waivers(raw.allow.as_ref(), raw.has("allow"), &raw.whole, $problems);
        DeadlineFields {
            title: texts.line(raw.title.as_ref(), $problems),
            due: raw.due.clone(),
            zone: zones::zone(raw.zone.as_ref(), $problems),
            concerns: raw.bodies.as_ref().map(|names| $all.bodies($scope, Some(names), $problems)),
            audience: raw.audience.as_ref().map(|names| $scope.audiences(Some(names), $problems)),
            recommended: raw.recommended.as_ref().map(|recommended| recommended.value),
            how: texts.prose(raw.how.as_ref(), $problems),
            url: raw.url.as_ref().map(|url| url.value.clone()),
            contact: raw.contact.as_ref().map(|contact| Line::from(&contact.value.0).truncated_to_limit()),
            note: texts.prose(raw.note.as_ref(), $problems),
        }
    }};
}

impl DeadlineFields {
    /// Returns these fields, with those of `other` where these are `None`.
    fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            due: self.due.or(other.due),
            zone: self.zone.or(other.zone),
            concerns: self.concerns.or(other.concerns),
            audience: self.audience.or(other.audience),
            recommended: self.recommended.or(other.recommended),
            how: self.how.or(other.how),
            url: self.url.or(other.url),
            contact: self.contact.or(other.contact),
            note: self.note.or(other.note),
        }
    }
}

/// Resolves the deadline rules of a study group once for all of its meetings. `None` for a rule that could not be
/// decoded.
pub(super) fn rules(
    group: &definition::Group,
    scope: &Scope,
    problems: &mut Problems,
) -> Vec<(Spanned<Id>, Option<DeadlineFields>)> {
    let mut rules = Vec::new();
    // The other study groups are not known yet.
    let own = AllScopes { scopes: std::slice::from_ref(scope), are_others_known: false };
    for (id, rule) in group.deadlines.iter().flat_map(|rules| &rules.list) {
        let fields = rule.as_ref().map(|rule| deadline_fields!(rule, scope.texts(), scope, own, problems));
        if let Some(due) =
            fields.as_ref().and_then(|fields| fields.due.as_ref()).filter(|due| due.value == Due::Dropped)
        {
            problems.push(
                Problem::error(&due.span, "a deadline rule cannot be dropped in group.yaml")
                    .label("expected when it is due, found `none`")
                    .help("remove the rule; `due: none` drops it for one meeting"),
            );
        }
        rules.push((id.clone(), fields));
    }
    rules
}

/// Returns the deadlines of a meeting by date, then by id.
pub(super) fn resolve(sessions: &[Session], context: &mut MeetingContext<'_>) -> Vec<Deadline> {
    let days_of = |session: &Session| -> Vec<SessionDay> {
        session.occurrences.iter().map(|occurrence| SessionDay::new(session, occurrence)).collect()
    };
    let days: DaysOfSessions<'_> = sessions.iter().map(|session| (&session.id, days_of(session))).collect();
    let (raw, scope) = (context.raw, context.scope);
    let mut own: BTreeMap<&Id, &definition::Deadline> = BTreeMap::new();
    for deadline in raw.deadlines.iter().flatten() {
        report_dropped_with_more(deadline, context.problems);
        match &deadline.id {
            Some(id) => {
                own.entry(&id.value).or_insert(deadline);
            }
            // Without an id, it is only checked for other errors.
            None => drop(deadline_fields!(deadline, context.texts, scope, context.all, context.problems)),
        }
    }
    let mut deadlines = Vec::new();
    for (id, rule) in inherited(context) {
        let change = own.remove(&id.value);
        let Some(rule) = rule else { continue };
        if change.is_none() && !may_inherit(rule, context) {
            continue;
        }
        let fields = match change {
            Some(change) => {
                deadline_fields!(change, context.texts, scope, context.all, context.problems).or(rule.clone())
            }
            None => rule.clone(),
        };
        deadlines.extend(DeadlineBuilder { id, raw: change, fields }.build(&days, context));
    }
    for (_, deadline) in own {
        let Some(id) = &deadline.id else { continue };
        // If the rules could not be read, this may change one of them.
        if scope.is_complete(Section::Deadlines) {
            report_incomplete(deadline, id, context);
        }
        let fields = deadline_fields!(deadline, context.texts, scope, context.all, context.problems);
        deadlines.extend(DeadlineBuilder { id, raw: Some(deadline), fields }.build(&days, context));
    }
    deadlines.sort_by(|a: &Deadline, b| (a.due.sort_key(), &a.id).cmp(&(b.due.sort_key(), &b.id)));
    deadlines
}

/// Returns `true` if a rule is for everybody, or for bodies that the meeting concerns.
fn may_inherit(rule: &DeadlineFields, context: &MeetingContext<'_>) -> bool {
    let (concerns, scope) = (&context.concerns, context.scope);
    let Some(named) = rule.concerns.as_ref().filter(|_| !concerns.is_empty()) else { return true };
    let is_concerned = |body: &BodyIndex| concerns.bodies.iter().any(|other| scope.are_related(*body, *other));
    named.bodies.iter().any(is_concerned)
}

/// Returns the rules that a meeting inherits. A file without a first day inherits none.
fn inherited<'a>(context: &MeetingContext<'a>) -> &'a [(Spanned<Id>, Option<DeadlineFields>)] {
    if context.raw.has("starts") { &context.scope.rules } else { &[] }
}

/// Reports what is missing in a deadline that does not change an inherited one.
fn report_incomplete(own: &definition::Deadline, id: &Spanned<Id>, context: &mut MeetingContext<'_>) {
    let known: Vec<&str> = inherited(context).iter().map(|(rule, _)| rule.value.as_str()).collect();
    let is_rule = context.scope.rules.iter().any(|(rule, _)| rule.value == id.value);
    let label = if is_rule {
        "a file without `starts:` inherits no deadlines".to_owned()
    } else {
        format!("there is no deadline `{}` in group.yaml to change", id.value)
    };
    let incomplete = |what: &str| {
        let problem = Problem::error(&id.span, what).label(label.clone());
        problem.optional_help(crate::problem::did_you_mean(id.value.as_str(), &known))
    };
    if own.due.as_ref().is_some_and(|due| due.value == Due::Dropped) {
        let problem = incomplete("this deadline drops nothing");
        context.report(problem.help("remove it, or use the id of an inherited one"));
    } else if !own.has("title") {
        let problem = incomplete("missing key `title` in a deadline");
        context.report(problem.help("add `title: …` if it is a new deadline"));
    } else if !own.has("due") && !own.has("printed") {
        let problem = incomplete("missing key `due` in a deadline");
        context.report(problem.help("add `due: …` or `printed: …` if it is a new deadline"));
    }
}

/// Reports a dropped deadline with other keys, which would have no effect.
fn report_dropped_with_more(own: &definition::Deadline, problems: &mut Problems) {
    let more = definition::Deadline::KEY_NAMES.iter().find(|key| !["id", "due"].contains(key) && own.has(key));
    let dropped = own.due.as_ref().filter(|due| due.value == Due::Dropped);
    if let Some((due, more)) = dropped.zip(more) {
        problems.push(
            Problem::error(&due.span, format!("`{more}` has no effect on a dropped deadline"))
                .label("expected no other key with `due: none`")
                .help("remove `due: none` to keep the deadline, or the other keys to drop it"),
        );
    }
}
