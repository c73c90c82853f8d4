//! The log of the service: lines of text for people or of JSON for machines, on standard error.
//!
//! It never contains what readers send: neither paths, which may be private addresses, nor user agents. Of
//! `delegates.yaml` it contains positions only.

use std::io::Write;
use std::panic::PanicHookInfo;
use std::sync::{Arc, Mutex, PoisonError};

use clap::ValueEnum;
use tracing::{Level, Subscriber, error, warn};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;

use super::output::STDERR;
use super::{colour, tell};
use crate::problem::{Problem, Problems, Severity};

/// The format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    Text,
    Json,
}

impl LogFormat {
    /// Starts the log of this process. Panics are logged, too.
    pub(super) fn begin(self) {
        // A second subscriber would log everything twice: the first one stays.
        let _ = tracing::subscriber::set_global_default(self.subscriber(ToStderr));
        STDERR.set_loss_notice(match self {
            Self::Text => |lost| Self::Text.loss_notice(lost),
            Self::Json => |lost| Self::Json.loss_notice(lost),
        });
        std::panic::set_hook(Box::new(fault));
    }

    fn subscriber<W>(self, writer: W) -> Box<dyn Subscriber + Send + Sync>
    where
        W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
    {
        let lines = tracing_subscriber::fmt().with_writer(writer).with_target(false).with_ansi(colour());
        // By default it would report a failed write by another write to the same stream.
        let lines = lines.log_internal_errors(false);
        // Messages of libraries may quote private data; convene reports what matters itself.
        let own = Targets::new().with_target("convene", Level::INFO);
        match self {
            Self::Text => Box::new(lines.compact().finish().with(own)),
            Self::Json => {
                let lines = lines.json().flatten_event(true).with_current_span(false).with_span_list(false);
                Box::new(lines.finish().with(own))
            }
        }
    }

    /// Returns the line that reports how many lines were lost.
    fn loss_notice(self, lost: u64) -> Vec<u8> {
        let line = KeptLine::default();
        let subscriber = self.subscriber(line.clone());
        tracing::subscriber::with_default(subscriber, || {
            warn!(lost, "{} could not be written", if lost == 1 { "one log line" } else { "log lines" });
        });
        std::mem::take(&mut *line.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Logs problems: as the report that a secretary reads, or as one event each. Private files are not quoted.
    pub(super) fn problems(self, problems: &Problems) {
        let (private, public) = problems.split_private();
        match self {
            Self::Text => tell(&public.report(colour())),
            Self::Json => public.sorted().into_iter().for_each(|problem| event(&public, problem)),
        }
        for problem in private.sorted() {
            let (file, line, column) = place(&private, problem);
            match problem.severity {
                Severity::Error => error!(file, line, column, "error in a private file: `convene check` shows it"),
                Severity::Warning => {
                    warn!(file, line, column, "warning in a private file: `convene check` shows it");
                }
            }
        }
    }
}

/// Logs the place of a panic, but not its message, which may quote what a reader sent.
fn fault(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(|location| format!("{}:{}", location.file(), location.line()));
    error!(place = place.unwrap_or_default(), "a fault in convene: please report it with this position");
}

fn place<'p>(problems: &'p Problems, problem: &Problem) -> (&'p str, usize, usize) {
    let (line, column) = problems.position(problem.span.file, problem.span.start);
    (&problems.sources[problem.span.file].path, line, column)
}

fn event(problems: &Problems, problem: &Problem) {
    let (file, line, column) = place(problems, problem);
    let Problem { title, label, help, .. } = problem;
    match problem.severity {
        Severity::Error => error!(file, line, column, expected = label, help = help.join("; "), "{title}"),
        Severity::Warning => warn!(file, line, column, expected = label, help = help.join("; "), "{title}"),
    }
}

/// Collects a line instead of writing it.
#[derive(Clone, Default)]
struct KeptLine(Arc<Mutex<Vec<u8>>>);

impl Write for KeptLine {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for KeptLine {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Writes the log to standard error: each line is one write.
#[derive(Clone, Copy)]
struct ToStderr;

impl Write for ToStderr {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        STDERR.write(text.to_vec());
        Ok(text.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for ToStderr {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}
