//! Cuts what does not fit in a feed: what is past first, then what is farthest ahead. clients.md J1

use std::ops::Range;

use jiff::civil::Date;

use super::index::EntryIndex;
use super::select::SelectedEntry;

/// What does not fit in a feed. Calendars would drop it silently.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Omitted {
    /// Whether past entries are left out.
    pub has_past: bool,
    /// The day from which future entries are left out.
    pub from: Option<Date>,
}

/// Removes entries until their weights fit: past ones first, in the order of their ends, then those farthest in the
/// future. At least one is left, however large it is.
pub(super) fn cut<'c>(
    found: &mut Vec<SelectedEntry<'c>>,
    entry_index: &'c EntryIndex,
    most: usize,
    weights: &[usize],
) -> Omitted {
    let mut left_out = Omitted::default();
    let mut total: usize = weights.iter().sum();
    if total <= most {
        return left_out;
    }
    let instant = entry_index.release().instant.as_second();
    // A series stays or goes with its overrides, which begin with it and follow it.
    let mut events: Vec<Range<usize>> = Vec::new();
    for index in 0..found.len() {
        match events.last_mut() {
            Some(event) if found[event.start].uid(entry_index) == found[index].uid(entry_index) => {
                event.end = index + 1;
            }
            _ => events.push(index..index + 1),
        }
    }
    let (mut past, ahead): (Vec<Range<usize>>, Vec<Range<usize>>) =
        events.into_iter().partition(|event| found[event.start].key.ends <= instant);
    past.sort_by_key(|event| found[event.start].key.ends);
    let order = past.into_iter().map(|event| (event, true)).chain(ahead.into_iter().rev().map(|event| (event, false)));
    let mut is_kept = vec![true; found.len()];
    let mut left = found.len();
    for (event, is_past) in order {
        if total <= most || event.len() == left {
            break;
        }
        total -= weights[event.clone()].iter().sum::<usize>();
        left -= event.len();
        if is_past {
            left_out.has_past = true;
        } else {
            left_out.from = Some(found[event.start].key.first_day());
        }
        is_kept[event].fill(false);
    }
    let mut is_kept = is_kept.into_iter();
    found.retain(|_| is_kept.next().unwrap_or(true));
    left_out
}
