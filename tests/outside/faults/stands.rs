//! Ledgers that fail on demand, one for each database.

use std::path::PathBuf;

use convene::store::Location;
use tempfile::TempDir;

use super::disk::{Disk, DiskFault};
use super::driver::Driver;
use super::proxy::{Proxy, WireFault};
use crate::tools::postgres;

/// A ledger whose disk or connection fails on demand.
pub trait Stand {
    /// Returns the ledger for those to whom nothing fails.
    fn location(&self) -> Location;
    /// Starts a program for which it fails.
    fn start(&self) -> Driver;
    /// Starts a program for which it does not fail.
    fn start_other(&self) -> Driver;
    /// Makes a number of operations fail, beginning with `first`.
    fn fail(&self, first: u64, count: u64);
    /// Makes everything succeed again. Returns the number of operations that failed.
    fn heal(&self) -> u64;
}

pub struct DiskStand {
    folder: TempDir,
    disk: Disk,
    good_disk: Disk,
    fault: DiskFault,
}

impl DiskStand {
    pub fn new(fault: DiskFault) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (disk, good_disk) = (Disk::new(folder.path(), "faults"), Disk::new(folder.path(), "no-faults"));
        Self { folder, disk, good_disk, fault }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("ledger.sqlite")
    }
}

impl Stand for DiskStand {
    fn location(&self) -> Location {
        Location::File(self.file())
    }

    fn start(&self) -> Driver {
        Driver::start(&self.file().display().to_string(), |command| self.disk.put_under(command))
    }

    fn start_other(&self) -> Driver {
        Driver::start(&self.file().display().to_string(), |command| self.good_disk.put_under(command))
    }

    fn fail(&self, first: u64, count: u64) {
        self.disk.fail(self.fault, first, count);
    }

    fn heal(&self) -> u64 {
        self.disk.heal()
    }
}

pub struct WireStand {
    location: Location,
    /// The ledger through the proxy.
    url: String,
    proxy: Proxy,
    /// Which one it is depends on the operation.
    faults: &'static [WireFault],
}

impl WireStand {
    pub fn new(faults: &'static [WireFault]) -> Self {
        let location = postgres();
        let Location::Postgres(url) = &location else { panic!("{location}") };
        let socket = url.query_pairs().find(|(key, _)| key == "host").expect("a folder").1.into_owned();
        let proxy = Proxy::new(PathBuf::from(socket).join(".s.PGSQL.5432"));
        let url = format!("postgres://convene@{}{}?sslmode=disable", proxy.address(), url.path());
        Self { location, url, proxy, faults }
    }
}

impl WireStand {
    /// The ledger through the proxy.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn proxy(&self) -> &Proxy {
        &self.proxy
    }
}

impl Stand for WireStand {
    fn location(&self) -> Location {
        self.location.clone()
    }

    fn start(&self) -> Driver {
        Driver::start(&self.url, |_| {})
    }

    fn start_other(&self) -> Driver {
        let Location::Postgres(url) = &self.location else { panic!("{}", self.location) };
        Driver::start(url.as_str(), |_| {})
    }

    fn fail(&self, first: u64, count: u64) {
        let which = usize::try_from(first).unwrap_or(0) % self.faults.len();
        self.proxy.fail(self.faults[which], first, count);
    }

    fn heal(&self) -> u64 {
        self.proxy.heal()
    }
}
