//! The pages in a real browser, Debian's Chromium: `tests/browser/pages.mjs` looks at them and clicks. The
//! screenshots are in `target/screenshots`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::json;

use crate::support::pages::{INSTANT, PAGES, all_sorts};
use crate::support::{repository, write_file};
use crate::tools::readers;
use convene::text::UiLanguage;

/// The pages at one instant, served by a process until this is dropped.
struct Site {
    child: Child,
    input: Option<ChildStdin>,
    url: String,
}

impl Site {
    fn start(folder: &Path) -> Self {
        for (name, files) in ["before", "meetings"].into_iter().zip(all_sorts()) {
            for file in files {
                write_file(&folder.join(name).join(&file.path), file.bytes().expect("bytes"));
            }
        }
        let program = repository().join("target/debug/examples/site");
        assert!(program.exists(), "cargo test builds it: {}", program.display());
        let mut command = Command::new(program);
        command.arg(folder.join("meetings")).args([INSTANT, BASE]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the site");
        let mut url = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut url).expect("its address");
        Self { input: child.stdin.take(), child, url: url.trim().to_owned() }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}

/// The base URL of the pages.
const BASE: &str = "https://convene.example/";

#[test]
fn every_page_is_looked_at_in_chromium() {
    let chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let chromium = chromium.iter().find(|path| Path::new(path).exists());
    let chromium = chromium.expect("Chromium is not installed: run tests/run once, which installs it");
    let folder = tempfile::tempdir().expect("a folder");
    let site = Site::start(folder.path());
    // Node finds its packages beside the script.
    let script = readers().join("pages.mjs");
    fs::copy(repository().join("tests/browser/pages.mjs"), &script).expect("to copy the script");
    let shots = repository().join("target/screenshots");
    let asked = json!({
        "url": site.url, "base": BASE, "pages": PAGES, "languages": UiLanguage::tags().collect::<Vec<_>>(), "shots": shots, "chromium": chromium,
    });
    let input = folder.path().join("asked.json");
    fs::write(&input, asked.to_string()).expect("to write");
    let mut node = Command::new("node");
    let done = node.arg(&script).stdin(fs::File::open(&input).expect("a file")).output().expect("node");
    let output = [done.stdout, done.stderr].map(|output| String::from_utf8_lossy(&output).into_owned()).concat();
    println!("{output}");
    assert!(done.status.success(), "{output}");
}
