//! Warnings that come again in a file: each is shown once, with the lines of the others.

use std::collections::BTreeMap;

use super::{LineCursor, Problem, Problems, Warning};

/// The largest number of lines, or ranges of lines, that are listed.
const MAX_LISTED: usize = 12;

/// A problem, and the others of its file that say the same.
pub(super) struct RepeatedProblem<'p> {
    pub(super) first: &'p Problem,
    pub(super) others: Vec<&'p Problem>,
}

/// Puts warnings of one file together that say the same, and what to do. `sorted` are all problems in order.
pub(super) fn by_warning<'p>(sorted: &[&'p Problem]) -> Vec<RepeatedProblem<'p>> {
    let mut shown: Vec<RepeatedProblem<'p>> = Vec::new();
    let mut positions: BTreeMap<(usize, Warning, &str, &[String]), usize> = BTreeMap::new();
    for problem in sorted {
        let key =
            problem.warning.map(|warning| (problem.span.file, warning, problem.title.as_str(), &problem.help[..]));
        if let Some(position) = key.and_then(|key| positions.get(&key)) {
            shown[*position].others.push(problem);
        } else {
            positions.extend(key.map(|key| (key, shown.len())));
            shown.push(RepeatedProblem { first: problem, others: Vec::new() });
        }
    }
    shown
}

impl RepeatedProblem<'_> {
    /// Returns the lines that say where the others are, and how to waive all of them.
    pub(super) fn help(&self, problems: &Problems) -> Vec<String> {
        let (Some(warning), false) = (self.first.warning, self.others.is_empty()) else { return Vec::new() };
        let mut positions = LineCursor::default();
        let lines =
            self.others.iter().map(|other| positions.line_and_column(problems, other.span.file, other.span.start).0);
        let lines = ranges(lines);
        let times = match self.others.len() {
            1 => "once more".to_owned(),
            many => format!("{many} more times"),
        };
        let noun = if lines.contains([',', '-']) { "lines" } else { "line" };
        let again = format!("the same {times} in this file, on {noun} {lines}");
        let waiver = Warning::WAIVABLE.contains(&warning).then(|| {
            format!(
                "`allow: {{{}: REASON}}` as a line of its own at the end of the file waives all of them",
                warning.name()
            )
        });
        std::iter::once(again).chain(waiver).collect()
    }
}

/// Lists lines, which come in order: `14, 16-19, …`.
fn ranges(lines: impl Iterator<Item = usize>) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some((_, last)) if line <= *last + 1 => *last = line.max(*last),
            _ => ranges.push((line, line)),
        }
    }
    let listed = ranges
        .iter()
        .take(MAX_LISTED)
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") });
    let more = (ranges.len() > MAX_LISTED).then(|| "…".to_owned());
    listed.chain(more).collect::<Vec<_>>().join(", ")
}
