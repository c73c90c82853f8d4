//! The deadlines of a meeting: those of the group, changed by its own, each on its date.

use jiff::ToSpan;
use jiff::civil::Date;

use super::names::Scope;
use super::texts::Texts;
use crate::body::Id;
use crate::definition::{self, Due, Located, OneOrMany, TypedText, Unit, Words};
use crate::problem::{Place, Problem, Problems};
use crate::timetable::{DateSource, Days, Deadline, Uid};
use url::Url;

/// A deadline put together from the rule of the group and the words of the meeting, whose every key wins.
struct Merged<'a> {
    id: &'a Id,
    /// What a problem of the whole is shown at.
    place: &'a Place,
    title: Option<&'a TypedText>,
    due: Option<&'a Located<Due>>,
    printed: Option<&'a Located<Date>>,
    audience: Option<&'a OneOrMany<Located<Id>>>,
    recommended: Option<&'a Located<bool>>,
    how: Option<&'a TypedText>,
    url: Option<&'a Located<Url>>,
    contact: Option<&'a Located<Words>>,
    note: Option<&'a TypedText>,
}

/// The deadlines of a meeting, by date and then by id.
pub(super) fn resolve(
    (typed, group): (&definition::Meeting, &definition::Group),
    file: &Place,
    days: Option<Days>,
    (path, scope): (&str, &Scope),
    problems: &mut Problems,
) -> Vec<Deadline> {
    // A file without a first day inherits no deadlines.
    let inherits = typed.has("starts");
    let rules = group.deadlines.iter().flat_map(|rules| &rules.list).filter(|_| inherits);
    let own: Vec<&definition::Deadline> = typed.deadlines.iter().flatten().collect();
    let mut merged: Vec<Merged<'_>> = Vec::new();
    for (id, rule) in rules.clone() {
        let change = own.iter().find(|own| own.id.as_ref().is_some_and(|own| own.value == id.value)).copied();
        if let Some(rule) = rule {
            merged.push(merge(&id.value, change.map_or(&id.place, |own| &own.place), Some(rule), change));
        }
    }
    for own in own {
        report_dropped_with_more(own, problems);
        let Some(id) = &own.id else {
            let texts = Texts { languages: &scope.languages };
            texts.line(own.title.as_ref(), problems);
            scope.audiences(own.audience.as_ref(), problems);
            continue;
        };
        if !rules.clone().any(|(rule, _)| rule.value == id.value) {
            let known: Vec<&str> = rules.clone().map(|(rule, _)| rule.value.as_str()).collect();
            report_lone(own, id, &known, problems);
            merged.push(merge(&id.value, &own.place, None, Some(own)));
        }
    }
    let mut deadlines: Vec<Deadline> =
        merged.iter().filter_map(|merged| deadline(merged, (days, inherits, file), (path, scope), problems)).collect();
    deadlines.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
    deadlines
}

fn merge<'a>(
    id: &'a Id,
    place: &'a Place,
    rule: Option<&'a definition::DeadlineRule>,
    own: Option<&'a definition::Deadline>,
) -> Merged<'a> {
    macro_rules! either {
        ($key:ident) => {
            own.and_then(|own| own.$key.as_ref()).or_else(|| rule.and_then(|rule| rule.$key.as_ref()))
        };
    }
    Merged {
        id,
        place,
        title: either!(title),
        due: either!(due),
        printed: own.and_then(|own| own.printed.as_ref()),
        audience: either!(audience),
        recommended: either!(recommended),
        how: either!(how),
        url: either!(url),
        contact: either!(contact),
        note: either!(note),
    }
}

/// Reports what is wrong in the rules themselves, whether a meeting inherits them or not.
pub(super) fn check_rules(group: &definition::Group, scope: &Scope, problems: &mut Problems) {
    let texts = Texts { languages: &scope.languages };
    for (_, rule) in group.deadlines.iter().flat_map(|rules| &rules.list) {
        let Some(rule) = rule else { continue };
        texts.line(rule.title.as_ref(), problems);
        texts.prose(rule.how.as_ref(), problems);
        texts.prose(rule.note.as_ref(), problems);
        scope.audiences(rule.audience.as_ref(), problems);
        if let Some(due) = rule.due.as_ref().filter(|due| due.value == Due::Dropped) {
            problems.push(
                Problem::error(&due.place, "a rule cannot be dropped where it is made")
                    .label("expected when it is due, found `none`")
                    .help("remove the rule; `due: none` is for a meeting that does not have it"),
            );
        }
    }
}

/// Reports what a deadline that changes no inherited one may not lack.
fn report_lone(own: &definition::Deadline, id: &Located<Id>, known: &[&str], problems: &mut Problems) {
    let lone = |what: &str| {
        Problem::error(&id.place, what)
            .label(format!("group.yaml has no deadline `{}` that this one could change", id.value))
            .advice(crate::problem::near(id.value.as_str(), known))
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

fn deadline(
    merged: &Merged<'_>,
    (days, has_days, file): (Option<Days>, bool, &Place),
    (path, scope): (&str, &Scope),
    problems: &mut Problems,
) -> Option<Deadline> {
    let texts = Texts { languages: &scope.languages };
    if merged.due.is_some_and(|due| due.value == Due::Dropped) {
        return None;
    }
    let title = texts.line(merged.title, problems);
    let audience = scope.audiences(merged.audience, problems);
    let (how, note) = (texts.prose(merged.how, problems), texts.prose(merged.note, problems));
    let by_rule = by_rule(merged, days);
    let due = date(merged, by_rule, has_days, problems)?;
    // A printed date that differs from the rule's has been reported; that is one mistake, not two.
    let is_told = by_rule.is_some_and(|by_rule| by_rule != due);
    if let Some(days) = days.filter(|days| due > days.first() && !is_told) {
        // What is inherited stands in another file; the meeting that inherits it is the one to look at.
        let place =
            merged.printed.map_or(if merged.place.file == file.file { merged.place } else { file }, |at| &at.place);
        problems.push(
            Problem::warning(place, format!("the deadline `{}` falls after the meeting starts", merged.id))
                .label(format!("expected {} or earlier, found {due}", days.first())),
        );
    }
    Some(Deadline {
        id: merged.id.clone(),
        uid: Uid::of(&scope.uid_domain, &format!("{path}/{}", merged.id)),
        title: title?,
        due,
        source: source(merged),
        audience,
        recommended: merged.recommended.is_some_and(|recommended| recommended.value),
        how,
        url: merged.url.map(|url| url.value.clone()),
        contact: merged.contact.map(|contact| crate::text::line(&contact.value.0)),
        note,
    })
}

/// The printed date, else that of the rule. A difference between the two is reported.
fn date(merged: &Merged<'_>, by_rule: Option<Date>, has_days: bool, problems: &mut Problems) -> Option<Date> {
    if let Some((printed, by_rule)) = merged.printed.zip(by_rule).filter(|(printed, by_rule)| printed.value != *by_rule)
    {
        problems.push(
            Problem::warning(&printed.place, "the printed date is not the one that the rule gives")
                .label(format!("the rule gives {by_rule}, the letter prints {}; the printed date holds", printed.value))
                .help("correct the date if it was mistyped, or the rule if it has changed"),
        );
    }
    // A meeting whose days have a fault has been told so.
    let counts_from_nothing = merged.due.filter(|due| matches!(due.value, Due::Before(..)) && !has_days);
    if let Some(due) = counts_from_nothing {
        problems.push(
            Problem::error(&due.place, "there is no first day to count from")
                .label("expected a date, found a time before a meeting that has no `starts:`"),
        );
    }
    merged.printed.map(|printed| printed.value).or(by_rule)
}

fn source(merged: &Merged<'_>) -> DateSource {
    match (merged.printed, merged.due.map(|due| due.value)) {
        (Some(_), _) => DateSource::Printed,
        (None, Some(Due::Before(..))) => DateSource::Rule,
        (None, _) => DateSource::Stated,
    }
}

/// The date that `due` gives.
fn by_rule(merged: &Merged<'_>, days: Option<Days>) -> Option<Date> {
    match merged.due?.value {
        Due::Dropped => None,
        Due::On(date) => Some(date),
        Due::Before(count, unit) => before(days?.first(), count, unit),
    }
}

/// So long before a day, on the calendar; months clamp to the end of a shorter one.
fn before(day: Date, count: i32, unit: Unit) -> Option<Date> {
    let span = match unit {
        Unit::Days => count.days(),
        Unit::Weeks => count.weeks(),
        Unit::Months => count.months(),
    };
    day.checked_sub(span).ok()
}
