//! `convene serve`: publish, serve what was published, and follow the folder and the ledger until told to end.

mod ears;
mod keeper;
mod watch;

use std::net::SocketAddr;
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{error, info};
use url::Url;

use super::log::Log;
use super::secret::secret;
use super::{Outcome, say};
use crate::pages::Links;
use crate::server::{self, Limits, Live, Service, Workers};
use keeper::{Beginning, Keeper, Keeping};

/// Options of `convene serve`.
#[derive(Args, Clone)]
pub(super) struct Options {
    #[command(flatten)]
    service: super::Service,
    /// Serve what another publishes: read no definitions, and follow the ledger
    #[arg(long, env = "CONVENE_REPLICA", hide_env_values = true)]
    replica: bool,
    /// Serve the latest release, and leave publishing to `convene publish`
    #[arg(long, env = "CONVENE_NO_PUBLISH", hide_env_values = true)]
    no_publish: bool,
    /// How often to look for edits and for releases of others, in seconds
    #[arg(long, env = "CONVENE_POLL", hide_env_values = true, default_value = "1", value_name = "SECONDS", value_parser = seconds)]
    poll: Duration,
    /// Where health and metrics are served, on a port of their own; nowhere if left out
    #[arg(long, env = "CONVENE_ADMIN_LISTEN", hide_env_values = true, value_name = "HOST:PORT")]
    admin_listen: Option<String>,
    /// On whose pages a timetable may stand in a frame: sources of a content security policy, `https://www.itu.int`
    #[arg(long, env = "CONVENE_FRAME_ANCESTORS", hide_env_values = true, default_value = "*", value_name = "SOURCES")]
    frame_ancestors: String,
    /// The scheme of the address that Google Calendar is given, which takes another from time to time
    #[arg(long, env = "CONVENE_GOOGLE_SCHEME", hide_env_values = true, default_value = Links::GOOGLE_SCHEMES[0], value_name = "SCHEME", value_parser = Links::GOOGLE_SCHEMES)]
    google_scheme: String,
    /// The host of Outlook.com, to which its button leads
    #[arg(long, env = "CONVENE_OUTLOOK_HOST", hide_env_values = true, default_value = Links::OUTLOOK_HOST, value_name = "HOST", value_parser = host)]
    outlook_host: String,
    /// The host of Outlook in Microsoft 365, to which its button leads
    #[arg(long, env = "CONVENE_MICROSOFT_HOST", hide_env_values = true, default_value = Links::MICROSOFT_HOST, value_name = "HOST", value_parser = host)]
    microsoft_host: String,
    /// Threads that answer; one for each processor if left out
    #[arg(long, env = "CONVENE_THREADS", hide_env_values = true, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// For whom the log is written
    #[arg(long, env = "CONVENE_LOG", hide_env_values = true, default_value = "text", value_name = "FORMAT")]
    log: Log,
}

impl Options {
    fn links(&self) -> Links {
        Links {
            google_scheme: self.google_scheme.clone(),
            outlook_host: self.outlook_host.clone(),
            microsoft_host: self.microsoft_host.clone(),
        }
    }
}

pub(super) fn run(options: &Options) -> anyhow::Result<Outcome> {
    options.log.begin();
    let is_publisher = !options.replica && !options.no_publish;
    let folder = is_publisher.then(|| options.service.folder.meetings.clone());
    let location = options.service.state.ledger.location()?;
    let first = match folder.as_deref().map(|folder| first_look(folder, options.log)).transpose() {
        Ok(first) => first,
        // What was published is served, and the folder is looked at again.
        Err(error) if location.may_hold() => {
            error!("{error:#}");
            None
        }
        Err(error) => return Err(error),
    };
    if first.as_ref().is_some_and(|look| look.loaded.timetable.is_none()) && !location.may_hold() {
        return Ok(does_not_start());
    }
    let secret = secret(&options.service.state)?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    runtime.block_on(async {
        let listener = bind(&options.service.address.listen.listen, "--listen").await?;
        let admin = match &options.admin_listen {
            Some(listen) => Some(bind(listen, "--admin-listen").await?),
            None => None,
        };
        let listening = listening_url(&listener.local_addr()?.to_string())?;
        let base_url = options.service.address.base_url.clone().unwrap_or_else(|| listening.clone());
        let live = framed(Live::in_folder(&options.service.state.ledger.state), &options.frame_ancestors)?;
        let live = Arc::new(live.linked_by(options.links()));
        let folder = folder.map(|folder| (folder, base_url));
        let keeping =
            Keeping { location, folder, secret, live: Arc::clone(&live), poll: options.poll, log: options.log };
        let mut keeper = Keeper::new(keeping.clone());
        match Box::pin(keeper.begin(first)).await? {
            Beginning::Serves(feeds) => say(&format!("convene serves {feeds} feeds at {listening}"))?,
            Beginning::Waits => say(&format!("convene waits for a first release at {listening}"))?,
            Beginning::Problems => return Ok(does_not_start()),
        }
        let (end, ended) = tokio::sync::watch::channel(false);
        let mut keeping = tokio::spawn(keeping.keep(keeper, ended));
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let threads = options.threads.map_or(processors, usize::from);
        let workers = Workers::start(threads).context("cannot start the threads that serve")?;
        if let Some(admin) = admin {
            info!("health and metrics are at http://{}/", admin.local_addr()?);
            tokio::spawn(server::serve_admin(admin, Arc::clone(&live)));
        }
        server::serve(listener, Service::of(live), workers, limits(), told_to_end()?).await;
        // A release under way is finished, if that does not take long.
        let _ = end.send(true);
        if tokio::time::timeout(Limits::default().drain, &mut keeping).await.is_err() {
            keeping.abort();
        }
        Ok(Outcome::Good)
    })
}

/// What is served, whose timetables stand in frames on these pages alone.
fn framed(live: Live, sources: &str) -> anyhow::Result<Live> {
    live.framed_by(sources).with_context(|| {
        format!(
            "`--frame-ancestors {sources}`: expected addresses with blanks between them, as in \
             `https://www.itu.int https://*.example.org`; `*` for everybody, `'self'` for nobody else"
        )
    })
}

/// The folder as it is at first, whose problems are told.
fn first_look(folder: &Path, log: Log) -> anyhow::Result<watch::Look> {
    let look = watch::read(folder)?;
    log.problems(&look.loaded.problems);
    Ok(look)
}

fn does_not_start() -> Outcome {
    eprintln!("convene does not start: mend the errors above first");
    Outcome::Problems
}

async fn bind(listen: &str, option: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(listen).await.with_context(|| {
        format!("cannot listen on `{listen}`. Is another service there? `{option} 127.0.0.1:0` takes a free port")
    })
}

/// What clients may take, as far as the system lets this process have so many connections.
fn limits() -> Limits {
    /// Files that are open beside connections.
    const BESIDE: u64 = 100;
    let limits = Limits::default();
    let wanted = u64::try_from(limits.connections).unwrap_or(u64::MAX) + BESIDE;
    let files = rlimit::increase_nofile_limit(wanted).unwrap_or(1_024);
    let connections = usize::try_from(files.saturating_sub(BESIDE)).unwrap_or(usize::MAX).clamp(1, limits.connections);
    if connections < limits.connections {
        info!(connections, "the system lets this process have fewer connections than it would serve (`ulimit -n`)");
    }
    Limits { connections, ..limits }
}

/// A part of the name of a host. Source: RFC 1123, 2.1
fn is_label(part: &str) -> bool {
    let has_ends = !part.is_empty() && !part.starts_with('-') && !part.ends_with('-');
    has_ends && part.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
}

/// The name of a host.
fn host(text: &str) -> Result<String, String> {
    match url::Host::parse(text) {
        // Neither an address in numbers nor anything that a browser would read in another way.
        Ok(url::Host::Domain(host)) if text.split('.').all(is_label) => Ok(host),
        _ => Err("expected the name of a host alone, as in `outlook.cloud.microsoft`".to_owned()),
    }
}

/// A number of seconds, with parts of them.
fn seconds(typed: &str) -> Result<Duration, String> {
    let seconds = typed.parse().ok().filter(|seconds| (0.05..=86_400.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "expected seconds, from 0.05 to 86400".to_owned())
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
        info!("ends once the answers under way are sent; told again, it ends at once");
        tokio::spawn(async move {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = interrupted.recv() => {}
            }
            // What is published is written in one transaction: nothing is half done.
            std::process::exit(0);
        });
    })
}
