//! The files of definitions that releases have, as they were.

use std::collections::BTreeMap;

use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use super::Transaction;
use super::error::Cause;
use crate::definition::DefinitionFile;

/// Returns the public definitions of a release, by path.
pub(super) async fn definitions(pool: &AnyPool, release: u32) -> Result<Vec<DefinitionFile>, Cause> {
    let query = "SELECT number FROM releases WHERE number = $1";
    if sqlx::query(query).bind(i64::from(release)).fetch_optional(pool).await?.is_none() {
        return Err(Cause::NoRelease(release));
    }
    let mut files = BTreeMap::new();
    let query = "SELECT path, content FROM definitions WHERE first <= $1 AND (last IS NULL OR last >= $1)";
    for row in sqlx::query(query).bind(i64::from(release)).fetch_all(pool).await? {
        let content: String = row.try_get(1)?;
        files.insert(row.try_get::<String, _>(0)?, content);
    }
    Ok(files.into_iter().map(|(path, content)| DefinitionFile::new(path, content)).collect())
}

/// Returns the paths of files that no release has as they are.
pub(super) async fn files_of_no_release(pool: &AnyPool, files: &[DefinitionFile]) -> Result<Vec<String>, Cause> {
    let mut paths = Vec::new();
    let query = "SELECT path FROM definitions WHERE path = $1 AND content = $2";
    for file in files {
        let content = file.bytes().ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
        let is_known = match content {
            Some(content) => {
                sqlx::query(query).bind(file.path.clone()).bind(content).fetch_optional(pool).await?.is_some()
            }
            None => false,
        };
        if !is_known {
            paths.push(file.path.clone());
        }
    }
    Ok(paths)
}

/// Returns the private definitions of the latest release.
pub(super) async fn private_definitions(tx: &mut Transaction) -> Result<Vec<DefinitionFile>, Cause> {
    let query = "SELECT path, content FROM private_definitions WHERE last IS NULL ORDER BY path";
    let rows = sqlx::query(query).fetch_all(&mut **tx).await?;
    let file = |row: &AnyRow| Ok(DefinitionFile::new(row.try_get::<String, _>(0)?, row.try_get::<String, _>(1)?));
    rows.iter().map(file).collect()
}
