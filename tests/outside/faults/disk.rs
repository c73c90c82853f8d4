//! A disk that fails on demand: tests/faults/disk.c, loaded into one program, and its control.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::support::repository;

/// What happens to operations of a class. The numbers are those of disk.c and of Linux.
#[derive(Debug, Clone, Copy)]
pub struct DiskFault {
    pub name: &'static str,
    classes: i64,
    action: i64,
    error: i64,
}

const WRITES: i64 = 1;
const LOCKS: i64 = 2;
const READS: i64 = 4;
const EXCLUSIVE_LOCKS: i64 = 8;

const EIO: i64 = 5;
const EAGAIN: i64 = 11;
const ENOSPC: i64 = 28;
const EROFS: i64 = 30;

impl DiskFault {
    pub const FULL: Self = Self { name: "disk full", classes: WRITES, action: 1, error: ENOSPC };
    pub const FULL_HALF_WAY: Self = Self { name: "disk full half way", classes: WRITES, action: 2, error: ENOSPC };
    pub const BROKEN: Self = Self { name: "I/O error", classes: WRITES, action: 1, error: EIO };
    /// The operation succeeds, but an error is reported.
    pub const BROKEN_WHEN_DONE: Self = Self { name: "I/O error when done", classes: WRITES, action: 3, error: EIO };
    pub const UNREADABLE: Self = Self { name: "I/O error on reading", classes: READS, action: 1, error: EIO };
    pub const READ_ONLY: Self = Self { name: "read-only", classes: WRITES, action: 1, error: EROFS };
    /// Another process writes.
    pub const BUSY: Self = Self { name: "busy", classes: EXCLUSIVE_LOCKS, action: 1, error: EAGAIN };
    /// Reading fails, too.
    pub const LOCKED: Self = Self { name: "locked", classes: LOCKS, action: 1, error: EAGAIN };
    pub const KILLED: Self = Self { name: "killed", classes: WRITES | LOCKS, action: 4, error: EIO };
    pub const KILLED_HALF_WAY: Self = Self { name: "killed half way", classes: WRITES, action: 5, error: EIO };
}

/// The control of the disk of one program.
pub struct Disk {
    control: File,
    path: PathBuf,
}

impl Disk {
    /// Creates one with a name, in a folder.
    pub fn new(folder: &Path, name: &str) -> Self {
        let path = folder.join(name);
        fs::write(&path, [0; 4096]).expect("to write");
        let control = File::options().read(true).write(true).open(&path).expect("the control");
        Self { control, path }
    }

    /// Makes a program use this disk.
    pub fn put_under(&self, command: &mut Command) {
        command
            .env("LD_PRELOAD", &*LIBRARY)
            .env("FAULTS_CONTROL", &self.path)
            // Including the files that SQLite keeps beside it.
            .env("FAULTS_FILES", "ledger.sqlite");
    }

    /// Makes a number of operations fail, beginning with `first`.
    pub fn fail(&self, fault: DiskFault, first: u64, count: u64) {
        self.set(1, 0);
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        for (at, value) in
            [(0, fault.classes), (2, fault.error), (3, number(first)), (4, number(count)), (5, 0), (6, 0)]
        {
            self.set(at, value);
        }
        self.set(1, fault.action);
    }

    /// Makes everything succeed again. Returns the number of operations that failed.
    pub fn heal(&self) -> u64 {
        self.set(1, 0);
        self.hit()
    }

    /// Returns the number of operations that have failed.
    pub fn hit(&self) -> u64 {
        let mut value = [0; 8];
        self.control.read_exact_at(&mut value, 6 * 8).expect("the control");
        u64::from_ne_bytes(value)
    }

    fn set(&self, at: u64, value: i64) {
        self.control.write_all_at(&value.to_ne_bytes(), at * 8).expect("the control");
    }
}

/// disk.c, compiled.
static LIBRARY: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let draft = folder.join(format!("disk-{}.so", std::process::id()));
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
        .arg(&draft)
        .arg(repository().join("tests/faults/disk.c"))
        .arg("-ldl")
        .output()
        .expect("cc: run tests/run once, which installs it");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let library = folder.join("disk.so");
    fs::rename(draft, &library).expect("to put it in its place");
    library
});
