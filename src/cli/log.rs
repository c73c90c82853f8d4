//! The log of a service: lines of text for people, or of JSON for machines, on standard error.
//!
//! Nothing that readers send is ever in it: neither paths, which may be private addresses, nor what programs say of
//! themselves.

use clap::ValueEnum;
use tracing::{error, warn};

use super::colour;
use crate::problem::{Problem, Problems, Severity};

/// For whom the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Log {
    Text,
    Json,
}

impl Log {
    /// Writes the log of this process from now on.
    pub(super) fn begin(self) {
        let lines = tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).with_ansi(colour());
        // A second log of one process would say everything twice: the first one stays.
        let _ = match self {
            Self::Text => lines.compact().try_init(),
            Self::Json => lines.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
        };
    }

    /// Tells problems: as the text that a secretary reads, or each as an event.
    pub(super) fn problems(self, problems: &Problems) {
        match self {
            Self::Text => eprint!("{}", problems.report(colour())),
            Self::Json => problems.sorted().into_iter().for_each(|problem| event(problems, problem)),
        }
    }
}

fn event(problems: &Problems, problem: &Problem) {
    let (line, column) = problems.position(problem.place.file, problem.place.start);
    let file = &problems.sources[problem.place.file].path;
    let Problem { title, label, help, .. } = problem;
    match problem.severity {
        Severity::Error => error!(file, line, column, expected = label, help = help.join("; "), "{title}"),
        Severity::Warning => warn!(file, line, column, expected = label, help = help.join("; "), "{title}"),
    }
}
