//! The guide, docs/definitions.md: its tables match the types, its examples have no errors and no warnings, and
//! together they use every key. `CONVENE_BLESS=1 cargo test guide` writes the tables anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use convene::definition::{
    self, Audience, Body, Change, Deadline, DeadlineRule, DefinitionFile, Definitions, Delegate, Documents, Group,
    Interpretation, KeySpec, Kind, Letter, Link, Meeting, Question, Reminders, Session, Skip, SkipWithReason, Venue,
    WorkingParty,
};
use convene::problem::{Problems, Warning};

use crate::support::{repository, timetable};

/// The lines of a meeting beside those of its sessions.
const WEEK: &str = "\
title: World congress
starts: 2026-05-04
ends: 2026-05-08
place: Geneva
usual-length: 90 minutes
sessions:
";

/// A session with a day, hours, bodies and a room is one line, however many there are.
#[test]
fn a_week_of_twenty_parallel_rooms_needs_six_lines_beside_its_sessions() {
    let mut group = "short: SG1\nname: A group\ntimezone: Europe/Zurich\nlanguages: [en]\nuid-domain: sg1.example\n\
                     hours: {morning: 09:30-12:30, afternoon: 14:30-17:30}\nquestions:\n"
        .to_owned();
    for number in 1..=20 {
        writeln!(group, "  Q{number}: {{name: Question {number}}}").expect("to memory");
    }
    let mut meeting = WEEK.to_owned();
    for (slot, (day, at)) in (4..=8).flat_map(|day| [(day, "morning"), (day, "16:00")]).enumerate() {
        for room in 1..=20 {
            let id = format!("s{slot}-{room}");
            writeln!(
                meeting,
                "- {{id: {id}, kind: question, for: [Q{room}], day: 2026-05-0{day}, at: {at}, room: Room {room}}}"
            )
            .expect("to memory");
        }
    }
    assert_eq!((WEEK.lines().count(), meeting.lines().count()), (6, 206));
    let files =
        vec![DefinitionFile::new("sg1/group.yaml", group), DefinitionFile::new("sg1/2026-05-geneva.yaml", meeting)];
    let (definitions, mut problems) = definition::read("meetings", files);
    let timetable = convene::resolve::resolve(&definitions, &mut problems).expect("no errors");
    problems.apply_waivers();
    assert!(problems.is_empty(), "{}", problems.report(false));
    assert_eq!(timetable.groups[0].meetings[0].sessions.len(), 200);
}

fn guide_file() -> PathBuf {
    repository().join("docs/definitions.md")
}

fn guide() -> String {
    fs::read_to_string(guide_file()).expect("docs/definitions.md")
}

/// The tables of all kinds of records, in the order of the guide.
const TABLES: [(&str, &[KeySpec]); 19] = [
    ("Group", Group::KEYS),
    ("Venue", Venue::KEYS),
    ("WorkingParty", WorkingParty::KEYS),
    ("Question", Question::KEYS),
    ("Body", Body::KEYS),
    ("Kind", Kind::KEYS),
    ("Audience", Audience::KEYS),
    ("DeadlineRule", DeadlineRule::KEYS),
    ("Meeting", Meeting::KEYS),
    ("Letter", Letter::KEYS),
    ("Documents", Documents::KEYS),
    ("Link", Link::KEYS),
    ("Deadline", Deadline::KEYS),
    ("Session", Session::KEYS),
    ("Change", Change::KEYS),
    ("SkipWithReason", SkipWithReason::KEYS),
    ("Interpretation", Interpretation::KEYS),
    ("Delegate", Delegate::KEYS),
    ("Reminders", Reminders::KEYS),
];

/// Returns the guide with a table inserted after its marker.
fn with_table(guide: &str, mark: &str, table: &str) -> String {
    let start = guide.find(mark).unwrap_or_else(|| panic!("the guide has no {mark}")) + mark.len();
    let end = start + guide[start..].find("<!-- end -->").expect("the end of a table");
    format!("{}\n{table}{}", &guide[..start], &guide[end..])
}

#[test]
fn the_tables_are_those_of_the_types() {
    let mut guide_now = guide();
    for (kind, table) in TABLES {
        let mut rows = "| key | is |\n| --- | --- |\n".to_owned();
        for key in table {
            let required = if key.is_required { " (required)" } else { "" };
            writeln!(rows, "| `{}`{required} | {} |", key.name, key.doc.trim().replace('|', "\\|")).expect("a string");
        }
        guide_now = with_table(&guide_now, &format!("<!-- keys: {kind} -->"), &rows);
    }
    let mut rows = "| name | warns that |\n| --- | --- |\n".to_owned();
    for warning in Warning::WAIVABLE {
        writeln!(rows, "| `{}` | {} |", warning.name(), warning.about()).expect("a string");
    }
    guide_now = with_table(&guide_now, "<!-- warnings -->", &rows);
    if std::env::var_os("CONVENE_BLESS").is_some() {
        fs::write(guide_file(), &guide_now).expect("to write the guide");
    }
    assert!(guide() == guide_now, "the tables of docs/definitions.md are old: CONVENE_BLESS=1 cargo test guide");
    assert_eq!(guide_now.matches("<!-- keys: ").count(), TABLES.len());
}

/// Returns the files of the guide: its YAML blocks that name a path.
pub fn examples() -> Vec<DefinitionFile> {
    let guide = guide();
    let mut files = Vec::new();
    for block in guide.split("```yaml ").skip(1) {
        let (path, rest) = block.split_once('\n').expect("a path");
        let text = rest.split("```").next().expect("an example");
        files.push(DefinitionFile::new(path.trim(), text.to_owned()));
    }
    files
}

#[test]
fn the_examples_have_no_problems() {
    assert!(examples().len() >= 6);
    let (definitions, mut problems) = definition::read("meetings", examples());
    let timetable = convene::resolve::resolve(&definitions, &mut problems);
    problems.apply_waivers();
    assert!(problems.is_empty(), "{}", problems.report(false));
    assert!(timetable.is_some());
}

/// Returns the keys that the examples use, by kind of record.
fn keys_of(definitions: &Definitions) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut problems = Problems::default();
    let mut seen: BTreeMap<&'static str, BTreeSet<&'static str>> = BTreeMap::new();
    macro_rules! see {
        ($kind:ident, $record:expr) => {
            seen.entry(stringify!($kind)).or_default().extend($kind::KEY_NAMES.iter().filter(|key| $record.has(key)))
        };
    }
    for folder in &definitions.groups {
        let group = &folder.group;
        see!(Group, group);
        for venue in group.venues.iter().flat_map(|all| &all.list).filter_map(|(_, venue)| venue.as_ref()) {
            see!(Venue, venue);
        }
        for party in group.working_parties.iter().flat_map(|all| &all.list).filter_map(|(_, party)| party.as_ref()) {
            see!(WorkingParty, party);
        }
        for question in group.questions.iter().flat_map(|all| &all.list).filter_map(|(_, question)| question.as_ref()) {
            see!(Question, question);
        }
        for body in group.bodies.iter().flat_map(|all| &all.list).filter_map(|(_, body)| body.as_ref()) {
            see!(Body, body);
        }
        for kind in group.kinds.iter().flat_map(|all| &all.list).filter_map(|(_, kind)| kind.as_ref()) {
            see!(Kind, kind);
        }
        for audience in group.audiences.iter().flat_map(|all| &all.list).filter_map(|(_, audience)| audience.as_ref()) {
            see!(Audience, audience);
        }
        for rule in group.deadlines.iter().flat_map(|all| &all.list).filter_map(|(_, rule)| rule.as_ref()) {
            see!(DeadlineRule, rule);
        }
        for meeting in folder.meetings.iter().filter_map(|file| file.decode(&mut problems)) {
            see!(Meeting, meeting);
            meeting.letter.iter().for_each(|letter| see!(Letter, letter));
            meeting.documents.iter().for_each(|documents| see!(Documents, documents));
            meeting.links.iter().flatten().for_each(|link| see!(Link, link));
            meeting.deadlines.iter().flatten().for_each(|deadline| see!(Deadline, deadline));
            for session in meeting.sessions.iter().flatten() {
                see!(Session, session);
                session.changes.iter().flatten().for_each(|change| see!(Change, change));
                for skip in session.skip.iter().flat_map(|skip| &skip.values) {
                    if let Skip::WithReason(skip) = skip {
                        see!(SkipWithReason, skip);
                    }
                }
                session.interpretation.iter().for_each(|offer| see!(Interpretation, offer));
            }
        }
    }
    if let Some(file) = &definitions.delegates {
        file.for_each(&mut problems, |delegate, _| {
            see!(Delegate, delegate);
            delegate.reminders.iter().for_each(|reminders| see!(Reminders, reminders));
        });
    }
    seen
}

#[test]
fn the_examples_have_every_key() {
    let (definitions, _) = definition::read("meetings", examples());
    let seen = keys_of(&definitions);
    for (kind, table) in TABLES {
        for key in table {
            assert!(
                seen.get(kind).is_some_and(|seen| seen.contains(key.name)),
                "no example of `{}` in {kind}",
                key.name
            );
        }
    }
}

/// Tries each form in the tables of forms, in a definition of its own.
#[test]
fn every_form_that_the_guide_names_is_one() {
    let group = examples().into_iter().find(|file| file.path == "sg12/group.yaml").expect("the study group");
    let other = examples().into_iter().find(|file| file.path == "sg9/group.yaml").expect("the other one");
    let guide = guide();
    let mut seen = 0;
    for table in guide.split("<!-- forms: ").skip(1) {
        let (key, rest) = table.split_once(" -->").expect("a key");
        let rows = rest.split("<!-- end -->").next().expect("the end of a table").lines();
        for form in rows.filter_map(|row| row.strip_prefix("| `")?.split('`').next()) {
            let at = if key == "at" { form } else { "[morning, 14:30-15:30]" };
            let when = match key {
                "day" => format!("day: {form}\n  at: 10:00-11:00"),
                "days" => format!("days: {form}\n  at: 10:00-11:00"),
                "at" => format!("day: 2026-05-06\n  at: {at}"),
                "repeat" => {
                    format!("day: 2026-05-06\n  at: 10:00-11:00\n  repeat: {form}\n  allow: {{outside-meeting: calls}}")
                }
                "skip" => format!("days: [2026-05-06, 2026-05-07]\n  at: {at}\n  skip: {form}"),
                "moved" => {
                    format!("day: 2026-05-06\n  at: 10:00-11:00\n  changes: [{{on: 2026-05-06, moved: {form}}}]")
                }
                _ => "day: 2026-05-06\n  at: 10:00-11:00".to_owned(),
            };
            let deadlines = match (key, form) {
                ("due", "none") => "- {id: slides, due: none}".to_owned(),
                ("due", form) => {
                    format!("- {{id: slides, due: none}}\n- {{id: tried, title: {{en: T, zh: 试}}, due: {form}}}")
                }
                _ => "- {id: slides, due: none}".to_owned(),
            };
            let meeting = format!(
                "starts: 2026-05-05\nends: 2026-05-14\ndeadlines:\n{deadlines}\nsessions:\n\
                 - {{id: opening-plenary, kind: social, day: 2026-05-06, at: 10:00-11:00}}\n\
                 - id: tried-session\n  kind: social\n  {when}\n"
            );
            let file = DefinitionFile::new("sg12/2026-05-geneva.yaml", meeting.clone());
            let found = timetable(vec![group.clone(), other.clone(), file]);
            assert!(found.is_ok(), "{key}: {form}\n{}", found.expect_err("problems").report(false));
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}
