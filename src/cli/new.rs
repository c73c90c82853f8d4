//! `convene new`: writes a commented definition that passes the check.

mod group;
mod meeting;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::folder::{FolderChecker, LoadedFolder};
use super::{CommandOutcome, colour, say, schema, tell};
use crate::definition::DefinitionFile;
use crate::id::Id;

/// The definition to write.
#[derive(Args, Clone)]
pub(super) struct Options {
    #[command(subcommand)]
    what: NewCommand,
}

#[derive(Subcommand, Clone)]
enum NewCommand {
    /// A study group: a folder with its group.yaml
    Group(group::Options),
    /// A meeting of a study group, with its days laid out and its deadlines computed
    Meeting(meeting::Options),
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    match &options.what {
        NewCommand::Group(options) => group::run(options),
        NewCommand::Meeting(options) => meeting::run(options),
    }
}

/// Parses an id.
fn id(text: &str) -> Result<Id, String> {
    Id::parse(text).ok_or_else(|| format!("expected {}, such as 2026-05-geneva", crate::id::ID_FORM))
}

/// Checks the definitions together with a new file. Returns `None` if they have errors, which are printed.
fn with(folder: &Path, file: DefinitionFile) -> anyhow::Result<Option<LoadedFolder>> {
    let mut checker = FolderChecker::new(folder);
    let mut files = checker.read(&BTreeSet::new())?;
    if files.iter().any(|known| known.path == file.path) {
        bail!("`{}` already exists, and was left as it is", folder.join(&file.path).display());
    }
    files.push(file);
    let loaded = checker.check(files)?;
    if loaded.timetable.is_none() {
        tell(&loaded.problems.report(colour()));
        tell("nothing was written: fix the errors above first\n");
        return Ok(None);
    }
    Ok(Some(loaded))
}

/// Writes a new file that was checked, and the schemas beside it.
fn write(folder: &Path, file: &DefinitionFile) -> anyhow::Result<()> {
    let path = folder.join(&file.path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
    }
    schema::write(folder)?;
    let mut writer = fs::File::create_new(&path).with_context(|| format!("cannot write `{}`", path.display()))?;
    writer.write_all(&file.bytes()?)?;
    say(&format!("{}", path.display()))
}
