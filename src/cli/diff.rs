//! `convene diff`: shows what publishing would change, and in which feeds.

use clap::Args;
use url::Url;

use super::folder::load;
use super::{CommandOutcome, FolderOptions, LedgerOptions, base_url, changes, colour, now, say, tell};
use crate::icalendar;
use crate::publication::{Publication, PublishRequest, UidConflict, publish};
use crate::revision::{Release, truncate_to_second};
use crate::store::StoredRelease;
use crate::timetable::Timetable;

/// Options of `convene diff`.
#[derive(Args, Clone)]
pub(super) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
    #[command(flatten)]
    ledger: LedgerOptions,
    /// Public address of the service [default: that of the latest release]
    #[arg(long, env = "CONVENE_BASE_URL", hide_env_values = true, value_name = "URL", value_parser = base_url)]
    base_url: Option<Url>,
    /// Name the feeds that show each change
    #[arg(long)]
    feeds: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    let loaded = load(&options.folder.meetings)?;
    let Some(timetable) = loaded.timetable.clone() else {
        tell(&loaded.problems.report(colour()));
        return Ok(CommandOutcome::Problems);
    };
    let known = options.ledger.latest()?;
    if let Some(known) = &known
        && known.supersedes(&loaded.files)
    {
        say(&super::publish::superseded_message(known.meta.restores))?;
        return Ok(CommandOutcome::Good);
    }
    let before = known.as_ref().map(|known| &known.release);
    match preview(timetable, known.as_ref(), options.base_url.clone()) {
        Ok(publication) => {
            tell(&loaded.warnings(&publication).report(colour()));
            show(before, &publication, options.feeds)
        }
        Err(conflicts) => {
            tell(&loaded.with_conflicts(&conflicts).report(colour()));
            Ok(CommandOutcome::Problems)
        }
    }
}

/// Computes the release that would follow the latest one, without publishing it.
///
/// # Errors
///
/// Returns the UIDs that would change their meaning.
pub(super) fn preview(
    timetable: Timetable,
    known: Option<&StoredRelease>,
    base_url: Option<Url>,
) -> Result<Publication, Vec<UidConflict>> {
    let before = known.map(|known| &known.release);
    let nowhere = || Url::parse("https://convene.invalid/").unwrap_or_else(|_| unreachable!("an address"));
    let base_url = base_url.or_else(|| before.map(|before| before.base_url.clone()));
    let latest = known.map_or(jiff::Timestamp::MIN, |known| known.release.published);
    let next = latest.saturating_add(jiff::SignedDuration::from_secs(1)).unwrap_or(latest);
    let is_other_renderer = known.is_some_and(|known| known.meta.renderer != icalendar::renderer_version());
    let request = PublishRequest::from_definitions(
        timetable,
        base_url.unwrap_or_else(nowhere),
        truncate_to_second(now()).max(next),
    );
    publish(before, PublishRequest { is_other_renderer, ..request })
}

fn show(before: Option<&Release>, publication: &Publication, names_feeds: bool) -> anyhow::Result<CommandOutcome> {
    let after = &publication.release;
    let list = after.changes.first().filter(|changes| changes.release == after.number);
    let list = list.map(|changes| &changes.list[..]).unwrap_or_default();
    let notes = changes::notes(before, after);
    for line in changes::lines(list, names_feeds).iter().chain(&notes) {
        say(line)?;
    }
    if list.is_empty() && notes.is_empty() && publication.revised > 0 {
        // Another version of convene has other words, or a notice comes or goes.
        let revised = publication.revised;
        say(&format!("release {} would follow: entries revised without a change to tell: {revised}", after.number))?;
    } else if list.is_empty() && notes.is_empty() {
        say("nothing that readers see would change")?;
    } else {
        let counts = changes::counts(list);
        let counts = if counts.is_empty() { String::new() } else { format!(": {counts}") };
        say(&format!("release {} would follow{counts}", after.number))?;
    }
    Ok(CommandOutcome::Good)
}
