//! The commands, run as a person or a container runs them: the real program, its exit codes, its output, its files.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};

use tempfile::TempDir;

use crate::support::program::{RunningServer, body, convene, run, text};
use crate::support::{addresses, repository, sg12, tree};

/// Returns a folder that contains only a copy of the repository's definitions.
fn workplace() -> TempDir {
    let work_dir = tempfile::tempdir().expect("a folder");
    copy_meetings(work_dir.path());
    work_dir
}

fn copy_meetings(work_dir: &Path) {
    for path in tree(&repository().join("meetings")) {
        let copy = work_dir.join("meetings").join(&path);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("to make a folder");
        fs::copy(repository().join("meetings").join(&path), copy).expect("to copy");
    }
}

#[test]
fn a_newcomer_serves_with_no_option_at_all() {
    let work_dir = workplace();
    // Only the port is given: the default one may be in use on this machine.
    let serving = RunningServer::start(convene(work_dir.path()).env("CONVENE_LISTEN", "127.0.0.1:0"));
    assert!(serving.get("/").starts_with("HTTP/1.1 200 OK"));
    let page = serving.get("/sg12/");
    assert!(page.contains(&format!("<code dir=\"ltr\">{}sg12/wp1.ics</code>", serving.url)), "{page}");
    let feed = serving.get("/sg12/wp1.ics");
    assert!(
        feed.contains("BEGIN:VCALENDAR") && feed.contains(&format!("SOURCE;VALUE=URI:{}sg12/wp1.ics", serving.url))
    );
    let (code, output, _) = run(convene(work_dir.path()).args(["health", "--listen", serving.host()]));
    assert_eq!((code, output), (0, format!("convene answers at {}\n", serving.url)));
    serving.signal("TERM");
    let (code, output) = serving.end();
    assert_eq!(code, 0);
    // The log has one line for the release and one for the end, without warnings.
    let lines: Vec<&str> = output.lines().collect();
    assert!(
        matches!(lines[..], [release, end] if release.contains(" INFO release 1 is served ") && end.contains(" INFO stopping ")),
        "{output}"
    );
}

/// Invariant 1 for the whole program: another time zone, another language, another folder, a second run.
#[test]
fn the_same_files_give_the_same_bytes_everywhere() {
    let work_dir = workplace();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let state = work_dir.path().join("state").display().to_string();
    let meetings = work_dir.path().join("meetings").display().to_string();
    let mut all: Vec<Vec<String>> = Vec::new();
    for (zone, language, at) in [
        ("UTC", "C", work_dir.path()),
        ("UTC", "C", work_dir.path()),
        ("Pacific/Kiritimati", "zh_CN.UTF-8", work_dir.path()),
        ("America/St_Johns", "tr_TR.UTF-8", elsewhere.path()),
    ] {
        let mut command = convene(at);
        command.env("TZ", zone).env("LANG", language).env("LC_ALL", language);
        let options = ["--listen", "127.0.0.1:0", "--base-url", "https://convene.example", "--state", &state];
        let serving = RunningServer::start(command.args(["serve", &meetings]).args(options));
        let tokens = private_paths(work_dir.path());
        let public =
            addresses(&sg12()).into_iter().map(|(_, path)| path).filter(|path| !path.starts_with("/delegate/"));
        let pages = ["/", "/sg12/", "/sg12/follow/wp1_q12.ics"].map(str::to_owned);
        all.push(public.chain(pages).chain(tokens).map(|path| body(&serving.get(&path)).to_owned()).collect());
    }
    assert!(all[0].len() > 120);
    assert!(all[1..].iter().all(|bodies| *bodies == all[0]));
    let golden =
        fs::read_to_string(repository().join("tests/golden/sg12/feeds/sg12/wp1.ics")).expect("the golden feed");
    // The stamps differ: the program published now.
    let unstamped = |feed: &str| {
        let is_stamp = |line: &&str| ["CREATED:", "DTSTAMP:", "LAST-MODIFIED:"].iter().any(|key| line.starts_with(key));
        feed.split_inclusive("\r\n").filter(|line| !is_stamp(line)).collect::<String>()
    };
    let golden = unstamped(&golden);
    assert!(all[0].iter().any(|feed| unstamped(feed) == golden), "the golden feed is what the program serves");
}

fn private_paths(work_dir: &Path) -> Vec<String> {
    let (code, output, _) = run(convene(work_dir).args(["delegates", "--base-url", "https://convene.example/"]));
    assert_eq!(code, 0);
    let path = |line: &str| line.split_once("https://convene.example").expect("an address").1.to_owned();
    output.lines().map(path).collect()
}

/// Returns the files of a state folder, without those that SQLite leaves to the next connection if the last two are
/// closed at the same instant.
fn state_files(work_dir: &Path) -> Vec<String> {
    let files = tree(&work_dir.join("state")).into_iter();
    files.filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm")).collect()
}

#[test]
fn delegates_prints_addresses_that_are_served_and_a_new_key_makes_another() {
    let work_dir = workplace();
    let before = private_paths(work_dir.path());
    assert_eq!(before.len(), 8);
    assert_eq!(before, private_paths(work_dir.path()), "the secret stays");
    let secret = work_dir.path().join("state/secret");
    assert_eq!(fs::metadata(&secret).expect("the secret").permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(work_dir.path().join("state")).expect("the folder").permissions().mode() & 0o777, 0o700);
    assert_eq!(state_files(work_dir.path()), ["ledger.lock", "ledger.sqlite", "secret"]);
    let delegates = work_dir.path().join("meetings/delegates.yaml");
    let text = fs::read_to_string(&delegates).expect("delegates.yaml");
    fs::write(&delegates, text.replace("{id: delegate-1, ", "{id: delegate-1, key: 2, ")).expect("to write");
    let after = private_paths(work_dir.path());
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1..], after[1..]);
    let serving = RunningServer::start(convene(work_dir.path()).args(["serve", "--listen", "127.0.0.1:0"]));
    assert!(after.iter().all(|path| serving.get(path).starts_with("HTTP/1.1 200 OK")));
    assert!(serving.get(&before[0]).starts_with("HTTP/1.1 410 Gone"), "the old address is gone");
    serving.signal("INT");
    let (code, output) = serving.end();
    assert_eq!(code, 0);
    let octets = fs::read_to_string(&secret).expect("the secret");
    assert!(!output.contains("delegate") && !output.contains(&octets), "nothing private is printed: {output}");
}

#[test]
fn a_given_secret_is_used_and_a_short_one_is_refused() {
    let (work_dir, other) = (workplace(), workplace());
    let file = work_dir.path().join("given");
    fs::write(&file, "0123456789abcdef0123456789abcdef\n").expect("to write");
    let with = |work_dir: &Path, file: &Path| {
        run(convene(work_dir).args(["delegates", "--secret-file"]).arg(file).args(["--base-url", "https://x.example"]))
    };
    let (code, output, _) = with(work_dir.path(), &file);
    assert_eq!(code, 0);
    assert_eq!(output, with(other.path(), &file).1, "the same secret gives the same addresses everywhere");
    assert!(!work_dir.path().join("state").exists(), "no secret is made where one is given");
    fs::write(&file, "short\n").expect("to write");
    let (code, _, error) = with(work_dir.path(), &file);
    assert_eq!(code, 2);
    assert!(error.contains("is too short: expected at least 32 bytes"), "{error}");
    let (code, _, error) = with(work_dir.path(), Path::new("nowhere"));
    assert_eq!(code, 2);
    assert!(error.contains("cannot read the secret file `nowhere`: No such file"), "{error}");
}

/// Processes that start at once end up with one complete secret.
#[test]
fn starting_at_once_makes_one_secret() {
    let work_dir = workplace();
    let start = || {
        convene(work_dir.path()).args(["delegates", "--base-url", "https://x.example"]).stdout(Stdio::piped()).spawn()
    };
    let children: Vec<Child> = (0..8).map(|_| start().expect("convene")).collect();
    let outputs: Vec<Output> = children.into_iter().map(|child| child.wait_with_output().expect("an end")).collect();
    assert!(outputs.iter().all(|output| output.status.success() && output.stdout == outputs[0].stdout));
    assert_eq!(state_files(work_dir.path()), ["ledger.lock", "ledger.sqlite", "secret"]);
}

/// In containers every process has the same id, so drafts of secrets must not be named after it alone.
#[test]
fn a_leftover_draft_of_a_secret_does_no_harm() {
    let work_dir = workplace();
    fs::create_dir(work_dir.path().join("state")).expect("a folder");
    fs::write(work_dir.path().join("state/secret.1"), "a draft").expect("to write");
    let before = private_paths(work_dir.path());
    assert_eq!(before, private_paths(work_dir.path()));
    assert_eq!(state_files(work_dir.path()), ["ledger.lock", "ledger.sqlite", "secret", "secret.1"]);
}

#[test]
fn a_secret_that_others_can_read_is_reported() {
    let work_dir = workplace();
    private_paths(work_dir.path());
    let secret = work_dir.path().join("state/secret");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o644)).expect("to set permissions");
    let (code, _, error) = run(convene(work_dir.path()).args(["delegates", "--base-url", "https://x.example"]));
    assert_eq!(code, 0);
    assert!(error.contains("others can read the secret file `state/secret`: `chmod 600` it"), "{error}");
}

#[test]
fn options_without_a_command_belong_to_serve() {
    let work_dir = workplace();
    let serving = RunningServer::start(convene(work_dir.path()).args(["--listen", "127.0.0.1:0"]));
    assert!(serving.get("/").starts_with("HTTP/1.1 200 OK"));
}

#[test]
fn a_closed_output_is_no_error() {
    let work_dir = workplace();
    for command in [["check", "meetings"], ["delegates", "meetings"]] {
        let mut child = convene(work_dir.path())
            .args(command)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("convene");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("an end");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{command:?}");
    }
}

#[test]
fn commands_that_cannot_run_exit_2_and_say_why() {
    let work_dir = workplace();
    let empty = tempfile::tempdir().expect("a folder");
    let cases: [(&Path, &[&str], &str); 8] = [
        (work_dir.path(), &["check", "nowhere"], "cannot read the folder of definitions `nowhere`: No such file"),
        (empty.path(), &["check", "."], "no study group in `.`: expected a folder such as sg12/"),
        (empty.path(), &[], "cannot read the folder of definitions `meetings`: No such file"),
        (
            work_dir.path(),
            &["serve", "--listen", "nonsense"],
            "expected a host and a port, 127.0.0.1:8080 or [::1]:8080",
        ),
        (work_dir.path(), &["serve", "--base-url", "ftp://x"], "expected an address that begins with https://"),
        (work_dir.path(), &["serve", "--base-url", "https://x/?a"], "expected an address without user, `?` and `#`"),
        (work_dir.path(), &["health", "--listen", "127.0.0.1:1"], "no answer from http://127.0.0.1:1/"),
        (work_dir.path(), &["sreve"], "unrecognized subcommand 'sreve'"),
    ];
    for (at, arguments, expected) in cases {
        let (code, output, error) = run(convene(at).args(arguments));
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
        assert!(error.contains(expected), "{arguments:?}: {error}");
    }
}

#[test]
fn a_port_in_use_is_reported() {
    let work_dir = workplace();
    let serving = RunningServer::start(convene(work_dir.path()).args(["serve", "--listen", "127.0.0.1:0"]));
    let (code, _, error) = run(convene(work_dir.path()).args(["serve", "--listen", serving.host()]));
    assert_eq!(code, 2);
    assert!(error.contains("Is another service there?"), "{error}");
}

/// The texts of `--help`: tests/help has one file per command. `CONVENE_BLESS=1` writes them anew.
#[test]
fn help_reads_well_and_names_every_environment_variable() {
    let folder = repository().join("tests/help");
    for command in [
        "",
        "serve",
        "check",
        "diff",
        "publish",
        "history",
        "rollback",
        "delegates",
        "health",
        "new",
        "new group",
        "new meeting",
        "schema",
    ] {
        let (code, output, _) = run(convene(repository()).args(command.split_whitespace()).arg("--help"));
        assert_eq!(code, 0);
        let file: PathBuf =
            folder.join(if command.is_empty() { "convene".to_owned() } else { command.replace(' ', "-") });
        if std::env::var_os("CONVENE_BLESS").is_some() {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&file, &output).expect("to write");
        }
        assert_eq!(fs::read_to_string(&file).expect("a golden text"), output, "{command}");
        let options = output.lines().filter(|line| line.trim_start().starts_with("--"));
        // Options of a single call (what is done once, how a list is printed, what a new file contains) have no environment variable.
        let of_one_call = ["--help", "--version", "--recover", "--clock-was-ahead", "--begin-anew", "--feeds"];
        let without = options.filter(|line| !of_one_call.iter().any(|option| line.contains(option))).count();
        let is_once = command.starts_with("new ");
        assert!(is_once || without <= output.matches("CONVENE_").count(), "{command}");
    }
}
