//! Waivers: warnings that an editor has accepted, each with a reason.

use std::collections::BTreeMap;

use super::{Problem, Problems, Severity, Span, Warning};

/// A warning that is accepted in one record of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The warning. `None` if the name could not be read: every warning is then waived.
    pub warning: Option<Warning>,
    /// Where the name is written.
    pub span: Span,
    /// The whole record in which the warning is waived.
    pub record: Span,
}

/// Stands for every name.
const ANY: &str = "*";

impl Waiver {
    fn covers(&self, problem: &Problem) -> bool {
        let inside = |span: &Span| {
            span.file == self.record.file && self.record.start <= span.start && span.end <= self.record.end
        };
        let spans = || std::iter::once(&problem.span).chain(problem.related.iter().map(|(span, _)| span));
        self.warning.is_none_or(|warning| problem.warning == Some(warning)) && spans().any(inside)
    }
}

impl Problems {
    /// Removes the waived warnings, and adds a warning for each waiver that waives nothing. Call it once, when all
    /// problems have been found.
    pub fn apply_waivers(&mut self) {
        let waivers = std::mem::take(&mut self.waivers);
        if waivers.is_empty() {
            return;
        }
        let mut used = vec![false; waivers.len()];
        let mut by_name: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (index, waiver) in waivers.iter().enumerate() {
            by_name.entry((waiver.record.file, name_or_any(waiver.warning))).or_default().push(index);
        }
        let mut kept = Vec::new();
        for problem in std::mem::take(&mut self.found) {
            let spans = std::iter::once(&problem.span).chain(problem.related.iter().map(|(span, _)| span));
            let either = [name_or_any(problem.warning), ANY];
            let named = spans.flat_map(|span| either.map(|name| by_name.get(&(span.file, name)))).flatten().flatten();
            let named = named.copied().filter(|_| problem.warning.is_some());
            // The innermost record wins.
            let covering = named.filter(|index| waivers[*index].covers(&problem));
            match covering.min_by_key(|index| waivers[*index].record.end - waivers[*index].record.start) {
                Some(index) => {
                    used[index] = true;
                    self.waived += 1;
                }
                None => kept.push(problem),
            }
        }
        self.found = kept;
        // An error may suppress the warning that a waiver is for.
        if self.count(Severity::Error) == 0 {
            for (waiver, _) in waivers.iter().zip(used).filter(|(_, used)| !used) {
                self.push(idle(waiver));
            }
        }
    }
}

fn name_or_any(warning: Option<Warning>) -> &'static str {
    warning.map_or(ANY, Warning::name)
}

fn idle(waiver: &Waiver) -> Problem {
    Problem::warning(
        &waiver.span,
        Warning::IdleWaiver,
        format!("this waives nothing: there is no `{}` here", name_or_any(waiver.warning)),
    )
    .label("expected a warning that it waives")
    .help("remove it: it would hide the next one")
}
