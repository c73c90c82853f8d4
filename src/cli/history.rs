//! `convene history`: lists the releases, or the changes of one.

use anyhow::bail;
use clap::Args;

use super::{CommandOutcome, LedgerOptions, changes, say};
use crate::store::ReleaseSummary;

/// Options of `convene history`.
#[derive(Args, Clone)]
pub(super) struct Options {
    /// Number of a release, to see what it changed
    release: Option<u32>,
    /// Name the feeds that show each change
    #[arg(long)]
    feeds: bool,
    #[command(flatten)]
    ledger: LedgerOptions,
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    // Looking must not create a ledger.
    let is_there = options.ledger.location()?.may_hold();
    let releases = if is_there { options.ledger.with(async |store| store.history().await)? } else { Vec::new() };
    match options.release {
        None if releases.is_empty() => say("nothing has been published yet")?,
        None => releases.iter().try_for_each(|release| say(&line(release)))?,
        Some(number) => {
            let Some(release) = releases.iter().find(|release| release.changes.release == number) else {
                bail!("there is no release {number}: `convene history` lists them");
            };
            say(&line(release))?;
            changes::lines(&release.changes.list, options.feeds).iter().try_for_each(|line| say(line))?;
        }
    }
    Ok(CommandOutcome::Good)
}

/// `3  2025-01-10T09:00:00Z  2 changed, 1 new`
fn line(release: &ReleaseSummary) -> String {
    let counts = changes::counts(&release.changes.list);
    let what = match (release.revised, counts.as_str()) {
        (0, "") => "nothing that readers see".to_owned(),
        (revised, "") => format!("{revised} entries"),
        (_, counts) => counts.to_owned(),
    };
    let restores = release.restores.map(|number| format!("  (restores release {number})")).unwrap_or_default();
    format!("{:>5}  {}  {what}{restores}", release.changes.release, release.published)
}
