//! Served means stored: every operation of a publish fails in turn, on both databases, in every way that they can
//! fail. Then the fault ends. The served release must be the stored one, and later edits must be published.
//!
//! `CONVENE_FAULTS=all cargo test --test outside faults -- --nocapture` tries everything. `CONVENE_FAULT=busy` tries
//! only the faults whose name contains that.

mod disk;
mod driver;
mod proxy;
#[path = "../support/seen.rs"]
mod seen;
mod service;
mod stands;
mod sweep;

use disk::DiskFault;
use proxy::WireFault;
use stands::{DiskStand, WireStand};
use sweep::{LASTING, Plan, Tally};

/// Returns `true` if everything is to be tried.
fn tries_all() -> bool {
    std::env::var("CONVENE_FAULTS").is_ok_and(|how| how == "all")
}

/// With more kilobytes than SQLite's cache, statements before COMMIT write to the disk, and COMMIT is followed by a
/// checkpoint.
const LARGE: u32 = 3_000;

fn sweep_disk(tally: &mut Tally, fault: DiskFault, plan: Plan) {
    tally.sweep(fault.name, plan, &|| Box::new(DiskStand::new(fault)));
}

fn sweep_wire(tally: &mut Tally, name: &str, faults: &'static [WireFault], plan: Plan) {
    tally.sweep(name, plan, &|| Box::new(WireStand::new(faults)));
}

#[test]
fn served_is_stored_whatever_fault_the_disk_has() {
    let once = Plan::default();
    let lasting = Plan { count: LASTING, ..once };
    let restarted = Plan { is_restarted: true, ..once };
    let mut tally = Tally::default();
    let mut sweep = |fault: DiskFault, plan: Plan| sweep_disk(&mut tally, fault, plan);
    sweep(DiskFault::FULL, once);
    sweep(DiskFault::FULL, lasting);
    sweep(DiskFault::FULL, Plan { count: 3, ..once.every(2) });
    sweep(DiskFault::FULL_HALF_WAY, lasting.every(2));
    sweep(DiskFault::BROKEN, once);
    sweep(DiskFault::BROKEN, Plan { is_restarted: true, ..lasting });
    sweep(DiskFault::BROKEN_WHEN_DONE, restarted.every(2));
    sweep(DiskFault::BROKEN_WHEN_DONE, lasting.every(3));
    sweep(DiskFault::READ_ONLY, lasting.every(2));
    sweep(DiskFault::READ_ONLY, once.every(4));
    sweep(DiskFault::UNREADABLE, Plan { has_other: true, ..once.every(4) });
    sweep(DiskFault::UNREADABLE, Plan { has_other: true, ..lasting.every(6) });
    sweep(DiskFault::BUSY, Plan { has_other: true, ..once });
    sweep(DiskFault::BUSY, Plan { has_other: true, ..lasting });
    sweep(DiskFault::LOCKED, Plan { has_other: true, ..once });
    sweep(DiskFault::LOCKED, Plan { has_other: true, ..lasting });
    sweep(DiskFault::KILLED, once);
    sweep(DiskFault::KILLED_HALF_WAY, once.every(2));
    for fault in [DiskFault::FULL, DiskFault::BROKEN] {
        sweep(fault, Plan { kilobytes: LARGE, ..once.every(799) });
        sweep(fault, Plan { kilobytes: LARGE, ..lasting.every(997) });
    }
    tally.tell("SQLite", 200);
}

#[test]
fn served_is_stored_whatever_fault_the_connection_has() {
    const ERRORS: [WireFault; 5] = [
        // disk_full, io_error, read_only_sql_transaction, lock_not_available, serialization_failure
        WireFault::Error("53100"),
        WireFault::Error("58030"),
        WireFault::Error("25006"),
        WireFault::Error("55P03"),
        WireFault::Error("40001"),
    ];
    let once = Plan::default();
    let lasting = Plan { count: LASTING, ..once };
    let others = Plan { has_other: true, ..once };
    let mut tally = Tally::default();
    let mut sweep = |name: &str, faults: &'static [WireFault], plan: Plan| sweep_wire(&mut tally, name, faults, plan);
    if tries_all() {
        for error in &ERRORS {
            sweep(&format!("{error:?}"), std::slice::from_ref(error), lasting);
            sweep(&format!("{error:?}"), std::slice::from_ref(error), others);
        }
    }
    // Each error hits some operations, and together they hit all of them.
    sweep("errors", &ERRORS, others);
    sweep("errors", &ERRORS, lasting);
    sweep("terminated", &[WireFault::Terminated], once);
    sweep("terminated", &[WireFault::Terminated], lasting);
    sweep("lost before", &[WireFault::LostBefore], once);
    sweep("lost before", &[WireFault::LostBefore], Plan { is_restarted: true, ..lasting.every(3) });
    sweep("lost after", &[WireFault::LostAfter], others);
    sweep("lost after", &[WireFault::LostAfter], lasting.every(2));
    sweep("late", &[WireFault::Late], once);
    sweep("late", &[WireFault::Late], Plan { is_restarted: true, ..once.every(3) });
    sweep("rolled back", &[WireFault::RolledBack], once);
    sweep("rolled back", &[WireFault::RolledBack], Plan { is_restarted: true, ..lasting.every(3) });
    tally.tell("PostgreSQL", 150);
}
