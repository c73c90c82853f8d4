//! The proxy of docs/proxy.md: nginx with the configuration of that page, and a self-signed certificate.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::program::{RunningServer, convene, free_address, run};
use crate::support::repository;

/// Returns the configuration of the page.
fn example() -> String {
    let page = fs::read_to_string(repository().join("docs/proxy.md")).expect("docs/proxy.md");
    let from = page.split_once("```nginx\n").expect("an example").1;
    from.split_once("```").expect("its end").0.to_owned()
}

struct Nginx(Child);

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

/// Starts nginx with the example, on other addresses.
fn nginx(work_dir: &Path, service: &str, http: &str, https: &str) -> Nginx {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=calendars.example.org"])
        .args(["-addext", "subjectAltName=DNS:calendars.example.org", "-keyout"])
        .arg(work_dir.join("key.pem"))
        .arg("-out")
        .arg(work_dir.join("fullchain.pem"))
        .output()
        .expect("openssl");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let at = work_dir.display();
    let example = example()
        .replace("listen 80;", &format!("listen {http};"))
        .replace("listen 443 ssl;", &format!("listen {https} ssl;"))
        .replace("server 127.0.0.1:8080;", &format!("server {service};"))
        .replace("/etc/ssl/calendars.example.org/", &format!("{at}/"));
    let configuration = format!(
        "daemon off; pid {at}/pid; error_log {at}/error.log; events {{}}\nhttp {{ client_body_temp_path {at}/b; \
         proxy_temp_path {at}/p; fastcgi_temp_path {at}/f; uwsgi_temp_path {at}/u; scgi_temp_path {at}/s; \
         access_log {at}/access.log;\n{example}}}\n"
    );
    fs::write(work_dir.join("nginx.conf"), configuration).expect("to write");
    let mut command = Command::new("nginx");
    command.arg("-c").arg(work_dir.join("nginx.conf")).arg("-e").arg(work_dir.join("error.log"));
    Nginx(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("nginx"))
}

#[test]
fn the_example_redirects_once_and_passes_every_byte() {
    let work_dir = tempfile::tempdir().expect("a folder");
    let meetings = repository().join("meetings").display().to_string();
    let base = ["--base-url", "https://calendars.example.org"];
    let serving =
        RunningServer::start(convene(work_dir.path()).args(["serve", &meetings, "--listen", "127.0.0.1:0"]).args(base));
    let (http, https) = (free_address(), free_address());
    let _nginx = nginx(work_dir.path(), serving.host(), &http, &https);
    let curl = |arguments: &[&str]| {
        let mut command = Command::new("curl");
        command.args(["-s", "-i", "--http1.1", "--retry", "20", "--retry-connrefused", "--retry-delay", "1"]);
        command.arg("--cacert").arg(work_dir.path().join("fullchain.pem"));
        for (port, address) in [(80, &http), (443, &https)] {
            command.arg("--connect-to").arg(format!("calendars.example.org:{port}:{address}"));
        }
        let done = command.args(arguments).output().expect("curl");
        let log = fs::read_to_string(work_dir.path().join("error.log")).unwrap_or_default();
        assert!(done.status.success(), "{arguments:?}: {log}");
        done.stdout
    };
    let redirect = curl(&["http://calendars.example.org/sg12/wp1.ics"]);
    let redirect = String::from_utf8_lossy(&redirect).into_owned();
    assert!(redirect.starts_with("HTTP/1.1 301 "), "{redirect}");
    assert!(redirect.contains("Location: https://calendars.example.org/sg12/wp1.ics\r\n"), "{redirect}");
    let followed = curl(&["-L", "--max-redirs", "1", "http://calendars.example.org/sg12/wp1.ics"]);
    let direct = serving.get("/sg12/wp1.ics");
    let body = direct.split_once("\r\n\r\n").expect("a body").1;
    assert!(String::from_utf8_lossy(&followed).ends_with(body), "the same bytes");
    for tls in ["--tlsv1.2", "--tlsv1.3"] {
        let most = if tls == "--tlsv1.2" { "1.2" } else { "1.3" };
        let reply = curl(&[
            tls,
            "--tls-max",
            most,
            "-H",
            "Accept-Encoding: gzip",
            "https://calendars.example.org/sg12/wp1.ics",
        ]);
        let head = String::from_utf8_lossy(&reply).split("\r\n\r\n").next().expect("a head").to_lowercase();
        for header in ["content-encoding: gzip", "vary: accept-encoding", "-gzip\"", "access-control-allow-origin: *"] {
            assert!(head.contains(header), "{tls}: {head}");
        }
    }
}

/// No request for a private address is in a log of the proxy, whatever its outcome and port.
#[test]
fn the_example_logs_no_private_address() {
    let work_dir = tempfile::tempdir().expect("a folder");
    let meetings = repository().join("meetings").display().to_string();
    let (_, output, _) = run(convene(work_dir.path()).args(["delegates", &meetings]));
    let token = output.split("/delegate/").nth(1).and_then(|rest| rest.split('.').next()).expect("a token").to_owned();
    let serving = RunningServer::start(convene(work_dir.path()).args(["serve", &meetings, "--listen", "127.0.0.1:0"]));
    let (http, https) = (free_address(), free_address());
    let _nginx = nginx(work_dir.path(), serving.host(), &http, &https);
    let ask = |address: &str, path: &str, more: &[&str]| {
        let mut command = Command::new("curl");
        let scheme = if address == https { "https" } else { "http" };
        command.args(["-sS", "-k", "-o", "/dev/null", "-w", "%{http_code}", "--path-as-is"]).args(more);
        command.arg(format!("{scheme}://{address}{path}"));
        let done = command.output().expect("curl");
        format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
    };
    while [&http, &https].iter().any(|address| std::net::TcpStream::connect(address).is_err()) {
        std::thread::yield_now();
    }
    let path = format!("/delegate/{token}.ics");
    let others = [
        format!("//delegate/{token}.ics"),
        format!("/%64elegate/{token}.ics"),
        format!("/sg12/../delegate/{token}.ics"),
        format!("/delegate/{token}.ics?download"),
        format!("/delegate/{token}/"),
    ];
    let all = |expected: Option<&str>| {
        for address in [&http, &https] {
            for path in others.iter().chain([&path]) {
                ask(address, path, &[]);
                ask(address, path, &["-X", "POST", "-d", "x"]);
                ask(address, path, &["-H", &format!("X-Long: {}", "x".repeat(40_000))]);
            }
        }
        if let Some(expected) = expected {
            assert_eq!(ask(&https, &path, &[]), expected);
        }
    };
    all(Some("200"));
    // The proxy logs errors if the service is down.
    drop(serving);
    all(Some("502"));
    ask(&https, "/sg12/wp1.ics", &[]);
    let logs: Vec<String> = ["access.log", "error.log"]
        .iter()
        .map(|name| fs::read_to_string(work_dir.path().join(name)).unwrap_or_default())
        .collect();
    assert!(logs[1].contains("/sg12/wp1.ics"), "other faults are logged: {}", logs[1]);
    for log in logs {
        assert!(!log.contains(&token), "{log}");
    }
}
