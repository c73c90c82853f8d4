//! What is done with arbitrary bytes: by the fuzzer, and by the tests with the corpus that it left.
//!
//! The input is up to three files, a meeting, a group.yaml and delegates.yaml, with a byte 0x1E between them; a file that is
//! left out is taken from a small valid folder.

use std::sync::Arc;

use convene::definition::{self, DefinitionFile};
use convene::feed::{EntryIndex, Feed, Selection, addresses};
use convene::problem::Severity;
use convene::resolve::resolve;
use convene::revision::Release;
use convene::{icalendar, pages, review};

const GROUP: &[u8] = include_bytes!("good/group.yaml");
const MEETING: &[u8] = include_bytes!("good/meeting.yaml");
const DELEGATES: &[u8] = include_bytes!("good/delegates.yaml");

/// Reads, resolves and renders. Panics if any of them does.
pub fn definitions(input: &[u8]) {
    let mut parts = input.split(|octet| *octet == 0x1E);
    let mut file = |path: &str, good: &[u8]| {
        let bytes = parts.next().filter(|part| !part.is_empty()).unwrap_or(good).to_vec();
        DefinitionFile::new(path, bytes)
    };
    let files =
        vec![file("sg1/meeting.yaml", MEETING), file("sg1/group.yaml", GROUP), file("delegates.yaml", DELEGATES)];
    let (definitions, mut problems) = definition::read("meetings", files);
    let timetable = resolve(&definitions, &mut problems);
    assert_eq!(timetable.is_none(), problems.count(Severity::Error) > 0, "{}", problems.report(false));
    let release = timetable.map(|timetable| {
        Release::draft(
            timetable,
            "2026-01-01T00:00:00Z".parse().expect("an instant"),
            "https://a.example/".parse().expect("a URL"),
        )
    });
    if let Some(release) = release {
        let cache = icalendar::FragmentCache::new(EntryIndex::new(Arc::new(release), None), None);
        review::review(&cache, &mut problems);
        let entry_index = cache.into_entry_index();
        let release = entry_index.release();
        // A few feeds: those of single events contain nothing else.
        for (_, selection) in addresses(&release.timetable).into_iter().take(12) {
            let feed = icalendar::render(&Feed::new(&entry_index, selection, None));
            assert!(feed.ends_with("END:VCALENDAR\r\n") && feed.contains("BEGIN:VEVENT"));
            assert!(feed.split("\r\n").all(|line| line.len() <= 75), "{feed}");
        }
        for group in &release.timetable.groups {
            let path = format!("{}/", group.id);
            let (day, links) = ("2026-01-01".parse().expect("a day"), pages::LinkTemplates::default());
            let setting = pages::PageRequest { path: &path, language: None, day, links: &links };
            pages::group(&entry_index, group, &setting);
            for meeting in &group.meetings {
                let whole = Selection::Meeting { group: group.id.clone(), meeting: meeting.id.clone() };
                pages::meeting(&entry_index, &whole, meeting, &setting);
            }
        }
    }
    problems.apply_waivers();
    let report = problems.report(false);
    assert_eq!(report.is_empty(), problems.is_empty());
    problems.json();
    problems.github();
}
