//! The pages, checked by third-party tools: the Nu Html Checker, and the types of schema.org.

use std::fs;
use std::path::Path;
use std::process::Command;

use convene::revision::Release;
use convene::text::UiLanguage;

use crate::support::pages::{PAGES, page};
use crate::support::{files, get, repository, sg12, site};
use crate::tools::readers;

/// The Nu Html Checker reports neither errors nor warnings for any page in any language.
#[test]
fn pages_are_valid_html() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = files(&repository().join("tests/golden/texts/meetings"));
    let texts = site(&crate::support::release(texts, "2026-03-01T00:00:00Z"));
    let local = site(&Release { base_url: "http://127.0.0.1:8080/".parse().expect("a URL"), ..sg12() });
    let mut pages: Vec<(String, String)> = vec![
        ("texts.html".to_owned(), get(&texts, "/sg20/").text().to_owned()),
        ("local.html".to_owned(), get(&local, "/sg12/").text().to_owned()),
    ];
    for path in PAGES {
        for prefix in UiLanguage::tags().map(|tag| format!("{tag}/")).chain([String::new()]) {
            let name = format!("{prefix}{path}.html").replace('/', "_");
            pages.push((name, page(&format!("{prefix}{path}"))));
        }
    }
    let check = |path: &Path| {
        let jar = readers().join("node_modules/vnu-jar/build/dist/vnu.jar");
        let checked =
            Command::new("java").arg("-jar").arg(jar).args(["--stdout", "--skip-non-html"]).arg(path).output();
        let checked = checked.expect("java");
        let output =
            [checked.stdout, checked.stderr].map(|output| String::from_utf8_lossy(&output).into_owned()).concat();
        (checked.status.success(), output)
    };
    for (name, page) in &pages {
        fs::write(folder.path().join(name), page).expect("to write a page");
    }
    let (is_good, output) = check(folder.path());
    assert!(is_good && output.trim().is_empty(), "{output}");
    // The checker does find faults.
    let broken = folder.path().join("broken.html");
    fs::write(&broken, pages[0].1.replacen("</ul>", "", 1)).expect("to write a page");
    assert!(!check(&broken).0);
}

/// The events in the pages match the types of schema.org (`schema-dts`, checked by `tsc`).
#[test]
fn events_in_pages_match_schema_org() {
    let folder = tempfile::tempdir_in(readers()).expect("a folder beside the readers");
    let mut lines = vec!["import type { Event, WithContext } from \"schema-dts\";".to_owned()];
    for path in PAGES.iter().flat_map(|path| [(*path).to_owned(), format!("ar/{path}")]) {
        let page = page(&path);
        for data in page.split("<script type=\"application/ld+json\">").skip(1) {
            let data = data.split("</script>").next().expect("its end");
            let event: serde_json::Value = serde_json::from_str(data).expect("JSON");
            for member in ["name", "startDate", "location", "eventStatus", "url"] {
                assert!(!event[member].is_null(), "{path} {member}");
            }
            assert_eq!(event["@context"], "https://schema.org");
            lines.push(format!("export const page{}: WithContext<Event> = {data};", lines.len()));
        }
    }
    assert!(lines.len() > 15, "{}", lines.len());
    let source = lines.join("\n");
    let check = |source: &str| {
        fs::write(folder.path().join("events.ts"), source).expect("to write");
        let options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022"];
        let mut command = Command::new(readers().join("node_modules/.bin/tsc"));
        let done = command.args(options).arg(folder.path().join("events.ts")).output().expect("tsc");
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let (is_good, output) = check(&source);
    assert!(is_good, "{output}");
    let (is_good, output) = check(&source.replace("\"startDate\"", "\"startsOn\""));
    assert!(!is_good && output.contains("startsOn"), "{output}");
}
