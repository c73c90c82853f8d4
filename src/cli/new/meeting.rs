//! `convene new meeting`: writes the file of a meeting, with its days laid out and its deadlines computed.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{id, with, write};
use crate::cli::CommandOutcome;
use crate::cli::folder;
use crate::definition::{self, CountedFrom, DayPart, DefinitionFile, Due, GroupFolder};
use crate::id::Id;
use crate::timetable::Meeting;

/// Options of `convene new meeting`.
#[derive(Args, Clone)]
pub(super) struct Options {
    /// Folder of the study group: sg12
    #[arg(value_parser = id)]
    group: Id,
    /// Name of its file, and its part of the address: 2026-05-geneva
    #[arg(value_parser = id)]
    id: Id,
    /// Folder of definitions
    #[arg(env = "CONVENE_MEETINGS", hide_env_values = true, default_value = "meetings")]
    meetings: PathBuf,
    /// First day: 2026-05-05
    #[arg(long, value_parser = day)]
    starts: Date,
    /// Last day: 2026-05-14
    #[arg(long, value_parser = day)]
    ends: Date,
    /// One of the study group's venues
    #[arg(long)]
    venue: Option<String>,
}

/// Parses a date.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a date such as 2026-05-05".to_owned())
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    if options.ends < options.starts {
        bail!("the meeting ends before it starts: expected {} or later, found {}", options.starts, options.ends);
    }
    let files = folder::files(&options.meetings)?;
    let (definitions, _) = definition::read(&options.meetings.display().to_string(), files);
    let group = definitions.groups.iter().find(|folder| folder.id == options.group && folder.is_decoded);
    let group = group.with_context(|| {
        let known: Vec<&str> = definitions.groups.iter().map(|folder| folder.id.as_str()).collect();
        let near = crate::problem::suggestion(options.group.as_str(), &known).unwrap_or_default();
        format!("there is no study group `{}` in `{}`; {near}", options.group, options.meetings.display())
    })?;
    let path = format!("{}/{}.yaml", options.group, options.id);
    let file = |text: String| DefinitionFile::new(path.clone(), text);
    // The check computes the deadlines: the first text has none, the second has their dates.
    let Some(loaded) = with(&options.meetings, file(text(options, group, None)))? else {
        return Ok(CommandOutcome::Problems);
    };
    let groups = loaded.timetable.into_iter().flat_map(|timetable| timetable.groups);
    let meeting = groups.filter(|of| of.id == options.group).flat_map(|of| of.meetings).find(|of| of.id == options.id);
    let file = file(text(options, group, meeting.as_deref()));
    if with(&options.meetings, file.clone())?.is_none() {
        return Ok(CommandOutcome::Problems);
    }
    write(&options.meetings, &file)?;
    Ok(CommandOutcome::Good)
}

/// Returns the text of the file, with the deadlines of `meeting` if it is given.
fn text(options: &Options, group: &GroupFolder, meeting: Option<&Meeting>) -> String {
    let mut text = format!(
        "\
# yaml-language-server: $schema=../meeting.schema.json
# {short}, {starts} to {ends}. The file's name is its part of the address; the ids below are part of the identity of each
# entry in every calendar. Choose both once. Every key is explained in docs/definitions.md.

# title: …                           # \"{short} meeting\" if left out
starts: {starts}
ends: {ends}
{venue}

# The letter that announces it, and the documents that say more.
# letter: {{number: 1/12, date: {letter}, url: \"https://…\"}}
# documents: {{agenda: {short}-TD1, timetable: {short}-TD2}}

",
        short = group.group.short.as_ref().and_then(|short| short.values().next()).map_or("It", |short| short.value.as_str()),
        starts = options.starts,
        ends = options.ends,
        letter = options.starts.saturating_sub(2.months()),
        venue = venue(options, group),
    );
    deadlines(&mut text, group, meeting);
    text.push_str(SESSIONS);
    sessions(&mut text, options, group);
    text
}

const SESSIONS: &str = "\
# The timetable, day by day. `at` is hours (11:00-12:30), a start (11:00), a part of the day, or unknown; write no hour
# that is not announced.
sessions:
";

fn venue(options: &Options, group: &GroupFolder) -> String {
    let known: Vec<&str> =
        group.group.venues.iter().flat_map(|venues| &venues.list).map(|(id, _)| id.value.as_str()).collect();
    match (&options.venue, &known[..]) {
        (Some(venue), _) => format!("venue: {venue}"),
        (None, [only]) => format!("venue: {only}"),
        (None, []) => "# venue: …                           # one of the venues of group.yaml".to_owned(),
        (None, several) => format!("# venue: …                           # one of: {}", several.join(", ")),
    }
}

/// The sessions that the file contains: deadlines may count from them.
const LAID_OUT: [&str; 2] = ["opening-plenary", "closing-plenary"];

fn deadlines(text: &mut String, group: &GroupFolder, meeting: Option<&Meeting>) {
    let rules = || group.group.deadlines.iter().flat_map(|rules| &rules.list);
    let counts_from = |rule: &definition::DeadlineRule| match &rule.due.as_ref()?.value {
        Due::Counted { from: CountedFrom::Session(session), .. } if !LAID_OUT.contains(&session.as_str()) => {
            Some(session.to_string())
        }
        _ => None,
    };
    let dropped: Vec<(String, String)> =
        rules().filter_map(|(id, rule)| Some((id.value.to_string(), counts_from(rule.as_ref()?)?))).collect();
    if rules().next().is_none() {
        return;
    }
    text.push_str("# The study group's deadlines, with the dates that its rules give. Where the letter prints a date, take the line\n");
    text.push_str("# in and write the printed one: it wins, and `convene check` reports a difference.\n");
    text.push_str(if dropped.is_empty() { "# deadlines:\n" } else { "deadlines:\n" });
    for deadline in meeting.iter().flat_map(|meeting| &meeting.deadlines) {
        let _ = writeln!(text, "# - {{id: {}, printed: {}}}", deadline.id, deadline.date());
    }
    for (id, session) in dropped {
        let _ =
            writeln!(text, "- {{id: {id}, due: none}}   # counts from `{session}`: remove this line when there is one");
    }
    text.push('\n');
}

/// Writes every day of the meeting: the plenaries, and a commented line for each part of the other days.
fn sessions(text: &mut String, options: &Options, group: &GroupFolder) {
    let days: Vec<Date> = options.starts.series(1.day()).take_while(|day| *day <= options.ends).take(60).collect();
    let is_weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let first = days.iter().copied().find(|day| !is_weekend(*day)).unwrap_or(options.starts);
    let last = days.iter().copied().rfind(|day| !is_weekend(*day)).unwrap_or(options.ends);
    let parts = parts(group);
    for day in days {
        let _ = writeln!(text, "\n# {}{}", day.strftime("%A %-d %B"), if is_weekend(day) { ": weekend" } else { "" });
        for (index, part) in parts.iter().enumerate() {
            let written = day.strftime("%a %Y-%m-%d");
            let is_end = index + 1 == parts.len();
            if day == first && index == 0 {
                let _ = writeln!(text, "- {{id: opening-plenary, kind: plenary, day: {written}, at: {part}}}");
            } else if day == last && is_end {
                let _ = writeln!(text, "- {{id: closing-plenary, kind: plenary, day: {written}, at: {part}}}");
            } else if !is_weekend(day) {
                let _ = writeln!(text, "# - {{id: …, kind: question, for: […], day: {written}, at: {part}, room: …}}");
            }
        }
    }
}

/// Returns the parts of a day for which the study group has hours, without the evening; default hours if there are
/// none.
fn parts(group: &GroupFolder) -> Vec<String> {
    let hours = group.group.hours.iter().flat_map(|hours| &hours.list).map(|(part, _)| part.value);
    let mut parts: Vec<DayPart> = hours.filter(|part| *part != DayPart::Evening).collect();
    parts.sort_unstable();
    let words: Vec<String> = parts.into_iter().map(|part| part.word().to_owned()).collect();
    if words.is_empty() { vec!["09:30-12:30".to_owned(), "14:30-17:30".to_owned()] } else { words }
}
