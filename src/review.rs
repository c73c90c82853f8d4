//! Looks over what a release serves: turns it into warnings about feeds that calendars may not take whole.
//!
//! Knows where a study group's file is among the sources, and changes nothing. Source: clients.md J1.

use crate::feed::{self, Feed, Selection};
use crate::icalendar;
use crate::problem::{Place, Problem, Problems};
use crate::revision::Release;
use crate::timetable::Group;

/// Most events of a feed. Google takes about a thousand.
const MOST_EVENTS: usize = 900;
/// Most octets of a feed. Google takes a million.
const MOST_OCTETS: usize = 900_000;
/// Fewer events than this are never too many octets: texts of definitions are short.
const FEW_EVENTS: usize = 20;
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
    if events < FEW_EVENTS {
        return None;
    }
    let octets = icalendar::render(&feed).len();
    (octets > MOST_OCTETS).then(|| format!("{} kB", octets / 1000))
}

fn warn(group: &Group, large: &[String], problems: &mut Problems) {
    let ending = format!("/{}/group.yaml", group.id);
    let Some(file) = problems.sources.iter().position(|source| source.path.ends_with(&ending)) else { return };
    let more = large.len().saturating_sub(MOST_NAMED);
    let named = large[..large.len() - more].join(", ");
    let named = if more > 0 { format!("{named} and {more} more") } else { named };
    problems.push(
        Problem::warning(&Place { file, start: 0, end: 0 }, "large-feed", "feeds are larger than calendars take")
            .label(format!("expected at most {MOST_EVENTS} events and {} kB in a feed", MOST_OCTETS / 1000))
            .help(format!("too large: {named}"))
            .help("write fewer single events: blocks of half-days, rules (`repeat`), or a study group of its own"),
    );
}
