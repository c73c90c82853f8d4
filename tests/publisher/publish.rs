//! Publishes random edits without end, for the tests that kill it: `publisher SEED LEDGER`.
//!
//! Its clock is faster than time, so that it is killed while it publishes and not while it waits.

#![allow(unreachable_pub, reason = "a program has no users")]

#[path = "../support/edits.rs"]
mod edits;

use std::path::PathBuf;

use convene::definition;
use convene::resolve::resolve;
use convene::store::{Location, NewRelease, PublishCause, PublishOutcome, Store};
use jiff::{Timestamp, ToSpan};

use edits::{Definitions, Random};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let seed: usize = arguments[1].parse().expect("a number");
    let location = match arguments[2].parse() {
        Ok(url) => Location::Postgres(url),
        Err(_) => Location::File(PathBuf::from(&arguments[2])),
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(publish(seed, &location));
}

async fn publish(seed: usize, location: &Location) {
    let store = Store::open(location).await.expect("a store");
    let mut known = store.latest(None).await.expect("it reads");
    let mut chance = Random::from_seed(seed);
    let mut definitions = Definitions::first(&mut Random::from_seed(0));
    loop {
        let latest =
            known.as_ref().map_or("2025-06-01T08:00:00Z".parse().expect("an instant"), |known| known.release.published);
        let instant: Timestamp = latest.checked_add(chance.pick(&[1, 1, 1, 60]).seconds()).expect("an instant");
        definitions.edit(&mut chance, &[]);
        let files = definitions.files();
        let (typed, mut problems) = definition::read("meetings", files.clone());
        let Some(timetable) = resolve(&typed, &mut problems) else {
            definitions = Definitions::first(&mut Random::from_seed(0));
            continue;
        };
        let edition = NewRelease {
            files,
            timetable,
            base_url: Some("https://convene.example/".parse().expect("a URL")),
            cause: PublishCause::Folder,
        };
        match store.publish(&mut known, edition, || instant).await.expect("it publishes") {
            PublishOutcome::Published(_) => println!("published"),
            PublishOutcome::Same | PublishOutcome::Superseded(_) | PublishOutcome::Outdated => {}
            PublishOutcome::Refused(_) => definitions = Definitions::first(&mut Random::from_seed(0)),
        }
    }
}
