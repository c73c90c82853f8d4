//! Signals to the process.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tracing::info;

use super::super::output::STDERR;

/// Returns a future that is ready when the process is told to stop, by SIGTERM or from the keyboard. SIGHUP reads
/// everything again.
pub(super) fn stop_signal(reload: &Arc<Notify>) -> anyhow::Result<impl Future<Output = ()> + Send + use<>> {
    let mut hung_up = signal(SignalKind::hangup()).context("cannot listen for SIGHUP")?;
    let reload = Arc::clone(reload);
    tokio::spawn(async move {
        while hung_up.recv().await.is_some() {
            info!("received SIGHUP: reading everything again");
            reload.notify_one();
        }
    });
    let mut terminated = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupted = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
        info!("stopping once the requests in flight are answered; a second signal stops at once");
        tokio::spawn(async move {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = interrupted.recv() => {}
            }
            // Publishing is one transaction: nothing is left half done.
            STDERR.flush(Duration::from_millis(200));
            std::process::exit(0);
        });
    })
}
