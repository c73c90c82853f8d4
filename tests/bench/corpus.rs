//! A made-up study group with very many meetings.

use std::fmt::Write;

use convene::definition::File;
use jiff::civil::{Date, date};

/// The sessions of each meeting; it has four deadlines beside.
pub const SESSIONS: usize = 50;

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
pub fn corpus(meetings: usize) -> Vec<File> {
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
