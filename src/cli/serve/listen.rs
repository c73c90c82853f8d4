//! The listening address, and the limit on connections.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use anyhow::Context;
use tokio::net::{TcpListener, TcpSocket};
use tracing::info;
use url::Url;

use crate::server::Limits;

/// Listens at the address given by an option.
pub(super) async fn bind(listen: &str, option: &str) -> anyhow::Result<TcpListener> {
    let bound = async {
        let mut bound = Err(ErrorKind::AddrNotAvailable.into());
        for address in tokio::net::lookup_host(listen).await? {
            bound = listen_on(address);
            if bound.is_ok() {
                break;
            }
        }
        bound
    };
    bound.await.with_context(|| {
        format!("cannot listen on `{listen}`. Is another service there? `{option} 127.0.0.1:0` takes a free port")
    })
}

fn listen_on(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Connections of a service that has just ended must not block the address.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(MAX_WAITING)
}

/// The length of the accept queue: a client that is refused retries after a second.
const MAX_WAITING: u32 = 4_096;

/// Returns the URL of a listening address. An unspecified address becomes that of the local host.
pub(in crate::cli) fn listening_url(listen: &str) -> anyhow::Result<Url> {
    let every = listen.parse::<SocketAddr>().ok().filter(|address| address.ip().is_unspecified());
    let reached = match every {
        Some(SocketAddr::V4(address)) => format!("127.0.0.1:{}", address.port()),
        Some(SocketAddr::V6(address)) => format!("[::1]:{}", address.port()),
        None => listen.to_owned(),
    };
    Url::parse(&format!("http://{reached}/"))
        .with_context(|| format!("`{listen}` is not a listening address: expected a host and a port, 127.0.0.1:8080"))
}

/// Returns the limits for clients, as far as the system allows that many connections.
pub(super) fn limits(threads: usize) -> Limits {
    /// File descriptors needed besides connections, in all and per thread.
    const BESIDE: u64 = 100;
    const FOR_THREAD: u64 = 4;
    let limits = Limits::default();
    let beside = BESIDE + FOR_THREAD * u64::try_from(threads).unwrap_or(u64::MAX);
    let wanted = u64::try_from(limits.connections).unwrap_or(u64::MAX) + beside;
    let files = rlimit::increase_nofile_limit(wanted).unwrap_or(1_024);
    let connections = usize::try_from(files.saturating_sub(beside)).unwrap_or(usize::MAX).clamp(1, limits.connections);
    if connections < limits.connections {
        info!(connections, "the system lets this process have fewer connections than it would serve (`ulimit -n`)");
    }
    Limits { connections, ..limits }
}
