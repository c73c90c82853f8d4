//! The server's secret on the disk: made on first use, readable by its owner alone.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{StateOptions, tell};
use crate::private::{Secret, to_hex};

/// The secret of a state folder.
pub(super) fn in_folder(state: &Path) -> PathBuf {
    state.join("secret")
}

/// The secret of the file that was given, or that of the state folder, which is made if there is none. Where only one of
/// ledger and secret is there the other was lost: nothing is made then, unless one is to begin anew.
pub(super) fn secret(state: &StateOptions, begins_anew: bool) -> anyhow::Result<Secret> {
    if let Some(file) = &state.secret_file {
        return read(file);
    }
    if state.ledger.database.is_some() {
        bail!(
            "a ledger in PostgreSQL needs `--secret-file FILE` too: every machine gives delegates the same addresses by it"
        );
    }
    let folder = &state.ledger.state;
    let file = in_folder(folder);
    if !begins_anew {
        state.ledger.refuse_if_lost()?;
    }
    if !file.exists() {
        // The ledger is there before the secret, also where two begin at once.
        let known = state.ledger.with(async |store| store.secret().await)?;
        // Of two that begin at once one has made it meanwhile, and has said so after that.
        if !known.is_empty() && !begins_anew && !file.exists() {
            bail!(
                "the secret `{}` is not there, and the ledger beside it is. Was it lost? Put back a copy of it: with another \
                 one every delegate has another private address. `convene serve --begin-anew` makes one",
                file.display()
            );
        }
        make(folder, &file)
            .with_context(|| format!("cannot make the server's secret in the state folder `{}`", folder.display()))?;
        let secret = read(&file)?;
        // The ledger knows from now on that there is one, whoever publishes to it.
        state.ledger.with(async |store| store.record_secret(&secret.fingerprint()).await)?;
        return Ok(secret);
    }
    read(&file)
}

fn read(file: &Path) -> anyhow::Result<Secret> {
    let octets = fs::read(file).with_context(|| format!("cannot read the secret file `{}`", file.display()))?;
    if fs::metadata(file)?.permissions().mode() & 0o077 != 0 {
        tell(&format!("convene: others can read the secret file `{}`: `chmod 600` it\n", file.display()));
    }
    let line = octets.strip_suffix(b"\n").unwrap_or(&octets);
    match Secret::from_bytes(line.strip_suffix(b"\r").unwrap_or(line)) {
        Some(secret) => Ok(secret),
        None => bail!(
            "the secret file `{}` is too short: expected at least {} octets. A line of random characters will do",
            file.display(),
            Secret::MIN_BYTES
        ),
    }
}

/// Writes a new secret beside its place and links it there: two that start at once end up with one secret, whole.
fn make(folder: &Path, file: &Path) -> anyhow::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut octets = [0; 40];
    getrandom::fill(&mut octets).context("the system gives no random octets")?;
    let (secret, name) = octets.split_at(32);
    // A name that nobody else takes: in containers every process has the same number.
    let draft = folder.join(format!("secret.{}", to_hex(name)));
    let mut writer = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    writer.write_all(to_hex(secret).as_bytes())?;
    writer.sync_all()?;
    let linked = fs::hard_link(&draft, file);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}
