//! A service over a real socket, and a client of it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use convene::server::{EventLoops, Limits, ServerState, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::support::{secret, sg12};

/// A service that runs until it is dropped.
pub struct Service {
    pub address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Service {
    pub fn start(limits: Limits) -> Self {
        Self::start_with(limits, Arc::new(ServerState::default()))
    }

    pub fn start_with(limits: Limits, state: Arc<ServerState>) -> Self {
        state.activate_release(sg12(), &secret());
        let (end, ended) = oneshot::channel::<()>();
        let (sender, address) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
                sender.send(listener.local_addr().expect("an address")).expect("a receiver");
                let service = convene::server::Service::new(state);
                serve(listener, service, EventLoops::here(), limits, async { ended.await.unwrap_or_default() }).await;
            });
        });
        let address = address.recv().expect("an address");
        Self { address, end: Some(end), thread: Some(thread) }
    }

    /// Opens a connection and sends bytes. Reading from it times out after half a minute.
    pub fn begin(&self, bytes: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
        stream.write_all(bytes.as_bytes()).expect("to send");
        stream
    }

    /// Sends bytes and reads until the service closes the connection.
    pub fn send(&self, bytes: &str) -> Reply {
        let mut stream = self.begin(bytes);
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).expect("a reply");
        Reply::parse(&reply)
    }

    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Reply {
        self.send(&format!("{method} {path} HTTP/1.1\r\nHost: convene.example\r\nConnection: close\r\n{headers}\r\n"))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.end.take().expect("an end").send(());
        self.thread.take().expect("a thread").join().expect("the service ends well");
    }
}

/// A response, byte by byte.
#[derive(Debug, PartialEq)]
pub struct Reply {
    pub status: u16,
    /// All headers but Date, names in lower case, in their order.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("the end of the headers");
        let head = std::str::from_utf8(&bytes[..end]).expect("headers in ASCII");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
        let headers = lines.map(|line| line.split_once(": ").expect("a header"));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
        Self {
            status: status.expect("a status"),
            headers: headers.filter(|(name, _)| name != "date").collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}
