//! `convene rollback`: a new release of the definitions of an old one.

use clap::Args;

use super::{Ledger, Outcome, colour, now, publish, say};
use crate::definition;
use crate::resolve::resolve;
use crate::store::{self, Cause, Edition};

/// Options of `convene rollback`.
#[derive(Args, Clone)]
pub(super) struct Options {
    /// Number of the release whose definitions are published again
    release: u32,
    #[command(flatten)]
    ledger: Ledger,
}

pub(super) fn run(options: &Options) -> anyhow::Result<Outcome> {
    let files = options.ledger.with(async |store| store.definitions(options.release).await)?;
    let (definitions, mut problems) = definition::read(&format!("release {}", options.release), files.clone());
    let timetable = resolve(&definitions, &mut problems);
    problems.settle();
    let Some(timetable) = timetable else {
        eprint!("{}", problems.report(colour()));
        eprintln!("release {} was good for an older version of convene, and is not for this one", options.release);
        return Ok(Outcome::Problems);
    };
    let edition = Edition { files, timetable, base_url: None, cause: Cause::Rollback(options.release) };
    match options.ledger.with(async |store| store.publish(&mut None, edition, now).await)? {
        store::Outcome::Published(publication) => {
            say(&format!("{} (restores release {})", publish::published(&publication), options.release))?;
            say("the folder of definitions is set aside, and published again once its files change")?;
        }
        store::Outcome::Same | store::Outcome::SetAside(_) => {
            say(&format!("nothing was published: release {} is what is served", options.release))?;
        }
        store::Outcome::Refused(conflicts) => {
            for conflict in conflicts {
                eprintln!("{} is {} now, and was {} then", conflict.uid.as_str(), conflict.known, conflict.claimed);
            }
            eprintln!("nothing was published: identities would come to mean something else");
            return Ok(Outcome::Problems);
        }
    }
    Ok(Outcome::Good)
}
