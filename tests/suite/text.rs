//! Properties of arbitrary Unicode in every text. clients.md A1 to A8, L5

use std::fmt::Write;

use ::icalendar::Property;
use convene::definition::DefinitionFile;
use convene::icalendar::content_line;
use convene::text::{Line, MAX_LINE_CHARACTERS, Prose, line};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::support::{addresses, get, release, site};

/// Texts with everything that has ever broken a calendar: control characters, separators, escapes, clusters, long
/// runs.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<char>().prop_map(String::from),
        2 => prop::sample::select(vec![
            "\\", ";", ",", ":", "\"", "^", "'", "\r\n", "\n", "\r", "\t", " ", "  ", "\u{0}", "\u{7}", "\u{1b}", "\u{7f}",
            "\u{85}", "\u{9f}", "\u{2028}", "\u{2029}", "\u{feff}", "\u{200b}", "\u{202e}", "\\n", "\\,", "BEGIN:VEVENT",
            "\r\nEND:VCALENDAR\r\n", "👨‍👩‍👧‍👦", "e\u{301}", "🏳️‍🌈", "中", "ع", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "=", "%", "\r\n ",
        ]).prop_map(String::from),
        1 => ("[a-z]", 1..120_usize).prop_map(|(letter, count)| letter.repeat(count)),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Parses one content line: name, parameters and value, unfolded.
fn taken_apart(written: &str) -> (String, Vec<(String, String)>, String) {
    let unfolded = written.replace("\r\n ", "");
    let line = unfolded.strip_suffix("\r\n").expect("a line end");
    let mut quoted = false;
    let mut cuts = Vec::new();
    for (at, character) in line.char_indices() {
        match character {
            '"' => quoted = !quoted,
            ';' if !quoted => cuts.push(at),
            ':' if !quoted => {
                cuts.push(at);
                break;
            }
            _ => {}
        }
    }
    let colon = *cuts.last().expect("a colon");
    let parameters = cuts.windows(2).map(|cut| {
        let (name, value) = line[cut[0] + 1..cut[1]].split_once('=').expect("a parameter");
        (name.to_owned(), value.trim_matches('"').to_owned())
    });
    (line[..cuts[0]].to_owned(), parameters.collect(), line[colon + 1..].to_owned())
}

/// Reverses the escaping of RFC 5545 3.3.11.
fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => match characters.next().expect("an escape is whole") {
                'n' => '\n',
                escaped @ ('\\' | ';' | ',') => escaped,
                other => panic!("\\{other} is no escape"),
            },
            ';' | ',' | '\n' => panic!("{character:?} must be escaped"),
            other => other,
        });
    }
    text
}

fn assert_well_formed(written: &str) {
    assert!(written.ends_with("\r\n"), "A1");
    for physical in written.strip_suffix("\r\n").expect("a line end").split("\r\n") {
        assert!(physical.len() <= 75, "A2: {} octets", physical.len());
        assert!(!physical.chars().any(char::is_control), "A5");
    }
    // A line that continues none must be the first.
    assert!(written.split("\r\n").skip(1).all(|rest| rest.is_empty() || rest.starts_with(' ')), "one line");
}

/// Folds are between clusters and not next to a space, wherever that is possible. clients.md A2, L5
fn folds_are_well_placed(written: &str) {
    let unfolded: String = written.replace("\r\n ", "");
    let mut at = 0;
    let mut boundaries = unfolded.grapheme_indices(true).map(|(index, _)| index).collect::<Vec<_>>();
    boundaries.push(unfolded.len());
    for (index, physical) in written.strip_suffix("\r\n").expect("a line end").split("\r\n ").enumerate() {
        let start = at;
        at += physical.len();
        if at + 2 == unfolded.len() {
            break;
        }
        let clear = |at: usize| {
            let near = [unfolded[..at].chars().next_back(), unfolded[at..].chars().next()];
            near.iter().flatten().all(|character| !character.is_whitespace()) && !unfolded[..at].ends_with('\\')
        };
        let room = if index == 0 { 75 } else { 74 };
        let good = boundaries.iter().any(|work_dir| *work_dir > start && *work_dir <= start + room && clear(*work_dir));
        assert!(!good || (clear(at) && boundaries.contains(&at)), "a bad fold at {at} of {unfolded:?}");
    }
}

fn single_line(typed: &str) -> String {
    Line::clean(typed).into()
}

fn prose(typed: &str) -> String {
    Prose::clean(typed).into()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn clean_text_survives_writing(text in nasty()) {
        for (name, clean) in [("DESCRIPTION", prose(&text)), ("SUMMARY", line(&text)), ("X-ANY", prose(&text))] {
            let mut written = String::new();
            content_line::write(&mut written, &Property::new(name, clean.as_str()));
            assert_well_formed(&written);
            folds_are_well_placed(&written);
            let (key, parameters, value) = taken_apart(&written);
            prop_assert_eq!((key.as_str(), parameters.len()), (name, 0));
            prop_assert_eq!(unescaped(&value), clean);
        }
    }

    #[test]
    fn text_that_is_not_clean_stays_on_its_line(text in nasty()) {
        for name in ["DESCRIPTION", "SUMMARY", "X-ANY"] {
            let mut written = String::new();
            content_line::write(&mut written, &Property::new(name, text.as_str()));
            assert_well_formed(&written);
        }
    }

    #[test]
    fn parameters_cannot_be_broken_out_of(name in nasty(), of in nasty(), text in nasty()) {
        let mut written = String::new();
        let (clean, parameter) = (line(&text), line(&of));
        let property = Property::new("SUMMARY", clean.as_str()).add_parameter("X-FIRST", &parameter).add_parameter("X-LAST", "z").done();
        content_line::write(&mut written, &property);
        assert_well_formed(&written);
        let (key, parameters, value) = taken_apart(&written);
        prop_assert_eq!(key, "SUMMARY");
        let expected = vec![("X-FIRST".to_owned(), parameter.replace('"', "'")), ("X-LAST".to_owned(), "z".to_owned())];
        prop_assert_eq!(parameters, expected);
        prop_assert_eq!(unescaped(&value), clean);
        // Invalid names of properties and parameters
        let mut written = String::new();
        content_line::write(&mut written, Property::new(name.as_str(), "v").add_parameter(&of, &text));
        assert_well_formed(&written);
    }

    #[test]
    fn urls_cannot_be_broken_out_of(text in nasty()) {
        for name in ["URL", "SOURCE", "CONFERENCE", "ATTACH", "IMAGE"] {
            let mut written = String::new();
            content_line::write(&mut written, &Property::new(name, format!("https://example.org/{text}")));
            assert_well_formed(&written);
            let (key, _, value) = taken_apart(&written);
            prop_assert_eq!(key, name);
            prop_assert!(value.is_ascii() && !value.contains([' ', '"', '<', '>', '\\']), "{}", value);
        }
    }

    #[test]
    fn other_values_stay_on_their_line(text in nasty()) {
        for name in ["RRULE", "DTSTART", "GEO", "CATEGORIES", "REQUEST-STATUS"] {
            let mut written = String::new();
            content_line::write(&mut written, &Property::new(name, text.as_str()));
            assert_well_formed(&written);
        }
    }

    #[test]
    fn cleaning_is_idempotent(text in nasty()) {
        prop_assert_eq!(prose(&prose(&text)), prose(&text));
        prop_assert_eq!(line(&line(&text)), line(&text));
        prop_assert!(!prose(&text).chars().any(|character| character.is_control() && character != '\n'));
        prop_assert!(!line(&text).contains('\n') && line(&text).chars().count() <= MAX_LINE_CHARACTERS);
    }
}

/// Returns a text as a quoted YAML scalar, every character escaped by its number.
fn quoted(text: &str) -> String {
    let mut escaped = String::from("\"");
    for character in text.chars() {
        write!(escaped, "\\U{:08x}", u32::from(character)).expect("to write to a text");
    }
    escaped + "\""
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    /// From the YAML to the bytes served: arbitrary text in every text of a definition.
    #[test]
    fn any_text_in_a_definition_is_served_safely(texts in prop::collection::vec(nasty(), 12)) {
        // A text must have a visible character; everything else is random.
        let texts: Vec<String> = texts.iter().map(|text| format!("x{text}")).collect();
        let text = |index: usize| quoted(&texts[index]);
        let group = format!(
            "short: SG1\nname: {}\ncontact: {}\ntimezone: Europe/Zurich\nlanguages: [en, zh]\nuid-domain: sg1.example\n\
             venues: {{v: {{name: {}, address: {}, place: {}}}}}\naudiences: {{a: {{name: {}}}}}\n",
            text(0), text(1), text(2), text(3), text(4), text(5),
        );
        let meeting = format!(
            "title: {}\nstarts: 2026-01-05\nends: 2026-01-06\nvenue: v\nletter: {{number: {}}}\nnote: {}\n\
             deadlines: [{{id: d, title: {}, due: 1 day before, audience: a, how: {}}}]\n\
             sessions: [{{id: s, kind: other, title: {}, room: {}, day: 2026-01-05, at: 10:00-11:00, note: {}}}]\n",
            text(6), text(7), text(8), text(9), text(10), text(11), text(0), text(8),
        );
        let file = |path: &str, text: String| DefinitionFile::new(path, text);
        let release = release(vec![file("sg1/group.yaml", group), file("sg1/m.yaml", meeting)], "2026-01-01T00:00:00Z");
        let service = site(&release);
        for (_, path) in addresses(&release) {
            let body = get(&service, &path).body;
            let feed = std::str::from_utf8(&body).expect("UTF-8");
            for physical in feed.strip_suffix("\r\n").expect("a line end").split("\r\n") {
                prop_assert!(physical.len() <= 75 && !physical.chars().any(char::is_control));
            }
            prop_assert_eq!(feed.matches("\r\nBEGIN:VCALENDAR").count(), 0);
        }
        let feed = get(&service, "/sg1/m/s.ics");
        let unfolded = feed.text().replace("\r\n ", "");
        let value = |key: &str| {
            let prefix = format!("{key}:");
            // The calendar's own DESCRIPTION comes before the event's.
            let lines: Vec<&str> = unfolded.split_terminator("\r\n").collect();
            let line = lines.into_iter().rfind(|line| line.starts_with(&prefix)).expect("the property");
            unescaped(&line[prefix.len()..])
        };
        prop_assert_eq!(value("SUMMARY"), line(&format!("SG1: {}", single_line(&texts[11]))));
        let location = [0, 2, 3].map(|index| single_line(&texts[index])).join(", ");
        prop_assert_eq!(value("LOCATION"), location);
        let (description, note) = (value("DESCRIPTION"), prose(&texts[8]));
        prop_assert!(description.starts_with(&note), "{description:?} {note:?}");
    }
}

/// Direction marks as somebody may type them.
fn directed() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\u{202a}",
        "\u{202b}",
        "\u{202c}",
        "\u{202d}",
        "\u{202e}",
        "\u{2066}",
        "\u{2067}",
        "\u{2068}",
        "\u{2069}",
        "a",
        "ع",
        " ",
        "\n",
        "b c",
        "\u{fffe}",
        "\u{ffff}",
        "\u{fdd0}",
        "\u{1fffe}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Returns `true` if a line closes every direction that it opens, and no other. Unicode Standard Annex 9, 2.1 to 2.5
fn closes_its_directions(line: &str) -> bool {
    let mut open = Vec::new();
    for character in line.chars() {
        match character {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push('\u{202c}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            '\u{202c}' | '\u{2069}' if open.pop() != Some(character) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

proptest! {
    #[test]
    fn a_direction_ends_with_its_text(typed in directed()) {
        for text in [prose(&typed), single_line(&typed), line(&typed), Line::clean(&typed).truncated(5).into()] {
            // The end of an isolate ends the embeddings inside it.
            let simple = !text.contains('\u{2069}') || !text.contains(['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}']);
            prop_assert!(!simple || text.split('\n').all(closes_its_directions), "{text:?}");
            prop_assert!(!text.contains(['\u{fffe}', '\u{ffff}', '\u{fdd0}', '\u{1fffe}']), "{text:?}");
            prop_assert_eq!(prose(&text), text.clone());
        }
        prop_assert!(line(&typed).chars().count() <= MAX_LINE_CHARACTERS);
        prop_assert!(Line::clean(&typed).truncated(5).chars().count() <= 5);
    }
}

/// Characters that XML forbids do not break Atom, even if an older version of convene stored them.
#[test]
fn noncharacters_do_not_break_atom() {
    let all = crate::support::files(&crate::support::repository().join("tests/history/changed/1/meetings"));
    let clean = release(all, "2025-01-01T08:00:00Z");
    let atom = |release: &convene::revision::Release| get(&site(release), "/sg1/q1.atom").text().to_owned();
    // As an older version would have stored it, without cleaning.
    let json = serde_json::to_string(&clean.timetable.groups[0]).expect("JSON");
    let mut old = clean.clone();
    old.timetable.groups[0] = serde_json::from_str(&json.replace("\"First\"", "\"First\u{ffff}\"")).expect("a group");
    assert_ne!(old.timetable, clean.timetable);
    assert_eq!(atom(&old), atom(&clean));
    assert!(!atom(&old).contains(['\u{fffe}', '\u{ffff}']));
}
