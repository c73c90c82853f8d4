//! The server's secret on disk: created on first use, readable by its owner only.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{StateOptions, tell};
use crate::private::{Secret, to_hex};

/// Returns the path of the secret in a state folder.
pub(super) fn in_folder(state: &Path) -> PathBuf {
    state.join("secret")
}

/// Reads the secret from the given file, or from the state folder, where it is created if missing. If only one of
/// ledger and secret is there, the other was lost: nothing is created then, unless `--begin-anew` asks for it.
pub(super) fn secret(state: &StateOptions, begins_anew: bool) -> anyhow::Result<Secret> {
    if let Some(file) = &state.secret_file {
        return read(file);
    }
    if state.ledger.database.is_some() {
        bail!(
            "a ledger in PostgreSQL also needs `--secret-file FILE`, so that every machine gives delegates the same addresses"
        );
    }
    let folder = &state.ledger.state;
    let file = in_folder(folder);
    if !begins_anew {
        state.ledger.refuse_if_lost()?;
    }
    if !file.exists() {
        // Create the ledger before the secret, also if two processes start at once.
        let known = state.ledger.with(async |store| store.secret().await)?;
        // Another process that started at the same time may have created it meanwhile.
        if !known.is_empty() && !begins_anew && !file.exists() {
            bail!(
                "the secret `{}` is missing, but its ledger is there. Was the secret lost? Restore a backup: with another \
                 one, every delegate gets another private address. `convene serve --begin-anew` creates a new one",
                file.display()
            );
        }
        make(folder, &file)
            .with_context(|| format!("cannot create the server's secret in the state folder `{}`", folder.display()))?;
        let secret = read(&file)?;
        // Record in the ledger that there is a secret, whoever publishes to it.
        state.ledger.with(async |store| store.record_secret(&secret.fingerprint()).await)?;
        return Ok(secret);
    }
    read(&file)
}

fn read(file: &Path) -> anyhow::Result<Secret> {
    let bytes = fs::read(file).with_context(|| format!("cannot read the secret file `{}`", file.display()))?;
    if fs::metadata(file)?.permissions().mode() & 0o077 != 0 {
        tell(&format!("convene: others can read the secret file `{}`: `chmod 600` it\n", file.display()));
    }
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    match Secret::from_bytes(line.strip_suffix(b"\r").unwrap_or(line)) {
        Some(secret) => Ok(secret),
        None => bail!(
            "the secret file `{}` is too short: expected at least {} bytes. A line of random characters will do",
            file.display(),
            Secret::MIN_BYTES
        ),
    }
}

/// Writes a new secret to a temporary file and links it into place: two processes that start at once end up with the
/// same, complete secret.
fn make(folder: &Path, file: &Path) -> anyhow::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut bytes = [0; 40];
    getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
    let (secret, name) = bytes.split_at(32);
    // A random name: in containers, every process has the same id.
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
