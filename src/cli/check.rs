//! `convene check`: reports all problems at once.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::diff::preview;
use super::folder::load;
use super::{CommandOutcome, FolderOptions, LedgerOptions, colour, say, tell};
use crate::feed;
use crate::problem::{Problems, Severity};
use crate::timetable::Timetable;

/// Options of `convene check`.
#[derive(Args, Clone)]
pub(super) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
    /// Format of the problems
    #[arg(long, env = "CONVENE_FORMAT", hide_env_values = true, value_enum, default_value = "text")]
    format: Format,
    /// Also compare with what the ledger in this folder has published
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
}

#[derive(ValueEnum, Clone, Copy)]
enum Format {
    /// For people: each problem with the lines around it
    Text,
    /// For editors and scripts: one JSON document
    Json,
    /// For GitHub: annotations
    Github,
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    let mut loaded = load(&options.folder.meetings)?;
    if let (Some(state), Some(timetable)) = (&options.state, loaded.timetable.clone()) {
        let ledger = LedgerOptions { state: state.clone(), database: None };
        let known = ledger.latest()?.with_context(|| format!("there is no ledger in `{}`", state.display()))?;
        loaded.add_what_ledger_shows(&preview(timetable, Some(&known), None));
    }
    let is_good = loaded.timetable.is_some() && !loaded.problems.has_errors();
    let outcome = if is_good { CommandOutcome::Good } else { CommandOutcome::Problems };
    match options.format {
        Format::Text => {
            tell(&loaded.problems.report(colour()));
            if let Some(timetable) = loaded.timetable.as_ref().filter(|_| is_good) {
                let good = good(&loaded.problems);
                say(&format!("{}: {good}; {}", options.folder.meetings.display(), summary(timetable)))?;
            }
        }
        Format::Json => say(loaded.problems.json().trim_end())?,
        Format::Github => {
            for line in loaded.problems.github().lines() {
                say(line)?;
            }
        }
    }
    Ok(outcome)
}

/// Returns the verdict on definitions without errors.
fn good(problems: &Problems) -> String {
    let waived = match problems.waived() {
        0 => String::new(),
        1 => ", 1 warning waived".to_owned(),
        many => format!(", {many} warnings waived"),
    };
    match problems.count(Severity::Warning) {
        0 => format!("good{waived}"),
        _ => format!("good, with warnings ({}){waived}", problems.summary()),
    }
}

/// Returns the contents of the definitions, in one line.
fn summary(timetable: &Timetable) -> String {
    let meetings = || timetable.groups.iter().flat_map(|group| &group.meetings);
    let sessions: usize =
        meetings().flat_map(|meeting| &meeting.sessions).map(|session| session.occurrences.len()).sum();
    format!(
        "study groups: {}, meetings: {}, sessions: {sessions}, deadlines: {}, feeds: {}, delegates: {}",
        timetable.groups.len(),
        meetings().count(),
        meetings().map(|meeting| meeting.deadlines.len()).sum::<usize>(),
        feed::address_count(timetable),
        timetable.delegates.len(),
    )
}
