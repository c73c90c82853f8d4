//! Looks over what a release serves: turns it into warnings about feeds that calendars may not take whole.
//!
//! Knows where a study group's file is among the sources, and changes nothing. Source: clients.md J1.

use crate::feed::{self, Entry, Feed, Selection, What};
use crate::icalendar;
use crate::problem::{Place, Problem, Problems};
use crate::revision::Release;
use crate::timetable::{Cancellation, Group};

/// Most events of a feed. Google takes about a thousand.
const MOST_EVENTS: usize = 900;
/// Most octets of a feed. Google takes a million.
const MOST_OCTETS: usize = 900_000;
/// Octets that an event has around its texts, at most.
const AROUND: usize = 2_500;
/// Most feeds that are named in a warning.
const MOST_NAMED: usize = 5;

/// Warns of feeds that are too large, once for each study group.
pub fn review(release: &Release, problems: &mut Problems) {
    for group in &release.timetable.groups {
        let all = Selection::All(group.id.clone());
        // Every other feed of the study group is part of this one, but for meetings of long ago.
        let whole = size(release, &all);
        let addresses = feed::addresses_of(&release.timetable, group);
        let candidates = addresses.iter().filter(|(_, selection)| match selection {
            Selection::Meeting(..) => true,
            Selection::Event(..) => false,
            _ => whole.is_some(),
        });
        let large: Vec<String> = candidates
            .filter_map(|(path, selection)| Some(format!("{path}.ics ({})", size(release, selection)?)))
            .collect();
        if !large.is_empty() {
            warn(group, &large, problems);
        }
    }
}

/// The size of a feed in words, if it is too large.
fn size(release: &Release, selection: &Selection) -> Option<String> {
    let feed = Feed::of(release, selection.clone(), None);
    let events = feed.entries.len();
    if events > MOST_EVENTS {
        return Some(format!("{events} events"));
    }
    // To render is dear: most feeds are so small that their texts alone tell.
    if feed.entries.iter().map(most_octets).sum::<usize>() <= MOST_OCTETS {
        return None;
    }
    let languages = selection.groups(&release.timetable).into_iter().flat_map(|group| &group.languages);
    let in_each =
        languages.map(|language| icalendar::render(&Feed::of(release, selection.clone(), Some(language))).len());
    let octets = in_each.max()?;
    (octets > MOST_OCTETS).then(|| format!("{} kB", octets / 1000))
}

/// More octets than an event can have: escapes double a text at worst, and folds add little.
fn most_octets(entry: &Entry<'_>) -> usize {
    let details = entry.details();
    let of_details = details.into_iter().flat_map(|details| {
        let links = details.links.iter().map(|link| &link.label);
        [&details.title, &details.room, &details.chair, &details.note].into_iter().flatten().chain(links)
    });
    let of_meeting = entry.meeting.into_iter().flat_map(|meeting| {
        let links = meeting.links.iter().map(|link| &link.label);
        meeting.note.iter().chain(links).chain([&meeting.title])
    });
    let venue = entry.meeting.and_then(|meeting| meeting.venue.as_ref());
    let of_venue = venue.into_iter().flat_map(|venue| venue.address.iter().chain([&venue.name]));
    let deadline = match &entry.what {
        What::Deadline(deadline) => [&deadline.how, &deadline.note].into_iter().flatten().collect(),
        _ => Vec::new(),
    };
    let addresses =
        details.map_or(0, |details| details.links.len()) + entry.meeting.map_or(0, |meeting| meeting.links.len());
    let texts = of_details
        .chain(of_meeting)
        .chain(of_venue)
        .chain(deadline)
        .chain(entry.cancelled().and_then(Cancellation::reason));
    AROUND + 500 * addresses + texts.map(|text| 3 * text.longest()).sum::<usize>()
}

fn warn(group: &Group, large: &[String], problems: &mut Problems) {
    let ending = format!("/{}/group.yaml", group.id);
    let Some(file) = problems.sources.iter().position(|source| source.path.ends_with(&ending)) else { return };
    let more = large.len().saturating_sub(MOST_NAMED);
    let named = large[..large.len() - more].join(", ");
    let named = if more > 0 { format!("{named} and {more} more") } else { named };
    // Behind the comments at its head, inside what its waivers cover.
    let heads = problems.sources[file].text.split_inclusive('\n');
    let head = heads.take_while(|line| line.trim_start().starts_with('#') || line.trim().is_empty());
    let start = head.map(str::len).sum();
    problems.push(
        Problem::warning(&Place { file, start, end: start }, "large-feed", "feeds are larger than calendars take")
            .label(format!("expected at most {MOST_EVENTS} events and {} kB in a feed", MOST_OCTETS / 1000))
            .help(format!("too large: {named}"))
            .help("write fewer single events: blocks of half-days, rules (`repeat`), or a study group of its own"),
    );
}
