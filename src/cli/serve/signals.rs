//! What the process is told from outside.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tracing::info;

use super::super::output::STDERR;

/// Comes when the process is told to end, by SIGTERM or from the keyboard. SIGHUP has everything read again.
pub(super) fn told_to_end(reload: &Arc<Notify>) -> anyhow::Result<impl Future<Output = ()> + Send + use<>> {
    let mut hung_up = signal(SignalKind::hangup()).context("cannot listen for SIGHUP")?;
    let reload = Arc::clone(reload);
    tokio::spawn(async move {
        while hung_up.recv().await.is_some() {
            info!("reads everything again");
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
        info!("ends once the answers under way are sent; told again, it ends at once");
        tokio::spawn(async move {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = interrupted.recv() => {}
            }
            // What is published is written in one transaction: nothing is half done.
            STDERR.flush(Duration::from_millis(200));
            std::process::exit(0);
        });
    })
}
