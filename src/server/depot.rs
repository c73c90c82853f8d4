//! The depot: large prepared bodies in a file beside memory, from which the system sends them without copying.
//!
//! A body of forty kilobytes costs as much to copy into the kernel as everything else that is done for a request. Where
//! there is no such file, bodies are written as they are.

use std::fs::File;
use std::io::{self, IoSlice};
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

/// Fewest octets for which it is worth the while.
const LEAST_OCTETS: usize = 16 * 1024;
/// Most octets of all bodies: others are written as they are.
const MOST_OCTETS: u64 = 256_000_000;

/// A file without a name that bodies are put into, one behind the other, and never changed.
pub(super) struct Depot {
    file: Arc<File>,
    end: Mutex<u64>,
}

/// A body that is in memory and in a file.
pub(super) struct Stored {
    body: Bytes,
    file: Arc<File>,
    offset: u64,
}

impl Depot {
    /// One in a folder. None where the folder takes no file: bodies are written then.
    pub(super) fn in_folder(folder: &Path) -> Option<Self> {
        let file = Arc::new(tempfile::tempfile_in(folder).ok()?);
        Some(Self { file, end: Mutex::new(0) })
    }

    /// Puts a body into it, if it is large enough and there is room on the disk.
    pub(super) fn store(&self, body: &Bytes) -> Option<Arc<Stored>> {
        if body.len() < LEAST_OCTETS || !cfg!(target_os = "linux") {
            return None;
        }
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        if *end >= MOST_OCTETS {
            return None;
        }
        self.file.write_all_at(body, *end).ok()?;
        let stored = Stored { body: body.clone(), file: Arc::clone(&self.file), offset: *end };
        *end += u64::try_from(body.len()).ok()?;
        Some(Arc::new(stored))
    }
}

impl Stored {
    /// Where a slice of memory is in the file, if it is a part of this very body.
    fn position(&self, slice: &[u8]) -> Option<u64> {
        let (body, slice) = (self.body.as_ptr_range(), slice.as_ptr_range());
        let is_part = !slice.is_empty() && slice.end <= body.end;
        let from_start = slice.start.addr().checked_sub(body.start.addr()).filter(|_| is_part)?;
        Some(self.offset + u64::try_from(from_start).ok()?)
    }

    /// Which of these slices is a part of this body.
    pub(super) fn found_in(&self, slices: &[IoSlice<'_>]) -> Option<usize> {
        slices.iter().position(|slice| self.position(slice).is_some())
    }

    /// Sends slices of which the one at `index` is a part of this body: those before it from memory, and it from the file.
    /// How many octets went.
    ///
    /// # Errors
    ///
    /// Nothing went: the peer has no room for more yet, or is gone.
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
        match rustix::fs::sendfile(&socket, &self.file, Some(&mut offset), slices[index].len()) {
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
