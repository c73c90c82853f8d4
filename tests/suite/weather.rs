//! Operational faults: a log that nobody reads, unexpected files in the folder, a wrong clock, a lost ledger or
//! secret. The service goes on, reports the fault, and loses nothing.

use std::fs;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::folder::{edit, publish, serve, work_dir};
use crate::support::program::{MAX_ATTEMPTS, RunningServer, convene, free_address, get, metric, run, wait_for};
use crate::support::{files, timetable};
use convene::definition::DefinitionFile as Definition;
use convene::store::{Location, NewRelease, PublishCause, Store};

/// `convene serve` without its output: only its addresses are known.
struct Silent {
    child: Child,
    address: String,
    admin: String,
}

impl Silent {
    fn start(work_dir: &Path, format: &str, output: Stdio, errors: Stdio) -> Self {
        let (address, admin) = (free_address(), free_address());
        let mut command = convene(work_dir);
        command.args(["serve", "--base-url", "https://convene.example", "--poll", "0.05", "--log", format]);
        command.args(["--listen", &address, "--admin-listen", &admin]).stdout(output).stderr(errors);
        Self { child: command.spawn().expect("convene"), address, admin }
    }

    /// Requests an address until the response contains a text.
    fn wait_for(&self, path: &str, text: &str) -> String {
        let mut last = String::new();
        for _ in 0..MAX_ATTEMPTS {
            last = try_get(&self.address, path);
            if last.contains(text) {
                return last;
            }
        }
        panic!("{path} never holds {text}: {last}");
    }

    /// Ends it, and returns its exit code.
    fn end(mut self) -> Option<i32> {
        let done = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(done.expect("kill").success());
        self.child.wait().expect("an end").code()
    }
}

impl Drop for Silent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the response, if the service listens already.
fn try_get(address: &str, path: &str) -> String {
    if std::net::TcpStream::connect(address).is_err() {
        std::thread::yield_now();
        return String::new();
    }
    get(address, path)
}

/// Returns a full pipe that nobody reads.
fn full_pipe() -> (std::io::PipeReader, Stdio) {
    use std::io::Write;

    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    // Fills the pipe. If it takes less at a time, the service waits for it.
    writer.write_all(&vec![b'x'; 65_536]).expect("to fill it");
    (reader, writer.into())
}

/// Output that nobody reads, or that cannot be written, affects nothing: not the start, not publishing, not the end.
#[test]
fn blocked_output_affects_nothing() {
    for format in ["text", "json"] {
        for kind in ["full disk", "full pipe", "no reader"] {
            let work_dir = work_dir();
            let mut held = Vec::new();
            let mut stream = || match kind {
                "full disk" => OpenOptions::new().write(true).open("/dev/full").expect("/dev/full").into(),
                "full pipe" => {
                    let (reader, writer) = full_pipe();
                    held.push(reader);
                    writer
                }
                _ => Stdio::from(std::io::pipe().expect("a pipe").1),
            };
            let (output, errors) = (stream(), stream());
            let serving = Silent::start(work_dir.path(), format, output, errors);
            serving.wait_for("/sg1/q1.ics", "LOCATION:K\\, Geneva");
            for (from, to) in [("K", "K2"), ("K2", "nowhere, day: never"), ("nowhere, day: never", "K3")] {
                edit(work_dir.path(), from, to);
                match to {
                    "nowhere, day: never" => serving.wait_for("/status.json", "2025-03-geneva.yaml:"),
                    room => serving.wait_for("/sg1/q1.ics", &format!("LOCATION:{room}\\, Geneva")),
                };
            }
            assert!(get(&serving.admin, "/readyz").starts_with("HTTP/1.1 200 OK"), "{kind}");
            let lost = metric(&get(&serving.admin, "/metrics"), "convene_log_lines_lost_total ");
            assert!(kind == "full pipe" || lost >= 1.0, "{kind}: {lost}");
            assert_eq!(serving.end(), Some(0), "{format}, {kind}");
        }
    }
}

/// Output that is closed from the start affects nothing, either.
#[test]
fn a_process_without_output_serves() {
    let work_dir = work_dir();
    let (address, admin) = (free_address(), free_address());
    let mut command = Command::new("bash");
    command.current_dir(work_dir.path()).env_clear().args([
        "-c",
        "exec \"$@\" >&- 2>&-",
        "bash",
        env!("CARGO_BIN_EXE_convene"),
    ]);
    command.args(["serve", "--listen", &address, "--admin-listen", &admin, "--base-url", "https://convene.example"]);
    let serving = Silent { child: command.spawn().expect("convene"), address, admin };
    serving.wait_for("/sg1/q1.ics", "LOCATION:K\\, Geneva");
    edit(work_dir.path(), "K", "K2");
    serving.wait_for("/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    assert_eq!(serving.end(), Some(0));
}

/// Lines that could not be written are counted, and reported once somebody reads again.
#[test]
fn lost_log_lines_are_reported() {
    for format in ["text", "json"] {
        let work_dir = work_dir();
        let log = work_dir.path().join("log");
        assert!(Command::new("mkfifo").arg(&log).status().expect("mkfifo").success());
        let reader = || {
            const NONBLOCKING: i32 = 0o4000;
            OpenOptions::new().read(true).custom_flags(NONBLOCKING).open(&log).expect("a pipe")
        };
        let first = reader();
        let errors = OpenOptions::new().write(true).open(&log).expect("a pipe");
        let serving = Silent::start(work_dir.path(), format, Stdio::null(), errors.into());
        serving.wait_for("/sg1/q1.ics", "LOCATION:K\\, Geneva");
        drop(first);
        edit(work_dir.path(), "K", "K2");
        serving.wait_for("/sg1/q1.ics", "LOCATION:K2\\, Geneva");
        // The line of that release is lost, and perhaps earlier ones.
        let lost = || metric(&get(&serving.admin, "/metrics"), "convene_log_lines_lost_total ");
        while lost() < 1.0 {}
        let mut second = reader();
        edit(work_dir.path(), "K2", "K3");
        serving.wait_for("/sg1/q1.ics", "LOCATION:K3\\, Geneva");
        let mut output = Vec::new();
        while !String::from_utf8_lossy(&output).contains("release 3 is served") {
            let _ = second.read_to_end(&mut output);
        }
        let output = String::from_utf8(output).expect("UTF-8");
        let mut notices = output.lines().filter(|line| line.contains(" could not be written"));
        let notice = notices.next().unwrap_or_else(|| panic!("{output}"));
        assert_eq!(notices.next(), None, "{output}");
        let told = if format == "text" {
            notice.split_once("lost=").and_then(|(_, number)| number.trim().parse().ok())
        } else {
            serde_json::from_str::<serde_json::Value>(notice).ok().and_then(|notice| notice["lost"].as_f64())
        };
        assert_eq!(told, Some(lost()), "{output}");
        assert_eq!(serving.end(), Some(0));
    }
}

/// A command that published succeeds, even if its output cannot be written.
#[test]
fn the_exit_code_does_not_depend_on_the_output() {
    let work_dir = work_dir();
    let full = || OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let always = ["publish", "--base-url", "https://convene.example"];
    let status = convene(work_dir.path()).args(always).stdout(full()).stderr(full()).status().expect("convene");
    assert_eq!(status.code(), Some(0));
    let (_, history, _) = run(convene(work_dir.path()).arg("history"));
    assert_eq!(history.lines().count(), 1, "{history}");
    // A command whose purpose is its output fails if that cannot be written.
    let status = convene(work_dir.path()).arg("history").stdout(full()).stderr(full()).status().expect("convene");
    assert_eq!(status.code(), Some(2));
}

/// A fault is logged once, with the path and the reason, and shown for as long as it lasts.
#[test]
fn a_fault_of_the_folder_is_shown_with_its_path() {
    let work_dir = work_dir();
    let serving = serve(work_dir.path(), &[]);
    let link = work_dir.path().join("meetings/sg1/2025-09-odd.yaml");
    // A file whose beginning nobody can read, not even root.
    symlink("/proc/self/mem", &link).expect("a link");
    let named = "meetings/sg1/2025-09-odd.yaml: Input/output error";
    wait_for(&serving, "/status.json", named);
    wait_for(&serving, "/status", named);
    for _ in 0..200 {
        let status = serving.get("/status.json");
        assert!(status.contains(named), "{status}");
    }
    // Another edit waits, and is not lost.
    edit(work_dir.path(), "K", "K2");
    fs::remove_file(&link).expect("to remove it");
    wait_for(&serving, "/status.json", "\"folder\": null");
    wait_for(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    serving.signal("TERM");
    let (_, output) = serving.end();
    assert_eq!(output.matches(" ERROR ").count(), 1, "{output}");
    assert_eq!(output.matches("can be read again").count(), 1, "{output}");
}

/// Files that cannot be definitions stop nothing, neither at the start nor later.
#[test]
fn files_that_are_no_definitions_stop_nothing() {
    let work_dir = work_dir();
    let meetings = work_dir.path().join("meetings");
    for folder in ["lost+found", "Old Stuff", "sg1/drafts"] {
        fs::create_dir(meetings.join(folder)).expect("a folder");
    }
    fs::write(meetings.join("lost+found/half.yaml"), "nonsense: [").expect("to write");
    for (target, link) in [("nowhere", "sg9"), ("nowhere.yaml", "sg1/gone.yaml"), ("turn.yaml", "sg1/turn.yaml")] {
        symlink(target, meetings.join(link)).expect("a link");
    }
    let (code, output, problems) = run(convene(work_dir.path()).arg("check"));
    assert_eq!(code, 0, "{output}{problems}");
    assert_eq!(problems.matches("warning: broken link, ignored").count(), 2, "{problems}");
    assert!(problems.contains("--> meetings/sg1/gone.yaml:1:1"), "{problems}");
    let serving = serve(work_dir.path(), &[]);
    // A file that appears and disappears as fast as possible: nobody publishes that.
    let restless = meetings.join("sg1/2025-10-restless.yaml");
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        while stopped.try_recv().is_err() {
            let _ = fs::write(&restless, "title: Restless\n");
            let _ = fs::remove_file(&restless);
        }
    });
    edit(work_dir.path(), "K", "K2");
    // On a busy machine the writer may be stopped for so long that its file settles and is read, perhaps while it is empty.
    // It is reported then.
    let is_over = || {
        let is_published = serving.get("/sg1/q1.ics").contains("LOCATION:K2\\, Geneva");
        let status = serving.get("/status.json");
        is_published || status.contains("keeps changing") || status.contains("2025-10-restless.yaml")
    };
    assert!((0..MAX_ATTEMPTS).any(|_| is_over()), "{}", serving.get("/status.json"));
    stop.send(()).expect("the writer");
    writer.join().expect("the writer");
    wait_for(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    wait_for(&serving, "/status.json", "\"folder\": null");
}

/// If only the ledger or only the secret exists, the other was lost. Starting again would be silent damage.
#[test]
fn a_lost_ledger_or_secret_is_not_created_again() {
    let work_dir = work_dir();
    fs::remove_file(work_dir.path().join("secret")).expect("the secret of others");
    let options = ["serve", "--listen", "127.0.0.1:0", "--base-url", "https://convene.example"];
    let started = |more: &[&str]| {
        let serving = RunningServer::start(convene(work_dir.path()).args(options).args(more));
        serving.signal("TERM");
        assert_eq!(serving.end().0, 0);
    };
    started(&[]);
    let state = work_dir.path().join("state");
    let (secret, ledger) = (state.join("secret"), state.join("ledger.sqlite"));
    let before = fs::read(&secret).expect("a secret");
    fs::remove_file(&secret).expect("to lose it");
    for command in [&options[..], &["delegates"]] {
        let (code, _, error) = run(convene(work_dir.path()).args(command));
        assert_eq!(code, 2, "{error}");
        assert!(error.contains("the secret `state/secret` is missing, but its ledger is there"), "{error}");
        assert!(!secret.exists());
    }
    fs::write(&secret, &before).expect("to put it back");
    started(&[]);
    fs::rename(&ledger, work_dir.path().join("lost")).expect("to lose it");
    for command in [&options[..], &["publish", "--base-url", "https://convene.example"], &["delegates"]] {
        let (code, _, error) = run(convene(work_dir.path()).args(command));
        assert_eq!(code, 2, "{error}");
        assert!(error.contains("the ledger `state/ledger.sqlite` is missing, but its secret is there"), "{error}");
        assert!(error.contains("`convene publish --recover`") && !ledger.exists(), "{error}");
    }
    let (code, output, error) =
        run(convene(work_dir.path()).args(["publish", "--recover", "--base-url", "https://x.example"]));
    assert_eq!(code, 0, "{output}{error}");
    started(&[]);
    fs::remove_file(&ledger).expect("to lose it");
    started(&["--begin-anew"]);
    fs::remove_file(&secret).expect("to lose it");
    started(&["--begin-anew"]);
    assert_ne!(fs::read(&secret).expect("a secret"), before);
}

/// A replica whose secret differs from the publisher's would serve other private addresses: it reports that, and is
/// not ready.
#[test]
fn a_replica_with_another_secret_is_not_ready() {
    let work_dir = work_dir();
    let own = work_dir.path().join("secret").display().to_string();
    let other = work_dir.path().join("other").display().to_string();
    fs::write(&other, "another secret that everybody may know\n").expect("to write");
    let publisher = serve(work_dir.path(), &["--secret-file", &own]);
    let admin = [free_address(), free_address()];
    let with = |secret: &str, admin: &str| {
        serve(work_dir.path(), &["--no-publish", "--secret-file", secret, "--admin-listen", admin])
    };
    let same = with(&own, &admin[0]);
    assert!(get(&admin[0], "/readyz").starts_with("HTTP/1.1 200 OK"));
    assert!(same.get("/status.json").contains("\"faults\": []"));
    let replica = with(&other, &admin[1]);
    assert!(replica.get("/sg1/q1.ics").starts_with("HTTP/1.1 200 OK"), "what everybody reads is the same");
    assert!(
        replica.get("/status.json").contains("The secret differs from the publisher"),
        "{}",
        replica.get("/status.json")
    );
    let ready = get(&admin[1], "/readyz");
    assert!(ready.starts_with("HTTP/1.1 503 ") && ready.contains("the secret is not the publisher's"), "{ready}");
    assert!((metric(&get(&admin[1], "/metrics"), "convene_faults ") - 1.0).abs() < 0.5);
    replica.signal("TERM");
    assert!(replica.end().1.contains("the secret is not the publisher's"));
    drop(publisher);
}

/// A damaged ledger is reported as damaged.
#[test]
fn a_damaged_ledger_is_reported_as_damaged() {
    let work_dir = work_dir();
    publish(work_dir.path(), &[]);
    let state = work_dir.path().join("state");
    let file = state.join("ledger.sqlite");
    // Two connections that are closed at once may leave the write-ahead log, which would repair the file.
    while state.join("ledger.sqlite-wal").exists() {
        assert_eq!(run(convene(work_dir.path()).arg("history")).0, 0);
    }
    let good = fs::read(&file).expect("the ledger");
    let mut halved = good.clone();
    // Overwrite every page but the first.
    halved[4096..].iter_mut().for_each(|byte| *byte = 0x5a);
    for bad in [b"this is no database at all".repeat(400), halved] {
        fs::write(&file, bad).expect("to write");
        for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["history"]] {
            let (code, _, error) = run(convene(work_dir.path()).args(command));
            assert_eq!(code, 2, "{error}");
            assert!(error.contains("it is damaged, or its disk cannot be read"), "{error}");
        }
    }
    fs::write(&file, good).expect("to put it back");
    assert_eq!(run(convene(work_dir.path()).arg("history")).0, 0);
}

fn ledger(work_dir: &Path) -> Location {
    Location::in_folder(&work_dir.join("state"))
}

/// Publishes the content of a folder at an instant of the clock.
fn publish_at(work_dir: &Path, instant: &str) {
    let files: Vec<Definition> = files(&work_dir.join("meetings"));
    let timetable = timetable(files.clone()).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
    let base_url = Some("https://convene.example/".parse().expect("a URL"));
    let new_release = NewRelease { files, timetable, base_url, cause: PublishCause::Folder };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(&ledger(work_dir)).await.expect("a store");
        let instant: jiff::Timestamp = instant.parse().expect("an instant");
        store.publish(&mut None, new_release, || instant).await.expect("it publishes");
        store.close().await;
    });
}

/// After a clock was fast for a while, publishing can continue, and no history is lost.
#[test]
fn publishing_continues_after_the_clock_was_fast() {
    let work_dir = work_dir();
    publish_at(work_dir.path(), "2200-01-01T08:00:00Z");
    let serving = serve(work_dir.path(), &[]);
    let reply = serving.get("/sg1/q1.ics");
    let header = |name: &str| reply.lines().find_map(|line| line.strip_prefix(name)).expect("a header");
    let date = |name: &str| httpdate(header(name));
    // RFC 9110 8.8.2.1
    assert!(date("last-modified: ") <= date("date: "), "{reply}");
    edit(work_dir.path(), "K", "K2");
    let status = wait_for(&serving, "/status.json", "The clock of this machine is behind the latest release");
    assert!(status.contains("\"release\": 1"), "{status}");
    let (code, _, error) = run(convene(work_dir.path()).arg("publish"));
    assert_eq!(code, 2);
    assert!(error.contains("run `convene publish --clock-was-ahead` once"), "{error}");
    let (code, output, error) = run(convene(work_dir.path()).args(["publish", "--clock-was-ahead"]));
    assert_eq!((code, error.as_str()), (0, ""), "{output}");
    let feed = wait_for(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    assert!(feed.contains("SEQUENCE:1\r\n") && feed.contains("LAST-MODIFIED:22000101T080001Z\r\n"), "{feed}");
    wait_for(&serving, "/status.json", "\"ledger\": null");
    edit(work_dir.path(), "K2", "K3");
    let feed = wait_for(&serving, "/sg1/q1.ics", "LOCATION:K3\\, Geneva");
    assert!(feed.contains("SEQUENCE:2\r\n") && feed.contains("LAST-MODIFIED:22000101T080002Z\r\n"), "{feed}");
    let (_, history, _) = run(convene(work_dir.path()).arg("history"));
    assert_eq!(history.lines().count(), 3, "{history}");
}

/// Converts the date of a header to seconds, for comparison.
fn httpdate(date: &str) -> String {
    let date = jiff::fmt::rfc2822::parse(&date.trim().replace("GMT", "+0000")).expect("a date");
    date.timestamp().to_string()
}

/// SIGHUP reads everything again, and ends nothing.
#[test]
fn sighup_reads_everything_again() {
    let work_dir = work_dir();
    let serving = serve(work_dir.path(), &["--poll", "86400"]);
    let before = serving.get("/sg1/q1.ics");
    serving.signal("HUP");
    assert_eq!(without_date(&serving.get("/sg1/q1.ics")), without_date(&before));
    edit(work_dir.path(), "K", "K2");
    serving.signal("HUP");
    wait_for(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    serving.signal("TERM");
    let (code, output) = serving.end();
    assert_eq!(code, 0);
    assert!(output.contains("reading everything again"), "{output}");
}

fn without_date(reply: &str) -> String {
    reply.lines().filter(|line| !line.starts_with("date:")).collect::<Vec<_>>().join("\n")
}

/// An empty environment variable counts as unset.
#[test]
fn empty_variables_count_as_unset() {
    let work_dir = work_dir();
    let mut command = convene(work_dir.path());
    for name in ["BASE_URL", "DATABASE", "ADMIN_LISTEN", "SECRET_FILE", "REPLICA", "POLL", "LOG", "THREADS", "CACHE"] {
        command.env(format!("CONVENE_{name}"), "");
    }
    let serving = RunningServer::start(command.env("CONVENE_LISTEN", "").args(["serve", "--listen", "127.0.0.1:0"]));
    assert!(serving.get("/sg1/q1.ics").starts_with("HTTP/1.1 200 OK"));
}

/// An IPv6 address may be given without brackets, to `serve` and to `health`.
#[test]
fn serve_and_health_accept_the_same_addresses() {
    let work_dir = work_dir();
    let port = std::net::TcpListener::bind("[::1]:0").and_then(|socket| socket.local_addr()).expect("a port").port();
    for listen in [format!("::1:{port}"), format!("[::1]:{port}")] {
        let _serving = RunningServer::start(convene(work_dir.path()).args(["serve", "--listen", &listen]));
        for ask in [format!("::1:{port}"), format!("[::1]:{port}")] {
            let (code, output, error) = run(convene(work_dir.path()).args(["health", "--listen", &ask]));
            assert_eq!((code, output), (0, format!("convene answers at http://[::1]:{port}/\n")), "{error}");
        }
    }
}

/// The file of large answers may be in another folder than the ledger. If that cannot be written, the start fails.
#[test]
fn the_cache_folder_takes_the_file_of_large_answers() {
    let (work_dir, cache) = (work_dir(), tempfile::tempdir().expect("a folder"));
    let inner = cache.path().join("made/by/convene").display().to_string();
    let serving = serve(work_dir.path(), &["--cache", &inner]);
    assert!(Path::new(&inner).is_dir());
    assert!(serving.get("/sg1/all.ics").starts_with("HTTP/1.1 200 OK"));
    let taken = cache.path().join("taken");
    File::create(&taken).expect("a file");
    let (code, _, error) =
        run(convene(work_dir.path()).args(["serve", "--listen", "127.0.0.1:0", "--cache"]).arg(taken.join("below")));
    assert_eq!(code, 2);
    assert!(error.contains("cannot write to the folder") && error.contains("`--cache`"), "{error}");
}

/// While a database accepts connections and does not respond, health responds at once.
#[test]
fn health_responds_while_a_database_hangs() {
    let work_dir = work_dir();
    let database = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("postgres://convene@{}/convene", database.local_addr().expect("an address"));
    let secret = work_dir.path().join("secret").display().to_string();
    let (address, admin) = (free_address(), free_address());
    let mut command = convene(work_dir.path());
    command.args([
        "serve",
        "--database",
        &url,
        "--secret-file",
        &secret,
        "--listen",
        &address,
        "--admin-listen",
        &admin,
    ]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let begun = std::time::Instant::now();
    let serving = Silent { child: command.spawn().expect("convene"), address, admin };
    while !try_get(&serving.admin, "/healthz").starts_with("HTTP/1.1 200 OK") {}
    assert!(get(&serving.admin, "/readyz").starts_with("HTTP/1.1 503 "));
    let (code, output, error) = run(convene(work_dir.path()).args(["health", "--listen", &serving.address]));
    assert_eq!(code, 0, "{output}{error}");
    // Long before it is clear that the database does not respond.
    assert!(begun.elapsed() < std::time::Duration::from_secs(8), "{:?}", begun.elapsed());
    assert_eq!(serving.end(), Some(0), "it ends though it has not begun");
}
