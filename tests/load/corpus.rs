//! The definitions that are served under load: a study group whose feeds have about 40 kB, one whose feed of everything has about 400 kB, and
//! delegates who each follow something else.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};

/// Sessions of each meeting.
const SESSIONS: usize = 50;

fn group(number: usize) -> String {
    let mut text = format!(
        "short: SG{number}\nsuffix: /{number}\nname: {{en: Made up, zh: 虚构}}\ntimezone: Europe/Zurich\nlanguages: [en, zh]\n\
         uid-domain: sg{number}.example\nhours: {{morning: 09:30-12:30, afternoon: 14:30-17:30}}\n\
         venues: {{hq: {{name: {{en: Headquarters, zh: 总部}}, place: {{en: Geneva, zh: 日内瓦}}}}}}\nworking-parties:\n"
    );
    for party in 1..=5 {
        let (one, other) = (2 * party - 1, 2 * party);
        writeln!(
            text,
            "  WP{party}: {{name: {{en: Party {party}, zh: 工作组{party}}}, questions: [Q{one}, Q{other}]}}"
        )
        .expect("a string");
    }
    text.push_str("audiences: {editors: {name: {en: editors, zh: 编辑}}}\nquestions:\n");
    for question in 1..=10 {
        writeln!(text, "  Q{question}: {{name: {{en: Question {question}, zh: 课题{question}}}}}").expect("a string");
    }
    text.push_str(
        "deadlines:\n  contributions: {title: {en: Contributions, zh: 文稿}, due: 12 days before}\n  \
         registration: {title: {en: Registration, zh: 注册}, due: 1 month before}\n  \
         report: {title: {en: Report, zh: 报告}, due: 3 days after end}\n  \
         slides: {title: {en: Slides, zh: 幻灯片}, due: 1 day before at 16:00, zone: UTC}\n",
    );
    text
}

/// The file of a meeting, one every second week. `edit` is part of the room of its first session.
pub fn meeting(number: usize, edit: usize) -> String {
    let first: Date = date(2030, 1, 7);
    let starts = first + jiff::Span::new().weeks(2 * i64::try_from(number).expect("a number"));
    let ends = starts + jiff::Span::new().days(4);
    let mut text = format!("starts: {starts}\nends: {ends}\nvenue: hq\nletter: {{number: {number}/99}}\nsessions:\n");
    for session in 0..SESSIONS {
        let (day, question) = (session / 10, session % 10 + 1);
        let day = starts + jiff::Span::new().days(i64::try_from(day).expect("a day"));
        let room = if session == 0 { format!("Room {edit}-1") } else { format!("Room {question}") };
        writeln!(
            text,
            "- {{id: s{session}, kind: question, for: [Q{question}], day: {}, at: 09:30-12:30, room: {room}, \
             title: {{en: Drafting {session}, zh: 起草{session}}}, note: {{en: \"Bring the text, please\", zh: 请带文本}}}}",
            day.strftime("%a %Y-%m-%d")
        )
        .expect("a string");
    }
    text
}

/// Writes the folder of definitions: `small` and `large` meetings of the two study groups, and so many delegates.
pub fn write(folder: &Path, small: usize, large: usize, delegates: usize) {
    for (number, meetings) in [(98, small), (99, large)] {
        let place = folder.join(format!("sg{number}"));
        fs::create_dir_all(&place).expect("a folder");
        fs::write(place.join("group.yaml"), group(number)).expect("group.yaml");
        for of in 0..meetings {
            fs::write(place.join(format!("m{of:04}.yaml")), meeting(of, 0)).expect("a meeting");
        }
    }
    let mut text = String::new();
    for delegate in 0..delegates {
        let one = delegate % 10 + 1;
        let other = (one + delegate / 10 % 9) % 10 + 1;
        write!(text, "- {{id: delegate-{delegate}, follows: [SG98/Q{one}, SG98/Q{other}]").expect("a string");
        if delegate % 11 == 0 {
            text.push_str(", language: zh");
        }
        if delegate % 10 == 3 {
            text.push_str(", reminders: {sessions: 15 minutes, deadlines: [7 days, 1 day]}");
        }
        text.push_str("}\n");
    }
    fs::write(folder.join("delegates.yaml"), text).expect("delegates.yaml");
}
