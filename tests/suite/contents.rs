//! The table of docs/feeds.md that says what each kind of feed contains, compared with the feeds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use convene::definition::DefinitionFile;
use convene::server::Service;

use crate::support::{get, release, repository, secret, site};

const GROUP: &str = "\
short: SG7
name: Group
timezone: Europe/Zurich
languages: [en]
uid-domain: sg7.example
questions: {Q1: {name: First}, Q2: {name: Second}, Q3: {name: Third}, Q4: {name: Fourth}}
audiences: {fellows: {name: Fellows}, chairs: {name: Chairs}}
";
const MEETING: &str = "\
title: Meeting
starts: 2026-03-02
ends: 2026-03-03
deadlines:
- {id: everybody, title: For all everybody, printed: 2026-02-02}
- {id: fellows, title: For an audience fellows, printed: 2026-02-02, audience: [fellows]}
- {id: chairs, title: For an audience chairs, printed: 2026-02-02, audience: [chairs]}
- {id: of-q1, title: Due of some bodies q1, printed: 2026-02-02, for: [Q1]}
- {id: of-q2, title: Due of some bodies q2, printed: 2026-02-02, for: [Q2]}
sessions:
- {id: plenary, kind: plenary, title: Public session plenary, day: 2026-03-02, at: 09:30-10:30}
- {id: q1, kind: question, for: [Q1], title: Public session q1, day: 2026-03-02, at: 11:00-12:00}
- {id: q2, kind: question, for: [Q2], title: Public session q2, day: 2026-03-02, at: 14:30-15:30}
- {id: p1, kind: other, title: Private session fellows, audience: [fellows], private: true, day: 2026-03-03, at: 11:00-12:00}
- {id: p2, kind: other, title: Private session chairs, audience: [chairs], private: true, day: 2026-03-03, at: 14:30-15:30}
";
const DATES: &str = "title: Dates alone\nstarts: 2026-06-01\nends: 2026-06-05\n";
const DATES_OF_Q1: &str = "title: Dates of some bodies q1\nfor: [Q1]\nstarts: 2026-07-01\nends: 2026-07-02\n";
const DATES_OF_Q2: &str = "title: Dates of some bodies q2\nfor: [Q2]\nstarts: 2026-07-08\nends: 2026-07-09\n";
const DELEGATES: &str = "- {id: delegate-1, follows: [SG7/Q1, SG7/Q3], audiences: [SG7/fellows]}\n";

/// What distinguishes the titles of the entries of each column, and the number of entries in all feeds together.
const COLUMNS: [(&str, &str, usize); 9] = [
    ("public sessions", "Public session", 3),
    ("private sessions", "Private session", 2),
    ("deadlines for all", "For all", 1),
    ("deadlines for an audience", "For an audience", 2),
    ("deadlines of some bodies", "Due of some bodies", 2),
    ("meetings known only by their dates", "Dates alone", 1),
    ("such meetings of some bodies", "Dates of some bodies", 2),
    ("other meetings, as whole days", "Meeting", 1),
    ("\"no session at this meeting\"", "no time announced", 2),
];

/// The feeds of each row, without their ending. `TOKEN` stands for the delegate's token.
const ROWS: [(&str, &[&str]); 8] = [
    ("a body", &["sg7/q1", "sg7/q3"]),
    ("`all`, a meeting", &["sg7/all"]),
    ("`plenaries`", &["sg7/plenaries"]),
    ("`deadlines`", &["sg7/deadlines"]),
    ("`meetings`", &["sg7/meetings"]),
    (
        "one session or deadline",
        &["sg7/2026-03/q1", "sg7/2026-03/everybody", "sg7/2026-03/fellows", "sg7/2026-03/of-q1"],
    ),
    ("`follow/…`", &["sg7/follow/q1_q3_fellows"]),
    ("a delegate's", &["delegate/TOKEN"]),
];

/// Returns the titles in a feed that belong to a column.
fn titles(service: &Service, path: &str, title: &str) -> BTreeSet<String> {
    let feed: serde_json::Value = serde_json::from_str(get(service, &format!("/{path}.json")).text()).expect("JSON");
    let titles =
        feed["entries"].as_array().expect("entries").iter().map(|entry| entry["title"].as_str().expect("a title"));
    // The whole days of a meeting have its title alone.
    let is_of_column =
        |found: &&str| if title == "Meeting" { found.ends_with("Meeting") } else { found.contains(title) };
    titles.filter(is_of_column).map(str::to_owned).collect()
}

#[test]
fn the_table_of_contents_is_true() {
    let file = |path: &str, text: &str| DefinitionFile::new(path, text.to_owned());
    let files = vec![
        file("sg7/group.yaml", GROUP),
        file("sg7/2026-03.yaml", MEETING),
        file("sg7/2026-06.yaml", DATES),
        file("sg7/2026-07-q1.yaml", DATES_OF_Q1),
        file("sg7/2026-07-q2.yaml", DATES_OF_Q2),
        file("delegates.yaml", DELEGATES),
    ];
    let release = release(files, "2026-01-10T08:00:00Z");
    let token = secret().token(&release.timetable.delegates.get(0).expect("a delegate"));
    let service = site(&release);
    let guide = fs::read_to_string(repository().join("docs/feeds.md")).expect("docs/feeds.md");
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let mut rows =
        guide.lines().skip_while(|line| !line.starts_with("| feed |")).take_while(|line| line.starts_with('|'));
    let head = cells(rows.next().expect("the head of the table"));
    assert_eq!(head[1..], COLUMNS.map(|(name, ..)| name));
    let table: BTreeMap<String, Vec<String>> =
        rows.skip(1).map(cells).map(|row| (row[0].clone(), row[1..].to_vec())).collect();
    assert_eq!(table.len(), ROWS.len());
    for (row, feeds) in ROWS {
        for (column, expected) in COLUMNS.into_iter().zip(&table[row]) {
            let feeds = feeds.iter().map(|path| path.replace("TOKEN", &token));
            let found: Vec<usize> = feeds.map(|path| titles(&service, &path, column.1).len()).collect();
            let has_all = found.iter().all(|number| *number == column.2);
            let has_none = found.iter().all(|number| *number == 0);
            let holds = match expected.as_str() {
                "✓" => has_all,
                "" => has_none,
                "·" | "that one" => !has_none && (column.2 == 1 || !has_all),
                other => panic!("{row}: {other}"),
            };
            assert!(holds, "{row}, {}: docs/feeds.md says `{expected}`, found {found:?} of {}", column.0, column.2);
        }
    }
}
