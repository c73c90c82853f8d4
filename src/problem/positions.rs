//! Lines and columns of places, found from one to the next: files may be long, and so may their lines.

use super::Problems;

/// Where the last place was that was asked for.
#[derive(Default)]
pub(super) struct Positions {
    file: usize,
    octet: usize,
    newlines: usize,
    characters: usize,
}

impl Positions {
    /// Line and column of an octet of a file, both from 1 up, the column in Unicode characters.
    pub(super) fn at(&mut self, problems: &Problems, file: usize, octet: usize) -> (usize, usize) {
        if file != self.file || octet < self.octet {
            *self = Self { file, ..Self::default() };
        }
        let between = &problems.sources[file].text[self.octet..octet];
        match between.rfind('\n') {
            None => self.characters += between.chars().count(),
            Some(newline) => {
                self.newlines += between.matches('\n').count();
                self.characters = between[newline + 1..].chars().count();
            }
        }
        self.octet = octet;
        (1 + self.newlines, 1 + self.characters)
    }
}
