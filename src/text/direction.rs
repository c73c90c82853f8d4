//! Balances the direction marks of a text: each mark that opens is closed on its line, and none closes what was not
//! opened, so that a text cannot reorder what is beside it. Source: Unicode Standard Annex 9, 2.1 to 2.5

use std::borrow::Cow;

/// Closes an embedding or an override.
const END_OF_EMBEDDING: char = '\u{202C}';
/// Closes an isolate, and all embeddings in it.
const END_OF_ISOLATE: char = '\u{2069}';

/// Returns the mark that closes a mark that opens something.
fn end_of(mark: char) -> Option<char> {
    match mark {
        '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => Some(END_OF_EMBEDDING),
        '\u{2066}'..='\u{2068}' => Some(END_OF_ISOLATE),
        _ => None,
    }
}

/// Returns the text with every direction closed on its line.
pub(super) fn closed(text: &str) -> Cow<'_, str> {
    let is_mark = |character: char| {
        ('\u{202A}'..='\u{202E}').contains(&character) || ('\u{2066}'..='\u{2069}').contains(&character)
    };
    if text.is_ascii() || !text.contains(is_mark) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<String> = text.split('\n').map(closed_line).collect();
    Cow::Owned(lines.join("\n"))
}

fn closed_line(line: &str) -> String {
    let mut closed = String::with_capacity(line.len());
    // The marks that close the open directions, the innermost last.
    let mut open: Vec<char> = Vec::new();
    for character in line.chars() {
        let is_kept = match character {
            END_OF_EMBEDDING => open.pop_if(|end| *end == END_OF_EMBEDDING).is_some(),
            END_OF_ISOLATE => {
                let isolate = open.iter().rposition(|end| *end == END_OF_ISOLATE);
                isolate.inspect(|at| open.truncate(*at)).is_some()
            }
            other => {
                open.extend(end_of(other));
                true
            }
        };
        if is_kept {
            closed.push(character);
        }
    }
    if !open.is_empty() {
        // Trailing spaces may be trimmed later, so the closing marks go before them.
        closed.truncate(closed.trim_end().len());
        closed.extend(open.into_iter().rev());
    }
    closed
}
