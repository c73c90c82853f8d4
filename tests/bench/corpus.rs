//! A made-up study group with very many meetings.

use std::fmt::Write;

use convene::definition::DefinitionFile;
use jiff::civil::{Date, date};

/// The sessions of each meeting; it also has four deadlines.
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

/// The definitions of `meetings` meetings, one every week.
pub fn corpus(meetings: usize) -> Vec<DefinitionFile> {
    let mut group = GROUP.to_owned() + "questions:\n";
    for question in 1..=10 {
        writeln!(group, "  Q{question}: {{name: {{en: Question {question}, zh: 课题{question}}}}}").expect("a string");
    }
    let mut files = vec![DefinitionFile::new("sg99/group.yaml", group)];
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
        files.push(DefinitionFile::new(format!("sg99/m{number:04}.yaml"), text));
    }
    files
}

/// The definition of `number` delegates, all different: each follows two Questions or a working party with a Question, some
/// are of an audience, read Chinese, want reminders or no cancelled sessions.
pub fn delegates(number: usize) -> DefinitionFile {
    let mut text = String::new();
    for delegate in 0..number {
        let (one, other) = (delegate % 10 + 1, (delegate / 10) % 10 + 1);
        let second = match other {
            _ if delegate % 7 == 0 => format!("SG99/WP{}", delegate % 2 + 1),
            other if other == one => format!("SG99/Q{}", one % 10 + 1),
            other => format!("SG99/Q{other}"),
        };
        write!(text, "- {{id: delegate-{delegate}, follows: [SG99/Q{one}, {second}]").expect("a string");
        if delegate % 5 == 0 {
            text.push_str(", audiences: [SG99/editors]");
        }
        if delegate % 11 == 0 {
            text.push_str(", language: zh");
        }
        if delegate % 13 == 0 {
            text.push_str(", cancelled: hide");
        }
        if delegate % 10 == 3 {
            text.push_str(", reminders: {sessions: 15 minutes, deadlines: [7 days, 1 day]}");
        }
        text.push_str("}\n");
    }
    DefinitionFile::new("delegates.yaml", text)
}
