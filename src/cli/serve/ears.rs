//! Hears of changes of a folder as they are made, where the system tells of them. What changed is then looked for as ever:
//! being told only makes it sooner.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use tokio::sync::Notify;

/// What hears of changes of a folder.
pub(super) struct FolderNotifier {
    folder: PathBuf,
    heard: Arc<Notify>,
    watcher: Option<RecommendedWatcher>,
}

impl FolderNotifier {
    /// Those that listen to a folder.
    pub(super) fn on(folder: &Path) -> Self {
        let mut ears = Self { folder: folder.to_owned(), heard: Arc::default(), watcher: None };
        ears.listen();
        ears
    }

    /// Listens anew: to the folders that there are now, and through the links as they lead now. Where the system does not
    /// tell of changes nothing is heard, and polling finds them.
    pub(super) fn listen(&mut self) {
        let heard = Arc::clone(&self.heard);
        let folder = std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let is_there = move |path: &PathBuf| path.starts_with(&folder);
        let watcher = recommended_watcher(move |event: notify::Result<Event>| {
            let is_change = match event {
                // To read a file is no change of it: looking at the folder would be heard for ever.
                Ok(Event { kind: EventKind::Access(_), .. }) => false,
                // What else is in the folder above is nobody's business here.
                Ok(event) => event.paths.is_empty() || event.paths.iter().any(&is_there),
                Err(_) => true,
            };
            if is_change {
                heard.notify_one();
            }
        });
        self.watcher = watcher.ok().map(|mut watcher| {
            let _ = watcher.watch(&self.folder, RecursiveMode::Recursive);
            // The folder may itself be a link that is swapped, or be put in its place as a whole.
            if let Some(parent) = self.folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
                let _ = watcher.watch(parent, RecursiveMode::NonRecursive);
            }
            watcher
        });
    }

    /// Waits until something is heard.
    pub(super) fn heard(&self) -> impl Future<Output = ()> + use<> {
        let heard = Arc::clone(&self.heard);
        async move { heard.notified().await }
    }
}
