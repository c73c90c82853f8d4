//! A compact list of ids: two allocations for 100,000 delegates.

/// A list of ids in two allocations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackedIds {
    text: String,
    /// The offset in `text` at which each id ends.
    ends: Vec<u32>,
}

impl PackedIds {
    /// Creates a list with room for `number` ids of `bytes` bytes in total.
    pub fn with_capacity(number: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ends: Vec::with_capacity(number) }
    }

    /// Appends an id.
    ///
    /// # Panics
    ///
    /// Panics if the ids exceed 4 GB in total.
    pub fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(u32::try_from(self.text.len()).expect("ids of less than 4 GB"));
    }

    /// Returns the number of ids.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns `true` if there are no ids.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the total length of the ids, in bytes.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Returns the id at an index.
    pub fn get(&self, number: usize) -> Option<&str> {
        let start = if number == 0 { 0 } else { *self.ends.get(number - 1)? as usize };
        self.text.get(start..*self.ends.get(number)? as usize)
    }

    /// Iterates over the ids in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// Returns the index of an id. The list must be sorted.
    pub fn position(&self, id: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle)?.cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Releases unused capacity.
    pub fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}
