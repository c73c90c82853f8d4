//! Programs that are measured: started on a free port, and ended when dropped.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A program that serves.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        // nginx ends its workers on SIGTERM.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let end = Instant::now() + Duration::from_secs(15);
        while Instant::now() < end {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::yield_now();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program `convene` of the release build, or another one: `CONVENE=target/dist/convene tests/load/memory`
pub fn convene() -> PathBuf {
    if let Some(program) = std::env::var_os("CONVENE") {
        return PathBuf::from(program);
    }
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/release/convene");
    assert!(program.exists(), "build it first: cargo build --release");
    program
}

/// Returns whether `convene serve` has an option.
pub fn knows(option: &str) -> bool {
    let help = Command::new(convene()).args(["serve", "--help"]).output().expect("convene");
    String::from_utf8_lossy(&help.stdout).contains(option)
}

impl Server {
    /// Starts `convene serve` on a folder of definitions and waits until it serves. Its log goes to a file.
    pub fn convene(meetings: &Path, state: &Path, arguments: &[&str], log: &Path) -> Self {
        Self::convene_with_files(None, meetings, state, arguments, log)
    }

    /// Like [`Self::convene`], with a limit on the number of open files.
    pub fn convene_with_files(
        files: Option<u32>,
        meetings: &Path,
        state: &Path,
        arguments: &[&str],
        log: &Path,
    ) -> Self {
        let log = fs::File::create(log).expect("a log");
        let mut command = match files {
            None => Command::new(convene()),
            // It becomes the program, with the same id.
            Some(files) => {
                let mut command = Command::new("prlimit");
                command.arg(format!("--nofile={files}:{files}")).arg(convene());
                command
            }
        };
        command.arg("serve").arg(meetings).arg("--state").arg(state).args(["--listen", "127.0.0.1:0"]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("convene");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let address = line.trim().rsplit_once("http://").map(|(_, address)| address.trim_end_matches('/').to_owned());
        let address =
            address.and_then(|address| address.parse().ok()).unwrap_or_else(|| panic!("convene printed: {line}"));
        Self { child, address }
    }

    /// Starts nginx over a folder of files, tuned for static files.
    pub fn nginx(root: &Path, place: &Path, workers: usize) -> Self {
        let address = free_address();
        fs::create_dir_all(place).expect("a folder");
        let (root, at) = (root.display(), place.display());
        let configuration = format!(
            "daemon off; worker_processes {workers}; pid {at}/pid; error_log {at}/error.log crit; worker_rlimit_nofile 16000;\n\
             events {{ worker_connections 4096; use epoll; }}\n\
             http {{\n\
             types {{ text/calendar ics; }} access_log off; sendfile on; sendfile_max_chunk 2m; tcp_nopush on; tcp_nodelay on;\n\
             keepalive_timeout 65s; keepalive_requests 1000000000; etag on; gzip off; gzip_static on; server_tokens off;\n\
             open_file_cache max=10000 inactive=600s; open_file_cache_valid 600s; open_file_cache_min_uses 1;\n\
             client_body_temp_path {at}/b; proxy_temp_path {at}/p; fastcgi_temp_path {at}/f; uwsgi_temp_path {at}/u;\n\
             scgi_temp_path {at}/s;\n\
             server {{ listen {address} backlog=1024 reuseport; root {root}; }}\n}}\n"
        );
        let file = place.join("nginx.conf");
        fs::write(&file, configuration).expect("nginx.conf");
        let mut command = Command::new("nginx");
        command.arg("-c").arg(&file).arg("-e").arg(place.join("error.log")).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("nginx: install the package nginx-light or nginx");
        Self { child, address }.once_it_listens()
    }

    /// Starts nginx with the lines of docs/proxy.md before a service, without TLS. The address is that of its redirect.
    pub fn proxy(place: &Path, service: SocketAddr) -> (Self, SocketAddr) {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/proxy.md");
        let page = fs::read_to_string(page).expect("docs/proxy.md");
        let from = page.split_once("```nginx\n").expect("an example").1;
        let example = from.split_once("```").expect("its end").0;
        let (redirecting, address) = (free_address(), free_address());
        fs::create_dir_all(place).expect("a folder");
        let lines = example.lines().filter(|line| !line.trim_start().starts_with("ssl_"));
        let lines = lines.map(|line| match line.trim_start() {
            listen if listen.starts_with("listen") && listen.contains("443") => format!("    listen {address};"),
            listen if listen.starts_with("listen") => format!("    listen {redirecting};"),
            _ => line.replace("127.0.0.1:8080", &service.to_string()),
        });
        let (lines, at) = (lines.collect::<Vec<_>>().join("\n"), place.display());
        // More connections than the 512 of nginx itself, or the 768 of Debian's: a client takes two, one on each side.
        let configuration = format!(
            "daemon off; worker_processes auto; pid {at}/pid; error_log {at}/error.log; worker_rlimit_nofile 16000;\n\
             events {{ worker_connections 8192; }}\n\
             http {{ client_body_temp_path {at}/b; proxy_temp_path {at}/p; fastcgi_temp_path {at}/f; uwsgi_temp_path {at}/u;\n\
             scgi_temp_path {at}/s; access_log off;\n{lines}\n}}\n"
        );
        let file = place.join("nginx.conf");
        fs::write(&file, configuration).expect("nginx.conf");
        let mut command = Command::new("nginx");
        command.arg("-c").arg(&file).arg("-e").arg(place.join("error.log")).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("nginx: install the package nginx-light or nginx");
        (Self { child, address }.once_it_listens(), redirecting)
    }

    /// Starts this program with other arguments, which must print its address.
    pub fn own(arguments: &[&str]) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().expect("this program");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        Self { child, address: line.trim().parse().expect("an address") }
    }

    fn once_it_listens(self) -> Self {
        let end = Instant::now() + Duration::from_secs(10);
        while std::net::TcpStream::connect(self.address).is_err() {
            assert!(Instant::now() < end, "nothing listens at {}", self.address);
            std::thread::yield_now();
        }
        self
    }

    /// Returns the process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Returns the processor time that it and its children have used, in seconds.
    pub fn cpu(&self) -> f64 {
        cpu(self.child.id())
    }

    /// Returns its resident memory in bytes.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) * 1024
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: &str) {
        let _ = Command::new("kill").arg(format!("-{signal}")).arg(self.child.id().to_string()).status();
    }

    /// Waits for its end and returns its exit code; `None` if it has not ended in time.
    pub fn ended(&mut self, within: Duration) -> Option<i32> {
        let end = Instant::now() + within;
        while Instant::now() < end {
            if let Ok(Some(status)) = self.child.try_wait() {
                return status.code();
            }
            std::thread::yield_now();
        }
        None
    }
}

/// Returns the processor time that a process and its children have used, in seconds. Source: proc(5)
pub fn cpu(own: u32) -> f64 {
    let children = fs::read_to_string(format!("/proc/{own}/task/{own}/children")).unwrap_or_default();
    let all = children.split_whitespace().filter_map(|id| id.parse().ok()).chain([own]);
    all.map(ticks).sum::<f64>() / 100.0
}

fn ticks(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let number = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    number(11) + number(12)
}

/// An address of this machine with a port that was free just now.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port")
}
