//! What the process says on standard output and standard error, written by threads of their own: a reader that is slow, full
//! or gone delays and ends nothing else. What could not be written is counted, and said once it can be.

use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

/// Bytes that may wait to be written.
const MOST_WAITING: usize = 8_000_000;
/// Bytes that a piece takes beside its text.
const OVERHEAD: usize = 100;
/// How long a stream that takes nothing for the moment is left alone: some terminals and pipes refuse instead of waiting.
const RETRY: Duration = Duration::from_millis(50);
/// How often it is asked again.
const RETRIES: usize = 100;

/// A piece of text, or a question.
enum OutputMessage {
    Text(Vec<u8>),
    /// Answered once everything before it was written, or could not be.
    Flush(Sender<()>),
}

/// A stream with the thread that writes to it.
pub(super) struct Output {
    queue: Sender<OutputMessage>,
    shared: Arc<OutputState>,
}

/// What is said of lost pieces, by their number.
type LossNotice = fn(u64) -> Vec<u8>;

/// What whoever writes shares with the thread.
#[derive(Default)]
struct OutputState {
    /// Bytes that wait to be written.
    waiting: AtomicUsize,
    /// Pieces that could not be written.
    lost: Arc<AtomicU64>,
    /// What is said of lost pieces, by their number.
    notice: Mutex<Option<LossNotice>>,
}

/// Standard error, with the log in it.
pub(super) static STDERR: LazyLock<Output> = LazyLock::new(|| Output::to("stderr", io::stderr));
/// Standard output of a service; other commands write theirs themselves, because it is what they are for.
pub(super) static STDOUT: LazyLock<Output> = LazyLock::new(|| Output::to("stdout", io::stdout));

impl Output {
    fn to<W: Write>(name: &str, stream: impl FnOnce() -> W + Send + 'static) -> Self {
        let (queue, messages) = channel();
        let shared = Arc::new(OutputState::default());
        let writer = OutputThread { shared: Arc::clone(&shared), said: 0, is_within_line: false };
        // Without a thread to write them, pieces are lost and counted.
        let _ = std::thread::Builder::new().name(name.to_owned()).spawn(move || writer.run(&messages, stream()));
        Self { queue, shared }
    }

    /// Says from now on what was lost in this form.
    pub(super) fn says_of_loss(&self, notice: LossNotice) {
        *self.shared.notice.lock().unwrap_or_else(PoisonError::into_inner) = Some(notice);
    }

    /// Has a text written. Never waits.
    pub(super) fn write(&self, text: Vec<u8>) {
        let bytes = text.len() + OVERHEAD;
        let before = self.shared.waiting.fetch_add(bytes, Ordering::Relaxed);
        let has_room = before == 0 || before + bytes <= MOST_WAITING;
        if !has_room || self.queue.send(OutputMessage::Text(text)).is_err() {
            self.shared.waiting.fetch_sub(bytes, Ordering::Relaxed);
            self.shared.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many pieces could not be written.
    pub(super) fn lost(&self) -> &Arc<AtomicU64> {
        &self.shared.lost
    }

    /// Waits until everything was written, or could not be; no longer than this.
    pub(super) fn flush(&self, patience: Duration) {
        let (done, waits) = channel();
        if self.queue.send(OutputMessage::Flush(done)).is_ok() {
            let _ = waits.recv_timeout(patience);
        }
    }
}

fn plain_notice(lost: u64) -> Vec<u8> {
    format!("convene: {lost} messages could not be written here\n").into_bytes()
}

/// What the thread of a stream knows.
struct OutputThread {
    shared: Arc<OutputState>,
    /// How many lost pieces were told of.
    said: u64,
    /// Whether a piece was cut off while it was written.
    is_within_line: bool,
}

impl OutputThread {
    fn run(mut self, messages: &Receiver<OutputMessage>, mut stream: impl Write) {
        for message in messages {
            self.say_what_was_lost(&mut stream);
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

    fn say_what_was_lost(&mut self, stream: &mut impl Write) {
        let lost = self.shared.lost.load(Ordering::Relaxed);
        if lost > self.said {
            let notice = self.shared.notice.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or(plain_notice);
            if self.write(stream, &notice(lost - self.said)) {
                self.said = lost;
            }
        }
    }

    /// Whether all of it was written.
    fn write(&mut self, stream: &mut impl Write, text: &[u8]) -> bool {
        if self.is_within_line && !write_all(stream, b"\n").1 {
            return false;
        }
        let (written, is_whole) = write_all(stream, text);
        self.is_within_line = !is_whole && (written > 0 || self.is_within_line);
        is_whole
    }
}

/// How many bytes were written, and whether those are all.
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
