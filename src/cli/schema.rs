//! `convene schema`: writes the JSON Schemas of the definitions, for editors.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::{CommandOutcome, FolderOptions, say};
use crate::definition::schemas;

pub(super) fn run(folder: &FolderOptions) -> anyhow::Result<CommandOutcome> {
    for name in write(&folder.meetings)? {
        say(&format!("{}", folder.meetings.join(name).display()))?;
    }
    Ok(CommandOutcome::Good)
}

/// Writes the schemas that are missing or outdated. Returns the names of all.
pub(super) fn write(folder: &Path) -> anyhow::Result<Vec<&'static str>> {
    let mut names = Vec::new();
    for (name, schema) in schemas() {
        let file = folder.join(name);
        if fs::read_to_string(&file).ok().as_ref() != Some(&schema) {
            fs::write(&file, schema).with_context(|| format!("cannot write `{}`", file.display()))?;
        }
        names.push(name);
    }
    Ok(names)
}
