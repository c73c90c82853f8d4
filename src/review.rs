//! Looks over what a release serves: turns it into warnings about feeds that calendars may not take whole.
//!
//! Knows where a study group's file is among the sources, and changes nothing. Source: clients.md J1.

use crate::feed::{self, Catalogue, Feed, Length, MAX_FILE_BYTES, MOST_EVENTS, Selection};
use crate::icalendar;
use crate::problem::{Problem, Problems, Span, Warning};
use crate::timetable::Group;

/// Octets that an event has around its texts, at most.
const AROUND: usize = 2_500;
/// Most feeds that are named in a warning.
const MOST_NAMED: usize = 5;

/// Warns of feeds that are too large, once for each study group.
pub fn review(catalogue: &Catalogue, problems: &mut Problems) {
    let release = catalogue.release();
    for (index, group) in release.timetable.groups.iter().enumerate() {
        let all = Selection::All(group.id.clone());
        // Every other feed of the study group is part of this one, but for meetings of long ago.
        let bodies = size(catalogue, &all).map(|_| feed::selections_of_bodies(group));
        let may_be_large = |meeting: usize| {
            let (events, lengths) = feed::lengths_of_meeting(catalogue, index, meeting);
            events > MOST_EVENTS || most_octets(events, lengths) > MAX_FILE_BYTES
        };
        let meetings = group.meetings.iter().enumerate().filter(|(meeting, _)| may_be_large(*meeting));
        let meetings = meetings.map(|(_, meeting)| Selection::Meeting(group.id.clone(), meeting.id.clone()));
        let large = |selection: Selection| {
            let size = size(catalogue, &selection)?;
            Some(format!("{}.ics ({size})", feed::path(&release.timetable, &selection)?))
        };
        let large: Vec<String> = bodies.into_iter().flatten().chain(meetings).filter_map(large).collect();
        if !large.is_empty() {
            warn(group, &large, problems);
        }
    }
}

/// The size of a feed in words, if it is too large.
fn size(catalogue: &Catalogue, selection: &Selection) -> Option<String> {
    let (events, lengths) = feed::lengths(catalogue, selection);
    if events > MOST_EVENTS {
        return Some(format!("{events} events"));
    }
    // To render is dear: most feeds are so small that their texts alone tell.
    if most_octets(events, lengths) <= MAX_FILE_BYTES {
        return None;
    }
    let languages = selection.groups(&catalogue.release().timetable).into_iter().flat_map(|group| &group.languages);
    let in_each =
        languages.map(|language| icalendar::render(&Feed::of(catalogue, selection.clone(), Some(language))).len());
    let octets = in_each.max()?;
    (octets > MAX_FILE_BYTES).then(|| format!("{} kB", octets / 1000))
}

/// More octets than so many events can have: escapes double a text at worst, and folds add little.
fn most_octets(events: usize, lengths: Length) -> usize {
    events * AROUND + 500 * lengths.links as usize + 3 * lengths.octets as usize
}

fn warn(group: &Group, large: &[String], problems: &mut Problems) {
    let ending = format!("/{}/group.yaml", group.id);
    let Some(file) =
        problems.sources.iter().position(|source| source.path.ends_with(&ending) && !source.text.is_empty())
    else {
        return;
    };
    let more = large.len().saturating_sub(MOST_NAMED);
    let named = large[..large.len() - more].join(", ");
    let named = if more > 0 { format!("{named} and {more} more") } else { named };
    // Behind the comments at its head, inside what its waivers cover.
    let heads = problems.sources[file].text.split_inclusive('\n');
    let head = heads.take_while(|line| line.trim_start().starts_with('#') || line.trim().is_empty());
    let start = head.map(str::len).sum();
    problems.push(
        Problem::warning(&Span { file, start, end: start }, Warning::LargeFeed, "feeds are larger than calendars take")
            .label(format!("expected at most {MOST_EVENTS} events and {} kB in a feed", MAX_FILE_BYTES / 1000))
            .help(format!("too large: {named}"))
            .help("write fewer single events: blocks of half-days, rules (`repeat`), or a study group of its own"),
    );
}
