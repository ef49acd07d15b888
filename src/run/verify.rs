//! [`verify`]: is an output folder what its manifest says?
//!
//! Every file is hashed and every table counted. Writes nothing.

use super::manifest::{self, MANIFEST};
use crate::tables::reader::scan;
use crate::tables::schema::tables;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files looked at.
    pub files: u64,
    /// Rows counted.
    pub rows: u64,
    /// One line for everything that is not as it should be.
    pub problems: Vec<String>,
}

/// Compares the files of `out` with its manifest. None when there is no manifest that can be read.
pub fn verify(out: &Path) -> Option<Verified> {
    let manifest = manifest::read(out)?;
    let mut found = Verified::default();
    if super::commit::is_pending(out) {
        found.problems.push("a commit was cut off; the next run finishes it".to_owned());
    }
    let mut expected: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, entry) in &manifest.files {
        found.files += 1;
        if !super::commit::is_below(name) {
            found.problems.push(format!("{MANIFEST} names {name:?}, which is not in the folder"));
            continue;
        }
        match digest(&out.join(name)) {
            Ok((bytes, sha256)) if bytes == entry.bytes && sha256 == entry.sha256 => {}
            Ok((bytes, _)) if bytes != entry.bytes => {
                found.problems.push(format!("{name} has {bytes} bytes instead of {}", entry.bytes));
            }
            Ok(_) => found.problems.push(format!("{name} was changed: its SHA-256 is another")),
            Err(error) => found.problems.push(format!("cannot read {name}: {error}")),
        }
        if let (Some(rows), Some((table, _))) =
            (entry.rows, name.split_once('/').filter(|(folder, _)| *folder != "csv"))
        {
            *expected.entry(table).or_default() += rows;
        } else if let (Some(rows), Some(table)) =
            (entry.rows, name.strip_prefix("csv/").and_then(|n| n.strip_suffix(".csv")))
        {
            // Parquet is what is read back where there are both.
            if !manifest.files.keys().any(|other| other.starts_with(&format!("{table}/"))) {
                expected.insert(table, rows);
            }
        }
    }
    for table in tables() {
        let Some(&expected) = expected.get(table.name) else { continue };
        let mut rows = 0;
        match scan(out, table, &table.key[..1], &mut |_| rows += 1) {
            Ok(()) if rows == expected => found.rows += rows,
            Ok(()) => found.problems.push(format!("{} has {rows} rows instead of {expected}", table.name)),
            Err(error) => found.problems.push(error.to_string()),
        }
    }
    Some(found)
}

fn digest(path: &Path) -> io::Result<(u64, String)> {
    let mut sha256 = Sha256::new();
    let bytes = io::copy(&mut File::open(path)?, &mut sha256)?;
    Ok((bytes, format!("{:x}", sha256.finalize())))
}
