//! `convene serve`: publishes and serves, and follows the folder and the ledger until it is told to stop.

mod listen;
mod notifier;
mod signals;
mod sync_loop;
mod watch;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tokio::sync::Notify;
use tracing::info;

use super::log::LogFormat;
use super::output::{STDERR, STDOUT};
use super::secret::secret;
use super::{CommandOutcome, tell};
use crate::pages::LinkTemplates;
use crate::private::Secret;
use crate::server::{self, EventLoops, Limits, ServerState, Service, ServiceTask, TrustedProxies};
pub(super) use listen::listening_url;
use listen::{bind, limits};
use signals::stop_signal;
use sync_loop::{StartOutcome, SyncConfig, SyncLoop};
use watch::FirstState;

/// Options of `convene serve`.
#[derive(Args, Clone)]
pub(super) struct Options {
    #[command(flatten)]
    folder: super::FolderOptions,
    #[command(flatten)]
    address: super::AddressOptions,
    #[command(flatten)]
    state: super::StateOptions,
    /// Serve what another process publishes: read no definitions, and follow the ledger
    #[arg(long, env = "CONVENE_REPLICA", hide_env_values = true)]
    replica: bool,
    /// Serve the latest release, and leave publishing to `convene publish`
    #[arg(long, env = "CONVENE_NO_PUBLISH", hide_env_values = true)]
    no_publish: bool,
    /// Interval between looks for edits and for releases of other processes, in seconds
    #[arg(long, env = "CONVENE_POLL", hide_env_values = true, default_value = "1", value_name = "SECONDS", value_parser = seconds)]
    poll: Duration,
    /// Listening address for health and metrics [default: none]
    #[arg(long, env = "CONVENE_ADMIN_LISTEN", hide_env_values = true, value_name = "HOST:PORT", value_parser = super::listen_address)]
    admin_listen: Option<String>,
    /// Sites that may embed a timetable in a frame, as sources of a content security policy: `https://www.itu.int`
    #[arg(long, env = "CONVENE_FRAME_ANCESTORS", hide_env_values = true, default_value = "*", value_name = "SOURCES")]
    frame_ancestors: String,
    /// Scheme of the address that Google Calendar is given, in case Google changes what it accepts
    #[arg(long, env = "CONVENE_GOOGLE_SCHEME", hide_env_values = true, default_value = LinkTemplates::GOOGLE_SCHEMES[0], value_name = "SCHEME", value_parser = LinkTemplates::GOOGLE_SCHEMES)]
    google_scheme: String,
    /// Host of the Outlook.com button
    #[arg(long, env = "CONVENE_OUTLOOK_HOST", hide_env_values = true, default_value = LinkTemplates::OUTLOOK_HOST, value_name = "HOST", value_parser = host)]
    outlook_host: String,
    /// Host of the Microsoft 365 button
    #[arg(long, env = "CONVENE_MICROSOFT_HOST", hide_env_values = true, default_value = LinkTemplates::MICROSOFT_HOST, value_name = "HOST", value_parser = host)]
    microsoft_host: String,
    /// Folder for a temporary file of large answers, of up to 256 MB [default: the state folder]
    #[arg(long, env = "CONVENE_CACHE", hide_env_values = true, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` is trusted: addresses and networks, separated by commas [default: none]
    #[arg(long, env = "CONVENE_TRUSTED_PROXY", hide_env_values = true, value_name = "ADDRESSES", value_parser = trusted_proxies)]
    trusted_proxy: Option<TrustedProxies>,
    /// Number of threads that serve [default: one per processor]
    #[arg(long, env = "CONVENE_THREADS", hide_env_values = true, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Create a new ledger or a new secret if one of them is missing and the other is there
    #[arg(long)]
    begin_anew: bool,
    /// Format of the log
    #[arg(long, env = "CONVENE_LOG", hide_env_values = true, default_value = "text", value_name = "FORMAT")]
    log: LogFormat,
}

impl Options {
    /// Returns the state of the server, still without a release.
    fn state(&self) -> anyhow::Result<Arc<ServerState>> {
        let folder = self.cache.as_deref().unwrap_or(&self.state.ledger.state);
        if self.cache.is_some() {
            std::fs::create_dir_all(folder)
                .and_then(|()| tempfile::tempfile_in(folder))
                .with_context(|| format!("cannot write to the folder `{}` (`--cache`)", folder.display()))?;
        }
        let state = with_frame_ancestors(ServerState::in_folder(folder), &self.frame_ancestors)?;
        Ok(Arc::new(state.with_links(self.links()).with_lost_lines(STDERR.lost())))
    }

    fn links(&self) -> LinkTemplates {
        LinkTemplates {
            google_scheme: self.google_scheme.clone(),
            outlook_host: self.outlook_host.clone(),
            microsoft_host: self.microsoft_host.clone(),
        }
    }
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    options.log.begin();
    let is_publisher = !options.replica && !options.no_publish;
    let folder = is_publisher.then(|| options.folder.meetings.clone());
    let location = options.state.ledger.location()?;
    // Without a release to serve, the definitions must have no errors before anything else is done.
    let first = match folder.as_deref().filter(|_| !location.may_hold()) {
        Some(folder) => Some(first_look(folder, options.log)?),
        None => None,
    };
    if first.as_ref().is_some_and(|look| look.loaded.timetable.is_none()) {
        return Ok(does_not_start());
    }
    let secret = secret(&options.state, options.begin_anew)?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    let outcome = runtime.block_on(serve(options, folder, secret, first));
    // Threads that hang in a folder or a database have nothing left to do.
    runtime.shutdown_background();
    outcome
}

/// Serves from the first moment, and publishes as soon as it can.
async fn serve(
    options: &Options,
    folder: Option<PathBuf>,
    secret: Secret,
    first: Option<FirstState>,
) -> anyhow::Result<CommandOutcome> {
    let location = options.state.ledger.location()?;
    let listener = bind(&options.address.listen.listen, "--listen").await?;
    let admin = match &options.admin_listen {
        Some(listen) => Some(Arc::new(bind(listen, "--admin-listen").await?)),
        None => None,
    };
    let listen = listening_url(&listener.local_addr()?.to_string())?;
    let base_url = options.address.base_url.clone().unwrap_or_else(|| listen.clone());
    let state = options.state()?;
    state.set_starting(true);
    let reload = Arc::new(Notify::new());
    let stop_signal = stop_signal(&reload)?;
    if let Some(admin) = admin {
        info!("health and metrics are at http://{}/", admin.local_addr()?);
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let begin = || server::serve_admin(Arc::clone(&admin), Arc::clone(&state));
            state.tasks().supervise(ServiceTask::Admin, begin).await;
        });
    }
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    let threads = options.threads.map_or(processors, usize::from);
    let event_loops = EventLoops::start(threads).context("cannot start the threads that serve")?;
    let service =
        Service::new(Arc::clone(&state)).with_trusted_proxies(options.trusted_proxy.clone().unwrap_or_default());
    let mut serving = tokio::spawn(server::serve(listener, service, event_loops, limits(threads), stop_signal));
    let config = SyncConfig {
        location,
        folder: folder.map(|folder| (folder, base_url)),
        secret,
        state: Arc::clone(&state),
        poll: options.poll,
        log: options.log,
        reload,
    };
    let mut sync_loop = SyncLoop::new(config.clone());
    let outcome = Box::pin(sync_loop.start(first));
    let outcome = tokio::select! {
        outcome = outcome => outcome?,
        // Told to stop during the start.
        served = &mut serving => return served.map(|()| CommandOutcome::Good).context(FAULT),
    };
    state.set_starting(false);
    let what = match outcome {
        StartOutcome::Serves(feeds) => format!("convene serves {feeds} feeds at {listen}\n"),
        StartOutcome::Waits => format!("convene waits for a first release at {listen}\n"),
        StartOutcome::Problems => return Ok(does_not_start()),
    };
    STDOUT.write(what.into_bytes());
    let (end, ended) = tokio::sync::watch::channel(false);
    let mut publisher = tokio::spawn(async move {
        let mut first = Some(sync_loop);
        let begin = || first.take().unwrap_or_else(|| SyncLoop::new(config.clone())).keep(ended.clone());
        state.tasks().supervise(ServiceTask::Publisher, begin).await;
    });
    serving.await.context(FAULT)?;
    // Finish a release in progress, if that does not take long.
    let _ = end.send(true);
    if tokio::time::timeout(Limits::default().drain, &mut publisher).await.is_err() {
        publisher.abort();
    }
    Ok(CommandOutcome::Good)
}

const FAULT: &str = "the service ended because of a fault in convene";

/// Sets the sites that may embed timetables in frames.
fn with_frame_ancestors(state: ServerState, sources: &str) -> anyhow::Result<ServerState> {
    state.with_frame_ancestors(sources).with_context(|| {
        format!(
            "`--frame-ancestors {sources}`: expected addresses separated by spaces, as in \
             `https://www.itu.int https://*.example.org`; `*` for everybody, `'self'` for nobody else"
        )
    })
}

/// Reads the folder for the first time and reports its problems.
fn first_look(folder: &Path, log: LogFormat) -> anyhow::Result<FirstState> {
    let look = watch::read(folder)?;
    log.problems(&look.loaded.problems);
    Ok(look)
}

fn does_not_start() -> CommandOutcome {
    tell("convene does not start: fix the errors above first\n");
    CommandOutcome::Problems
}

/// Returns whether a text is a label of a host name. Source: RFC 1123, 2.1
fn is_label(part: &str) -> bool {
    let has_ends = !part.is_empty() && !part.starts_with('-') && !part.ends_with('-');
    has_ends && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Parses a host name.
fn host(text: &str) -> Result<String, String> {
    match url::Host::parse(text) {
        // Neither a numeric address nor anything that browsers would read differently.
        Ok(url::Host::Domain(host)) if text.split('.').all(is_label) => Ok(host),
        _ => Err("expected a host name, as in `outlook.cloud.microsoft`".to_owned()),
    }
}

fn trusted_proxies(text: &str) -> Result<TrustedProxies, String> {
    let expected = "expected addresses and networks separated by commas, as in `127.0.0.1, 10.0.0.0/8`";
    TrustedProxies::parse(text).ok_or_else(|| expected.to_owned())
}

/// Parses a number of seconds, with fractions.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| (0.05..=86_400.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "expected seconds from 0.05 to 86400".to_owned())
}
