//! `convene delegates`: prints the private address of each delegate.

use clap::Args;
use url::Url;

use super::folder::load;
use super::secret::secret;
use super::{CommandOutcome, FolderOptions, ListenOptions, StateOptions, base_url, colour, say, tell};

/// Options of `convene delegates`.
#[derive(Args, Clone)]
pub(super) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
    #[command(flatten)]
    listen: ListenOptions,
    /// Public address of the service [default: that of the latest release, else the listening address]
    #[arg(long, env = "CONVENE_BASE_URL", hide_env_values = true, value_name = "URL", value_parser = base_url)]
    base_url: Option<Url>,
    #[command(flatten)]
    state: StateOptions,
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    let loaded = load(&options.folder.meetings)?;
    let Some(timetable) = loaded.timetable else {
        tell(&loaded.problems.report(colour()));
        return Ok(CommandOutcome::Problems);
    };
    let secret = secret(&options.state, false)?;
    let base_url = match &options.base_url {
        Some(url) => url.clone(),
        None => match options.state.ledger.latest()? {
            Some(latest) => latest.release.base_url,
            None => super::serve::listening_url(&options.listen.listen)?,
        },
    };
    for delegate in timetable.delegates.iter() {
        say(&format!("{}\t{base_url}delegate/{}.ics", delegate.id, secret.token(&delegate)))?;
    }
    Ok(CommandOutcome::Good)
}
