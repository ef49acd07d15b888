//! Files being written: bytes are counted and hashed on their way, so that no file is read again for the manifest.

use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes gathered before they are hashed and written.
const BUFFER: usize = 256 << 10;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInfo {
    /// Path within the output folder, `/`-separated.
    pub path: String,
    /// Table it holds, unless it describes the tables.
    pub table: Option<&'static str>,
    /// `parquet`, `csv`, `json` or `md`.
    pub format: &'static str,
    /// Number of rows, without the header.
    pub rows: u64,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
}

/// A table that could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// A folder could not be made.
    #[error("cannot make folder {}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file could not be created.
    #[error("cannot create {}", path.display())]
    Create {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why; its kind says whether the disk is full.
        source: io::Error,
    },
}

impl TableError {
    /// Why, as the system says it.
    pub fn io(&self) -> &io::Error {
        match self {
            Self::Folder { source, .. } | Self::Create { source, .. } | Self::Write { source, .. } => source,
        }
    }
}

/// A file being written. Clones write to the same file: Parquet writers take theirs and do not give it back.
#[derive(Debug, Clone)]
pub(super) struct Output {
    file: Arc<Mutex<BufWriter<HashedFile>>>,
    path: PathBuf,
}

#[derive(Debug)]
struct HashedFile {
    file: File,
    sha256: Sha256,
    bytes: u64,
    /// System code of the first failed write. Polars turns I/O errors into text, and a full disk must stay known as one.
    failed: Option<i32>,
}

impl Write for HashedFile {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let n = match self.file.write(buf) {
            Ok(n) => n,
            Err(error) => {
                if error.kind() != io::ErrorKind::Interrupted {
                    self.failed = self.failed.or(error.raw_os_error());
                }
                return Err(error);
            }
        };
        self.sha256.update(&buf[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Output {
    /// Creates `path` and the folder it is in.
    pub(super) fn create(path: PathBuf) -> Result<Self, TableError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|source| TableError::Folder { path: folder.to_owned(), source })?;
        }
        let file = File::create(&path).map_err(|source| TableError::Create { path: path.clone(), source })?;
        let file = BufWriter::with_capacity(BUFFER, HashedFile { file, sha256: Sha256::new(), bytes: 0, failed: None });
        Ok(Self { file: Arc::new(Mutex::new(file)), path })
    }

    fn lock(&self) -> MutexGuard<'_, BufWriter<HashedFile>> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The error of a failed write to this file: what the system said, if it said anything, else `source`.
    pub(super) fn error(&self, source: io::Error) -> TableError {
        let failed = self.lock().get_ref().failed;
        let source = failed.map_or(source, io::Error::from_raw_os_error);
        TableError::Write { path: self.path.clone(), source }
    }

    /// Writes what is left and says what the file is.
    pub(super) fn finish(
        &self,
        root: &Path,
        table: Option<&'static str>,
        format: &'static str,
        rows: u64,
    ) -> Result<FileInfo, TableError> {
        let flushed = self.lock().flush();
        flushed.map_err(|source| self.error(source))?;
        let file = self.lock();
        let file = file.get_ref();
        let path = self.path.strip_prefix(root).unwrap_or(&self.path);
        let path: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        let sha256 = crate::text::hex(&file.sha256.clone().finalize());
        Ok(FileInfo { path: path.join("/"), table, format, rows, bytes: file.bytes, sha256 })
    }
}

impl Write for Output {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.lock().write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lock().flush()
    }
}
