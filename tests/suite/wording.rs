//! convene's own words: every language has every message, with the same variables.

use std::collections::BTreeSet;

use convene::wording::{LANGUAGES, messages};

/// The variables of each message: `{ $group }`.
fn variables(source: &str) -> BTreeSet<(String, String)> {
    let mut variables = BTreeSet::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let Some((message, pattern)) = line.split_once(" = ") else { continue };
        for part in pattern.split("{ $").skip(1) {
            let name = part.split(' ').next().expect("a name");
            variables.insert((message.to_owned(), name.to_owned()));
        }
    }
    variables
}

#[test]
fn every_language_has_every_message_with_its_variables() {
    let [(_, english), others @ ..] = LANGUAGES;
    assert!(messages(english).len() > 50);
    for (tag, source) in others {
        assert_eq!(messages(source), messages(english), "{tag}");
        assert_eq!(variables(source), variables(english), "{tag}");
    }
}

#[test]
fn every_message_that_the_code_says_is_there() {
    let sources = [include_str!("../../src/wording.rs"), include_str!("../../src/wording/description.rs")];
    let known: BTreeSet<&str> = messages(LANGUAGES[0].1).into_iter().collect();
    let mut said = 0;
    for source in sources {
        for part in source.split("say(\"").skip(1) {
            let message = part.split('"').next().expect("a name");
            assert!(known.contains(message), "{message}");
            said += 1;
        }
    }
    assert!(said > 20, "{said}");
    for (prefix, words) in [("kind", convene::timetable::Kind::WORDS), ("part", convene::timetable::Part::WORDS)] {
        for word in words {
            assert!(known.contains(format!("{prefix}-{word}").as_str()), "{prefix}-{word}");
        }
    }
}

/// Fluent shows a message that has a fault as its name, or a variable that has none in braces.
#[test]
fn no_feed_shows_the_name_of_a_message_or_of_a_variable() {
    let release = crate::support::sg12();
    let router = crate::support::site(&release);
    for (_, path) in crate::support::addresses(&release) {
        let feed = crate::support::get(&router, &path);
        let unfolded = feed.text().replace("\r\n ", "");
        assert!(!unfolded.contains('{') && !unfolded.contains('$'), "{path}");
        for message in messages(LANGUAGES[0].1).iter().filter(|message| message.contains('-')) {
            let shown = unfolded.split([':', '\n', ' ', '(', ')']).any(|word| word == *message);
            assert!(!shown, "{path} shows {message}");
        }
    }
}
