//! Stores delegates in parts, so that neither an edit of one nor reading all of them needs memory for very many at a
//! time.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::Transaction;
use super::error::Cause;
use super::read::json_of;
use super::write::to_json;
use crate::timetable::{Delegate, PackedDelegates};

/// The number of a part of the delegates.
type PartNumber = u8;

/// Returns the part that a delegate belongs to.
fn part_of(id: &str) -> PartNumber {
    Sha256::digest(id.as_bytes())[0]
}

/// Returns the path of a part in the table `private_parts`.
fn path(part: PartNumber) -> String {
    format!("delegates/{part:02x}")
}

/// Returns the number of the part with a path.
fn part_at(path: &str) -> Result<PartNumber, Cause> {
    let number = path.strip_prefix("delegates/").and_then(|number| PartNumber::from_str_radix(number, 16).ok());
    number.ok_or_else(|| Cause::Content(format!("`{path}` in the table `private_parts`")))
}

/// Delegates with the part that each belongs to.
struct PartitionedDelegates<'d> {
    delegates: &'d PackedDelegates,
    parts: Vec<PartNumber>,
}

impl<'d> PartitionedDelegates<'d> {
    fn new(delegates: &'d PackedDelegates) -> Self {
        let ids = (0..delegates.len()).filter_map(|number| delegates.id(number));
        Self { delegates, parts: ids.map(part_of).collect() }
    }

    /// Returns the delegates of a part.
    fn part(&self, part: PartNumber) -> Vec<Delegate> {
        let numbers = self.parts.iter().enumerate().filter(|(_, of)| **of == part).map(|(number, _)| number);
        numbers.filter_map(|number| self.delegates.get(number)).collect()
    }
}

/// Writes the parts that have changed, as those of a release.
pub(super) async fn write(
    tx: &mut Transaction,
    release: i64,
    before: &PackedDelegates,
    after: &PackedDelegates,
) -> Result<(), Cause> {
    let (before, after) = (PartitionedDelegates::new(before), PartitionedDelegates::new(after));
    for part in PartNumber::MIN..=PartNumber::MAX {
        let now = after.part(part);
        if now != before.part(part) {
            write_part(tx, release, part, &now).await?;
        }
    }
    Ok(())
}

async fn write_part(tx: &mut Transaction, release: i64, part: PartNumber, delegates: &[Delegate]) -> Result<(), Cause> {
    let query = "INSERT INTO private_parts (path, release, content) VALUES ($1, $2, $3) ON CONFLICT (path) \
                 DO UPDATE SET release = excluded.release, content = excluded.content";
    let content = to_json(delegates);
    sqlx::query(query).bind(path(part)).bind(release).bind(content).execute(&mut **tx).await?;
    Ok(())
}

/// Reads the delegates of the latest release. Those of an earlier one are known.
pub(super) async fn read(
    tx: &mut Transaction,
    known: Arc<PackedDelegates>,
    since: i64,
) -> Result<Arc<PackedDelegates>, Cause> {
    let mut all = PackedDelegates::default();
    let mut read = BTreeSet::new();
    let query = "SELECT path, content FROM private_parts WHERE release > $1";
    let mut rows = sqlx::query(query).bind(since).fetch(&mut **tx);
    while let Some(row) = rows.try_next().await? {
        read.insert(part_at(row.try_get(0)?)?);
        let part: Vec<Delegate> = json_of(&row, 1, "private_parts")?;
        for delegate in &part {
            all.push(delegate);
        }
    }
    if read.is_empty() {
        return Ok(known);
    }
    let is_kept = |number: &usize| known.id(*number).is_some_and(|id| !read.contains(&part_of(id)));
    let kept = (0..known.len()).filter(is_kept).filter_map(|number| known.get(number));
    for delegate in kept {
        all.push(&delegate);
    }
    Ok(Arc::new(all.sorted().0))
}

/// Splits delegates that an older version of convene stored in one piece.
pub(super) async fn put_into_parts(tx: &mut Transaction) -> Result<(), Cause> {
    let query = "SELECT release, content FROM private_parts WHERE path = 'delegates'";
    let Some(row) = sqlx::query(query).fetch_optional(&mut **tx).await? else { return Ok(()) };
    let delegates: Vec<Delegate> = json_of(&row, 1, "private_parts")?;
    let delegates: PackedDelegates = delegates.into_iter().collect();
    let (release, parted) = (row.try_get(0)?, PartitionedDelegates::new(&delegates));
    // All of them, because an even newer version may have left some here.
    for part in PartNumber::MIN..=PartNumber::MAX {
        write_part(tx, release, part, &parted.part(part)).await?;
    }
    sqlx::query("DELETE FROM private_parts WHERE path = 'delegates'").execute(&mut **tx).await?;
    Ok(())
}
