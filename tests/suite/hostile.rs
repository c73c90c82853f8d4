//! Bad input costs little: mutated real files, the corpus of the fuzzer, and files made to be expensive.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;

use crate::support::{files, repository};

#[path = "../fuzz/tried.rs"]
mod tried;

/// Every input in the fuzzer's corpus.
#[test]
fn nothing_in_the_corpus_panics() {
    let folder = tempfile::tempdir().expect("a folder");
    let unpacked = Command::new("tar")
        .arg("-xzf")
        .arg(repository().join("tests/fuzz/corpus.tar.gz"))
        .arg("-C")
        .arg(folder.path())
        .status()
        .expect("tar");
    assert!(unpacked.success());
    let inputs = fs::read_dir(folder.path().join("min")).expect("the corpus");
    let mut tried = 0;
    for input in inputs {
        tried::definitions(&fs::read(input.expect("an input").path()).expect("an input"));
        tried += 1;
    }
    println!("{tried} inputs tried");
    assert!(tried > 1_000, "{tried}");
}

/// Pieces that mutations insert: what matters in YAML and in definitions.
const PIECES: [&str; 24] = [
    "\n",
    "  ",
    "\t",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "#",
    " #x",
    "&a ",
    "*a",
    "<<: *a",
    "? ",
    "---\n",
    "\u{FEFF}",
    "2026-03-29 02:30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "unknown",
    "SG9/Q2",
    "99999999999",
];

/// Returns real definitions: the repository's and those of the golden feeds.
fn real_files() -> Vec<Vec<u8>> {
    let golden = ["language", "series", "sparse", "texts"].map(|case| format!("tests/golden/{case}/meetings"));
    let folders = golden.iter().map(String::as_str).chain(["meetings"]);
    folders
        .flat_map(|folder| files(&repository().join(folder)))
        .map(|file| file.bytes().expect("bytes").to_vec())
        .collect()
}

/// The mutations of a file: where, how many bytes are removed, and what is inserted.
fn mutations() -> impl Strategy<Value = Vec<(usize, usize, usize, Option<u8>)>> {
    prop::collection::vec((any::<usize>(), 0..40_usize, 0..PIECES.len(), prop::option::of(any::<u8>())), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_files_give_problems_or_a_timetable(
        one in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        mutations in mutations(),
    ) {
        let real = real_files();
        let mut file = one.get(&real).clone();
        for (at, length, piece, octet) in mutations {
            let at = at % (file.len() + 1);
            let end = (at + length).min(file.len());
            let piece = octet.map_or_else(|| PIECES[piece].as_bytes().to_vec(), |octet| vec![octet]);
            file.splice(at..end, piece);
        }
        // As a meeting in a valid folder, as its group.yaml, and beside another real file.
        tried::definitions(&file);
        tried::definitions(&[b"", &file[..]].join(&0x1E));
        tried::definitions(&[&file[..], &other.get(&real)[..]].join(&0x1E));
    }
}

/// Checks a folder with one meeting, in a process with bounded memory that is killed if it hangs. Returns its exit
/// code and output.
fn check(folder: &Path, meeting: &[u8], group: &str) -> (i32, String) {
    fs::create_dir_all(folder.join("meetings/sg1")).expect("a folder");
    fs::write(folder.join("meetings/sg1/group.yaml"), group).expect("to write a definition");
    fs::write(folder.join("meetings/sg1/m.yaml"), meeting).expect("to write a definition");
    let output = Command::new("bash")
        .args(["-c", "ulimit -v 1500000; exec timeout 300 \"$0\" check", env!("CARGO_BIN_EXE_convene")])
        .current_dir(folder)
        .output()
        .expect("bash");
    let printed = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    (output.status.code().expect("an exit code: it was not killed"), printed)
}

const GROUP: &str =
    "short: SG1\nname: One\ntimezone: UTC\nlanguages: [en]\nuid-domain: sg1.example\nhours: {morning: 09:30-12:30}\n";

/// Returns lines, each made from its number.
fn lines(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

/// Returns a meeting with many sessions, each made from its number.
fn sessions(count: usize, one: impl Fn(usize) -> String) -> String {
    "sessions:\n".to_owned() + &lines(count, |number| format!("- {{id: s{number}, {}}}\n", one(number)))
}

#[test]
fn files_made_to_be_expensive_are_refused_in_a_few_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let nested = |opening: &str| opening.repeat(100_000).into_bytes();
    let bomb = {
        let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for (name, before) in ('b'..='k').zip('a'..) {
            writeln!(bomb, "{name}: &{name} [{}]", vec![format!("*{before}"); 9].join(",")).expect("a string");
        }
        bomb
    };
    let never = "kind: social, day: 2026-02-27, at: 10:00-11:00, repeat: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("lists in lists", nested("["), "nesting too deep"),
        ("maps in maps", nested("{a: "), "nesting too deep"),
        ("hyphens", nested("- "), "nesting too deep"),
        ("50 MB", vec![b'x'; 50_000_000], "file too large"),
        ("a bomb", bomb.into_bytes(), "too many values"),
        ("not UTF-8", b"title: \xFF\xFE\x00".to_vec(), "invalid UTF-8"),
        ("millions of values", ("sessions:\n".to_owned() + &"- a\n".repeat(2_400_000)).into_bytes(), "too many values"),
        ("unknown keys", lines(300_000, |key| format!("key{key}: 1\n")).into_bytes(), "unknown key"),
        ("one line", format!("sessions: [{}]", "{id: X, knd: y}, ".repeat(30_000)).into_bytes(), "unknown key `knd`"),
        ("rules that never come", sessions(5_000, |_| never.to_owned()).into_bytes(), "too many rules"),
        (
            "a million occurrences",
            sessions(1_000, |_| {
                "kind: social, day: 2026-01-01, at: 10:00-11:00, repeat: FREQ=DAILY;COUNT=1000".to_owned()
            })
            .into_bytes(),
            "too many occurrences",
        ),
        (
            "every hour of every day",
            sessions(1_000, |_| {
                "kind: plenary, days: [2026-01-01..2026-12-31], at: [08:00-09:00, 10:00-11:00], room: K".to_owned()
            })
            .into_bytes(),
            "too many occurrences",
        ),
        ("a text without end", format!("note: {}", "a".repeat(9_000_000)).into_bytes(), "at most 8000 bytes"),
    ];
    for (name, meeting, expected) in cases {
        let (code, output) = check(folder.path(), &meeting, GROUP);
        assert_eq!(code, 1, "{name}");
        assert!(output.contains(expected), "{name}: {}", output.chars().take(2_000).collect::<String>());
        assert!(output.len() < 2_000_000, "{name}: {} octets", output.len());
    }
}

/// Valid input, only very much of it.
#[test]
fn many_clashes_in_one_room_are_reported_a_few_times() {
    let folder = tempfile::tempdir().expect("a folder");
    let one = |_| "kind: plenary, day: 2026-01-05, at: 10:00-11:00, room: K, chair: C".to_owned();
    let (code, output) = check(folder.path(), sessions(8_000, one).as_bytes(), GROUP);
    assert_eq!(code, 0);
    assert_eq!(output.matches("warning[room-clash]").count(), 1);
    assert!(output.contains("the same 49 more times in this file, on lines "), "{output}");
    let questions = lines(30_000, |number| format!("  Q{number}: {{name: x}}\n"));
    let group = format!("{GROUP}questions:\n{questions}");
    let one = |number| format!("kind: question, for: [Q{}], day: 2026-01-05, at: 10:00-11:00", 40_000 + number);
    let (code, output) = check(folder.path(), sessions(15_000, one).as_bytes(), &group);
    assert_eq!(code, 1);
    assert!(
        output.contains("unknown body `Q40000`") && output.contains("15000 errors"),
        "{}",
        &output[output.len() - 200..]
    );
}

/// Each of thousands of sessions follows the next one, and a few follow each other.
#[test]
fn many_sessions_in_a_row_are_resolved() {
    let folder = tempfile::tempdir().expect("a folder");
    let at =
        |number: usize, last: &str| if number == 7_999 { last.to_owned() } else { format!("after s{}", number + 1) };
    let one = |number, last| format!("kind: social, day: 2026-01-05, at: {}", at(number, last));
    let (code, output) = check(folder.path(), sessions(8_000, |number| one(number, "10:00-11:00")).as_bytes(), GROUP);
    assert_eq!((code, output.contains("no errors, 1 warning")), (0, true), "{output}");
    let (code, output) = check(folder.path(), sessions(8_000, |number| one(number, "after s0")).as_bytes(), GROUP);
    assert_eq!((code, output.matches("error: sessions that follow each other").count()), (1, 1), "{output}");
}
