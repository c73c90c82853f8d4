//! `convene check`: everything that is wrong, at once.

use super::folder::load;
use super::{Folder, Outcome, colour, say};
use crate::feed;
use crate::problem::Severity;
use crate::timetable::Timetable;

pub(super) fn run(folder: &Folder) -> anyhow::Result<Outcome> {
    let loaded = load(&folder.meetings)?;
    eprint!("{}", loaded.problems.report(colour()));
    let Some(timetable) = loaded.timetable else { return Ok(Outcome::Problems) };
    let good = match loaded.problems.count(Severity::Warning) {
        0 => "good".to_owned(),
        _ => format!("good, with warnings ({})", loaded.problems.summary()),
    };
    say(&format!("{}: {good}; {}", folder.meetings.display(), summary(&timetable)))?;
    Ok(Outcome::Good)
}

/// What the definitions hold, in one line.
fn summary(timetable: &Timetable) -> String {
    let meetings = || timetable.groups.iter().flat_map(|group| &group.meetings);
    let sessions: usize =
        meetings().flat_map(|meeting| &meeting.sessions).map(|session| session.occurrences.len()).sum();
    format!(
        "study groups: {}, meetings: {}, sessions: {sessions}, deadlines: {}, feeds: {}, delegates: {}",
        timetable.groups.len(),
        meetings().count(),
        meetings().map(|meeting| meeting.deadlines.len()).sum::<usize>(),
        feed::addresses(timetable).len(),
        timetable.delegates.len(),
    )
}
