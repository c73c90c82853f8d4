//! `convene new`: the new files pass the check, and nothing is overwritten or half-written. `tests/new` has the
//! files; `CONVENE_BLESS=1 cargo test new::` writes them anew.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{files, repository, timetable, tree};

fn convene(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("convene")
}

fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const MEETING: [&str; 8] = ["new", "meeting", "sg9", "2026-05-tokyo", "--starts", "2026-05-05", "--ends", "2026-05-13"];

#[test]
fn a_new_group_and_a_new_meeting_pass_the_check_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let group =
        ["new", "group", "sg9", "--zone", "Asia/Tokyo", "--languages", "en,zh", "--name", "Cable: \"broadband\""];
    for command in [&group[..], &MEETING] {
        let output = convene(folder.path(), command);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    }
    let checked = convene(folder.path(), &["check"]);
    assert_eq!(String::from_utf8_lossy(&checked.stderr), "", "not a word");
    assert!(String::from_utf8_lossy(&checked.stdout).starts_with("meetings: good; study groups: 1, meetings: 1,"));
    let schemas = ["meetings/delegates.schema.json", "meetings/group.schema.json", "meetings/meeting.schema.json"];
    let definitions = ["meetings/sg9/2026-05-tokyo.yaml", "meetings/sg9/group.yaml"];
    assert_eq!(tree(folder.path()), [&schemas[..], &definitions].concat());
    for file in definitions {
        let written = fs::read_to_string(folder.path().join(file)).expect("a definition");
        let golden = repository().join("tests/new").join(Path::new(file).file_name().expect("a name"));
        if std::env::var_os("CONVENE_BLESS").is_some() {
            fs::write(&golden, &written).expect("to write the file");
        }
        assert_eq!(written, fs::read_to_string(&golden).expect("what should be written"), "{file}");
    }
}

/// The dates in the new file are those that the rules give: removing the comment signs changes nothing.
#[test]
fn the_deadlines_are_computed() {
    let folder = tempfile::tempdir().expect("a folder");
    let meetings = folder.path().join("meetings/sg12");
    fs::create_dir_all(&meetings).expect("a folder");
    for file in files(&repository().join("meetings/sg12")) {
        fs::write(meetings.join(&file.path), file.bytes().expect("bytes")).expect("to write a definition");
    }
    let output = convene(
        folder.path(),
        &["new", "meeting", "sg12", "2026-03", "--starts", "2026-03-31", "--ends", "2026-04-09"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let file = meetings.join("2026-03.yaml");
    let written = fs::read_to_string(&file).expect("the meeting");
    assert!(written.contains("venue: itu\n"), "the only venue is taken");
    let taken_in = written.replace("# deadlines:\n", "deadlines:\n").replace("# - {id: ", "- {id: ");
    let taken_in: String =
        taken_in.lines().filter(|line| !line.contains("id: …")).map(|line| line.to_owned() + "\n").collect();
    assert_eq!(taken_in.matches("printed: ").count(), 8);
    assert!(taken_in.contains("{id: pre-registration, printed: 2026-02-28}"), "one month before 31 March");
    fs::write(&file, taken_in).expect("to write the meeting");
    let found = timetable(files(&folder.path().join("meetings")))
        .unwrap_or_else(|problems| panic!("{}", problems.report(false)));
    assert_eq!(found.groups[0].meetings.len(), 2);
    let checked = convene(folder.path(), &["check"]);
    assert_eq!(String::from_utf8_lossy(&checked.stderr), "");
}

#[test]
fn nothing_is_overwritten_and_nothing_half_written() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(convene(folder.path(), &["new", "group", "sg9"]).status.code(), Some(0));
    assert_eq!(convene(folder.path(), &MEETING).status.code(), Some(0));
    let before = tree(folder.path());
    let file = folder.path().join("meetings/sg9/2026-05-tokyo.yaml");
    fs::write(&file, "starts: 2026-05-05\nends: 2026-05-06\n").expect("to write a definition");
    let refused = [
        (&MEETING[..], 2, "already exists, and was left as it is"),
        (&["new", "group", "sg9"][..], 2, "already exists, and was left as it is"),
        (&["new", "group", "SG9"][..], 2, "expected lower case letters, digits and hyphens"),
        (&["new", "group", "sg8", "--zone", "CET"][..], 1, "nothing was written"),
        (&["new", "group", "sg8", "--short", "SG9"][..], 1, "duplicate short name of a study group"),
        (&["new", "meeting", "sg8", "m", "--starts", "2026-05-05", "--ends", "2026-05-06"][..], 2, "known here: sg9"),
        (
            &["new", "meeting", "sg9", "m", "--starts", "2026-05-05", "--ends", "2026-05-04"][..],
            2,
            "ends before it starts",
        ),
        (
            &["new", "meeting", "sg9", "m", "--starts", "5 May", "--ends", "2026-05-04"][..],
            2,
            "expected a date such as 2026-05-05",
        ),
        (
            &["new", "meeting", "sg9", "m", "--starts", "2026-05-05", "--ends", "2026-05-06", "--venue", "hq"][..],
            1,
            "unknown venue",
        ),
    ];
    for (command, code, expected) in refused {
        let output = convene(folder.path(), command);
        assert_eq!(output.status.code(), Some(code), "{command:?}: {}", printed(&output));
        assert!(printed(&output).contains(expected), "{command:?}: {}", printed(&output));
        assert_eq!(tree(folder.path()), before, "{command:?}");
    }
    assert_eq!(fs::read_to_string(&file).expect("the meeting"), "starts: 2026-05-05\nends: 2026-05-06\n");
}

/// A deadline that counts from a session that the new file does not have would be an error, so it is left out with a
/// comment.
#[test]
fn a_rule_that_counts_from_a_missing_session_is_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(convene(folder.path(), &["new", "group", "sg9"]).status.code(), Some(0));
    let group = folder.path().join("meetings/sg9/group.yaml");
    let rules = "  slides: {title: Slides, due: 1 week before workshop}\n  room: {title: Room, due: 2 days before opening-plenary}\n";
    let text = fs::read_to_string(&group).expect("the study group") + rules;
    fs::write(&group, text).expect("to write the study group");
    let output = convene(folder.path(), &MEETING);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let written = fs::read_to_string(folder.path().join("meetings/sg9/2026-05-tokyo.yaml")).expect("the meeting");
    assert!(written.contains("\n- {id: slides, due: none}   # counts from `workshop`"), "{written}");
    assert!(written.contains("\n# - {id: room, printed: 2026-05-03}\n"), "{written}");
}
