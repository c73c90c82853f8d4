//! "Did you mean …?": suggests known names for an unknown one.

/// The largest number of names that a suggestion lists.
const MAX_LISTED: usize = 40;

/// Returns the name in `known` that `word` most likely misspells, if one is close enough. Very short names are never
/// suggested for each other: `Q3` is as likely to be `Q2` as `Q1`.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = word.to_lowercase();
    // A word this long is not a name, and among this many names the closest is a matter of chance.
    if word.len() > 100 || known.len() > 1_000 {
        return None;
    }
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), *name))
        .filter(|(distance, name)| {
            *distance <= name.chars().count() / 4 || has_same_letters(&lower, &name.to_lowercase())
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Returns `true` if two words have the same letters in another order: `dya`, `day`.
fn has_same_letters(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// Returns what to do about an unknown word: the closest of `known`, or a list of all.
///
/// ```
/// let known = ["plenary", "question"];
/// assert_eq!(convene::problem::suggestion("plennary", &known).as_deref(), Some("did you mean `plenary`?"));
/// assert_eq!(convene::problem::suggestion("dinner", &known).as_deref(), Some("known here: plenary, question"));
/// ```
pub fn suggestion(word: &str, known: &[&str]) -> Option<String> {
    let all = || match known.len() {
        0 => None,
        1..=MAX_LISTED => Some(format!("known here: {}", known.join(", "))),
        many => Some(format!("known here: {} and {} more", known[..MAX_LISTED].join(", "), many - MAX_LISTED)),
    };
    did_you_mean(word, known).or_else(all)
}

/// Returns the closest of `known` as a question. For names that are too many to list.
pub(crate) fn did_you_mean(word: &str, known: &[&str]) -> Option<String> {
    nearest(word, known).map(|known| format!("did you mean `{known}`?"))
}
