//! "Did you mean …?": from a word that is not known to those that are.

/// Most names that are listed where none is near.
const MOST_LISTED: usize = 40;

/// The name of `known` that `word` is most likely a misspelling of, if one is near enough. Very short names differ too
/// little for that: `Q3` is as likely to be `Q2` as `Q1`.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = word.to_lowercase();
    // A word that long is no name, and among so many names the nearest is a matter of chance.
    if word.len() > 100 || known.len() > 1_000 {
        return None;
    }
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), *name))
        .filter(|(distance, name)| *distance <= name.chars().count() / 4 || same_letters(&lower, &name.to_lowercase()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Whether two words differ in the order of their letters alone: `dya`, `day`.
fn same_letters(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// What to do about a word that is none of `known`: the nearest of them, or all.
///
/// ```
/// let known = ["plenary", "question"];
/// assert_eq!(convene::problem::suggestion("plennary", &known).as_deref(), Some("did you mean `plenary`?"));
/// assert_eq!(convene::problem::suggestion("dinner", &known).as_deref(), Some("known here: plenary, question"));
/// ```
pub fn suggestion(word: &str, known: &[&str]) -> Option<String> {
    let all = || match known.len() {
        0 => None,
        1..=MOST_LISTED => Some(format!("known here: {}", known.join(", "))),
        many => Some(format!("known here: {} and {} more", known[..MOST_LISTED].join(", "), many - MOST_LISTED)),
    };
    near(word, known).or_else(all)
}

/// What to do about a word that is none of `known` where these are too many to list.
pub(crate) fn near(word: &str, known: &[&str]) -> Option<String> {
    nearest(word, known).map(|near| format!("did you mean `{near}`?"))
}
