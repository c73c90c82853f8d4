//! What an operator sees (health, metrics, the log), and that private addresses appear nowhere.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{RunningServer, ask, convene, free_address, get, metric, run, wait_for};
use crate::support::{files, repository, rewrite, write_file};

/// Returns a folder with the repository's definitions, in which a delegate has the third key.
fn work_dir() -> TempDir {
    let work_dir = tempfile::tempdir().expect("a folder");
    for mut file in files(&repository().join("meetings")) {
        rewrite(&mut file, |text| text.replace("{id: delegate-1, ", "{id: delegate-1, key: 3, "));
        write_file(&work_dir.path().join("meetings").join(&file.path), file.bytes().expect("bytes"));
    }
    work_dir
}

fn serve(work_dir: &Path, admin: &str, options: &[&str]) -> RunningServer {
    let always = ["serve", "--listen", "127.0.0.1:0", "--admin-listen", admin, "--poll", "0.05"];
    RunningServer::start(convene(work_dir).args(always).args(options))
}

#[test]
fn health_and_metrics_are_on_a_port_of_their_own() {
    let work_dir = work_dir();
    let admin = free_address();
    let serving = serve(work_dir.path(), &admin, &[]);
    assert!(get(&admin, "/healthz").starts_with("HTTP/1.1 200 OK"));
    assert!(get(&admin, "/readyz").starts_with("HTTP/1.1 200 OK"));
    assert!(get(&admin, "/sg12/wp1.ics").starts_with("HTTP/1.1 404"));
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert!(serving.get(path).starts_with("HTTP/1.1 404"), "no operator's page is in public: {path}");
    }
    let feed = serving.get("/sg12/wp1.ics");
    let tag = feed.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned();
    let known = format!("GET /sg12/wp1.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: {tag}\r\n\r\n");
    assert!(ask(serving.host(), &known).starts_with("HTTP/1.1 304"));
    serving.get("/sg12/follow/wp1_q12.ics");
    serving.get("/sg12/wp1.json");
    serving.get("/none");
    let metrics = get(&admin, "/metrics");
    assert!(metrics.contains("content-type: application/openmetrics-text"), "{metrics}");
    assert!(metrics.trim_end().ends_with("# EOF"));
    for (line, value) in [
        ("convene_release", 1.0),
        ("convene_definition_errors", 0.0),
        ("convene_faults", 0.0),
        ("convene_requests_total{route=\"feed\",status=\"200\"}", 1.0),
        ("convene_requests_total{route=\"feed\",status=\"304\"}", 1.0),
        ("convene_requests_total{route=\"follow\",status=\"200\"}", 1.0),
        ("convene_requests_total{route=\"json\",status=\"200\"}", 1.0),
    ] {
        assert!((metric(&metrics, &format!("{line} ")) - value).abs() < 0.5, "{line} in {metrics}");
    }
    let octets = feed.split_once("\r\n\r\n").expect("a body").1.len();
    #[expect(clippy::cast_precision_loss, reason = "a feed is small")]
    let octets = octets as f64;
    assert!((metric(&metrics, "convene_response_bytes_total{route=\"feed\"} ") - octets).abs() < 0.5);
    assert!(metric(&metrics, "convene_request_duration_seconds_count ") >= 5.0);
    assert!(metric(&metrics, "convene_release_published_seconds ") > 1.7e9);
    // An error in the definitions, with its place.
    let group = work_dir.path().join("meetings/sg12/group.yaml");
    let text = fs::read_to_string(&group).expect("group.yaml");
    fs::write(&group, text.replace("suffix:", "sufix:")).expect("to write");
    wait_for(&serving, "/status.json", "group.yaml:");
    let metrics = get(&admin, "/metrics");
    assert!(metric(&metrics, "convene_definition_errors ") >= 1.0);
    assert!(metrics.contains("convene_definition_error_place{place=\"meetings/sg12/group.yaml:"), "{metrics}");
}

/// The page of a feed says when each kind of client last fetched it, and which release; nothing about persons.
#[test]
fn the_page_of_a_feed_shows_when_clients_fetched_it() {
    let work_dir = work_dir();
    let serving = serve(work_dir.path(), &free_address(), &[]);
    assert!(serving.get("/sg12/wp1/").contains("No program has fetched this feed"));
    for agent in ["Google-Calendar-Importer", "ICSx5/2.2 (personal-name-of-somebody)"] {
        let request =
            format!("GET /sg12/wp1.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser-Agent: {agent}\r\n\r\n");
        assert!(ask(serving.host(), &request).starts_with("HTTP/1.1 200"));
    }
    let page = serving.get("/sg12/wp1/");
    for client in ["Google Calendar", "Android (ICSx5)"] {
        assert!(page.contains(&format!("<th scope=\"row\" lang=\"en\" dir=\"ltr\">{client}</th>")), "{page}");
    }
    assert!(
        page.contains("<td>1</td>") && !page.contains("personal-name") && !page.contains("dir=\"ltr\">Thunderbird"),
        "{page}"
    );
    assert!(page.contains("cache-control: no-cache"), "{page}");
    assert!(serving.get("/sg12/q6/").contains("No program has fetched this feed"), "another feed is another");
}

/// Something that a client sends, and that must not be recorded.
const OF_READER: &str = "reader-says-this";
/// A token that belongs to nobody.
const WRONG: &str = "0123456789abcdef0123456789abcdef01234567";

/// Returns requests for private addresses that are wrong in some way.
fn odd_requests(token: &str) -> Vec<String> {
    let whole = |start: &str, more: &str| format!("{start} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n");
    vec![
        whole(&format!("GET /delegate/{WRONG}.ics"), &format!("Referer: {OF_READER}\r\n")),
        whole(&format!("POST /delegate/{token}.ics"), "Content-Length: 0\r\n"),
        format!("BREW /delegate/{token}.ics HTTP/7.1\r\n\r\n"),
        whole(&format!("GET /delegate/{token}.ics"), &format!("Cookie: {}\r\n", "x".repeat(30_000))),
        whole(&format!("GET /delegate/{token}/"), ""),
        whole(&format!("GET /delegate/{token}"), &format!("User-Agent: {OF_READER}\r\n")),
        whole(&format!("GET /{OF_READER}/{token}"), ""),
    ]
}

/// No token (valid, revoked or invalid) is in anything that the process writes, nor is anything that clients send.
#[test]
fn private_addresses_are_never_written() {
    for format in ["text", "json"] {
        let work_dir = work_dir();
        let admin = free_address();
        let (code, output, error) = run(convene(work_dir.path()).arg("delegates"));
        assert_eq!(code, 0, "{error}");
        let valid: Vec<String> = output.lines().filter_map(|line| line.split("/delegate/").nth(1)).map(token).collect();
        assert!(valid.len() >= 2, "{output}");
        let delegates = work_dir.path().join("meetings/delegates.yaml");
        let text = fs::read_to_string(&delegates).expect("delegates.yaml");
        fs::write(&delegates, text.replace("key: 3", "key: 2")).expect("to write");
        let (_, output, _) = run(convene(work_dir.path()).arg("delegates"));
        let revoked = output.lines().filter_map(|line| line.split("/delegate/").nth(1)).map(token).next().expect("one");
        fs::write(&delegates, &text).expect("to write");
        let serving = serve(work_dir.path(), &admin, &["--log", format]);
        let mut seen = String::new();
        for token in &valid {
            for path in ["", ".en", ".zh"].map(|tag| format!("/delegate/{token}{tag}")) {
                for ending in ["ics", "json", "atom"] {
                    let reply = serving.get(&format!("{path}.{ending}"));
                    assert!(reply.starts_with("HTTP/1.1 200 OK"), "{ending} {reply}");
                    for header in ["cache-control: private, max-age=300", "referrer-policy: no-referrer"] {
                        assert!(reply.contains(header), "{reply}");
                    }
                    assert!(!reply.contains("access-control-allow-origin"), "{reply}");
                    assert!(!reply.contains(token), "an address is not in its own answer");
                    // Nor is another delegate's.
                    seen.push_str(&reply);
                }
            }
        }
        let gone = serving.get(&format!("/delegate/{revoked}.ics"));
        assert!(gone.starts_with("HTTP/1.1 410 Gone") && gone.contains("cache-control: private"), "{gone}");
        seen.push_str(&gone);
        for request in odd_requests(&valid[0]) {
            let mut stream = TcpStream::connect(serving.host()).expect("a connection");
            let _ = stream.write_all(request.as_bytes());
            let mut reply = Vec::new();
            let _ = stream.read_to_end(&mut reply);
            seen.push_str(&String::from_utf8_lossy(&reply));
        }
        for path in ["/", "/sg12/", "/sg12/wp1/", "/sg12/changes/", "/status", "/status.json"] {
            seen.push_str(&serving.get(path));
        }
        seen.push_str(&get(&admin, "/metrics"));
        // Errors are reported without them, too.
        fs::write(&delegates, text.replace("follows:", "folows:")).expect("to write");
        seen.push_str(&wait_for(&serving, "/status.json", "\"errors\": "));
        serving.signal("TERM");
        let (code, output) = serving.end();
        assert_eq!(code, 0);
        if format == "json" {
            for line in output.lines() {
                let event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
                assert!(event["level"].is_string() && event["message"].is_string(), "{line}");
            }
        }
        assert!(output.contains("is served"), "one line for the release: {output}");
        seen.push_str(&output);
        for token in valid.iter().chain([&revoked, &WRONG.to_owned()]) {
            assert!(!seen.contains(token.as_str()), "{format}: a private address was written");
        }
        assert!(!seen.contains(OF_READER), "{format}: what a reader says was written");
    }
}

fn token(file: &str) -> String {
    file.trim().trim_end_matches(".ics").to_owned()
}

/// Options or environment variables set the hosts of web calendars. An invalid host is refused at the start.
#[test]
fn the_operator_sets_the_hosts_of_buttons() {
    let work_dir = work_dir();
    let mut command = convene(work_dir.path());
    command.env("CONVENE_MICROSOFT_HOST", "outlook.cloud.microsoft").args(["serve", "--listen", "127.0.0.1:0"]);
    let serving = RunningServer::start(command.args(["--google-scheme", "http", "--outlook-host", "Outlook.example"]));
    let page = serving.get("/sg12/wp1/");
    for (button, link) in [
        (">Outlook.com</a>", "https://outlook.example/calendar/0/addfromweb?url=http%3A%2F%2F127"),
        (">Microsoft 365</a>", "https://outlook.cloud.microsoft/calendar/0/addfromweb?url=http%3A%2F%2F127"),
        ("calendar/r?cid=", "https://calendar.google.com/calendar/r?cid=http%3A%2F%2F127"),
    ] {
        let line = page.lines().find(|line| line.contains(button)).expect("a button");
        assert!(line.contains(link), "{line}");
    }
    for host in ["https://outlook.example", "outlook.example/", "10.0.0.1", "ex%41mple.org", "..", "a-.org", "a b", ""]
    {
        let (code, _, output) = run(convene(work_dir.path()).args(["serve", "--outlook-host", host]));
        assert_eq!(code, 2, "{host}");
        assert!(output.contains("expected a host name, as in `outlook.cloud.microsoft`"), "{host}: {output}");
    }
}

/// Whatever is wrong with the URL of a database, no part of its password is in the error.
#[test]
fn database_errors_do_not_contain_the_password() {
    let work_dir = work_dir();
    let port = free_address().rsplit(':').next().expect("a port").to_owned();
    for (password, address) in [
        ("s3cretword", format!("postgres://convene:s3cretword@127.0.0.1:{port}/convene")),
        ("s3cretword", format!("postgres://convene@127.0.0.1:{port}/convene?password=s3cretword")),
        ("s3cretword", format!("postgres://convene:s3cretword@127.0.0.1:{port}/convene?sslmode=s3cretword")),
        ("s3cretword", "postgres://convene:pass/s3cretword@127.0.0.1/convene".to_owned()),
        ("s3cretword", "postgres://convene:12/s3cretword@127.0.0.1/convene".to_owned()),
        ("s3cretword", "postgres://convene:12#s3cretword@127.0.0.1/convene".to_owned()),
        ("s3cretword", "postgres://convene:12?s3cretword@127.0.0.1/convene".to_owned()),
        ("s3cretword", "postgres://convene:pass@s3cretword@127.0.0.1/convene".to_owned()),
        ("s3cretword", "postgres://convene:s3cretword@127.0.0.1:port/convene".to_owned()),
        ("s3cretword", "postgres://convene:s3cretword@[::1/convene".to_owned()),
        ("s3cretword", "postgres//convene:s3cretword@127.0.0.1/convene".to_owned()),
        ("s3cretword", "mysql://convene:s3cretword@127.0.0.1/convene".to_owned()),
        ("s3cr/et%", format!("postgres://convene:s3cr%2Fet%25@127.0.0.1:{port}/s3cr%2Fet%25")),
    ] {
        let secret = work_dir.path().join("secret").display().to_string();
        fs::write(&secret, "a secret that everybody may know\n").expect("to write");
        for command in [&["history"][..], &["publish"], &["serve", "--replica", "--listen", "nonsense"]] {
            let (_, output, error) = run(convene(work_dir.path()).args(command).args(["--database", &address]));
            let all = format!("{output}{error}");
            assert!(!all.contains(password), "{address}: {all}");
            assert!(command[0] != "history" || all.contains("cannot "), "{address}: {all}");
        }
    }
}

/// No log contains anything from delegates.yaml, whatever error it has.
#[test]
fn delegates_are_in_no_log() {
    for format in ["text", "json"] {
        let work_dir = work_dir();
        let serving = serve(work_dir.path(), &free_address(), &["--log", format]);
        let delegates = work_dir.path().join("meetings/delegates.yaml");
        let good = fs::read_to_string(&delegates).expect("delegates.yaml");
        let mut errors = 0;
        for (from, to) in
            [("follows:", "folows:"), ("id: delegate-1", "id: delegate-1, id"), ("delegate-1", "Delegate One")]
        {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good);
            fs::write(&delegates, bad).expect("to write");
            while serving.get("/status.json").contains("\"errors\": 0") {}
            errors += 1;
            fs::write(&delegates, &good).expect("to write");
            wait_for(&serving, "/status.json", "\"errors\": 0");
        }
        serving.signal("TERM");
        let (_, output) = serving.end();
        assert!(output.matches("error in a private file").count() >= errors, "{output}");
        assert!(
            !output.contains("delegate-1") && !output.contains("Delegate One") && !output.contains("rapporteur"),
            "{output}"
        );
    }
}

/// Old versions of delegates.yaml are deleted: only the current one is needed for a rollback.
#[test]
fn old_versions_of_delegates_are_not_kept() {
    let work_dir = work_dir();
    let publish = || {
        let (code, _, error) = run(convene(work_dir.path()).args(["publish", "--base-url", "https://convene.example"]));
        assert_eq!(code, 0, "{error}");
    };
    let delegates = work_dir.path().join("meetings/delegates.yaml");
    let good = fs::read_to_string(&delegates).expect("delegates.yaml");
    fs::write(&delegates, format!("# personal-remark-one\n{good}")).expect("to write");
    publish();
    fs::write(&delegates, format!("# personal-remark-two\n{good}")).expect("to write");
    publish();
    for file in fs::read_dir(work_dir.path().join("state")).expect("the state folder") {
        let bytes = fs::read(file.expect("a file").path()).expect("a file");
        let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(!holds("personal-remark-one"), "it is not left on the disk either");
    }
    let (code, output, error) = run(convene(work_dir.path()).args(["rollback", "1"]));
    assert_eq!(code, 0, "{output}{error}");
}

/// Redirects and refusals are counted with their own status.
#[test]
fn every_status_is_counted() {
    let work_dir = work_dir();
    let admin = free_address();
    let serving = serve(work_dir.path(), &admin, &[]);
    assert!(serving.get("/sg12/follow/?follow=wp1").starts_with("HTTP/1.1 303"));
    assert!(ask(serving.host(), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n").starts_with("HTTP/1.1 400"));
    assert!(
        ask(serving.host(), "OPTIONS /sg12/wp1.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .starts_with("HTTP/1.1 204")
    );
    let metrics = get(&admin, "/metrics");
    for (route, status) in [("page", 303), ("other", 400), ("feed", 204)] {
        let line = format!("convene_requests_total{{route=\"{route}\",status=\"{status}\"}} ");
        assert!((metric(&metrics, &line) - 1.0).abs() < 0.5, "{metrics}");
    }
    assert!(!metrics.contains("status=\"500\""), "{metrics}");
}

/// A task that panics is restarted, and counts as down until it has run for a while.
#[test]
fn a_task_that_panics_is_restarted_and_counted() {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use convene::server::{ServiceTask, TaskStates};

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let parts = TaskStates::with_pauses(Duration::from_millis(20), Duration::from_secs(30));
        let begun = std::sync::Arc::new(AtomicU32::new(0));
        let part = || {
            let begun = std::sync::Arc::clone(&begun);
            async move {
                // It panics twice, and then runs.
                assert!(begun.fetch_add(1, Ordering::SeqCst) >= 2, "a fault");
                std::future::pending::<()>().await;
            }
        };
        let watched = async {
            let mut seen = Vec::new();
            while seen.last() != Some(&(3, 0)) {
                let now = (begun.load(Ordering::SeqCst), parts.down().count());
                if seen.last() != Some(&now) {
                    seen.push(now);
                }
                tokio::task::yield_now().await;
            }
            seen
        };
        tokio::select! {
            () = parts.supervise(ServiceTask::Publisher, part) => panic!("it runs"),
            seen = watched => assert!(seen.ends_with(&[(1, 1), (2, 1), (3, 1), (3, 0)]), "{seen:?}"),
        }
        assert_eq!(parts.restarts().map(|(_, number)| number).sum::<u64>(), 2);
        assert!(parts.down().next().is_none());
    });
}
