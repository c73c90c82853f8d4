//! `convene delegates`: prints the private address of each delegate.

use super::folder::load;
use super::secret::secret;
use super::{CommandOutcome, ServiceOptions, colour, say, tell};

pub(super) fn run(options: &ServiceOptions) -> anyhow::Result<CommandOutcome> {
    let loaded = load(&options.folder.meetings)?;
    let Some(timetable) = loaded.timetable else {
        tell(&loaded.problems.report(colour()));
        return Ok(CommandOutcome::Problems);
    };
    let secret = secret(&options.state, false)?;
    let base_url = match &options.address.base_url {
        Some(url) => url.clone(),
        None => super::serve::listening_url(&options.address.listen.listen)?,
    };
    for delegate in timetable.delegates.iter() {
        say(&format!("{}\t{base_url}delegate/{}.ics", delegate.id, secret.token(&delegate)))?;
    }
    Ok(CommandOutcome::Good)
}
