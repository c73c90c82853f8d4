//! The addresses of bodies and audiences: each has one, and no two share it.

use std::collections::BTreeMap;

use super::bodies::WrittenBody;
use crate::definition::{self, GroupFolder, Spanned};
use crate::id::{BodyName, RESERVED};
use crate::problem::{Problem, Problems, Span};

/// Reports bodies and audiences that share an address with each other or with another feed, or have none.
pub(super) fn report_shared_addresses(folder: &GroupFolder, written: &[WrittenBody<'_>], problems: &mut Problems) {
    let raw = &folder.group;
    let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
    let mut add = |address: String, name: &str, span: &Span, problems: &mut Problems| {
        if address.is_empty() {
            problems.push(
                Problem::error(span, format!("no address can be made from the name `{name}`"))
                    .label("expected at least one Latin letter or a digit")
                    .help("add `address: …` with lower case letters, digits and hyphens"),
            );
        } else if RESERVED.contains(&address.as_str()) {
            problems.push(
                Problem::error(span, format!("reserved name `{address}`"))
                    .label(format!("expected a name other than {}", RESERVED.join(", ")))
                    .help("keep the name of a body, and give it another address: `address: …`"),
            );
        } else if let Some((other, first)) = seen.get(&address) {
            let problem = Problem::error(span, format!("duplicate address `{address}`")).related(first, "first here");
            problems.push(if other == name {
                problem
                    .label("expected a name that is not used yet")
                    .help("remove one of the two, or give the body another address: `address: …`")
            } else {
                problem
                    .label(format!("`{other}` and `{name}` would have the same address"))
                    .help("add `address: …` to one of the two, with lower case letters, digits and hyphens")
            });
        } else {
            seen.insert(address, (name.to_owned(), span.clone()));
        }
    };
    let mut shorts: Vec<&Spanned<BodyName>> = raw.short.iter().flat_map(definition::Localized::values).collect();
    // Several languages may have one name.
    shorts.sort_by_key(|short| short.value.address());
    shorts.dedup_by_key(|short| short.value.address());
    for short in shorts {
        // In scripts without a Latin letter, the study group has the address of its folder all the same.
        let address = short.value.address();
        if !address.is_empty() && !RESERVED.contains(&address.as_str()) {
            add(address, short.value.as_str(), &short.span, problems);
        }
    }
    for body in written {
        let span = body.fields.address.map_or(&body.name.span, |address| &address.span);
        add(address(body), body.name.value.as_str(), span, problems);
    }
    for (body, former) in former_names(written, problems) {
        match written.iter().find(|other| other.name.value == former.value && address(other) == former.value.address())
        {
            Some(bearer) => report_name_in_use(body, former, bearer, problems),
            None => add(former.value.address(), former.value.as_str(), &former.span, problems),
        }
    }
    for (id, _) in raw.audiences.iter().flat_map(|audiences| &audiences.list) {
        add(id.value.to_string(), id.value.as_str(), &id.span, problems);
    }
    for file in &folder.meetings {
        if let Some((_, taken)) = seen.get(file.id.as_str()) {
            problems.push(
                Problem::error(
                    file.span(),
                    format!("the meeting id `{}` is the name of a body or an audience", file.id),
                )
                .label("expected a unique name")
                .related(taken, "used here")
                .help("rename the file, for example after the month and the city"),
            );
        }
    }
}

/// Returns the address that a body has.
fn address(body: &WrittenBody<'_>) -> String {
    body.fields.address.map_or_else(|| body.name.value.address(), |address| address.value.to_string())
}

/// Reports a former name that another body has now: the address cannot lead to both.
fn report_name_in_use(
    body: &WrittenBody<'_>,
    former: &Spanned<BodyName>,
    bearer: &WrittenBody<'_>,
    problems: &mut Problems,
) {
    let (name, former_name, address) = (&body.name.value, &former.value, former.value.address());
    problems.push(
        Problem::error(&former.span, format!("`{former_name}` is the name of another body now"))
            .label("expected a name that no other body has")
            .related(&bearer.name.span, "has the name and its address")
            .help(format!(
                "for subscribers of the former `{former_name}` to keep its calendar, add `address: {address}` to \
                 `{name}`, and another address to `{former_name}`; for them to get the calendar of the new \
                 `{former_name}`, remove it from `was`"
            )),
    );
}

/// Returns the former names of bodies that give other addresses than theirs. Reports those that are the present name.
fn former_names<'w, 'a>(
    written: &'w [WrittenBody<'a>],
    problems: &mut Problems,
) -> Vec<(&'w WrittenBody<'a>, &'a Spanned<BodyName>)> {
    let pairs = written.iter().flat_map(|body| body.fields.was.into_iter().map(move |was| (body, was)));
    let pairs = pairs.flat_map(|(body, was)| was.values.iter().map(move |former| (body, former)));
    let (current, mut former): (Vec<_>, Vec<_>) = pairs.partition(|(body, former)| body.name.value == former.value);
    for (_, current) in current {
        let problem = Problem::error(&current.span, "`was` has the current name");
        problems.push(problem.label("expected a former name").help("remove it"));
    }
    former.retain(|(body, former)| address(body) != former.value.address());
    former
}
