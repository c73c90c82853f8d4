//! Standard output and standard error, written by threads of their own, so that a slow or closed reader delays
//! nothing else. What could not be written is counted, and reported once writing works again.

use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

/// The maximum number of bytes that wait to be written.
const MAX_WAITING: usize = 8_000_000;
/// The memory that a message takes besides its text, in bytes.
const OVERHEAD: usize = 100;
/// How long to wait before retrying a write that would block: some terminals and pipes are non-blocking.
const RETRY: Duration = Duration::from_millis(50);
/// The number of retries.
const RETRIES: usize = 100;

/// A message to the writing thread.
enum OutputMessage {
    Text(Vec<u8>),
    /// Answered once everything before it was written or lost.
    Flush(Sender<()>),
}

/// A stream with the thread that writes to it.
pub(super) struct Output {
    queue: Sender<OutputMessage>,
    shared: Arc<OutputState>,
}

/// Makes the report of lost messages from their number.
type LossNotice = fn(u64) -> Vec<u8>;

/// The state that writers share with the thread.
#[derive(Default)]
struct OutputState {
    /// The number of bytes that wait to be written.
    waiting: AtomicUsize,
    /// The number of lost messages.
    lost: Arc<AtomicU64>,
    /// Makes the report of lost messages.
    notice: Mutex<Option<LossNotice>>,
}

/// Standard error, which includes the log.
pub(super) static STDERR: LazyLock<Output> = LazyLock::new(|| Output::to("stderr", io::stderr));
/// Standard output of the service. Other commands write to it directly, because it is their purpose.
pub(super) static STDOUT: LazyLock<Output> = LazyLock::new(|| Output::to("stdout", io::stdout));

impl Output {
    fn to<W: Write>(name: &str, stream: impl FnOnce() -> W + Send + 'static) -> Self {
        let (queue, messages) = channel();
        let shared = Arc::new(OutputState::default());
        let writer = OutputThread { shared: Arc::clone(&shared), said: 0, is_within_line: false };
        // If the thread cannot start, messages are lost and counted.
        let _ = std::thread::Builder::new().name(name.to_owned()).spawn(move || writer.run(&messages, stream()));
        Self { queue, shared }
    }

    /// Sets the form of the report of lost messages.
    pub(super) fn set_loss_notice(&self, notice: LossNotice) {
        *self.shared.notice.lock().unwrap_or_else(PoisonError::into_inner) = Some(notice);
    }

    /// Queues a text. Never blocks.
    pub(super) fn write(&self, text: Vec<u8>) {
        let bytes = text.len() + OVERHEAD;
        let before = self.shared.waiting.fetch_add(bytes, Ordering::Relaxed);
        let has_room = before == 0 || before + bytes <= MAX_WAITING;
        if !has_room || self.queue.send(OutputMessage::Text(text)).is_err() {
            self.shared.waiting.fetch_sub(bytes, Ordering::Relaxed);
            self.shared.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Returns the number of lost messages.
    pub(super) fn lost(&self) -> &Arc<AtomicU64> {
        &self.shared.lost
    }

    /// Waits until everything was written or lost, but no longer than `patience`.
    pub(super) fn flush(&self, patience: Duration) {
        let (done, waits) = channel();
        if self.queue.send(OutputMessage::Flush(done)).is_ok() {
            let _ = waits.recv_timeout(patience);
        }
    }
}

fn plain_notice(lost: u64) -> Vec<u8> {
    format!("convene: {lost} messages could not be written\n").into_bytes()
}

/// The writing thread.
struct OutputThread {
    shared: Arc<OutputState>,
    /// The number of lost messages that were reported.
    said: u64,
    /// Whether the last message was cut off.
    is_within_line: bool,
}

impl OutputThread {
    fn run(mut self, messages: &Receiver<OutputMessage>, mut stream: impl Write) {
        for message in messages {
            self.report_losses(&mut stream);
            match message {
                OutputMessage::Text(text) => {
                    if !self.write(&mut stream, &text) {
                        self.shared.lost.fetch_add(1, Ordering::Relaxed);
                    }
                    self.shared.waiting.fetch_sub(text.len() + OVERHEAD, Ordering::Relaxed);
                }
                OutputMessage::Flush(done) => {
                    let _ = done.send(());
                }
            }
        }
    }

    fn report_losses(&mut self, stream: &mut impl Write) {
        let lost = self.shared.lost.load(Ordering::Relaxed);
        if lost > self.said {
            let notice = self.shared.notice.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or(plain_notice);
            if self.write(stream, &notice(lost - self.said)) {
                self.said = lost;
            }
        }
    }

    /// Writes a text. Returns whether all of it was written.
    fn write(&mut self, stream: &mut impl Write, text: &[u8]) -> bool {
        if self.is_within_line && !write_all(stream, b"\n").1 {
            return false;
        }
        let (written, is_whole) = write_all(stream, text);
        self.is_within_line = !is_whole && (written > 0 || self.is_within_line);
        is_whole
    }
}

/// Writes bytes. Returns how many were written, and whether those are all.
fn write_all(stream: &mut impl Write, text: &[u8]) -> (usize, bool) {
    let (mut written, mut refused) = (0, 0);
    while written < text.len() {
        match stream.write(&text[written..]) {
            Ok(more) if more > 0 => (written, refused) = (written + more, 0),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock && refused < RETRIES => {
                refused += 1;
                std::thread::sleep(RETRY);
            }
            _ => return (written, false),
        }
    }
    (written, stream.flush().is_ok())
}
