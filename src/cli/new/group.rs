//! `convene new group`: writes the file of a study group, with every key explained.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::{id, with, write};
use crate::cli::CommandOutcome;
use crate::definition::DefinitionFile;
use crate::id::{BodyName, Id};

/// Options of `convene new group`.
#[derive(Args, Clone)]
pub(super) struct Options {
    /// First part of its addresses, and name of its folder: sg9
    #[arg(value_parser = id)]
    id: Id,
    /// Folder of definitions
    #[arg(env = "CONVENE_MEETINGS", hide_env_values = true, default_value = "meetings")]
    meetings: PathBuf,
    /// Prefix of its titles: SG9 [default: the id in capitals]
    #[arg(long)]
    short: Option<String>,
    /// Its full name
    #[arg(long)]
    name: Option<String>,
    /// The IANA time zone of its meetings
    #[arg(long, default_value = "UTC")]
    zone: String,
    /// Its languages: en,fr. The others fall back to the first
    #[arg(long, value_delimiter = ',', default_value = "en")]
    languages: Vec<String>,
    /// Part of every UID; do not change it once feeds are served [default: made from the id]
    #[arg(long)]
    uid_domain: Option<String>,
}

pub(super) fn run(options: &Options) -> anyhow::Result<CommandOutcome> {
    fs::create_dir_all(&options.meetings)
        .with_context(|| format!("cannot make the folder `{}`", options.meetings.display()))?;
    let file = DefinitionFile::new(format!("{}/group.yaml", options.id), text(options));
    if with(&options.meetings, file.clone())?.is_none() {
        return Ok(CommandOutcome::Problems);
    }
    write(&options.meetings, &file)?;
    Ok(CommandOutcome::Good)
}

/// Quotes a text as YAML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn text(options: &Options) -> String {
    let capitals = options.id.as_str().replace('-', "").to_uppercase();
    let short = options.short.clone().or_else(|| BodyName::parse(&capitals).map(|name| name.to_string()));
    let short = short.unwrap_or_else(|| "SG1".to_owned());
    let number = short.trim_start_matches(|letter: char| letter.is_alphabetic());
    let name = options
        .name
        .clone()
        .unwrap_or_else(|| if number.is_empty() { short.clone() } else { format!("Study group {number}") });
    let domain = options.uid_domain.clone().unwrap_or_else(|| format!("{}.example", options.id));
    format!(
        "\
# yaml-language-server: $schema=../group.schema.json
# {short}: what holds for all of its meetings. Every key is explained in docs/definitions.md; `convene check` reads
# everything and reports every mistake at once.
#
# A text is written once for all readers, or once per language: {{en: …, fr: …}}.

{short_line:<37}# stands before the title of every entry
{suffix_line:<37}# WP1 is shown as WP1/{shown}
name: {name}
# homepage: https://www.example.org/
# contact: secretariat@example.org
{zone_line:<37}# the IANA name of the zone on whose clocks it meets
{languages_line:<37}# the first is the one that the others fall back to
{domain_line:<37}# part of the identity of every entry: choose it once, then keep it

# The usual half-days. Hours that no document announces are taken from here, and readers are told so.
hours:
  morning: 09:30-12:30
  afternoon: 14:30-17:30

# Where it meets. A venue in another zone says so: zone: Asia/Tokyo
# venues:
#   hq: {{name: Headquarters, address: \"1 Long Street, Geneva\", place: Geneva, geo: [46.2217, 6.1372]}}

# Its bodies. A Question that stands in no working party reports to the plenary.
# working-parties:
#   WP1: {{name: First working party, questions: [Q2]}}
# questions:
#   Q1: {{name: Coordination}}
#   Q2: {{name: Methods}}

# Any other structure, as deep as it is. Pages use the words of its kinds.
# kinds:
#   committee: {{one: Committee, many: Committees}}
# bodies:
#   SC 1: {{name: First committee, kind: committee}}
#   TG 6/7: {{name: Methods, under: SC 1}}

# Kinds of delegate that a session or a deadline may be meant for.
# audiences:
#   management: {{name: management team}}

# What every meeting inherits. A meeting puts the date that its letter prints beside it (`printed`).
deadlines:
  registration: {{title: Registration, due: 1 month before}}
  contributions: {{title: Contributions, due: 12 days before}}
",
        short_line = format!("short: {short}"),
        suffix_line = if number.is_empty() { "# suffix: /12".to_owned() } else { format!("suffix: /{number}") },
        shown = if number.is_empty() { "12" } else { number },
        zone_line = format!("timezone: {}", options.zone),
        languages_line = format!("languages: [{}]", options.languages.join(", ")),
        domain_line = format!("uid-domain: {domain}"),
        name = quoted(&name),
    )
}
