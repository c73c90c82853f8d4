//! convene's own messages with the longest and the strangest values of their variables, as a reader of each language sees
//! them. `CONVENE_BLESS=1 cargo test messages` writes `tests/wording` anew; `cargo run --example messages` makes a page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use convene::text::UiLanguage;
use convene::wording::fluent_sources;

use crate::support::{files, get, release, repository, site};
use crate::whose::visible;

#[path = "../wording/samples.rs"]
mod samples;

#[test]
fn messages_have_the_golden_text_with_their_longest_values() {
    let values = samples::values();
    for language in UiLanguage::ALL {
        let mut made = String::new();
        for message in samples::messages() {
            writeln!(made, "{}", message.name).expect("to memory");
            for line in samples::samples(&message, *language, &values) {
                assert!(!line.contains(['{', '$']), "{} {}: {line}", language.tag(), message.name);
                writeln!(made, "    {line}").expect("to memory");
            }
        }
        let path = repository().join(format!("tests/wording/{}.txt", language.tag()));
        if std::env::var_os("CONVENE_BLESS").is_some() {
            fs::write(&path, &made).expect("to write");
        }
        let golden = fs::read_to_string(&path).expect("a golden file");
        let differs = golden.lines().zip(made.lines()).find(|(golden, made)| golden != made);
        assert!(golden == made, "{}: {differs:?}", path.display());
    }
}

/// Translators are told of each variable what it is, with a real value.
#[test]
fn every_variable_is_explained_with_a_value() {
    let values = samples::values();
    let used: BTreeSet<String> = samples::messages().into_iter().flat_map(|message| message.variables).collect();
    let explained: BTreeSet<String> = values.keys().cloned().collect();
    assert_eq!(used.difference(&explained).collect::<Vec<_>>(), Vec::<&String>::new(), "not explained");
    assert_eq!(explained.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "explained for nothing");
}

/// Messages that are the same in English, but not in languages whose words for a city and for the name of a zone differ.
const SAME_IN_ENGLISH: [&str; 2] = ["{ $time } {} time", "{} time"];

/// What is said once cannot drift apart. Messages of punctuation alone are not compared.
#[test]
fn no_two_messages_say_the_same() {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for source in fluent_sources(UiLanguage::English) {
        for line in source.lines().filter(|line| !line.starts_with(['#', ' ', '-'])) {
            let Some((name, text)) = line.split_once(" = ") else { continue };
            let said: String = text.replace("$place", "$zone").replace("{ $zone }", "{}");
            let mut words = String::new();
            let mut is_variable = false;
            for character in said.chars() {
                is_variable = (is_variable || character == '{') && character != '}';
                words.extend((!is_variable).then_some(character));
            }
            if !words.contains(char::is_alphabetic) || SAME_IN_ENGLISH.contains(&said.as_str()) {
                continue;
            }
            if let Some(other) = known.insert(words.clone(), name.to_owned()) {
                panic!("`{other}` and `{name}` both say “{words}”");
            }
        }
    }
    assert!(known.len() > 250, "{}", known.len());
}

/// Latin words on pages in Arabic: names of programs, formats and languages, keys, and parts of addresses.
const LATIN: [&str; 30] = [
    "Apple",
    "Google",
    "Outlook",
    "Outlook.com",
    "Microsoft",
    "Thunderbird",
    "GNOME",
    "Windows",
    "Internet",
    "Calendars",
    "Mac",
    "Ctrl",
    "URL",
    "QR",
    "JSON",
    "Atom",
    "UTC",
    "UTC+02:00",
    "convene",
    "embed",
    "head",
    "ics",
    "atom",
    "English",
    "Français",
    "Español",
    "C",
    "API",
    "HTML",
    "web",
];

/// No text that stands in code or in a template reaches a reader: on pages whose definitions are in Arabic, everything is.
#[test]
fn pages_in_arabic_have_no_words_of_another_language() {
    let folder = repository().join("tests/golden/written-names/meetings");
    let service = site(&release(files(&folder), "2026-03-10T08:00:00Z"));
    let pages = ["", "sg12/", "sg12/follow/", "sg12/follow/wp1/", "sg12/changes/", "sg12/q5/", "sg12/all/"];
    let of_meeting =
        ["sg12/2026-05-geneva/", "sg12/2026-05-geneva/joint/", "sg12/2026-05-geneva/papers/", "embed/sg12/all"];
    for path in pages.iter().chain(&of_meeting).chain(&["status"]) {
        let text = visible(get(&service, &format!("/ar/{path}")).text());
        let is_part = |character: char| character.is_alphabetic() && !character.is_ascii() && character < '\u{250}';
        let is_part = |character: char| character.is_ascii_graphic() || is_part(character);
        let words = text.split(|character: char| !is_part(character));
        let words = words.map(|word| word.trim_matches(|edge: char| ".,:;!?()>".contains(edge)));
        let is_latin = |word: &&str| word.chars().any(|character| character.is_ascii_alphabetic());
        let is_address = |word: &str| word.contains('/') || word.contains("&#") || word.ends_with(".atom");
        let foreign: Vec<&str> =
            words.filter(is_latin).filter(|word| !is_address(word) && !LATIN.contains(word)).collect();
        assert_eq!(foreign, Vec::<&str>::new(), "/ar/{path}");
    }
}
