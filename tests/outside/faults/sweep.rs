//! A fault at every operation of a publish in turn, and what must hold after each.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use convene::store::{Store, StoreError};
use tokio::runtime::Runtime;

use super::driver::{Answer, Driver};
use super::seen::Seen;
use super::stands::Stand;

/// As many operations as there are until the fault ends.
pub const LASTING: u64 = u64::MAX;
/// The number of consecutive publishes without a fault after which every operation has been tried. A publish over a
/// used connection has fewer operations.
const UNTOUCHED: usize = 3;
/// The number of cases per ledger: a larger ledger takes longer to read.
const CASES: usize = 40;

/// How a fault is tried at every operation in turn.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many operations fail in a row.
    pub count: u64,
    /// Whether the program is killed and restarted after the fault.
    pub is_restarted: bool,
    /// Whether another process publishes before, so that the failing publish has to read.
    pub has_other: bool,
    /// The size of the definitions.
    pub kilobytes: u32,
    /// The distance between the first operations that fail.
    pub step: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self { count: 1, is_restarted: false, has_other: false, kilobytes: 0, step: 1 }
    }
}

impl Plan {
    /// The same with operations farther apart. If everything is tried, they are ten times as close.
    pub fn every(self, step: usize) -> Self {
        Self { step: if super::tries_all() { step.div_ceil(10) } else { step }, ..self }
    }
}

/// The result of a sweep.
#[derive(Debug, Default)]
pub struct Tally {
    cases: usize,
    /// The outcomes of the publish that failed, with their number.
    outcomes: BTreeMap<String, usize>,
    failures: Vec<String>,
}

impl Tally {
    /// Tries a fault at every operation of a publish, until several consecutive ones have fewer operations.
    pub fn sweep(&mut self, what: &str, plan: Plan, stand: &dyn Fn() -> Box<dyn Stand>) {
        if only().is_some_and(|fault| !what.contains(&fault)) {
            return;
        }
        let begun = (self.cases, self.failures.len());
        let mut trial: Option<Trial> = None;
        let mut untouched = 0;
        for first in (1..).step_by(plan.step) {
            let is_old = (self.cases - begun.0) % CASES == CASES - 1;
            let mut now = trial.take().filter(|_| !is_old).unwrap_or_else(|| Trial::new(stand(), plan));
            self.cases += 1;
            untouched += 1;
            match now.case(first) {
                Ok(None) => {
                    self.cases -= 1;
                    trial = Some(now);
                    if untouched == UNTOUCHED {
                        break;
                    }
                    continue;
                }
                Ok(Some(outcome)) => {
                    *self.outcomes.entry(format!("{what}: {}", in_short(&outcome))).or_default() += 1;
                    trial = Some(now);
                }
                Err(error) => self.failures.push(format!("{what} from operation {first}, {plan:?}: {error}")),
            }
            untouched = 0;
            assert!(first < 100_000, "{what}: a publish without end");
        }
        println!("{what}, {plan:?}: {} cases, {} failures", self.cases - begun.0, self.failures.len() - begun.1);
    }

    /// Prints the result. Panics if there were too few cases, or a failure.
    pub fn tell(&self, database: &str, least: usize) {
        println!("{database}: {} cases", self.cases);
        for (outcome, count) in &self.outcomes {
            println!("{count:>5} {outcome}");
        }
        let (failures, cases) = (self.failures.len(), self.cases);
        assert!(failures == 0, "{failures} of {cases} cases:\n{}", self.failures.join("\n"));
        assert!(only().is_some() || cases >= least, "{cases} cases: the faults do not come");
    }
}

/// The only faults to try.
fn only() -> Option<String> {
    std::env::var("CONVENE_FAULT").ok()
}

/// A ledger that is published to while it fails, and everything that was ever reported of it.
struct Trial {
    stand: Box<dyn Stand>,
    plan: Plan,
    driver: Driver,
    other: Option<Driver>,
    runtime: Runtime,
    /// The ledger in PostgreSQL, opened without faults. A file is opened each time, because an open file keeps SQLite
    /// from its work at the beginning and the end.
    reader: Option<Store>,
    new_release: u32,
    second: u32,
    /// The digest of every SEQUENCE that was ever reported, by UID.
    told: BTreeMap<(String, u32), String>,
}

impl Trial {
    /// Creates one with two releases without faults.
    fn new(stand: Box<dyn Stand>, plan: Plan) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let driver = stand.start();
        let (told, other) = (BTreeMap::new(), None);
        let mut new = Self { stand, plan, driver, other, runtime, reader: None, new_release: 0, second: 0, told };
        new.open().expect("it opens");
        if new.plan.has_other {
            new.other = Some(new.stand.start_other());
        }
        for _ in 0..2 {
            new.edit().expect("it publishes");
        }
        if let Some(other) = &mut new.other {
            assert_eq!(other.run("open").map(|answer| answer.outcome).as_deref(), Some("opened"));
        }
        new
    }

    /// Makes a publish fail from an operation on, then ends the fault. Returns the outcome, or `None` if it has fewer
    /// operations.
    fn case(&mut self, first: u64) -> Result<Option<String>, String> {
        self.others_publish()?;
        self.new_release += 1;
        self.stand.fail(first, self.plan.count);
        let answer = self.publish(self.new_release);
        if let Some(answer) = answer.as_ref().filter(|answer| answer.outcome == "published") {
            let stored = self.stored()?;
            if answer.known != stored {
                self.stand.heal();
                return Err(format!("told as published, and not stored: {}", difference(answer, stored.as_ref())));
            }
        }
        if answer.is_some() && self.plan.count == LASTING {
            // The service follows the ledger all the time.
            let followed = self.driver.run("follow");
            self.hear(followed.as_ref())?;
        }
        let hit = self.stand.heal();
        let outcome = match &answer {
            None => "it ended".to_owned(),
            Some(Answer { error: Some(error), .. }) => error.clone(),
            Some(answer) => answer.outcome.clone(),
        };
        let is_good = answer.as_ref().is_some_and(|answer| answer.outcome == "published");
        if hit == 0 {
            return if is_good { Ok(None) } else { Err(format!("nothing failed, and yet: {outcome}")) };
        }
        self.hear(answer.as_ref())?;
        if let Some(answer) = answer.as_ref().filter(|_| !self.plan.is_restarted) {
            self.known_is_of_ledger(answer)?;
        }
        if answer.is_none() || self.plan.is_restarted {
            self.driver = self.stand.start();
            self.open()?;
        }
        let after = |error| format!("{error}; the publish that failed came to: {outcome}");
        self.goes_on(first).map_err(after)?;
        Ok(Some(outcome))
    }

    /// Checks that an edit is published after the fault, and that the known release is the stored one.
    fn goes_on(&mut self, first: u64) -> Result<(), String> {
        // The service tries again what it could not publish, unless another edit was faster.
        if first.is_multiple_of(2) {
            let again = self.publish(self.new_release);
            self.hear(again.as_ref())?;
            let outcome = again.as_ref().map(|answer| answer.outcome.as_str());
            if !matches!(outcome, Some("published" | "same")) {
                return Err(format!("tried again: {again:?}"));
            }
            self.known_is_stored(again.as_ref())?;
        }
        for _ in 0..2 {
            self.edit()?;
        }
        self.others_publish()?;
        let followed = self.driver.run("follow");
        self.hear(followed.as_ref())?;
        self.known_is_stored(followed.as_ref())?;
        self.no_release_is_missing()
    }

    /// Publishes a new edition without a fault.
    fn edit(&mut self) -> Result<(), String> {
        self.new_release += 1;
        let answer = self.publish(self.new_release);
        self.hear(answer.as_ref())?;
        match &answer {
            Some(Answer { outcome, .. }) if outcome == "published" => self.known_is_stored(answer.as_ref()),
            answer => Err(format!("a later edit is not published: {answer:?}")),
        }
    }

    fn others_publish(&mut self) -> Result<(), String> {
        self.new_release += 1;
        let command = self.command(self.new_release);
        let Some(other) = &mut self.other else { return Ok(()) };
        let answer = other.run(&command);
        self.hear(answer.as_ref())?;
        let is_published = answer.as_ref().is_some_and(|answer| answer.outcome == "published");
        if is_published { Ok(()) } else { Err(format!("others cannot publish: {answer:?}")) }
    }

    fn open(&mut self) -> Result<(), String> {
        let answer = self.driver.run("open");
        self.hear(answer.as_ref())?;
        match &answer {
            Some(Answer { outcome, .. }) if outcome == "opened" => self.known_is_stored(answer.as_ref()),
            answer => Err(format!("it does not open: {answer:?}")),
        }
    }

    fn command(&mut self, new_release: u32) -> String {
        self.second += 1;
        format!("publish {new_release} {} {}", self.second, self.plan.kilobytes)
    }

    fn publish(&mut self, new_release: u32) -> Option<Answer> {
        let command = self.command(new_release);
        self.driver.run(&command)
    }

    /// Returns the latest release as it is stored.
    fn stored(&mut self) -> Result<Option<Seen>, String> {
        self.read(async |store| Ok(store.latest(None).await?.map(|stored| Seen::from_release(&stored.release))))
    }

    fn read<T>(&mut self, what: impl AsyncFnOnce(&Store) -> Result<T, StoreError>) -> Result<T, String> {
        let location = self.stand.location();
        let reader = self.reader.take();
        let read = self.runtime.block_on(async {
            let store = match reader {
                Some(store) => store,
                None => Store::open(&location).await?,
            };
            let read = what(&store).await;
            if location.is_file() {
                store.close().await;
            } else {
                self.reader = Some(store);
            }
            read
        });
        read.map_err(|error| format!("the ledger cannot be read: {error:#}"))
    }

    /// Checks that what is reported agrees with everything reported before.
    fn hear(&mut self, answer: Option<&Answer>) -> Result<(), String> {
        let Some(known) = answer.and_then(|answer| answer.known.as_ref()) else { return Ok(()) };
        for (uid, (sequence, digest)) in &known.events {
            match self.told.entry((uid.clone(), *sequence)) {
                Entry::Vacant(new) => drop(new.insert(digest.clone())),
                Entry::Occupied(before) if before.get() == digest => {}
                Entry::Occupied(_) => return Err(format!("SEQUENCE {sequence} of {uid} comes with two texts")),
            }
        }
        Ok(())
    }

    fn known_is_stored(&mut self, answer: Option<&Answer>) -> Result<(), String> {
        let Some(answer) = answer else { return Err("the program has ended".to_owned()) };
        let stored = self.stored()?;
        if answer.known == stored {
            Ok(())
        } else {
            Err(format!("served is not stored: {}", difference(answer, stored.as_ref())))
        }
    }

    /// Checks that after a failed publish, the known release is the latest one or an earlier one.
    fn known_is_of_ledger(&mut self, answer: &Answer) -> Result<(), String> {
        let stored = self.stored()?;
        let number = |seen: &Option<Seen>| seen.as_ref().map_or(0, |seen| seen.number);
        let is_of_ledger = answer.known == stored || number(&answer.known) < number(&stored);
        if is_of_ledger { Ok(()) } else { Err(format!("known is not stored: {}", difference(answer, stored.as_ref()))) }
    }

    fn no_release_is_missing(&mut self) -> Result<(), String> {
        let past = self.read(async |store| store.history().await)?;
        let numbers: Vec<u32> = past.iter().rev().map(|past| past.changes.release).collect();
        let is_whole = numbers.iter().copied().eq(1..=u32::try_from(numbers.len()).unwrap_or(0));
        if is_whole { Ok(()) } else { Err(format!("releases are missing: {numbers:?}")) }
    }
}

/// Returns the text of an error without paths.
fn in_short(outcome: &str) -> String {
    let words = outcome.split(' ').filter(|word| !word.contains('/'));
    words.collect::<Vec<_>>().join(" ")
}

/// Returns what is known and what is stored.
fn difference(answer: &Answer, stored: Option<&Seen>) -> String {
    let number = |seen: Option<&Seen>| seen.map_or(0, |seen| seen.number);
    let (known, stored) = (answer.known.as_ref(), stored);
    format!("release {} is known, and release {} is stored; {:?}", number(known), number(stored), answer.error)
}
