//! The command line: one file per command. Besides the store and the server, no other code uses the clock, the disk, the
//! environment or sockets.

pub mod changes;
mod check;
mod delegates;
mod diff;
mod folder;
mod health;
mod history;
mod ledger_problems;
mod log;
mod new;
mod output;
mod publish;
mod restore;
mod rollback;
mod schema;
mod secret;
mod serve;
mod values;

use std::ffi::OsString;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::builder::Resettable;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use jiff::Timestamp;
use tokio::runtime::Runtime;
use url::Url;

use output::STDERR;
use values::{base_url, listen_address};

use crate::store::{Location, Store, StoreError, StoredRelease};

/// Calendar feeds of study groups' meetings, from a folder of YAML.
#[derive(Parser)]
#[command(name = "convene", version = VERSION, about, long_about = None, after_help = EXIT_CODES, override_usage = "convene [COMMAND]")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The version, and the databases that this build supports for the ledger.
const VERSION: &str = if cfg!(feature = "postgres") {
    concat!(env!("CARGO_PKG_VERSION"), " (SQLite, PostgreSQL)")
} else {
    concat!(env!("CARGO_PKG_VERSION"), " (SQLite)")
};

const EXIT_CODES: &str = "Without a command, convene serves the folder `meetings`.\n\n\
    Exit codes: 0 good, 1 problems in the definitions, 2 could not run.";

#[derive(Subcommand)]
enum Command {
    /// Publish the definitions, and serve the feeds and the pages (the default)
    Serve(serve::Options),
    /// Report everything that is wrong in the definitions
    Check(check::Options),
    /// Show what publishing would change, and in which feeds
    Diff(diff::Options),
    /// Publish the definitions as a new release
    Publish(publish::Options),
    /// List the releases, or what one of them changed
    History(history::Options),
    /// Publish the definitions of an old release again
    Rollback(rollback::Options),
    /// Write the files of a release into the folder of definitions
    Restore(restore::Options),
    /// Write a new definition to start from
    New(new::Options),
    /// Write the JSON Schemas with which editors complete and check definitions
    Schema(FolderOptions),
    /// Print the private address of each delegate
    Delegates(delegates::Options),
    /// Check that a running service answers
    Health(health::Options),
}

/// The folder of the definitions.
#[derive(Args, Clone)]
struct FolderOptions {
    /// Folder of definitions
    #[arg(env = "CONVENE_MEETINGS", hide_env_values = true, default_value = "meetings")]
    meetings: PathBuf,
}

/// The listening address.
#[derive(Args, Clone)]
struct ListenOptions {
    /// Listening address; port 0 takes a free port
    #[arg(
        long,
        env = "CONVENE_LISTEN",
        hide_env_values = true,
        default_value = "127.0.0.1:8080",
        value_name = "HOST:PORT",
        value_parser = listen_address
    )]
    listen: String,
}

/// The address under which the feeds are served.
#[derive(Args, Clone)]
struct AddressOptions {
    #[command(flatten)]
    listen: ListenOptions,
    /// Public address of the service [default: the listening address]
    #[arg(long, env = "CONVENE_BASE_URL", hide_env_values = true, value_name = "URL", value_parser = base_url)]
    base_url: Option<Url>,
}

/// The place of the ledger.
#[derive(Args, Clone)]
struct LedgerOptions {
    /// Folder for the server's own files, including the ledger
    #[arg(long, env = "CONVENE_STATE", hide_env_values = true, default_value = "state", value_name = "DIR")]
    state: PathBuf,
    /// PostgreSQL for the ledger, shared by several machines [default: a file in the state folder]
    #[arg(long, env = "CONVENE_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
}

impl LedgerOptions {
    /// Returns the location. Its errors never quote the address, which may contain a password.
    fn location(&self) -> anyhow::Result<Location> {
        let Some(typed) = &self.database else { return Ok(Location::in_folder(&self.state)) };
        let url = Url::parse(typed).ok().filter(|url| matches!(url.scheme(), "postgres" | "postgresql"));
        // A password with an unescaped `/`, `?`, `#` or `@` makes another address, in which parts of the password are
        // the host, the port or the database.
        let is_whole = |url: &Url| {
            let rest = typed.split_once("://").map_or("", |(_, rest)| rest);
            let has_sign_behind = rest.split_once(['/', '?', '#']).is_some_and(|(_, behind)| behind.contains('@'));
            let has_two_signs = rest.split(['/', '?', '#']).next().is_some_and(|whole| whole.matches('@').count() > 1);
            !has_sign_behind && !has_two_signs && url.fragment().is_none()
        };
        let url = url.filter(is_whole).context(
            "cannot use `--database`: expected an address such as postgres://user@host/convene. Inside its parts, \
             write / ? # @ : % as %2F %3F %23 %40 %3A %25",
        )?;
        if !cfg!(feature = "postgres") {
            bail!(
                "cannot use `--database`: this program was built without PostgreSQL. Build one that has it with `cargo build \
                 --release --features postgres`; the container image has it"
            );
        }
        Ok(Location::Postgres(url))
    }

    /// Returns the latest release; `None` without a ledger. Looking creates none.
    fn latest(&self) -> anyhow::Result<Option<StoredRelease>> {
        if self.location()?.may_hold() { self.with(async |store| store.latest(None).await) } else { Ok(None) }
    }

    /// Refuses to start a new ledger in a state folder whose secret shows that there was one.
    fn refuse_if_lost(&self) -> anyhow::Result<()> {
        let location = self.location()?;
        if location.is_file() && !location.may_hold() && secret::in_folder(&self.state).exists() {
            bail!(
                "{location} is missing, but its secret is there. Was the ledger lost? Restore a backup. Without one, run \
                 `convene publish --recover`: events then continue with higher revision numbers than any before. \
                 `--begin-anew` starts as if nothing had ever been published"
            );
        }
        Ok(())
    }

    /// Opens the ledger, runs `what`, and closes it.
    fn with<T>(&self, what: impl AsyncFnOnce(&Store) -> Result<T, StoreError>) -> anyhow::Result<T> {
        let runtime = Runtime::new().context("cannot start the runtime")?;
        runtime.block_on(async {
            let store = Store::open(&self.location()?).await?;
            let done = what(&store).await;
            store.close().await;
            Ok(done?)
        })
    }
}

/// The place of everything that the server must not lose.
#[derive(Args, Clone)]
struct StateOptions {
    #[command(flatten)]
    ledger: LedgerOptions,
    /// File with the secret behind private addresses, at least 32 bytes [default: a file in the state folder]
    #[arg(long, env = "CONVENE_SECRET_FILE", hide_env_values = true, value_name = "FILE")]
    secret_file: Option<PathBuf>,
}

/// Returns the current instant, which the modules before the store take as a parameter.
fn now() -> Timestamp {
    Timestamp::now()
}

/// The outcome of a command that could run.
enum CommandOutcome {
    Good,
    Problems,
}

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let command = command(with_default_command(std::env::args_os()));
    // A command that has done its work does not wait long for a reader of its output; a report does.
    let patience = Duration::from_secs(match command {
        Command::Serve(_) => 1,
        Command::Publish(_) | Command::Rollback(_) => 10,
        _ => 3_600,
    });
    let outcome = match command {
        Command::Serve(options) => serve::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Diff(options) => diff::run(&options),
        Command::Publish(options) => publish::run(&options),
        Command::History(options) => history::run(&options),
        Command::Rollback(options) => rollback::run(&options),
        Command::Restore(options) => restore::run(&options),
        Command::New(options) => new::run(&options),
        Command::Schema(folder) => schema::run(&folder),
        Command::Delegates(options) => delegates::run(&options),
        Command::Health(options) => health::run(&options),
    };
    let code = match outcome {
        Ok(CommandOutcome::Good) => ExitCode::SUCCESS,
        Ok(CommandOutcome::Problems) => ExitCode::from(1),
        Err(error) => {
            tell(&format!("convene: {error:#}\n"));
            ExitCode::from(2)
        }
    };
    STDERR.flush(patience);
    code
}

/// Parses the arguments. An empty environment variable counts as unset.
fn command(arguments: Vec<OsString>) -> Command {
    let matches = without_empty_variables(Cli::command()).get_matches_from(arguments);
    Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit()).command
}

fn without_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |argument: &clap::Arg| {
        argument.get_env().is_some_and(|name| std::env::var_os(name).is_some_and(|value| value.is_empty()))
    };
    let command = command.mut_args(|argument| {
        if is_empty(&argument) { argument.env(Resettable::<clap::builder::OsStr>::Reset) } else { argument }
    });
    command.mut_subcommands(without_empty_variables)
}

/// Inserts `serve` if there is no command: `convene` is `convene serve`, and `convene --listen …` is `convene serve
/// --listen …`.
fn with_default_command(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.collect();
    let first = arguments.get(1).map(|first| first.to_string_lossy().into_owned());
    let is_option = |first: &str| first.starts_with('-') && !["-h", "--help", "-V", "--version"].contains(&first);
    if first.is_none_or(|first| is_option(&first)) {
        arguments.insert(arguments.len().min(1), "serve".into());
    }
    arguments
}

/// Writes a text to standard error.
fn tell(text: &str) {
    STDERR.write(text.as_bytes().to_vec());
}

/// Writes a line to standard output. If the reader has closed it, that is no error.
fn say(line: &str) -> anyhow::Result<()> {
    match writeln!(std::io::stdout(), "{line}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write to standard output"),
        _ => Ok(()),
    }
}

/// Reports on standard output what was done. It stays done even if this cannot be written.
fn announce(line: &str) {
    if let Err(error) = say(line) {
        tell(&format!("convene: {error:#}\n"));
    }
}

/// Returns whether to colour standard error.
fn colour() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
