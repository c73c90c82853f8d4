//! The deadlines of a meeting: those of the group, changed by its own, each on its date.

mod merged;

use std::collections::BTreeMap;

use jiff::civil::Date;
use url::Url;

use super::names::{Scope, Section};
use super::reading::{Reading, waive};
use super::zones;
use crate::body::Id;
use crate::definition::{self, Due, Located};
use crate::problem::{Problem, Problems};
use crate::text::Text;
use crate::timetable::{AudienceIndex, Deadline};
use crate::zone::Zone;
use merged::Merged;

/// What a rule of the group or a deadline of a meeting says. What it leaves out is taken from the other.
#[derive(Clone)]
pub(super) struct Said {
    title: Option<Text>,
    due: Option<Located<Due>>,
    zone: Option<Zone>,
    audience: Option<Vec<AudienceIndex>>,
    recommended: Option<bool>,
    how: Option<Text>,
    url: Option<Url>,
    contact: Option<String>,
    note: Option<Text>,
}

/// Reads the keys that rules and deadlines share.
macro_rules! said {
    ($typed:expr, $scope:expr, $problems:expr) => {{
        let (typed, texts) = ($typed, $scope.texts());
        waive(typed.allow.as_ref(), typed.has("allow"), &typed.whole, $problems);
        Said {
            title: texts.line(typed.title.as_ref(), $problems),
            due: typed.due.clone(),
            zone: zones::zone(typed.zone.as_ref(), $problems),
            audience: typed.audience.as_ref().map(|names| $scope.audiences(Some(names), $problems)),
            recommended: typed.recommended.as_ref().map(|recommended| recommended.value),
            how: texts.prose(typed.how.as_ref(), $problems),
            url: typed.url.as_ref().map(|url| url.value.clone()),
            contact: typed.contact.as_ref().map(|contact| crate::text::line(&contact.value.0)),
            note: texts.prose(typed.note.as_ref(), $problems),
        }
    }};
}

impl Said {
    /// What this says, and what another says where this is silent.
    fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            due: self.due.or(other.due),
            zone: self.zone.or(other.zone),
            audience: self.audience.or(other.audience),
            recommended: self.recommended.or(other.recommended),
            how: self.how.or(other.how),
            url: self.url.or(other.url),
            contact: self.contact.or(other.contact),
            note: self.note.or(other.note),
        }
    }
}

/// The rules of a study group, read once for all of its meetings; none for one that could not be read.
pub(super) fn rules(
    group: &definition::Group,
    scope: &Scope,
    problems: &mut Problems,
) -> Vec<(Located<Id>, Option<Said>)> {
    let mut rules = Vec::new();
    for (id, rule) in group.deadlines.iter().flat_map(|rules| &rules.list) {
        let said = rule.as_ref().map(|rule| said!(rule, scope, problems));
        if let Some(due) = said.as_ref().and_then(|said| said.due.as_ref()).filter(|due| due.value == Due::Dropped) {
            problems.push(
                Problem::error(&due.place, "a rule cannot be dropped where it is made")
                    .label("expected when it is due, found `none`")
                    .help("remove the rule; `due: none` is for a meeting that does not have it"),
            );
        }
        rules.push((id.clone(), said));
    }
    rules
}

/// The deadlines of a meeting, by date and then by id. `first_days` are those of its sessions.
pub(super) fn resolve(
    typed: &definition::Meeting,
    first_days: &BTreeMap<&Id, Date>,
    reading: &mut Reading<'_>,
) -> Vec<Deadline> {
    let scope = reading.scope;
    // A file without a first day inherits no deadlines.
    let inherits = typed.has("starts");
    let inherited = || scope.rules.iter().filter(|_| inherits);
    let mut own: BTreeMap<&Id, &definition::Deadline> = BTreeMap::new();
    for deadline in typed.deadlines.iter().flatten() {
        report_dropped_with_more(deadline, reading.problems);
        match &deadline.id {
            Some(id) => {
                own.entry(&id.value).or_insert(deadline);
            }
            // Without an id it is read for its other mistakes alone.
            None => drop(said!(deadline, scope, reading.problems)),
        }
    }
    let mut deadlines = Vec::new();
    for (id, rule) in inherited() {
        let change = own.remove(&id.value);
        let Some(rule) = rule else { continue };
        let merged = match change {
            Some(change) => said!(change, scope, reading.problems).or(rule.clone()),
            None => rule.clone(),
        };
        deadlines.extend(Merged { id, typed: change, said: merged }.deadline((typed, first_days), reading));
    }
    for (_, deadline) in own {
        let Some(id) = &deadline.id else { continue };
        let known: Vec<&str> = inherited().map(|(rule, _)| rule.value.as_str()).collect();
        // Where the rules could not be read, this may well change one.
        if scope.knows(Section::Deadlines) {
            let is_rule = scope.rules.iter().any(|(rule, _)| rule.value == id.value);
            report_lone(deadline, id, (&known, is_rule), reading.problems);
        }
        let said = said!(deadline, scope, reading.problems);
        deadlines.extend(Merged { id, typed: Some(deadline), said }.deadline((typed, first_days), reading));
    }
    deadlines.sort_by(|a: &Deadline, b| (a.due.order(), &a.id).cmp(&(b.due.order(), &b.id)));
    deadlines
}

/// Reports what a deadline that changes no inherited one may not lack.
fn report_lone(
    own: &definition::Deadline,
    id: &Located<Id>,
    (known, is_rule): (&[&str], bool),
    problems: &mut Problems,
) {
    let label = if is_rule {
        "a file without `starts:` inherits no deadlines that it could change".to_owned()
    } else {
        format!("group.yaml has no deadline `{}` that this one could change", id.value)
    };
    let lone = |what: &str| {
        Problem::error(&id.place, what).label(label.clone()).advice(crate::problem::near(id.value.as_str(), known))
    };
    let dropped = own.due.as_ref().is_some_and(|due| due.value == Due::Dropped);
    if dropped {
        problems.push(lone("this deadline drops nothing").help("remove it, or write the id of an inherited one"));
    } else if !own.has("title") {
        problems.push(lone("this deadline has no title").help("if it is a new one, add `title: …`"));
    } else if !own.has("due") && !own.has("printed") {
        problems.push(lone("this deadline has no date").help("if it is a new one, add `due: …` or `printed: …`"));
    }
}

/// Reports a dropped deadline that says more of itself, which would be lost.
fn report_dropped_with_more(own: &definition::Deadline, problems: &mut Problems) {
    let more = definition::Deadline::KEYS.iter().find(|key| !["id", "due"].contains(key) && own.has(key));
    let dropped = own.due.as_ref().filter(|due| due.value == Due::Dropped);
    if let Some((due, more)) = dropped.zip(more) {
        problems.push(
            Problem::error(&due.place, format!("this drops the deadline, and `{more}` says more of it"))
                .label("expected no other key beside `due: none`")
                .help("remove `due: none` to keep the deadline, or the other keys to drop it"),
        );
    }
}
