//! What delegates cost in memory: the service without any, and with very many, when it has published them, when a meeting was
//! edited since, and when it is started again.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::corpus;
use super::process::Server;

/// Most octets that a delegate may cost.
const MOST: f64 = 300.0;
const STAGES: [&str; 3] = ["published", "edited", "again"];

/// Prints the octets of memory for each delegate. Whether they are few enough as in the container.
pub fn memory() -> bool {
    let delegates = std::env::var("DELEGATES").ok().and_then(|number| number.parse().ok()).unwrap_or(100_000);
    println!("resident memory in kB, and octets for each of {delegates} delegates");
    println!("{:<28} {:>12} {:>12} {:>12}", "", STAGES[0], STAGES[1], STAGES[2]);
    let mut is_good = true;
    for (name, settings) in [("as it is", String::new()), ("as in the container", of_the_container())] {
        let settings = settings.as_str();
        let (without, with) = (stages(0, settings), stages(delegates, settings));
        let cost = |stage: usize| with[stage].saturating_sub(without[stage]) as f64 / delegates as f64;
        let row = |what: &str, of: &[u64; 3]| {
            let [published, edited, again] = of.map(|octets| octets / 1024);
            println!("{:<28} {published:>12} {edited:>12} {again:>12}", format!("{name}, {what}"));
        };
        row("without", &without);
        row("with", &with);
        let costs: Vec<f64> = (0..STAGES.len()).map(cost).collect();
        println!("{:<28} {:>12.0} {:>12.0} {:>12.0}", "", costs[0], costs[1], costs[2]);
        is_good &= settings.is_empty() || costs.iter().all(|cost| *cost <= MOST);
    }
    is_good
}

/// How glibc is told in the container to give back what was large.
fn of_the_container() -> String {
    let dockerfile = Path::new(env!("CARGO_MANIFEST_DIR")).join("Dockerfile");
    let dockerfile = fs::read_to_string(dockerfile).expect("Dockerfile");
    let settings = dockerfile.lines().find_map(|line| line.strip_prefix("ENV MALLOC_"));
    format!("MALLOC_{}", settings.expect("a line ENV MALLOC_…"))
}

/// Memory at each of the stages.
fn stages(delegates: usize, settings: &str) -> [u64; 3] {
    let place = tempfile::tempdir().expect("a folder");
    let meetings = place.path().join("meetings");
    corpus::write(&meetings, 6, 15, delegates);
    if delegates == 0 {
        fs::remove_file(meetings.join("delegates.yaml")).expect("to remove it");
    }
    let log = place.path().join("log");
    let start = || Server::convene_with(&meetings, &place.path().join("state"), &[], (&log, settings));
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

/// Memory once it has nothing to do any more.
fn settled(server: &Server) -> u64 {
    std::thread::sleep(Duration::from_secs(3));
    server.memory()
}
