//! Publishes step by step, for the tests in which the database fails: `steps LEDGER`.
//!
//! It reads one command per line and answers each with one line of JSON:
//!
//! - `open`: opens the ledger and reads the latest release.
//! - `publish EDITION SECOND [KILOBYTES]`: publishes an edition at a second of its own clock. The kilobytes are
//!   comments in the definitions: with more than SQLite's cache, statements before COMMIT write to the disk, too.
//! - `follow`: reads what others published.
//! - `close`: closes the ledger.

#![allow(unreachable_pub, reason = "a program has no users")]

#[path = "../support/seen.rs"]
mod seen;

use std::io::BufRead;
use std::path::PathBuf;

use anyhow::Context;
use convene::definition::{self, DefinitionFile};
use convene::resolve::resolve;
use convene::store::{Location, NewRelease, PublishCause, PublishOutcome, Store, StoredRelease};
use jiff::Timestamp;
use serde_json::json;

use seen::Seen;

/// The clock's second 0, before the meeting of the definitions.
const BEGIN: i64 = 1_736_467_200;

fn main() {
    let ledger = std::env::args().nth(1).expect("a ledger");
    let location = match ledger.parse() {
        Ok(url) => Location::Postgres(url),
        Err(_) => Location::File(PathBuf::from(ledger)),
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut session = Session { location, store: None, known: None };
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a command");
        let words: Vec<&str> = line.split(' ').collect();
        let outcome = runtime.block_on(session.run(&words));
        let known = session.known.as_ref().map(|known| Seen::from_release(&known.release));
        println!(
            "{}",
            match outcome {
                Ok(outcome) => json!({"outcome": outcome, "error": null, "known": known}),
                Err(error) => json!({"outcome": "error", "error": format!("{error:#}"), "known": known}),
            }
        );
    }
}

/// A ledger to publish to, and the release that is known of it.
struct Session {
    location: Location,
    store: Option<Store>,
    known: Option<StoredRelease>,
}

impl Session {
    async fn run(&mut self, words: &[&str]) -> anyhow::Result<&'static str> {
        let number = |at: usize| words.get(at).map_or(Ok(0), |word| word.parse::<i64>()).context("a number");
        match words[0] {
            "open" => {
                let store = Store::open(&self.location).await?;
                self.known = store.latest(None).await?;
                self.store = Some(store);
                Ok("opened")
            }
            "publish" => {
                let edition = edition(number(1)?, number(3)?);
                let instant = Timestamp::from_second(BEGIN + number(2)?)?;
                let store = self.store.as_ref().context("the ledger is not open")?;
                Ok(match store.publish(&mut self.known, edition, || instant).await? {
                    PublishOutcome::Published(_) => "published",
                    PublishOutcome::Same => "same",
                    _ => "refused",
                })
            }
            "follow" => {
                let store = self.store.as_ref().context("the ledger is not open")?;
                if let Some(latest) = store.latest(self.known.as_ref()).await? {
                    self.known = Some(latest);
                }
                Ok("followed")
            }
            "close" => {
                if let Some(store) = self.store.take() {
                    store.close().await;
                }
                Ok("closed")
            }
            other => anyhow::bail!("no such command: {other}"),
        }
    }
}

/// Returns the files of an edition: each changes a session in its own way, so that a reused SEQUENCE is noticed.
fn edition(edition: i64, kilobytes: i64) -> NewRelease {
    let meeting = include_str!("../history/changed/1/meetings/sg1/2025-03-geneva.yaml");
    let mut meeting = meeting.replace("room: K}", &format!("room: R{edition}}}"));
    if edition % 3 != 0 {
        meeting.push_str("- {id: other, kind: other, day: 2025-03-06, at: 09:30-09:40}\n");
    }
    let minutes = 10 + edition % 40;
    let delegates = format!("- {{id: delegate-1, follows: [SG1/Q1], reminders: {{sessions: {minutes} minutes}}}}\n");
    let group = include_str!("../history/changed/1/meetings/sg1/group.yaml");
    let line = format!("# edition {edition:0>1013}\n");
    let comments = line.repeat(usize::try_from(kilobytes).unwrap_or(0));
    let files = vec![
        DefinitionFile::new("sg1/group.yaml", group),
        DefinitionFile::new("sg1/2025-03-geneva.yaml", format!("{meeting}{comments}")),
        DefinitionFile::new("delegates.yaml", delegates),
    ];
    let (typed, mut problems) = definition::read("meetings", files.clone());
    let timetable = resolve(&typed, &mut problems).unwrap_or_else(|| panic!("{}", problems.report(false)));
    let base_url = Some("https://convene.example/".parse().expect("a URL"));
    NewRelease { files, timetable, base_url, cause: PublishCause::Folder }
}
