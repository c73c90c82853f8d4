//! Watches a folder through the system's notifications. A notification only makes the next look at the folder come
//! sooner.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use tokio::sync::Notify;

/// Waits for changes of a folder.
pub(super) struct FolderNotifier {
    folder: PathBuf,
    heard: Arc<Notify>,
    watcher: Option<RecommendedWatcher>,
}

impl FolderNotifier {
    /// Watches a folder.
    pub(super) fn on(folder: &Path) -> Self {
        let mut ears = Self { folder: folder.to_owned(), heard: Arc::default(), watcher: None };
        ears.listen();
        ears
    }

    /// Watches again: the folders that exist now, and through the links as they are now. If the system has no
    /// notifications, polling finds the changes.
    pub(super) fn listen(&mut self) {
        let heard = Arc::clone(&self.heard);
        let folder = std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let is_there = move |path: &PathBuf| path.starts_with(&folder);
        let watcher = recommended_watcher(move |event: notify::Result<Event>| {
            let is_change = match event {
                // Reading is not a change: otherwise each look at the folder would cause the next.
                Ok(Event { kind: EventKind::Access(_), .. }) => false,
                // Other files beside the folder do not matter.
                Ok(event) => event.paths.is_empty() || event.paths.iter().any(&is_there),
                Err(_) => true,
            };
            if is_change {
                heard.notify_one();
            }
        });
        self.watcher = watcher.ok().map(|mut watcher| {
            let _ = watcher.watch(&self.folder, RecursiveMode::Recursive);
            // The folder itself may be a link that is swapped, or may be replaced as a whole.
            if let Some(parent) = self.folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
                let _ = watcher.watch(parent, RecursiveMode::NonRecursive);
            }
            watcher
        });
    }

    /// Waits for a change.
    pub(super) fn heard(&self) -> impl Future<Output = ()> + use<> {
        let heard = Arc::clone(&self.heard);
        async move { heard.notified().await }
    }
}
