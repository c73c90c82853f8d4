//! The memory that delegates cost: of the service without any, and with very many, after it has published them, after a meeting was
//! edited, and after a restart.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::corpus;
use super::process::Server;

/// The limit for each delegate, in bytes.
const MOST: f64 = 300.0;
const STAGES: [&str; 3] = ["published", "edited", "again"];

/// Prints the bytes of memory for each delegate. Returns whether they are within the limit.
pub fn memory() -> bool {
    let delegates = std::env::var("DELEGATES").ok().and_then(|number| number.parse().ok()).unwrap_or(100_000);
    println!("resident memory in kB, and bytes for each of {delegates} delegates");
    println!("{:<28} {:>12} {:>12} {:>12}", "", STAGES[0], STAGES[1], STAGES[2]);
    let (without, with) = (stages(0), stages(delegates));
    for (name, [published, edited, again]) in [("without delegates", without), ("with them", with)] {
        println!("{name:<28} {:>12} {:>12} {:>12}", published / 1024, edited / 1024, again / 1024);
    }
    let cost = |stage: usize| with[stage].saturating_sub(without[stage]) as f64 / delegates as f64;
    let costs: Vec<f64> = (0..STAGES.len()).map(cost).collect();
    println!("{:<28} {:>12.0} {:>12.0} {:>12.0}", "bytes for each", costs[0], costs[1], costs[2]);
    costs.iter().all(|cost| *cost <= MOST)
}

/// Memory at each of the stages.
fn stages(delegates: usize) -> [u64; 3] {
    let place = tempfile::tempdir().expect("a folder");
    let meetings = place.path().join("meetings");
    corpus::write(&meetings, 6, 15, delegates);
    if delegates == 0 {
        fs::remove_file(meetings.join("delegates.yaml")).expect("to remove it");
    }
    let log = place.path().join("log");
    let start = || Server::convene(&meetings, &place.path().join("state"), &[], &log);
    let server = start();
    let published = settled(&server);
    for edit in 1..=3 {
        let file = meetings.join("sg98/m0003.yaml");
        fs::write(file, corpus::meeting(3, edit)).expect("to write");
        while releases(&log) <= edit {
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    let edited = settled(&server);
    drop(server);
    let again = settled(&start());
    [published, edited, again]
}

fn releases(log: &Path) -> usize {
    fs::read_to_string(log).unwrap_or_default().matches(" is served").count()
}

/// Returns the memory once the service is idle and has returned what it needed temporarily.
fn settled(server: &Server) -> u64 {
    std::thread::sleep(Duration::from_secs(15));
    server.memory()
}
