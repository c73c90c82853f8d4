//! Characters that word processors put in the place of others, and that look the same in a message.

/// What to do about a typed word that holds such a character: names the first of them.
pub(super) fn help(typed: &str) -> Option<String> {
    let (character, what, instead) = typed.chars().find_map(|character| {
        let (what, instead) = match character {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => ("a dash that is no hyphen", "a hyphen, `-`"),
            '\u{2018}'..='\u{201F}' | '«' | '»' => ("a curly quote", "a straight one, or none"),
            '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{3000}' => ("a blank that is not the usual one", "a blank"),
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => ("a character that cannot be seen", "nothing"),
            '\u{FF01}'..='\u{FF5E}' => ("a wide character", "the narrow one"),
            'А'..='я' | 'Α'..='ω' => ("a letter of another alphabet", "the Latin letter that looks like it"),
            _ => return None,
        };
        Some((character, what, instead))
    })?;
    Some(format!("this holds {what} (U+{:04X}); type {instead}", u32::from(character)))
}
