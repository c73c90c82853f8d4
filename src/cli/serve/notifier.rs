//! Watches a folder through the system's notifications. A notification only makes the next look at the folder come
//! sooner.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use tokio::sync::Notify;

/// Waits for changes of a folder.
pub(super) struct FolderNotifier {
    folder: PathBuf,
    changed: Arc<Notify>,
    watcher: Option<RecommendedWatcher>,
}

impl FolderNotifier {
    /// Watches a folder.
    pub(super) fn on(folder: &Path) -> Self {
        let mut notifier = Self { folder: folder.to_owned(), changed: Arc::default(), watcher: None };
        notifier.listen();
        notifier
    }

    /// Watches again: the folders that exist now, and through the links as they are now. If the system has no
    /// notifications, polling finds the changes.
    pub(super) fn listen(&mut self) {
        let changed = Arc::clone(&self.changed);
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
                changed.notify_one();
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
    pub(super) fn changed(&self) -> impl Future<Output = ()> + use<> {
        let changed = Arc::clone(&self.changed);
        async move { changed.notified().await }
    }
}
