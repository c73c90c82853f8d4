//! Machine-readable output: `tests/formats` has the JSON and the annotations of a case of `tests/problems`.
//! `CONVENE_BLESS=1 cargo test formats` writes them anew.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::program::text;
use crate::support::repository;

/// Runs `convene check` on a case of `tests/problems`.
fn check(case: &str, format: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["check", "--format", format])
        .current_dir(repository().join("tests/problems").join(case))
        .env_clear()
        .output()
        .expect("convene")
}

#[test]
fn machine_readable_formats_contain_every_problem() {
    for (case, format, file) in [
        ("several-files", "json", "problems.json"),
        ("several-files", "github", "annotations"),
        ("good", "json", "good.json"),
    ] {
        let output = check(case, format);
        assert_eq!(text(&output.stderr), "", "{case}");
        assert_eq!(output.status.code(), Some(i32::from(case != "good")), "{case}");
        let golden = repository().join("tests/formats").join(file);
        if std::env::var_os("CONVENE_BLESS").is_some() {
            fs::write(&golden, &output.stdout).expect("to write what should be said");
        }
        assert_eq!(text(&output.stdout), fs::read_to_string(&golden).expect("what should be said"), "{file}");
    }
}

/// For every case, JSON counts what it lists, its spans are inside the files, and the annotations name the same
/// places.
#[test]
fn both_forms_name_the_same_places_in_the_files() {
    let cases = fs::read_dir(repository().join("tests/problems")).expect("tests/problems");
    let mut seen = 0;
    for case in cases.map(|case| case.expect("a case")) {
        let name = case.file_name().to_string_lossy().into_owned();
        let json = check(&name, "json");
        if json.status.code() == Some(2) {
            continue;
        }
        let output: Value = serde_json::from_slice(&json.stdout).expect("JSON");
        assert_eq!(output["version"], 1);
        let problems = output["problems"].as_array().expect("problems");
        let count = |severity: &str| problems.iter().filter(|problem| problem["severity"] == severity).count();
        assert_eq!(
            (output["errors"].as_u64(), output["warnings"].as_u64()),
            (Some(count("error") as u64), Some(count("warning") as u64)),
            "{name}"
        );
        assert_eq!(json.status.code(), Some(i32::from(count("error") > 0)), "{name}");
        let mut places = Vec::new();
        for problem in problems {
            let field =
                |key: &str| problem[key].as_u64().and_then(|number| usize::try_from(number).ok()).expect("a number");
            let file = problem["file"].as_str().expect("a file");
            let octets = fs::read(case.path().join(file)).expect("a file that is there");
            let lines: Vec<String> = String::from_utf8_lossy(&octets).split('\n').map(str::to_owned).collect();
            assert!(field("line") <= lines.len().max(1), "{name}: {problem}");
            let columns = lines.get(field("line") - 1).map_or(0, |line| line.chars().count());
            assert!((1..=columns + 1).contains(&field("column")), "{name}: {problem}");
            assert!((field("end-line"), field("end-column")) >= (field("line"), field("column")), "{name}: {problem}");
            assert_eq!(problem["name"].is_null(), problem["severity"] == "error", "{name}: {problem}");
            let severity = problem["severity"].as_str().expect("a severity");
            places.push(format!("::{severity} file={file},line={},col={},", field("line"), field("column")));
            seen += 1;
        }
        let github = text(&check(&name, "github").stdout);
        assert_eq!(github.lines().count(), places.len(), "{name}");
        for (line, work_dir) in github.lines().zip(&places) {
            assert!(line.starts_with(&work_dir.replace('%', "%25")), "{name}: {line}, expected {work_dir}");
        }
    }
    assert!(seen > 100, "{seen}");
}
