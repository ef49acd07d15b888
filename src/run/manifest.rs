//! `manifest.json`: every file of an output folder with its SHA-256, so that a copy can be checked and a half-copied
//! folder is recognised. It is the last file a commit moves.

use super::error::RunError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
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
}

impl Manifest {
    /// Of everything below `dir`.
    pub(crate) fn of(dir: &Path) -> Result<Self, RunError> {
        let mut files = BTreeMap::new();
        for path in files_below(dir)?.into_iter().filter(|p| p.is_file()) {
            let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if name != MANIFEST {
                files.insert(name, entry(&path).map_err(RunError::write("read back", &path))?);
            }
        }
        Ok(Self { manifest_version: VERSION, files })
    }

    /// Writes it into `dir`.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), RunError> {
        let path = dir.join(MANIFEST);
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_else(|_| unreachable!("strings and numbers are JSON"));
        text.push(b'\n');
        fs::write(&path, text).map_err(RunError::write("write", &path))
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

fn entry(path: &Path) -> io::Result<FileEntry> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(FileEntry { bytes, sha256: hex(&hasher.finalize()) });
        }
        hasher.update(&buffer[..n]);
        bytes += n as u64;
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
