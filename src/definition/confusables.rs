//! Characters that word processors substitute for others and that look the same in a message.

/// Returns what to do about the first such character in a text.
pub(super) fn help(text: &str) -> Option<String> {
    let (character, what, instead) = text.chars().find_map(|character| {
        let (what, instead) = match character {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => ("a dash that is not a hyphen", "a hyphen, `-`"),
            '\u{2018}'..='\u{201F}' | '«' | '»' => ("a curly quote", "a straight one, or none"),
            '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{3000}' => ("a special space", "a plain space"),
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => ("an invisible character", "nothing"),
            '\u{FF01}'..='\u{FF5E}' => ("a wide character", "the narrow one"),
            'А'..='я' | 'Α'..='ω' => ("a letter of another alphabet", "the Latin letter that looks like it"),
            _ => return None,
        };
        Some((character, what, instead))
    })?;
    Some(format!("this contains {what} (U+{:04X}): type {instead}", u32::from(character)))
}
