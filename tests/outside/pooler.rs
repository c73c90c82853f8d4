//! PgBouncer in front of the database: session mode works, and the other modes are refused with advice.

use std::fs;
use std::process::{Child, Command, Stdio};

use convene::store::{Location, Store};

use crate::support::program::free_address;
use crate::tools::{database, server};

struct PgBouncer {
    child: Child,
    _place: tempfile::TempDir,
    url: String,
}

impl PgBouncer {
    fn start(settings: &str) -> Self {
        let work_dir = tempfile::tempdir().expect("a folder");
        // The server's socket, and the name of a new database.
        let direct: url::Url = database(&server(&["start"])).parse().expect("an address");
        let socket = direct.query_pairs().find(|(name, _)| name == "host").expect("a socket").1.into_owned();
        let (listen, name) = (free_address(), direct.path().trim_start_matches('/'));
        let port = listen.rsplit(':').next().expect("a port");
        let file = work_dir.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n{name} = host={socket} user=convene\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = any\n{settings}\n"
        );
        fs::write(&file, text).expect("to write");
        let mut command = Command::new("pgbouncer");
        command.arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        let is_root = Command::new("id").arg("-u").output().expect("id").stdout == b"0\n";
        if is_root {
            // It refuses to run as root, and must be able to read its settings.
            let opened = Command::new("chmod").args(["-R", "a+rX"]).arg(work_dir.path()).status().expect("chmod");
            assert!(opened.success());
            command.args(["-u", "postgres"]);
        }
        let url = format!("postgres://convene@{listen}/{name}");
        let started = Self { child: command.spawn().expect("pgbouncer"), _place: work_dir, url };
        while std::net::TcpStream::connect(&listen).is_err() {
            std::thread::yield_now();
        }
        started
    }

    /// Opens the ledger behind it, or returns the error.
    fn opened(&self) -> Result<(), String> {
        let location = Location::Postgres(self.url.parse().expect("an address"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let store = Store::open(&location).await.map_err(|error| format!("{error:#}"))?;
            store.latest(None).await.map_err(|error| format!("{error:#}"))?;
            let listener = store.listen().await.map_err(|error| format!("{error:#}"))?;
            assert!(listener.is_some());
            store.close().await;
            Ok(())
        })
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn session_pooling_works_and_transaction_pooling_is_refused() {
    let ignoring = "ignore_startup_parameters = extra_float_digits";
    for mode in ["transaction", "statement"] {
        for more in [ignoring, ""] {
            let refused = PgBouncer::start(&format!("pool_mode = {mode}\n{more}")).opened().expect_err("it is refused");
            assert!(refused.contains("PgBouncer with `pool_mode = session`"), "{mode}: {refused}");
        }
    }
    let refused = PgBouncer::start("pool_mode = session").opened().expect_err("it is refused");
    assert!(refused.contains("`ignore_startup_parameters = extra_float_digits`"), "{refused}");
    assert_eq!(PgBouncer::start(&format!("pool_mode = session\n{ignoring}")).opened(), Ok(()));
}
