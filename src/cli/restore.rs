//! `convene restore`: writes the files of a release into the folder of definitions.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::Args;

use super::folder::read_files;
use super::{CommandOutcome, FolderOptions, LedgerOptions, say, tell};
use crate::definition::DefinitionFile;

/// Options of `convene restore`.
#[derive(Args, Clone)]
pub(super) struct Options {
    /// Number of the release whose files are written
    release: u32,
    #[command(flatten)]
    folder: FolderOptions,
    #[command(flatten)]
    ledger: LedgerOptions,
    /// Write over edits that no release has, too
    #[arg(long)]
    force: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    let folder = &options.folder.meetings;
    // The whole folder may be lost.
    let current = if folder.exists() { read_files(folder)? } else { Vec::new() };
    let current: Vec<DefinitionFile> = current.into_iter().filter(|file| !file.is_private()).collect();
    let (restored, edited) = options.ledger.with(async |store| {
        let restored = store.definitions(options.release).await?;
        let edited = store.files_of_no_release(&current).await?;
        Ok((restored, edited))
    })?;
    if !edited.is_empty() && !options.force {
        let list: Vec<String> = edited.iter().map(|path| format!("  {}", folder.join(path).display())).collect();
        tell(&format!(
            "nothing was written: these files have edits that no release has, and would be lost:\n{}\n\
             Publish them, move them away, or write over them with `--force`\n",
            list.join("\n")
        ));
        return Ok(CommandOutcome::Problems);
    }
    let known: BTreeMap<&str, &DefinitionFile> = current.iter().map(|file| (file.path.as_str(), file)).collect();
    let mut changed = 0;
    for file in &restored {
        if known.get(file.path.as_str()).is_some_and(|known| known.digest() == file.digest()) {
            continue;
        }
        let bytes =
            file.bytes().with_context(|| format!("cannot read `{}` of release {}", file.path, options.release))?;
        write(&folder.join(&file.path), &bytes)?;
        say(&format!("wrote {}", folder.join(&file.path).display()))?;
        changed += 1;
    }
    for file in current.iter().filter(|file| restored.iter().all(|known| known.path != file.path)) {
        let path = folder.join(&file.path);
        fs::remove_file(&path).with_context(|| format!("cannot remove `{}`", path.display()))?;
        say(&format!("removed {}", path.display()))?;
        changed += 1;
    }
    say(&match changed {
        0 => format!("the folder has the files of release {} already", options.release),
        _ => format!("the folder has the files of release {} now; `delegates.yaml` stays as it is", options.release),
    })?;
    Ok(CommandOutcome::Good)
}

/// Writes a file as a whole: whoever reads it meanwhile finds the old one or the new one.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let written = || format!("cannot write `{}`", path.display());
    let parent = path.parent().with_context(written)?;
    fs::create_dir_all(parent).with_context(written)?;
    // A name that is no definition, for readers of the folder in between.
    let draft = path.with_extension("yaml.convene-restore");
    fs::write(&draft, bytes).with_context(written)?;
    fs::rename(&draft, path).with_context(written)
}
