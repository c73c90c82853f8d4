//! JSON Schemas agree with the check: ajv validates YAML as editors read it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use convene::definition::{self, DefinitionFile};
use convene::resolve::resolve;
use serde_json::Value;

use crate::support::{files, repository, schema_of};
use crate::tools::{readers, run_with_input};

/// Returns what ajv complains about in each definition.
fn complaints(definitions: &[(String, PathBuf)]) -> BTreeMap<String, Vec<String>> {
    let line = |(path, file): &(String, PathBuf)| {
        format!("{}\t{}\n", repository().join("meetings").join(schema_of(path)).display(), file.display())
    };
    let mut node = Command::new("node");
    node.arg(repository().join("tests/readers/schema.mjs")).arg(readers().join("node_modules"));
    let output: Value =
        serde_json::from_str(&run_with_input(&mut node, &definitions.iter().map(line).collect::<String>()))
            .expect("JSON");
    assert_eq!(output["version"], "ajv 8.20.0");
    let texts = |value: &Value| value.as_array().into_iter().flatten().map(ToString::to_string).collect();
    let of =
        |(path, file): &(String, PathBuf)| (path.clone(), texts(&output["complaints"][file.display().to_string()]));
    let complaints: BTreeMap<String, Vec<String>> = definitions.iter().map(of).collect();
    assert_eq!(complaints.len(), definitions.len());
    complaints
}

/// Returns folders of definitions without errors.
fn good_folders() -> Vec<PathBuf> {
    let tests = repository().join("tests");
    let golden = fs::read_dir(tests.join("golden")).expect("tests/golden").map(|case| case.expect("a case").path());
    let problems =
        fs::read_dir(tests.join("problems")).expect("tests/problems").map(|case| case.expect("a case").path());
    let good = problems
        .filter(|case| fs::read_to_string(case.join("report")).is_ok_and(|report| report.starts_with("exit 0\n")));
    let mut folders: Vec<PathBuf> =
        golden.chain(good).map(|case| case.join("meetings")).filter(|at| at.exists()).collect();
    folders.extend([repository().join("meetings"), tests.join("zones-of-2026/meetings")]);
    folders.sort();
    folders
}

/// Returns every definition in them, with a unique name.
fn good_definitions() -> Vec<(String, DefinitionFile)> {
    let of = |folder: &PathBuf| {
        let name = folder.strip_prefix(repository()).expect("below the repository").display().to_string();
        files(folder).into_iter().map(move |file| (format!("{name}/{}", file.path), file)).collect::<Vec<_>>()
    };
    good_folders().iter().flat_map(of).collect()
}

#[test]
fn schemas_accept_every_definition_that_is_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = |(index, (name, file)): (usize, (String, DefinitionFile))| {
        let path = folder.path().join(format!("{index}.yaml"));
        fs::write(&path, file.bytes().expect("bytes")).expect("to write a definition");
        (name, path)
    };
    let definitions: Vec<(String, PathBuf)> = good_definitions().into_iter().enumerate().map(written).collect();
    assert!(definitions.len() > 25, "{}", definitions.len());
    for (name, complaints) in complaints(&definitions) {
        assert_eq!(complaints, Vec::<String>::new(), "{name}");
    }
}

/// Misspells every key and every word of a choice, one at a time: what the check calls unknown, the schema refuses.
#[test]
fn schemas_refuse_misspelled_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut misspelt: Vec<(String, PathBuf)> = Vec::new();
    for (name, file) in good_definitions() {
        let text = String::from_utf8(file.bytes().expect("bytes").into()).expect("UTF-8");
        for at in words(&text) {
            let wrong = format!("{}x{}", &text[..at], &text[at..]);
            let file = DefinitionFile::new(file.path.clone(), wrong.clone());
            let (definitions, mut problems) = definition::read("meetings", vec![file]);
            resolve(&definitions, &mut problems);
            let is_unknown = problems.sorted().iter().any(|problem| {
                problem.title.starts_with("unknown key")
                    || problem.label.contains("expected a kind of session")
                    || problem.label.contains("expected confirmed or tentative")
                    || problem.label.contains("expected parallel or sequential")
            });
            if is_unknown {
                let path = folder.path().join(format!("{}.yaml", misspelt.len()));
                fs::write(&path, &wrong).expect("to write a definition");
                misspelt
                    .push((format!("{}: {name}: {}", misspelt.len(), wrong[..=at].lines().last().unwrap_or("")), path));
            }
        }
    }
    // The names end differently from their files.
    let definitions: Vec<(String, PathBuf)> = misspelt;
    let by_file: BTreeMap<&str, Vec<(String, PathBuf)>> = definitions.iter().fold(BTreeMap::new(), |mut all, one| {
        let path = one.0.split(": ").nth(1).expect("a name");
        all.entry(schema_of(path)).or_insert_with(Vec::new).push((format!("{} {path}", one.0), one.1.clone()));
        all
    });
    let mut refused = 0;
    for all in by_file.into_values() {
        for (name, complaints) in complaints(&all) {
            assert_ne!(complaints, Vec::<String>::new(), "{name} is accepted");
            refused += 1;
        }
    }
    println!("{refused} misspelt definitions are refused");
    assert!(refused > 1_000, "{refused}");
}

/// Returns where keys and words of choices end.
fn words(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, _) in text.match_indices(": ").chain(text.match_indices(":\n")) {
        let key_start =
            text[..at].rfind(|letter: char| !letter.is_ascii_lowercase() && letter != '-').map_or(0, |end| end + 1);
        let key = text[key_start..at].trim_start_matches('-');
        if !key.is_empty() {
            ends.push(at);
        }
        if ["kind", "status", "order"].contains(&key) {
            let value = &text[at + 2..];
            let length =
                value.find(|letter: char| !letter.is_ascii_lowercase() && letter != '-').unwrap_or(value.len());
            ends.push(at + 2 + length);
        }
    }
    ends
}
