//! The program `convene`, run as a person or a container runs it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

pub fn convene(work_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
    command.current_dir(work_dir).env_clear();
    command
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

pub fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("convene");
    (status.code().expect("an exit code"), text(&stdout), text(&stderr))
}

/// `convene serve` on a free port, ended when dropped.
pub struct RunningServer {
    child: Child,
    pub url: String,
    output: BufReader<ChildStdout>,
}

impl RunningServer {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("convene");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        if line.is_empty() {
            let mut output = String::new();
            child.stderr.take().expect("its errors").read_to_string(&mut output).expect("UTF-8");
            panic!("convene printed nothing but: {output}");
        }
        let url = line.trim().rsplit(' ').next().expect("an address").to_owned();
        Self { child, url, output }
    }

    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://").trim_end_matches('/')
    }

    pub fn get(&self, path: &str) -> String {
        get(self.host(), path)
    }

    pub fn signal(&self, signal: &str) {
        let done = Command::new("kill").arg(format!("-{signal}")).arg(self.child.id().to_string()).status();
        assert!(done.expect("kill").success());
    }

    /// Waits for the end, and returns the exit code and everything printed since it began to serve.
    pub fn end(mut self) -> (i32, String) {
        let code = self.child.wait().expect("an end").code().expect("an exit code");
        let mut output = String::new();
        self.output.read_to_string(&mut output).expect("UTF-8");
        self.child.stderr.take().expect("its errors").read_to_string(&mut output).expect("UTF-8");
        (code, output)
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the body of a response.
pub fn body(reply: &str) -> &str {
    reply.split_once("\r\n\r\n").expect("a body").1
}

pub fn get(address: &str, path: &str) -> String {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
}

/// Returns an address with a port that was free just now, for programs that cannot choose one.
pub fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").to_string()
}

/// Returns the value of a metric.
pub fn metric(metrics: &str, line: &str) -> f64 {
    let found = metrics.lines().find_map(|known| known.strip_prefix(line)?.trim().parse().ok());
    found.unwrap_or_else(|| panic!("no {line} in {metrics}"))
}

/// The number of attempts before a test fails. Each attempt is a request over a connection of its own.
pub const MAX_ATTEMPTS: usize = 1_000_000;

/// Requests an address until the response contains a text.
pub fn wait_for(serving: &RunningServer, path: &str, text: &str) -> String {
    let mut last = String::new();
    for _ in 0..MAX_ATTEMPTS {
        last = serving.get(path);
        if last.contains(text) {
            return last;
        }
    }
    panic!("{path} never holds {text}: {last}; {}", serving.get("/status.json"));
}

pub fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.write_all(request.as_bytes()).expect("to send");
    let mut reply = String::new();
    stream.read_to_string(&mut reply).expect("a reply");
    reply
}
