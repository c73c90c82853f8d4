//! Hours as they are announced: random sessions in every form of `at`. No entry has a start, an end or a state that its
//! definition does not say, and every assumption is marked in its title and in a line of its description.

use convene::definition::DefinitionFile;
use serde_json::Value;

use crate::support::edits::Random;
use crate::support::{get, release, site};

const GROUP: &str = "short: SG1\nname: A study group\ntimezone: Europe/Zurich\nlanguages: [en]\nuid-domain: sg1.example\n\
    hours: {morning: 09:30-12:30, afternoon: 14:30-17:30}\n\
    venues: {hall: {name: Hall, hours: {afternoon: 15:00-18:00}}}\n";

/// What a session must be, by how it is written.
struct Expected {
    at: String,
    /// Start and end; `None` for the whole day.
    times: Option<(String, String)>,
    hours: &'static str,
    /// The marks in its title.
    marks: Vec<String>,
    /// The beginning of the line that says what is assumed or not announced.
    line: Option<&'static str>,
}

fn hour(minutes: usize) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Returns the end of a session whose start alone is announced.
fn assumed_end(start: usize, length: Option<usize>, ends: [usize; 2]) -> usize {
    let of_part = ends.into_iter().find(|end| *end > start);
    length.map_or_else(|| of_part.filter(|end| end - start <= 180).unwrap_or(start + 60), |length| start + length)
}

fn expected(random: &mut Random, is_in_hall: bool, length: Option<usize>, has_printed: bool) -> Expected {
    let start = 8 * 60 + 15 * random.below(40);
    let end = start + 15 + 15 * random.below(8);
    let (from, to) = (hour(start), hour(end));
    let afternoon = if is_in_hall { (15 * 60, 18 * 60) } else { (14 * 60 + 30, 17 * 60 + 30) };
    let of = |at: String, times, hours, marks: &[&str], line| {
        let marks = marks.iter().map(|mark| (*mark).to_owned()).collect();
        Expected { at, times, hours, marks, line }
    };
    let both = Some((from.clone(), to.clone()));
    let morning_ends = if has_printed { 12 * 60 } else { 12 * 60 + 30 };
    let open = Some((from.clone(), hour(assumed_end(start, length, [morning_ends, afternoon.1]))));
    match random.below(9) {
        0 => of(format!("{from}-{to}"), both, "announced", &[], None),
        1 => of(from, open, "start-announced", &["end time not announced"], Some("Time: only the start")),
        2 if has_printed => {
            of("morning".to_owned(), Some(("10:00".to_owned(), "12:00".to_owned())), "announced", &[], None)
        }
        2 => {
            let hours = Some(("09:30".to_owned(), "12:30".to_owned()));
            of(
                "morning".to_owned(),
                hours,
                "usual",
                &["usual times, not announced"],
                Some("Time: announced only as “morning”"),
            )
        }
        3 => {
            let hours = Some((hour(afternoon.0), hour(afternoon.1)));
            of(
                "afternoon".to_owned(),
                hours,
                "usual",
                &["usual times, not announced"],
                Some("Time: announced only as “afternoon”"),
            )
        }
        4 => {
            of("unknown".to_owned(), None, "unknown", &["time not announced"], Some("The time has not been announced"))
        }
        5 => {
            let mark = format!("until {to} Europe/Zurich time");
            of(format!("until {to}"), None, "end-announced", &[&mark], Some("Time: only the end"))
        }
        6 => of(format!("about {from}-{to}"), both, "about", &["approximate times"], Some("Time: approximate")),
        7 => {
            let marks = &["approximate times", "end time not announced"];
            of(format!("about {from}"), open, "about-start", marks, Some("Time: only the approximate start"))
        }
        _ => {
            of(format!("{from}-{to} at the latest"), both, "at-latest", &["may end earlier"], Some("Time: it ends at"))
        }
    }
}

/// `CONVENE_HOURS=2000 cargo test hours` tries more.
#[test]
fn no_entry_has_hours_that_nobody_announced_without_a_mark() {
    let folders = std::env::var("CONVENE_HOURS").map_or(20, |number| number.parse().expect("a number"));
    for seed in 0..folders {
        let mut random = Random::from_seed(9_000 + seed);
        let length = random.one_in(2).then_some(45);
        let has_printed = random.one_in(2);
        let mut text = "title: Meeting\nstarts: 2025-06-09\nends: 2025-06-13\n".to_owned();
        text += length.map_or("", |_| "usual-length: 45 minutes\n");
        text += if has_printed { "hours: {morning: 10:00-12:00}\n" } else { "" };
        text += "sessions:\n";
        let mut all = Vec::new();
        for number in 0..12 {
            let is_in_hall = random.one_in(3);
            let mut wanted = expected(&mut random, is_in_hall, length, has_printed);
            let status = random.pick(&["confirmed", "provisional", "tentative", "cancelled", "postponed"]);
            match status {
                "provisional" => wanted.marks.insert(0, "time may change".to_owned()),
                "tentative" => wanted.marks.insert(0, "tentative".to_owned()),
                _ => {}
            }
            let state = match status {
                "cancelled" | "postponed" => format!("{status}: true"),
                _ => format!("status: {status}"),
            };
            let venue = if is_in_hall { ", venue: hall" } else { "" };
            text += &format!(
                "- {{id: s{number}, kind: social, title: T{number}, day: 2025-06-{}, at: {}, {state}{venue}}}\n",
                9 + number % 5,
                wanted.at
            )
            .replace("day: 2025-06-9,", "day: 2025-06-09,");
            all.push((wanted, status));
        }
        let files = vec![DefinitionFile::new("sg1/group.yaml", GROUP), DefinitionFile::new("sg1/m.yaml", text.clone())];
        let release = release(files, "2025-01-10T09:00:00Z");
        let document: Value = serde_json::from_str(get(&site(&release), "/sg1/all.en.json").text()).expect("JSON");
        let entries = document["entries"].as_array().expect("entries");
        for (number, (wanted, status)) in all.iter().enumerate() {
            let id = format!("s{number}");
            let entry = entries.iter().find(|entry| entry["id"] == id.as_str()).expect("the session");
            let shown = || format!("folder {seed}, {id}: {}\n{entry:#?}\n{text}", wanted.at);
            assert_eq!(entry["hours"], wanted.hours, "{}", shown());
            assert_eq!(entry["status"], *status, "{}", shown());
            let (start, end) = (entry["start"].as_str().expect("a start"), entry["end"].as_str().expect("an end"));
            let times = start.split_once('T').zip(end.split_once('T'));
            let times = times.map(|((_, start), (_, end))| (start[..5].to_owned(), end[..5].to_owned()));
            assert_eq!(times, wanted.times, "{}", shown());
            let prefix = match *status {
                "cancelled" => "Cancelled: ",
                "postponed" => "Postponed: ",
                _ => "",
            };
            let marks = wanted.marks.join("; ");
            let marks = if marks.is_empty() { marks } else { format!(" ({marks})") };
            assert_eq!(entry["title"], format!("{prefix}SG1: T{number}{marks}").as_str(), "{}", shown());
            let description = entry["description"].as_str().expect("a description");
            let says = |words: &str| description.lines().any(|line| line.starts_with(words));
            assert_eq!(wanted.line.is_some(), says("Time: ") || says("The time has"), "{}", shown());
            assert!(wanted.line.is_none_or(says), "{}", shown());
            assert!(!says("Rescheduled") && !says("Changed") && !says("Reason"), "{}", shown());
        }
    }
}
