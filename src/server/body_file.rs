//! Large bodies in a file beside memory, from which the system sends them without copying.
//!
//! A body of forty kilobytes costs as much to copy into the kernel as everything else that is done for a request. Where
//! there is no such file, bodies are written as they are. The file is a convenience: it takes a small part of what is free on
//! its disk, and goes as soon as that disk fills up.

use std::fs::File;
use std::io::{self, IoSlice};
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;

/// Fewest bytes for which it is worth the while.
const LEAST_BYTES: usize = 16 * 1024;
/// Most bytes of all bodies: others are written as they are.
const MOST_BYTES: u64 = 256_000_000;
/// The part of what is free on the disk that bodies may take: an eighth.
const PART_TO_TAKE: u64 = 8;
/// The part of it from which on they go: a quarter.
const PART_TO_GIVE_UP: u64 = 4;

/// The folder of the files, of which there is one for each release that is still being answered.
pub(super) struct BodyFolder {
    folder: PathBuf,
    files: Mutex<Vec<Weak<BodyFile>>>,
}

/// A file without a name that bodies are put into, one behind the other, and never changed.
pub(super) struct BodyFile {
    file: File,
    /// Where the next body goes.
    end: Mutex<u64>,
    room: Arc<BodyFolder>,
    /// Bytes in it.
    bytes: AtomicU64,
    /// Whether its bodies are there no more.
    is_given_up: AtomicBool,
}

/// A body that is in memory and in a file.
pub(super) struct StoredBody {
    body: Bytes,
    file: Arc<BodyFile>,
    offset: u64,
}

impl BodyFolder {
    pub(super) fn in_folder(folder: PathBuf) -> Arc<Self> {
        Arc::new(Self { folder, files: Mutex::default() })
    }

    /// A file for bodies. None where the folder takes no file.
    pub(super) fn file(self: &Arc<Self>) -> Option<Arc<BodyFile>> {
        let file = tempfile::tempfile_in(&self.folder).ok()?;
        let file = BodyFile {
            file,
            end: Mutex::new(0),
            room: Arc::clone(self),
            bytes: AtomicU64::new(0),
            is_given_up: AtomicBool::new(false),
        };
        let file = Arc::new(file);
        let mut files = self.files();
        files.retain(|file| file.strong_count() > 0);
        files.push(Arc::downgrade(&file));
        Some(file)
    }

    /// Gives back what the files take, if that is much of what is free on the disk.
    pub(super) fn give_up_if_short(&self) {
        let files: Vec<Arc<BodyFile>> = self.files().iter().filter_map(Weak::upgrade).collect();
        let used: u64 = files.iter().map(|file| file.bytes()).sum();
        let free = files.first().and_then(|file| file.free_bytes());
        if used > 0 && free.is_none_or(|free| used > free.saturating_add(used) / PART_TO_GIVE_UP) {
            for file in files {
                file.give_up();
            }
        }
    }

    /// Gives back all that the files take.
    pub(super) fn give_up(&self) {
        self.files().iter().filter_map(Weak::upgrade).for_each(|file| file.give_up());
    }

    fn files(&self) -> MutexGuard<'_, Vec<Weak<BodyFile>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes in all files.
    fn bytes(&self) -> u64 {
        self.files().iter().filter_map(Weak::upgrade).map(|file| file.bytes()).sum()
    }
}

impl BodyFile {
    /// Puts a body into it, if it is large enough and there is room on the disk.
    pub(super) fn store(self: &Arc<Self>, body: &Bytes) -> Option<Arc<StoredBody>> {
        if body.len() < LEAST_BYTES || !cfg!(target_os = "linux") {
            return None;
        }
        let bytes = u64::try_from(body.len()).ok()?;
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let used = self.room.bytes() + bytes;
        if self.is_given_up() || used > MOST_BYTES || used > self.free_bytes()?.saturating_add(used) / PART_TO_TAKE {
            return None;
        }
        self.file.write_all_at(body, *end).ok()?;
        let stored = StoredBody { body: body.clone(), file: Arc::clone(self), offset: *end };
        *end += bytes;
        self.bytes.store(*end, Ordering::Relaxed);
        Some(Arc::new(stored))
    }

    fn is_given_up(&self) -> bool {
        self.is_given_up.load(Ordering::Acquire)
    }

    fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Bytes that are free on its disk.
    fn free_bytes(&self) -> Option<u64> {
        let disk = rustix::fs::fstatvfs(&self.file).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// Gives back what it takes. Bodies are sent from memory from now on, also those that are being sent.
    fn give_up(&self) {
        self.is_given_up.store(true, Ordering::Release);
        let _end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        if self.file.set_len(0).is_ok() {
            self.bytes.store(0, Ordering::Relaxed);
        }
    }
}

impl StoredBody {
    /// Where a slice of memory is in the file, if it is a part of this very body.
    fn position(&self, slice: &[u8]) -> Option<u64> {
        let (body, slice) = (self.body.as_ptr_range(), slice.as_ptr_range());
        let is_part = !slice.is_empty() && slice.end <= body.end;
        let from_start = slice.start.addr().checked_sub(body.start.addr()).filter(|_| is_part)?;
        Some(self.offset + u64::try_from(from_start).ok()?)
    }

    /// Which of these slices is a part of this body, as long as it is in the file.
    pub(super) fn found_in(&self, slices: &[IoSlice<'_>]) -> Option<usize> {
        let is_there = !self.file.is_given_up();
        slices.iter().position(|slice| is_there && self.position(slice).is_some())
    }

    /// Sends slices of which the one at `index` is a part of this body: those before it from memory, and it from the file.
    /// How many bytes went.
    ///
    /// # Errors
    ///
    /// Nothing went: the peer has no room for more yet, or is gone; or the body is in the file no more.
    #[cfg(target_os = "linux")]
    pub(super) fn send(&self, socket: impl AsFd, slices: &[IoSlice<'_>], index: usize) -> io::Result<usize> {
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
            // The file was given up meanwhile.
            Ok(0) if sent == 0 => Err(io::ErrorKind::Unsupported.into()),
            Ok(went) => Ok(sent + went),
            Err(error) if sent == 0 => Err(error.into()),
            Err(_) => Ok(sent),
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn send(&self, _: impl AsFd, _: &[IoSlice<'_>], _: usize) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
