//! `convene rollback`: publishes the definitions of an old release again.

use clap::Args;

use super::{CommandOutcome, LedgerOptions, announce, colour, now, publish, tell};
use crate::definition;
use crate::publication::UidConflict;
use crate::resolve::resolve;
use crate::store::{self, NewRelease, PublishCause};

/// Options of `convene rollback`.
#[derive(Args, Clone)]
pub(super) struct Options {
    /// Number of the release whose definitions are published again
    release: u32,
    #[command(flatten)]
    ledger: LedgerOptions,
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    options.ledger.refuse_if_lost()?;
    let files = options.ledger.with(async |store| store.definitions(options.release).await)?;
    let (definitions, mut problems) = definition::read(&format!("release {}", options.release), files.clone());
    let timetable = resolve(&definitions, &mut problems);
    problems.apply_waivers();
    let Some(timetable) = timetable else {
        tell(&problems.report(colour()));
        tell(&format!(
            "release {} was valid for an older version of convene, but is not for this one\n",
            options.release
        ));
        return Ok(CommandOutcome::Problems);
    };
    let new_release = NewRelease { files, timetable, base_url: None, cause: PublishCause::Rollback(options.release) };
    match options.ledger.with(async |store| store.publish(&mut None, new_release, now).await)? {
        store::PublishOutcome::Published(publication) => {
            announce(&format!("{} (restores release {})", publish::published(&publication), options.release));
            announce(&format!(
                "the folder of definitions is ignored until its files change. `convene restore {}` writes the files of \
                 that release into it, so that the next edit does not undo the rollback",
                options.release
            ));
        }
        store::PublishOutcome::Same | store::PublishOutcome::Superseded(_) | store::PublishOutcome::Outdated => {
            announce(&format!("nothing was published: release {} is what is served", options.release));
        }
        store::PublishOutcome::Refused(conflicts) => {
            for conflict in conflicts {
                let UidConflict { uid, known, claimed } = conflict;
                tell(&format!("{} is {known} now, and was {claimed} then\n", uid.as_str()));
            }
            tell("nothing was published: identities (UIDs) would refer to other entries\n");
            return Ok(CommandOutcome::Problems);
        }
    }
    Ok(CommandOutcome::Good)
}
