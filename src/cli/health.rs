//! `convene health`: checks that the service answers; for containers and monitoring.

use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use hyper::Request;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::{CommandOutcome, ListenOptions, say};

/// Options of `convene health`.
#[derive(Args, Clone)]
pub(super) struct Options {
    #[command(flatten)]
    listen: ListenOptions,
}

/// How long the whole check may take.
const TIMEOUT: Duration = Duration::from_secs(5);

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let url = super::serve::listening_url(&options.listen.listen)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let port = url.port_or_known_default().unwrap_or(80);
    let answer = runtime.block_on(async { tokio::time::timeout(TIMEOUT, status(&host, port)).await });
    let status = answer
        .with_context(|| format!("no answer from {url} within {} seconds", TIMEOUT.as_secs()))?
        .with_context(|| format!("no answer from {url}"))?;
    if status != hyper::StatusCode::OK {
        bail!("{url} answered {status}, expected 200 OK");
    }
    say(&format!("convene answers at {url}"))?;
    Ok(CommandOutcome::Good)
}

async fn status(host: &str, port: u16) -> anyhow::Result<hyper::StatusCode> {
    let stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request =
        // The service answers this without a release and without a database.
        Request::head("/status.json").header(hyper::header::HOST, host).body(http_body_util::Empty::<bytes::Bytes>::new())?;
    Ok(sender.send_request(request).await?.status())
}
