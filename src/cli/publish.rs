//! `convene publish`: publishes the definitions as the next release.

use clap::Args;
use url::Url;

use super::folder::load;
use super::{CommandOutcome, FolderOptions, LedgerOptions, announce, base_url, changes, colour, now, tell};
use crate::publication::Publication;
use crate::store::{self, NewRelease, PublishCause};

/// Options of `convene publish`.
#[derive(Args, Clone)]
pub(super) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
    #[command(flatten)]
    ledger: LedgerOptions,
    /// Public address of the service [default: that of the latest release]
    #[arg(long, env = "CONVENE_BASE_URL", hide_env_values = true, value_name = "URL", value_parser = base_url)]
    base_url: Option<Url>,
    /// After the loss of a ledger: start with higher revision numbers than any that were served
    #[arg(long)]
    recover: bool,
    /// The clock of this machine was ahead when the latest releases were published, and is right now
    #[arg(long, conflicts_with = "recover")]
    clock_was_ahead: bool,
    /// Start a new ledger although there is a secret: everything published before is lost
    #[arg(long)]
    begin_anew: bool,
}

impl Options {
    fn cause(&self) -> PublishCause {
        match () {
            () if self.recover => PublishCause::Recovery,
            () if self.clock_was_ahead => PublishCause::ClockWasAhead,
            () => PublishCause::Folder,
        }
    }
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    if !options.recover && !options.begin_anew {
        options.ledger.refuse_if_lost()?;
    }
    let loaded = load(&options.folder.meetings)?;
    tell(&loaded.problems.report(colour()));
    let Some(timetable) = loaded.timetable.clone() else {
        tell("nothing was published: fix the errors above first\n");
        return Ok(CommandOutcome::Problems);
    };
    let new_release = NewRelease {
        files: loaded.files.clone(),
        timetable,
        base_url: options.base_url.clone(),
        cause: options.cause(),
    };
    match options.ledger.with(async |store| store.publish(&mut None, new_release, now).await)? {
        store::PublishOutcome::Published(publication) => {
            tell(&loaded.warnings(&publication).report(colour()));
            announce(&published(&publication));
        }
        store::PublishOutcome::Same => announce("nothing was published: the latest release has the same content"),
        store::PublishOutcome::Superseded(restored) => announce(&superseded_message(restored)),
        // The caller asked for it: an older version of convene publishes as well.
        store::PublishOutcome::Outdated => announce("nothing was published: a newer version of convene publishes here"),
        store::PublishOutcome::Refused(conflicts) => {
            tell(&loaded.with_conflicts(&conflicts).report(colour()));
            tell("nothing was published: fix the errors above first\n");
            return Ok(CommandOutcome::Problems);
        }
    }
    Ok(CommandOutcome::Good)
}

/// `release 3: 2 changed, 1 new`
pub(super) fn published(publication: &Publication) -> String {
    let release = &publication.release;
    let list = release.changes.first().filter(|changes| changes.release == release.number);
    let counts = list.map(|changes| changes::counts(&changes.list)).unwrap_or_default();
    match (publication.revised, counts.as_str()) {
        (0, "") => format!("release {}: nothing that readers see has changed", release.number),
        (revised, "") => format!("release {}: {revised} entries", release.number),
        (_, counts) => format!("release {}: {counts}", release.number),
    }
}

/// Returns the message that a rollback has priority over the folder.
pub(super) fn superseded_message(restored: Option<u32>) -> String {
    let restored = restored.map(|number| format!(" to release {number}")).unwrap_or_default();
    format!(
        "nothing was published: a rollback{restored} superseded these files, and they have not changed since. \
         Change them, or choose another release with `convene rollback`"
    )
}
