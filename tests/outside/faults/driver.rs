//! The program that publishes step by step (tests/publisher/steps.rs), and its answers.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde::Deserialize;

use super::seen::Seen;

/// The longest time for an answer: longer than SQLite and the store wait for anything.
const MAX_ATTEMPTS: Duration = Duration::from_secs(100);

/// The result of a command.
#[derive(Debug, Deserialize)]
pub struct Answer {
    pub outcome: String,
    pub error: Option<String>,
    /// The release that the program would serve now.
    pub known: Option<Seen>,
}

/// The program, ended when dropped.
pub struct Driver {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
}

impl Driver {
    /// Starts it on a ledger. `prepare` can change its command before.
    pub fn start(ledger: &str, prepare: impl FnOnce(&mut Command)) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_convene")).with_file_name("examples").join("steps");
        let mut command = Command::new(program);
        command.arg(ledger).stdin(Stdio::piped()).stdout(Stdio::piped());
        prepare(&mut command);
        let mut child = command.spawn().expect("the program");
        let input = child.stdin.take().expect("its input");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, input, answers }
    }

    /// Sends a command. Returns `None` if the program ended before it answered.
    pub fn run(&mut self, command: &str) -> Option<Answer> {
        writeln!(self.input, "{command}").ok()?;
        match self.answers.recv_timeout(MAX_ATTEMPTS) {
            Ok(line) => Some(serde_json::from_str(&line).expect("an answer")),
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => None,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => Some(Answer {
                outcome: "silence".to_owned(),
                error: Some(format!("no answer to `{command}` within {} seconds", MAX_ATTEMPTS.as_secs())),
                known: None,
            }),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
