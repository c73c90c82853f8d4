//! `convene serve`: check, render, listen, until told to end.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use url::Url;

use super::folder::load;
use super::secret::secret;
use super::{Outcome, Service, colour, say};
use crate::revision::Release;
use crate::server::{self, Limits, Site};

pub(super) fn run(options: &Service) -> anyhow::Result<Outcome> {
    let loaded = load(&options.folder.meetings)?;
    eprint!("{}", loaded.problems.report(colour()));
    let Some(timetable) = loaded.timetable else {
        eprintln!("convene does not start: mend the errors above first");
        return Ok(Outcome::Problems);
    };
    let secret = secret(&options.state)?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    runtime.block_on(async {
        let listen = &options.address.listen.listen;
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!("cannot listen on `{listen}`. Is another service there? `--listen 127.0.0.1:0` takes a free port")
        })?;
        let listening = listening_url(&listener.local_addr()?.to_string())?;
        let base_url = options.address.base_url.clone().unwrap_or_else(|| listening.clone());
        let release = Release::draft(timetable, loaded.modified, base_url);
        let site = Arc::new(Site::of(release, &secret));
        say(&format!("convene serves {} feeds at {listening}", site.feeds()))?;
        server::serve(listener, server::router(site), Limits::default(), told_to_end()?).await;
        Ok(Outcome::Good)
    })
}

/// What to call a listening address: that of this machine where it is every address.
pub(super) fn listening_url(listen: &str) -> anyhow::Result<Url> {
    let every = listen.parse::<SocketAddr>().ok().filter(|address| address.ip().is_unspecified());
    let reached = match every {
        Some(SocketAddr::V4(address)) => format!("127.0.0.1:{}", address.port()),
        Some(SocketAddr::V6(address)) => format!("[::1]:{}", address.port()),
        None => listen.to_owned(),
    };
    Url::parse(&format!("http://{reached}/"))
        .with_context(|| format!("`{listen}` is no address to listen on: expected a host and a port, 127.0.0.1:8080"))
}

/// Comes when the process is told to end, by SIGTERM or from the keyboard.
fn told_to_end() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminated = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupted = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
}
