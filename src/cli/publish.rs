//! `convene publish`: the definitions become the next release.

use clap::Args;
use url::Url;

use super::folder::load;
use super::{Folder, Ledger, Outcome, base_url, changes, colour, now, say};
use crate::publication::Publication;
use crate::store::{self, Cause, Edition};

/// Options of `convene publish`.
#[derive(Args, Clone)]
pub(super) struct Options {
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    ledger: Ledger,
    /// Address under which readers reach the service; that of the latest release if left out
    #[arg(long, env = "CONVENE_BASE_URL", hide_env_values = true, value_name = "URL", value_parser = base_url)]
    base_url: Option<Url>,
    /// After the loss of a ledger: begin with revision numbers that are higher than any that was served
    #[arg(long)]
    recover: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<Outcome> {
    let loaded = load(&options.folder.meetings)?;
    eprint!("{}", loaded.problems.report(colour()));
    let Some(timetable) = loaded.timetable.clone() else {
        eprintln!("nothing was published: mend the errors above first");
        return Ok(Outcome::Problems);
    };
    let edition = Edition {
        files: loaded.files.clone(),
        timetable,
        base_url: options.base_url.clone(),
        cause: if options.recover { Cause::Recovery } else { Cause::Folder },
    };
    match options.ledger.with(async |store| store.publish(&mut None, edition, now).await)? {
        store::Outcome::Published(publication) => say(&published(&publication))?,
        store::Outcome::Same => say("nothing was published: this is the latest release already")?,
        store::Outcome::SetAside(restored) => say(&set_aside(restored))?,
        store::Outcome::Refused(conflicts) => {
            eprint!("{}", loaded.with_conflicts(&conflicts).report(colour()));
            eprintln!("nothing was published: mend the errors above first");
            return Ok(Outcome::Problems);
        }
    }
    Ok(Outcome::Good)
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

/// That a rollback goes before the folder.
pub(super) fn set_aside(restored: Option<u32>) -> String {
    let restored = restored.map(|number| format!(" to release {number}")).unwrap_or_default();
    format!(
        "nothing was published: a rollback{restored} set these files aside, and they have not changed since. \
         Change them, or take another release with `convene rollback`"
    )
}
