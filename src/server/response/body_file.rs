//! Keeps large bodies in a file as well as in memory, so that the kernel sends them without copying.
//!
//! Copying a body of 40 kB into the kernel costs as much as the rest of a request. Where no file can be made, bodies
//! are sent from memory. The file is only an optimization: it takes a small part of the free disk space, and is
//! emptied when the disk fills up.

use std::fs::File;
use std::io::{self, IoSlice};
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;

/// The smallest body that is worth a file.
const MIN_BYTES: usize = 16 * 1024;
/// The size of all bodies together; others are sent from memory.
const MAX_BYTES: u64 = 256_000_000;
/// Bodies take at most an eighth of the free disk space.
const PART_TO_TAKE: u64 = 8;
/// They are removed once they take more than a quarter of it.
const PART_TO_GIVE_UP: u64 = 4;

/// The folder of the files: one file for each release that is still being served.
pub(in crate::server) struct BodyFolder {
    folder: PathBuf,
    files: Mutex<Vec<Weak<BodyFile>>>,
}

/// An unnamed temporary file to which bodies are appended. They never change.
pub(in crate::server) struct BodyFile {
    file: File,
    /// The offset of the next body.
    end: Mutex<u64>,
    folder: Arc<BodyFolder>,
    /// The number of bytes in the file.
    bytes: AtomicU64,
    /// Whether the bodies were removed.
    is_emptied: AtomicBool,
}

/// A body that is both in memory and in a file.
pub(in crate::server) struct StoredBody {
    body: Bytes,
    file: Arc<BodyFile>,
    offset: u64,
}

impl BodyFolder {
    pub(in crate::server) fn in_folder(folder: PathBuf) -> Arc<Self> {
        Arc::new(Self { folder, files: Mutex::default() })
    }

    /// Opens a new file for bodies. Returns `None` if the folder takes no file.
    pub(in crate::server) fn file(self: &Arc<Self>) -> Option<Arc<BodyFile>> {
        let file = tempfile::tempfile_in(&self.folder).ok()?;
        let file = BodyFile {
            file,
            end: Mutex::new(0),
            folder: Arc::clone(self),
            bytes: AtomicU64::new(0),
            is_emptied: AtomicBool::new(false),
        };
        let file = Arc::new(file);
        let mut files = self.files();
        files.retain(|file| file.strong_count() > 0);
        files.push(Arc::downgrade(&file));
        Some(file)
    }

    /// Empties the files if they take much of the free disk space.
    pub(in crate::server) fn empty_if_disk_is_short(&self) {
        let files: Vec<Arc<BodyFile>> = self.files().iter().filter_map(Weak::upgrade).collect();
        let used: u64 = files.iter().map(|file| file.bytes()).sum();
        let free = files.first().and_then(|file| file.free_bytes());
        if used > 0 && free.is_none_or(|free| used > free.saturating_add(used) / PART_TO_GIVE_UP) {
            for file in files {
                file.empty();
            }
        }
    }

    /// Empties the files.
    pub(in crate::server) fn empty(&self) {
        self.files().iter().filter_map(Weak::upgrade).for_each(|file| file.empty());
    }

    fn files(&self) -> MutexGuard<'_, Vec<Weak<BodyFile>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the bytes in all files.
    fn bytes(&self) -> u64 {
        self.files().iter().filter_map(Weak::upgrade).map(|file| file.bytes()).sum()
    }
}

impl BodyFile {
    /// Appends a body, if it is large enough and the disk has space.
    pub(in crate::server) fn store(self: &Arc<Self>, body: &Bytes) -> Option<Arc<StoredBody>> {
        if body.len() < MIN_BYTES || !cfg!(target_os = "linux") {
            return None;
        }
        let bytes = u64::try_from(body.len()).ok()?;
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let used = self.folder.bytes() + bytes;
        if self.is_emptied() || used > MAX_BYTES || used > self.free_bytes()?.saturating_add(used) / PART_TO_TAKE {
            return None;
        }
        self.file.write_all_at(body, *end).ok()?;
        let stored = StoredBody { body: body.clone(), file: Arc::clone(self), offset: *end };
        *end += bytes;
        self.bytes.store(*end, Ordering::Relaxed);
        Some(Arc::new(stored))
    }

    fn is_emptied(&self) -> bool {
        self.is_emptied.load(Ordering::Acquire)
    }

    fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Returns the free bytes of its disk.
    fn free_bytes(&self) -> Option<u64> {
        let disk = rustix::fs::fstatvfs(&self.file).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// Empties the file. From now on bodies are sent from memory, also those that are being sent.
    fn empty(&self) {
        self.is_emptied.store(true, Ordering::Release);
        let _end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        if self.file.set_len(0).is_ok() {
            self.bytes.store(0, Ordering::Relaxed);
        }
    }
}

impl StoredBody {
    /// Returns the offset in the file of a slice of memory, if the slice is a part of this body.
    fn position(&self, slice: &[u8]) -> Option<u64> {
        let (body, slice) = (self.body.as_ptr_range(), slice.as_ptr_range());
        let is_part = !slice.is_empty() && slice.end <= body.end;
        let from_start = slice.start.addr().checked_sub(body.start.addr()).filter(|_| is_part)?;
        Some(self.offset + u64::try_from(from_start).ok()?)
    }

    /// Returns the index of the slice that is a part of this body, unless the file was emptied.
    pub(in crate::server) fn position_in(&self, slices: &[IoSlice<'_>]) -> Option<usize> {
        let is_there = !self.file.is_emptied();
        slices.iter().position(|slice| is_there && self.position(slice).is_some())
    }

    /// Sends the slices up to `index`, the one that is a part of this body: the others from memory, this one from the
    /// file. Returns the number of bytes sent.
    ///
    /// # Errors
    ///
    /// Nothing was sent: the peer accepts no more for now, or is gone; or the file was emptied.
    #[cfg(target_os = "linux")]
    pub(in crate::server) fn send(&self, socket: impl AsFd, slices: &[IoSlice<'_>], index: usize) -> io::Result<usize> {
        use rustix::net::SendFlags;

        let Some(position) = self.position(&slices[index]) else { return Ok(0) };
        let mut sent = 0;
        for slice in slices[..index].iter().filter(|slice| !slice.is_empty()) {
            // More follows at once: the head goes out with the beginning of the body.
            match rustix::net::send(&socket, slice, SendFlags::MORE | SendFlags::NOSIGNAL) {
                Ok(went) => {
                    sent += went;
                    if went < slice.len() {
                        return Ok(sent);
                    }
                }
                Err(error) if sent == 0 => return Err(error.into()),
                Err(_) => return Ok(sent),
            }
        }
        let mut offset = position;
        match rustix::fs::sendfile(&socket, &self.file.file, Some(&mut offset), slices[index].len()) {
            // The file was emptied meanwhile.
            Ok(0) if sent == 0 => Err(io::ErrorKind::Unsupported.into()),
            Ok(went) => Ok(sent + went),
            Err(error) if sent == 0 => Err(error.into()),
            Err(_) => Ok(sent),
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub(in crate::server) fn send(&self, _: impl AsFd, _: &[IoSlice<'_>], _: usize) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
