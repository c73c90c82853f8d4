//! Problems that only the ledger shows: what readers know, and would know otherwise.

use super::folder::LoadedFolder;
use crate::problem::{Problem, Problems, Warning};
use crate::publication::{LikelyRename, Publication, ReplacedEvents, ShiftedHours, TakenAddress, UidConflict};

impl LoadedFolder {
    /// Returns the warnings of a publication, and nothing else: entries that seem to have been renamed without `was:`,
    /// addresses that go to another body, hours on another clock, and events that become others.
    pub(super) fn warnings(&self, publication: &Publication) -> Problems {
        let mut problems = Problems::new(self.problems.sources.clone());
        for LikelyRename { uid, was } in &publication.renames {
            let Some(place) = self.defined.entry(uid) else { continue };
            problems.push(
                Problem::warning(place, Warning::LikelyRename, "this entry seems to have been renamed")
                    .label(format!("new; `{was}` had the same day, title and bodies, and is no longer there"))
                    .help(format!(
                        "if it was renamed, write `was: {was}` here: otherwise calendars cancel the former event"
                    ))
                    .help("if it is another one, nothing is to be done"),
            );
        }
        for taken in &publication.taken_addresses {
            let Some(place) = self.defined.body(&taken.group, &taken.body) else { continue };
            let TakenAddress { address, from, .. } = taken;
            problems.push(
                Problem::warning(place, Warning::TakenAddress, format!("the address `{address}` was that of `{from}`"))
                    .label("takes it over")
                    .help(format!("those who subscribed to `{from}` there get the calendar of `{}` now", taken.body))
                    .help("if they should not, write another `address` for it, and no `was` with this name"),
            );
        }
        for ShiftedHours { uid, count, before, now } in &publication.shifted_hours {
            let Some(place) = self.defined.entry(uid) else { continue };
            let events = if *count == 1 {
                "an event keeps its hours".to_owned()
            } else {
                format!("{count} events keep their hours")
            };
            problems.push(
                Problem::warning(place, Warning::ShiftedHours, format!("{events} on another clock"))
                    .label(format!("the first of them: its hours were those of {before}, and are those of {now} now"))
                    .help(format!("if only the venue is to change, write `zone: {before}`"))
                    .help("if the hours are those of the new zone, nothing is to be done: readers are told"),
            );
        }
        for ReplacedEvents { uid, session, count } in &publication.replaced_events {
            let Some(place) = self.defined.entry(uid) else { continue };
            problems.push(
                Problem::warning(place, Warning::ReplacedEvents, format!("{count} events of `{session}` become others"))
                    .label("its days or hours are written in another way than when they were published")
                    .help("calendars cancel the former events, and add others")
                    .help("leave `days` and `at` as they were, and write what is different into `changes` (`at:` or `moved:`)")
                    .help("hours of parts of the day that are known now are `hours:` of the meeting"),
            );
        }
        problems
    }

    /// Returns the problems with the conflicts added.
    pub(super) fn with_conflicts(mut self, conflicts: &[UidConflict]) -> Problems {
        self.add_conflicts(conflicts);
        self.problems
    }

    /// Adds the problems that only the ledger shows.
    pub(super) fn add_what_ledger_shows(&mut self, preview: &Result<Publication, Vec<UidConflict>>) {
        match preview {
            Ok(publication) => self.problems.merge(&self.warnings(publication)),
            Err(conflicts) => self.add_conflicts(conflicts),
        }
    }

    fn add_conflicts(&mut self, conflicts: &[UidConflict]) {
        for UidConflict { uid, known, claimed } in conflicts {
            let Some(place) = self.defined.entry(uid) else { continue };
            self.problems.push(
                Problem::error(place, "this identity (UID) already belongs to another entry")
                    .label(format!("expected an unused UID; readers know it as `{known}`"))
                    .help(format!("give {claimed} another id, or write `was:` for the entry that it was"))
                    .help("if a UID changes its meaning, calendars show the wrong event, or none"),
            );
        }
        self.problems.apply_waivers();
    }
}
