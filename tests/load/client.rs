//! A client that sends requests as fast as they are answered, over persistent connections, and checks every response.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request, and the expected response.
#[derive(Clone)]
pub struct Exchange {
    /// The bytes of the request.
    pub request: Vec<u8>,
    /// The status.
    pub status: u16,
    /// The digest of the body; `None` if any complete body will do.
    pub body: Option<u64>,
}

impl Exchange {
    /// Creates a GET of a path with these headers, each with its line end.
    pub fn get(path: &str, headers: &str, status: u16, body: Option<u64>) -> Self {
        let request = format!("GET {path} HTTP/1.1\r\nHost: convene.example\r\n{headers}\r\n").into_bytes();
        Self { request, status, body }
    }
}

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its headers as they came.
    pub head: String,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

/// The results of requests.
#[derive(Default)]
pub struct Report {
    /// The number of correct responses.
    pub answers: u64,
    /// The duration.
    pub took: Duration,
    /// The duration of each, in microseconds, sorted.
    pub latencies: Vec<u32>,
    /// The first faults.
    pub faults: Vec<String>,
}

impl Report {
    /// Returns the responses per second.
    pub fn rate(&self) -> f64 {
        self.answers as f64 / self.took.as_secs_f64()
    }

    /// Returns a percentile of the latency, in microseconds.
    pub fn latency(&self, thousandth: usize) -> u32 {
        self.latencies.get(self.latencies.len() * thousandth / 1000).copied().unwrap_or(0)
    }
}

/// A digest of bytes that costs less than reading them from a socket.
pub fn digest(bytes: &[u8]) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut sum = bytes.len() as u64;
    for chunk in chunks {
        sum = (sum.rotate_left(5) ^ u64::from_le_bytes(*chunk)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    rest.iter().fold(sum, |sum, byte| (sum.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// A connection, with what was read from it and not yet parsed.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

impl Connection {
    /// Opens one.
    pub async fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 1 << 20], filled: 0 })
    }

    /// Sends a request, and returns status, head and the position of the body in the buffer.
    async fn exchange(&mut self, request: &[u8]) -> Result<(u16, usize, usize), String> {
        let fault = |what: std::io::Error| what.to_string();
        self.stream.write_all(request).await.map_err(fault)?;
        self.filled = 0;
        let mut end_of_head = None;
        let mut length = 0;
        let mut status = 0;
        loop {
            if let Some(end) = end_of_head
                && self.filled >= end + length
            {
                return Ok((status, end, end + length));
            }
            if self.filled == self.buffer.len() {
                self.buffer.resize(2 * self.filled, 0);
            }
            let read = self.stream.read(&mut self.buffer[self.filled..]).await.map_err(fault)?;
            if read == 0 {
                return Err("the connection was closed".to_owned());
            }
            self.filled += read;
            if end_of_head.is_none() {
                let head = &self.buffer[..self.filled.min(4_096)];
                let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
                let head = std::str::from_utf8(&head[..end]).map_err(|fault| fault.to_string())?;
                status = head.get(9..12).and_then(|code| code.parse().ok()).ok_or("no status")?;
                let mut lengths = head.lines().filter_map(|line| line.split_once(": "));
                let found = lengths.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
                length = found.and_then(|(_, value)| value.parse().ok()).filter(|_| status != 304).unwrap_or(0);
                end_of_head = Some(end + 4);
            }
        }
    }

    /// Sends one request.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer, String> {
        let (status, from, to) = self.exchange(request).await?;
        let head = String::from_utf8_lossy(&self.buffer[..from]).into_owned();
        Ok(Answer { status, head, body: self.buffer[from..to].to_vec() })
    }

    /// Sends a request, and returns what is wrong with the response.
    pub async fn check(&mut self, exchange: &Exchange) -> Result<(), String> {
        let (status, from, to) = self.exchange(&exchange.request).await?;
        let body = &self.buffer[from..to];
        if status != exchange.status {
            return Err(format!("status {status} in the place of {}", exchange.status));
        }
        match exchange.body {
            Some(expected) if digest(body) != expected => Err(format!("another body, of {} bytes", body.len())),
            _ => Ok(()),
        }
    }
}

/// The number of connections and their pace.
#[derive(Clone, Copy, Default)]
pub struct Load {
    /// The number of connections.
    pub connections: usize,
    /// How long to send requests.
    pub duration: Duration,
    /// How long each connection waits after a response.
    pub pause: Duration,
    /// The exchange to begin with.
    pub offset: usize,
}

/// Sends requests and checks the responses. Connection `c` takes the exchanges `c`, `c + connections`, … from the offset on.
pub async fn run(address: SocketAddr, exchanges: &Rc<Vec<Exchange>>, load: Load) -> Report {
    let Load { connections, duration, pause, offset } = load;
    let begun = Instant::now();
    let end = begun + duration;
    let tasks = (0..connections).map(|number| {
        let exchanges = Rc::clone(exchanges);
        tokio::task::spawn_local(async move {
            let mut report = Report::default();
            let mut connection = match Connection::open(address).await {
                Ok(connection) => connection,
                Err(error) => return Report { faults: vec![error.to_string()], ..report },
            };
            for index in (offset + number..).step_by(connections) {
                let asked = Instant::now();
                if asked >= end || report.faults.len() > 3 {
                    break;
                }
                match connection.check(&exchanges[index % exchanges.len()]).await {
                    Ok(()) => {
                        report.answers += 1;
                        report.latencies.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
                    }
                    Err(fault) => report.faults.push(fault),
                }
                if !pause.is_zero() {
                    tokio::time::sleep(pause).await;
                }
            }
            report
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut all = Report::default();
    for task in tasks {
        let report = task.await.unwrap_or_default();
        all.answers += report.answers;
        all.latencies.extend(report.latencies);
        all.faults.extend(report.faults);
    }
    all.took = begun.elapsed();
    all.latencies.sort_unstable();
    all
}
