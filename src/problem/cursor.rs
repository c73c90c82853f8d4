//! Converts byte offsets to lines and columns.

use super::Problems;

/// A cursor in one file. Ascending offsets are converted in one pass over the text, however long it is.
#[derive(Default)]
pub(super) struct LineCursor {
    file: usize,
    byte: usize,
    newlines: usize,
    characters: usize,
}

impl LineCursor {
    /// Returns the line and column of a byte offset in a file. Both count from 1, and columns count Unicode
    /// characters.
    pub(super) fn line_and_column(&mut self, problems: &Problems, file: usize, byte: usize) -> (usize, usize) {
        if file != self.file || byte < self.byte {
            *self = Self { file, ..Self::default() };
        }
        let between = &problems.sources[file].text[self.byte..byte];
        match between.rfind('\n') {
            None => self.characters += between.chars().count(),
            Some(newline) => {
                self.newlines += between.matches('\n').count();
                self.characters = between[newline + 1..].chars().count();
            }
        }
        self.byte = byte;
        (1 + self.newlines, 1 + self.characters)
    }
}
