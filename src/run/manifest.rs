//! `manifest.json`: every file of an output folder with its SHA-256, so that a copy can be checked and a half-copied
//! folder is recognised. It is the last file a commit moves.

use super::error::RunError;
use crate::tables::FileInfo;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Its name.
pub(crate) const MANIFEST: &str = "manifest.json";

/// Version of the file's own layout. A reader refuses a larger one.
const VERSION: u32 = 1;

/// The files of an output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this layout.
    pub manifest_version: u32,
    /// By path below the folder, `/`-separated.
    pub files: BTreeMap<String, FileEntry>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its length.
    pub bytes: u64,
    /// Of its bytes, lower-case hex.
    pub sha256: String,
    /// Number of its rows, when it holds a table.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rows: Option<u64>,
}

impl Manifest {
    /// Of files that were hashed while they were written.
    pub(crate) fn of<'f>(files: impl IntoIterator<Item = &'f FileInfo>) -> Self {
        let entry = |file: &FileInfo| {
            let rows = file.table.map(|_| file.rows);
            (file.path.clone(), FileEntry { bytes: file.bytes, sha256: file.sha256.clone(), rows })
        };
        Self { manifest_version: VERSION, files: files.into_iter().map(entry).collect() }
    }

    /// Writes a file of text below `dir` and adds it.
    pub(crate) fn add_text(&mut self, dir: &Path, name: &str, text: &str) -> Result<(), RunError> {
        let path = dir.join(name);
        fs::write(&path, text).map_err(RunError::write("write", &path))?;
        let sha256 = format!("{:x}", Sha256::digest(text));
        self.files.insert(name.to_owned(), FileEntry { bytes: text.len() as u64, sha256, rows: None });
        Ok(())
    }

    /// Writes the manifest itself into `dir`.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), RunError> {
        let path = dir.join(MANIFEST);
        let text = serde_json::to_string_pretty(self).unwrap_or_else(|_| unreachable!("strings and numbers are JSON"));
        fs::write(&path, text + "\n").map_err(RunError::write("write", &path))
    }
}

/// The manifest of an output folder, if there is one that can be read.
pub(crate) fn read(out: &Path) -> Option<Manifest> {
    serde_json::from_slice(&fs::read(out.join(MANIFEST)).ok()?).ok()
}

/// All files and folders below `dir`, sorted.
pub(crate) fn files_below(dir: &Path) -> Result<Vec<PathBuf>, RunError> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(RunError::write("list", &folder))?;
        for entry in entries {
            let path = entry.map_err(RunError::write("list", &folder))?.path();
            if path.is_dir() {
                folders.push(path.clone());
            }
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
