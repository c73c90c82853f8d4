//! A socket with a write timeout, which hyper lacks.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::io::Interest;
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use crate::server::net::connection_pool::ConnectionSlot;
use crate::server::response::body_file::StoredBody;
use crate::server::state::metrics::CloseReason;

/// A connection's socket.
pub(in crate::server) struct Socket {
    stream: TokioIo<TcpStream>,
    slot: Arc<ConnectionSlot>,
    /// How long the peer may take to read what was sent.
    patience: Duration,
    /// The deadline for the peer to read the rest.
    until: Option<Instant>,
    /// The timer for the deadline. It is made only for peers that do not read at once, which are few.
    alarm: Option<Pin<Box<Sleep>>>,
    /// Whether an answer or a part of it was sent since the last flush.
    has_written: bool,
}

impl Socket {
    pub(in crate::server) fn new(stream: TcpStream, slot: Arc<ConnectionSlot>, patience: Duration) -> Self {
        Self { stream: TokioIo::new(stream), slot, patience, until: None, alarm: None, has_written: false }
    }

    /// Waits because a write is pending. Returns an error once the deadline has passed.
    fn wait(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        let patience = self.patience;
        self.slot.mark_stalled();
        let until = *self.until.get_or_insert_with(|| Instant::now() + patience);
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        if alarm.deadline() != until {
            alarm.as_mut().reset(until);
        }
        ready!(alarm.as_mut().poll(context));
        self.slot.count_close(CloseReason::SlowReader);
        self.forget_what_was_not_read();
        Poll::Ready(io::Error::new(io::ErrorKind::TimedOut, "the peer does not read"))
    }

    /// Discards unsent data when the connection closes, instead of keeping it for the peer.
    fn forget_what_was_not_read(&self) {
        let _ = rustix::net::sockopt::set_socket_linger(self.stream.inner(), Some(Duration::ZERO));
    }

    /// Sends a body from its file. Returns `None` if that is impossible.
    fn poll_send(
        &self,
        context: &mut Context<'_>,
        stored: &StoredBody,
        slices: &[io::IoSlice<'_>],
        index: usize,
    ) -> Poll<io::Result<Option<usize>>> {
        let stream = self.stream.inner();
        loop {
            ready!(stream.poll_write_ready(context))?;
            match stream.try_io(Interest::WRITABLE, || stored.send(stream, slices, index)) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                // The file system does not support it: send from memory.
                Err(error) if !is_of_peer(&error) => {
                    self.slot.set_stored(None);
                    return Poll::Ready(Ok(None));
                }
                done => return Poll::Ready(done.map(Some)),
            }
        }
    }

    fn written<T>(&mut self, context: &mut Context<'_>, polled: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match polled {
            Poll::Pending => self.wait(context).map(Err),
            done @ Poll::Ready(_) => {
                self.has_written = true;
                done
            }
        }
    }
}

impl Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let stored = self.slot.stored().and_then(|stored| Some((stored.position_in(slices)?, stored)));
        let sent = match stored {
            Some((index, stored)) => self.poll_send(context, &stored, slices, index),
            None => Poll::Ready(Ok(None)),
        };
        let polled = match sent {
            Poll::Ready(Ok(None)) => Pin::new(&mut self.stream).poll_write_vectored(context, slices),
            Poll::Ready(Ok(Some(sent))) => Poll::Ready(Ok(sent)),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => Poll::Pending,
        };
        self.written(context, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Everything was handed to the kernel: the peer's time starts again with the next answer.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_flush(context);
        // hyper also flushes when nothing was written: the connection is not idle while an answer is made.
        if polled.is_ready() && std::mem::take(&mut self.has_written) {
            self.until = None;
            self.slot.mark_read();
            self.slot.mark_idle();
        }
        polled
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.slot.is_evicted() {
            self.forget_what_was_not_read();
        }
    }
}

/// Returns whether an error means that the peer is gone.
fn is_of_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, Interrupted, NotConnected, TimedOut};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | Interrupted | NotConnected | TimedOut)
}
