//! Reports of `convene check`: each folder in `tests/problems` has definitions and, in `report`, the exit code and
//! the whole output. `CONVENE_BLESS=1 cargo test problems` writes the reports anew.

use std::fs;
use std::process::Command;

use crate::support::repository;

/// Returns the exit code and everything that is printed, errors last.
fn check(folder: &std::path::Path, command: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(command)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("convene");
    let code = output.status.code().expect("an exit code");
    let text = |octets: &[u8]| String::from_utf8(octets.to_vec()).expect("UTF-8");
    format!("exit {code}\n{}{}", text(&output.stdout), text(&output.stderr))
}

#[test]
fn reports_are_as_expected() {
    let bless = std::env::var_os("CONVENE_BLESS").is_some();
    let mut cases: Vec<_> = fs::read_dir(repository().join("tests/problems"))
        .expect("tests/problems")
        .map(|entry| entry.expect("a case").path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 10, "the cases are gone");
    for case in cases {
        let now = check(&case, &["check"]);
        if bless {
            fs::write(case.join("report"), &now).expect("to write the report");
        }
        let report = fs::read_to_string(case.join("report")).expect("a report");
        assert_eq!(report, now, "{}", case.display());
    }
}

/// A folder that was never valid is not served, and the errors are the same. Nothing about delegates is in the log.
#[test]
fn serve_reports_the_same_errors_as_check() {
    let end = "convene does not start: fix the errors above first\n";
    let case = repository().join("tests/problems/near-misses");
    let (checked, served) = (check(&case, &["check"]), check(&case, &["serve", "--listen", "127.0.0.1:0"]));
    assert_eq!(served, checked.clone() + end);
    assert!(checked.starts_with("exit 1\n"));
    let case = repository().join("tests/problems/unknown-names");
    let (checked, served) = (check(&case, &["check"]), check(&case, &["serve", "--listen", "127.0.0.1:0"]));
    assert!(checked.contains("delegate-1") && !served.contains("delegate-1"), "{served}");
    assert!(served.contains("unknown venue `hal` in SG1"), "{served}");
    let work_dir =
        "error in a private file: `convene check` shows it file=\"meetings/delegates.yaml\" line=1 column=30";
    assert!(served.contains(work_dir), "{served}");
    assert!(served.ends_with(end), "{served}");
    assert!(!case.join("state").exists(), "nothing is made for a service that does not start");
}

#[test]
fn problems_do_not_depend_on_the_order_in_which_files_are_read() {
    let case = repository().join("tests/problems/several-files/meetings");
    let mut files = crate::support::files(&case);
    let report = |files| crate::support::timetable(files).expect_err("problems").report(false);
    let as_read = report(files.clone());
    files.reverse();
    assert_eq!(as_read, report(files));
}
