//! Reviews a release: warns of feeds that calendars may not take whole.
//!
//! Knows where a study group's file is among the sources, and changes nothing. Source: clients.md J1.

use crate::feed::{self, Feed, MAX_EVENTS, MAX_FEED_BYTES, Selection, TextLength};
use crate::icalendar::FragmentCache;
use crate::problem::{Problem, Problems, Span, Warning};
use crate::timetable::Group;

/// The largest size of an event without its texts, in bytes.
const MAX_EVENT_OVERHEAD: usize = 2_500;
/// The largest number of feeds that a warning lists.
const MAX_LISTED: usize = 5;

/// Warns of feeds that are too large, once for each study group. Renders into the cache what has to be measured: most
/// events are in several feeds.
pub fn review(cache: &FragmentCache, problems: &mut Problems) {
    let entry_index = cache.entry_index();
    let release = entry_index.release();
    for (index, group) in release.timetable.groups.iter().enumerate() {
        let all = Selection::All(group.id.clone());
        // Every other feed of the study group is part of this one, except for past meetings.
        let bodies = size(cache, &all).map(|_| feed::selections_of_bodies(group));
        let may_be_large = |meeting: usize| {
            let (events, lengths) = feed::lengths_of_meeting(entry_index, index, meeting);
            events > MAX_EVENTS || max_bytes(events, lengths) > MAX_FEED_BYTES
        };
        let meetings = group.meetings.iter().enumerate().filter(|(meeting, _)| may_be_large(*meeting));
        let meetings =
            meetings.map(|(_, meeting)| Selection::Meeting { group: group.id.clone(), meeting: meeting.id.clone() });
        let large = |selection: Selection| {
            let size = size(cache, &selection)?;
            Some(format!("{}.ics ({size})", feed::path(&release.timetable, &selection)?))
        };
        let large: Vec<String> = bodies.into_iter().flatten().chain(meetings).filter_map(large).collect();
        if !large.is_empty() {
            warn(group, &large, problems);
        }
    }
}

/// Returns the size of a feed for the message, if it is too large.
fn size(cache: &FragmentCache, selection: &Selection) -> Option<String> {
    let entry_index = cache.entry_index();
    let (events, lengths) = feed::lengths(entry_index, selection);
    if events > MAX_EVENTS {
        return Some(format!("{events} events"));
    }
    // Rendering is expensive. Most feeds are small enough to tell from the lengths of their texts.
    if max_bytes(events, lengths) <= MAX_FEED_BYTES {
        return None;
    }
    let languages = selection.groups(&entry_index.release().timetable).into_iter().flat_map(|group| &group.languages);
    let in_each =
        languages.map(|language| cache.uncut_byte_count(&Feed::new(entry_index, selection.clone(), Some(language))));
    let bytes = in_each.max()?;
    (bytes > MAX_FEED_BYTES).then(|| format!("{} kB", bytes / 1000))
}

/// Returns an upper bound for the size of events: escapes double a text at worst, and folds add little.
fn max_bytes(events: usize, lengths: TextLength) -> usize {
    events * MAX_EVENT_OVERHEAD + 500 * lengths.links as usize + 3 * lengths.bytes as usize
}

fn warn(group: &Group, large: &[String], problems: &mut Problems) {
    let ending = format!("/{}/group.yaml", group.id);
    let Some(file) =
        problems.sources.iter().position(|source| source.path.ends_with(&ending) && !source.text.is_empty())
    else {
        return;
    };
    let more = large.len().saturating_sub(MAX_LISTED);
    let named = large[..large.len() - more].join(", ");
    let named = if more > 0 { format!("{named} and {more} more") } else { named };
    // After the comments at its head, where its waivers apply.
    let heads = problems.sources[file].text.split_inclusive('\n');
    let head = heads.take_while(|line| line.trim_start().starts_with('#') || line.trim().is_empty());
    let start = head.map(str::len).sum();
    problems.push(
        Problem::warning(&Span { file, start, end: start }, Warning::LargeFeed, "feeds too large for calendars")
            .label(format!("expected at most {MAX_EVENTS} events and {} kB in a feed", MAX_FEED_BYTES / 1000))
            .help(format!("too large: {named}"))
            .help("write fewer single events: blocks of half-days, rules (`repeat`), or a study group of its own"),
    );
}
