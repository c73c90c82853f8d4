//! The bodies of a study group: which there are, what kind each is, under which it is, and that each has an address.

use std::collections::BTreeMap;

use super::addresses::report_shared_addresses;
use super::texts::Texts;
use super::{UniqueValues, is_section_complete};
use crate::definition::{self, GroupFolder, Localized, LocalizedName, LocalizedText, OneOrMany, Spanned};
use crate::id::{BodyName, Id};
use crate::problem::{Problem, Problems};
use crate::text::{Language, Line, Text};
use crate::timetable::{Body, BodyIndex, BodyKind, KindName, STUDY_GROUP, WrittenName};

/// The common fields of working parties, Questions and other bodies.
#[derive(Default)]
pub(super) struct BodyFields<'a> {
    title: Option<&'a LocalizedText>,
    written: Option<&'a LocalizedName>,
    pub(super) address: Option<&'a Spanned<Id>>,
    note: Option<&'a LocalizedText>,
    pub(super) was: Option<&'a OneOrMany<Spanned<BodyName>>>,
    closed: Option<&'a Spanned<jiff::civil::Date>>,
}

macro_rules! body_fields {
    ($raw:expr) => {
        $raw.as_ref().map_or_else(BodyFields::default, |raw| BodyFields {
            title: raw.name.as_ref(),
            written: raw.written_as.as_ref(),
            address: raw.address.as_ref(),
            note: raw.note.as_ref(),
            was: raw.was.as_ref(),
            closed: raw.closed.as_ref(),
        })
    };
}

/// A body as written, before it is known where the others are.
pub(super) struct WrittenBody<'a> {
    pub(super) name: &'a Spanned<BodyName>,
    kind: BodyKind,
    /// The body that it belongs to, as written; `None` for the study group.
    parent: Option<&'a Spanned<BodyName>>,
    pub(super) fields: BodyFields<'a>,
}

/// Returns the study group itself, which has the short name and the title, and then its bodies, in the order of the file.
pub(super) fn bodies(
    folder: &GroupFolder,
    short: BodyName,
    title: Option<Text>,
    texts: &Texts<'_>,
    problems: &mut Problems,
) -> Vec<Body> {
    let raw = &folder.group;
    let suffix = texts.line(raw.suffix.as_ref(), problems).unwrap_or_else(|| Text::new(Line::default()));
    let written = written_bodies(raw, texts, problems);
    report_shared_addresses(folder, &written, problems);
    let positions: BTreeMap<&BodyName, BodyIndex> =
        written.iter().enumerate().rev().map(|(index, body)| (&body.name.value, BodyIndex::new(index + 1))).collect();
    let mut bodies = vec![Body {
        rank: BodyKind::StudyGroup,
        written: WrittenName::new(short.to_string(), BTreeMap::new()),
        name: short,
        own_address: None,
        former_addresses: Vec::new(),
        title: title.unwrap_or_else(|| Text::new(Line::default())),
        parent: None,
        former: Vec::new(),
        closed: None,
        note: None,
    }];
    for WrittenBody { name, kind, parent, fields } in &written {
        let BodyFields { title, written, address, note, was, closed } = fields;
        bodies.push(Body {
            rank: kind.clone(),
            name: name.value.clone(),
            own_address: address.map(|address| address.value.clone()),
            former_addresses: Vec::new(),
            written: written_name(&name.value, &suffix, *written, texts, problems),
            title: texts.line(*title, problems).unwrap_or_else(|| Text::new(Line::default())),
            parent: Some(parent.and_then(|parent| positions.get(&parent.value).copied()).unwrap_or(STUDY_GROUP)),
            former: was.iter().flat_map(|was| &was.values).map(|name| name.value.clone()).collect(),
            closed: closed.map(|closed| closed.value),
            note: texts.prose(*note, problems),
        });
    }
    report_circles(&mut bodies, &written, problems);
    bodies
}

/// Returns a body's name as people write it: in each language its own name there, else its name with the suffix.
fn written_name(
    name: &BodyName,
    suffix: &Text,
    written: Option<&LocalizedName>,
    texts: &Texts<'_>,
    problems: &mut Problems,
) -> WrittenName {
    let with_suffix = |language: &Language| format!("{name}{}", suffix.wording(language));
    let mut others: BTreeMap<Language, String> =
        texts.of_group.iter().map(|language| (language.clone(), with_suffix(language))).collect();
    let mut first = format!("{name}{}", suffix.first());
    match written {
        None => {}
        Some(Localized::Same(own)) => return WrittenName::new(own.value.to_string(), BTreeMap::new()),
        Some(Localized::PerLanguage(entries)) => {
            texts.report_unknown_languages(entries, problems);
            for (language, own) in &entries.list {
                let Some(own) = own else { continue };
                if texts.of_group.first() == Some(&language.value) {
                    first = own.value.to_string();
                }
                others.insert(language.value.clone(), own.value.to_string());
            }
        }
    }
    WrittenName::new(first, others)
}

/// Collects the bodies of the three sections, each with the name of the one that it belongs to.
fn written_bodies<'a>(raw: &'a definition::Group, texts: &Texts<'_>, problems: &mut Problems) -> Vec<WrittenBody<'a>> {
    let mut bodies = Vec::new();
    let (mut placed, mut homes) = (UniqueValues::new(), BTreeMap::new());
    for (name, party) in raw.working_parties.iter().flat_map(|parties| &parties.list) {
        bodies.push(WrittenBody { name, kind: BodyKind::WorkingParty, parent: None, fields: body_fields!(party) });
        let members = party.iter().filter_map(|party| party.questions.as_ref()).flat_map(|members| &members.values);
        for member in members {
            if placed.insert(member.clone(), &format!("Question `{}`", member.value), problems) {
                homes.insert(&member.value, (member, name));
            }
        }
    }
    for (name, question) in raw.questions.iter().flat_map(|questions| &questions.list) {
        let parent = homes.remove(&name.value).map(|(_, party)| party);
        bodies.push(WrittenBody { name, kind: BodyKind::Question, parent, fields: body_fields!(question) });
    }
    report_unknown_questions(raw, homes.into_values().map(|(member, _)| member), problems);
    let kinds = kinds(raw, texts, problems);
    for (name, body) in raw.bodies.iter().flat_map(|bodies| &bodies.list) {
        let kind =
            body.as_ref().and_then(|body| body.kind.as_ref()).and_then(|kind| kind_of(kind, raw, &kinds, problems));
        let parent = body.as_ref().and_then(|body| body.under.as_ref());
        let kind = kind.unwrap_or(BodyKind::Unnamed);
        bodies.push(WrittenBody { name, kind, parent, fields: body_fields!(body) });
    }
    for body in raw.bodies.iter().flat_map(|bodies| &bodies.list).filter_map(|(_, body)| body.as_ref()) {
        let Some(under) = &body.under else { continue };
        let known = || bodies.iter().map(|body| body.name.value.as_str());
        if is_section_complete(raw.bodies.as_ref(), raw.has("bodies"))
            && !known().any(|name| name == under.value.as_str())
        {
            problems.push(
                Problem::error(&under.span, format!("unknown body `{}`", under.value))
                    .label("expected a body of this file")
                    .suggest(under.value.as_str(), known())
                    .help("leave `under` out for a body that reports to the study group"),
            );
        }
    }
    bodies
}

/// Returns the words for each kind; `None` for one that could not be decoded.
fn kinds<'a>(
    raw: &'a definition::Group,
    texts: &Texts<'_>,
    problems: &mut Problems,
) -> BTreeMap<&'a Id, Option<KindName>> {
    let mut kinds = BTreeMap::new();
    for (id, kind) in raw.kinds.iter().flat_map(|kinds| &kinds.list) {
        let one = kind.as_ref().and_then(|kind| texts.line(kind.one.as_ref(), problems));
        let many = kind.as_ref().and_then(|kind| texts.line(kind.many.as_ref(), problems));
        kinds.insert(&id.value, one.zip(many).map(|(one, many)| KindName { one, many }));
    }
    kinds
}

fn kind_of(
    kind: &Spanned<Id>,
    raw: &definition::Group,
    kinds: &BTreeMap<&Id, Option<KindName>>,
    problems: &mut Problems,
) -> Option<BodyKind> {
    let known = kinds.get(&kind.value);
    if known.is_none() && is_section_complete(raw.kinds.as_ref(), raw.has("kinds")) {
        let word = kind.value.words();
        problems.push(
            Problem::error(&kind.span, format!("unknown kind of body `{}`", kind.value))
                .label("expected one of `kinds:`")
                .suggest(kind.value.as_str(), kinds.keys().map(|known| known.as_str()))
                .help(format!("add to `kinds:` what it is called: {}: {{one: {word}, many: {word}s}}", kind.value)),
        );
    }
    known?.clone().map(Box::new).map(BodyKind::Named)
}

/// Reports Questions of working parties that are in no `questions:`.
fn report_unknown_questions<'a>(
    raw: &definition::Group,
    unknown: impl Iterator<Item = &'a Spanned<BodyName>>,
    problems: &mut Problems,
) {
    let lacks_all = raw.questions.is_none() && !raw.has("questions");
    let is_complete = is_section_complete(raw.questions.as_ref(), raw.has("questions"));
    let known = || raw.questions.iter().flat_map(|questions| &questions.list).map(|(name, _)| name.value.as_str());
    for (number, member) in unknown.enumerate() {
        if lacks_all && number == 0 {
            problems.push(
                Problem::error(&member.span, "missing key `questions` in a study group")
                    .label("expected a section with the Questions that working parties name")
                    .help("add `questions:` with a line for each Question, such as `Q1: {name: …}`"),
            );
        } else if is_complete && !lacks_all {
            problems.push(
                Problem::error(&member.span, format!("unknown Question `{}`", member.value))
                    .label("expected a Question that is in `questions:`")
                    .suggest(member.value.as_str(), known()),
            );
        }
    }
}

/// Reports bodies that are under themselves, and puts them under the study group, so that every walk upwards ends.
fn report_circles(bodies: &mut [Body], written: &[WrittenBody<'_>], problems: &mut Problems) {
    for index in 1..bodies.len() {
        let mut above = bodies[index].parent;
        let mut steps = 0;
        while let Some(parent) = above.filter(|parent| parent.position() != index && steps <= bodies.len()) {
            above = bodies[parent.position()].parent;
            steps += 1;
        }
        if above.is_some() {
            bodies[index].parent = Some(STUDY_GROUP);
            let WrittenBody { name, parent, .. } = &written[index - 1];
            problems.push(
                Problem::error(
                    parent.map_or(&name.span, |parent| &parent.span),
                    format!("`{}` is under itself", name.value),
                )
                .label("expected a body that is not below this one")
                .help("remove one `under` of the circle"),
            );
        }
    }
}
