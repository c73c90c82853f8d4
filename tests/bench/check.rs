//! How long the check takes, and that it grows with what it checks: `cargo bench --bench check`.
//!
//! A made-up study group of 1,000 meetings with 50 sessions each is read, resolved and looked over, and so is one of 100
//! meetings. Prints the median of several runs, the time per event, and how many times longer ten times the meetings take:
//! more than 11 is a failure.

use std::fmt::Write;
use std::time::{Duration, Instant};

use convene::definition::{self, File};
use convene::resolve::resolve;
use convene::review::review;
use convene::revision::Release;
use jiff::civil::{Date, date};

const SESSIONS: usize = 50;
const RUNS: usize = 9;

const GROUP: &str = "\
short: SG99
suffix: /99
name: {en: Made up, zh: 虚构}
timezone: Europe/Zurich
languages: [en, zh]
uid-domain: sg99.example
hours: {morning: 09:30-12:30, afternoon: 14:30-17:30}
venues: {hq: {name: {en: Headquarters, zh: 总部}, place: {en: Geneva, zh: 日内瓦}}}
working-parties:
  WP1: {name: {en: One, zh: 一}, questions: [Q1, Q2, Q3, Q4, Q5]}
  WP2: {name: {en: Two, zh: 二}, questions: [Q6, Q7, Q8, Q9, Q10]}
audiences: {editors: {name: {en: editors, zh: 编辑}}}
deadlines:
  contributions: {title: {en: Contributions, zh: 文稿}, due: 12 days before}
  registration: {title: {en: Registration, zh: 注册}, due: 1 month before}
  report: {title: {en: Report, zh: 报告}, due: 3 days after end, audience: [editors]}
  slides: {title: {en: Slides, zh: 幻灯片}, due: 1 day before at 16:00, zone: UTC}
";

/// The definitions of so many meetings, one every week.
fn corpus(meetings: usize) -> Vec<File> {
    let mut group = GROUP.to_owned() + "questions:\n";
    for question in 1..=10 {
        writeln!(group, "  Q{question}: {{name: {{en: Question {question}, zh: 课题{question}}}}}").expect("a string");
    }
    let mut files = vec![File { path: "sg99/group.yaml".to_owned(), bytes: group.into_bytes() }];
    let first: Date = date(2008, 1, 7);
    for number in 0..meetings {
        let starts = first + jiff::Span::new().weeks(i64::try_from(number).expect("a number"));
        let ends = starts + jiff::Span::new().days(4);
        let mut text =
            format!("starts: {starts}\nends: {ends}\nvenue: hq\nletter: {{number: {number}/99}}\nsessions:\n");
        for session in 0..SESSIONS {
            let (day, question) = (session / 10, session % 10 + 1);
            let day = starts + jiff::Span::new().days(i64::try_from(day).expect("a day"));
            writeln!(
                text,
                "- {{id: s{session}, kind: question, for: [Q{question}], day: {}, at: 09:30-12:30, room: Room {question}, \
                 title: {{en: Drafting {session}, zh: 起草{session}}}, note: {{en: \"Bring the text, please\", zh: 请带文本}}}}",
                day.strftime("%a %Y-%m-%d")
            )
            .expect("a string");
        }
        files.push(File { path: format!("sg99/m{number:04}.yaml"), bytes: text.into_bytes() });
    }
    files
}

/// The median times of reading, resolving and looking over.
fn measure(meetings: usize) -> [Duration; 3] {
    let files = corpus(meetings);
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..RUNS {
        let files = files.clone();
        let start = Instant::now();
        let (definitions, mut problems) = definition::read("meetings", files);
        let read = Instant::now();
        let timetable = resolve(&definitions, &mut problems).unwrap_or_else(|| panic!("{}", problems.report(false)));
        let resolved = Instant::now();
        // Before all of them, so that all of them are ahead in every feed.
        let instant = "2007-01-01T00:00:00Z".parse().expect("an instant");
        let release = Release::draft(timetable, instant, "https://convene.example/".parse().expect("a URL"));
        review(&release, &mut problems);
        problems.settle();
        let reviewed = Instant::now();
        // One warning: a feed with this much ahead is too large.
        assert!(problems.sorted().len() <= 1, "{}", problems.report(false));
        for (times, time) in times.iter_mut().zip([read - start, resolved - read, reviewed - resolved]) {
            times.push(time);
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

fn main() {
    let (few, many) = (100, 1_000);
    let (small, large) = (measure(few), measure(many));
    let events = |meetings: usize| f64::from(u32::try_from(meetings * (SESSIONS + 4)).expect("a number"));
    println!("{:<12} {:>14} {:>14} {:>14} {:>8}", "", "100 meetings", "1,000 meetings", "per event", "ratio");
    let row = |name: &str, small: Duration, large: Duration| {
        let per_event = large.as_secs_f64() * 1e6 / events(many);
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        println!("{name:<12} {small:>14.1?} {large:>14.1?} {per_event:>11.2} µs {ratio:>8.2}");
        ratio
    };
    for (index, name) in ["reading", "resolving", "looking over"].into_iter().enumerate() {
        row(name, small[index], large[index]);
    }
    let ratio = row("all", small.iter().sum(), large.iter().sum());
    assert!(ratio <= 11.0, "ten times the meetings take {ratio:.2} times as long");
}
