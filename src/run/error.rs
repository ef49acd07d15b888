//! [`RunError`]: why a run ended without new tables.
//!
//! Every error says what was being done and to which file. Each belongs to one sysexits code, because schedulers
//! (cron, systemd, Airflow, Slurm) decide by the code whether to try again, to page somebody or to go on.

use crate::lexicon::LexiconError;
use crate::nlp::ModelError;
use crate::read::ReadError;
use crate::tables::TableError;
use crate::tables::reader::ReadTableError;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why a run ended without new tables. The old output is intact in every case.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// What was asked to be read is not there, or the settings do not fit it.
    #[error(transparent)]
    Input(#[from] ReadError),
    /// The output folder or its working files cannot be made.
    #[error("cannot {doing} {}", path.display())]
    CannotCreate {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Writing failed part-way: the disk is full, or broken.
    #[error("cannot {doing} {}", path.display())]
    Write {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The writers of the tables failed.
    #[error(transparent)]
    Tables(#[from] TableError),
    /// The tables that were just written cannot be read back.
    #[error(transparent)]
    ReadBack(#[from] ReadTableError),
    /// Another run is at work on the same output.
    #[error("another run is writing to {}{}", out.display(), in_brackets(.owner))]
    Locked {
        /// The output folder.
        out: PathBuf,
        /// What that run wrote about itself.
        owner: String,
    },
    /// A lexicon that cannot be used.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A model that cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Stopped by a signal, before anything was committed.
    #[error("interrupted; nothing was written to {}", .out.display())]
    Interrupted {
        /// Its number.
        signal: i32,
        /// The output folder.
        out: PathBuf,
    },
}

fn in_brackets(owner: &str) -> String {
    if owner.is_empty() { String::new() } else { format!(" ({owner})") }
}

impl RunError {
    /// The sysexits code.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input(ReadError::Missing(_)) => exit::NO_INPUT,
            Self::Input(_) | Self::Lexicon(_) | Self::Model(_) => exit::SETTINGS,
            Self::CannotCreate { source, .. } if is_full(source) => exit::IO,
            Self::CannotCreate { .. } => exit::CANNOT_CREATE,
            Self::Write { .. } | Self::Tables(_) | Self::ReadBack(_) => exit::IO,
            Self::Locked { .. } => exit::TRY_AGAIN,
            Self::Interrupted { signal, .. } => 128 + u8::try_from(*signal).unwrap_or(0),
        }
    }

    /// For `map_err` where a file or folder of the output is made.
    pub(crate) fn create(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::CannotCreate { doing, path, source }
    }

    /// For `map_err` where one is filled, moved or removed.
    pub(crate) fn write(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Write { doing, path, source }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
}

/// The exit codes, by the names of `sysexits.h`.
pub mod exit {
    /// Finished.
    pub const OK: u8 = 0;
    /// `EX_USAGE`: a flag that does not exist, or cannot have this value.
    pub const USAGE: u8 = 64;
    /// `EX_DATAERR`: finished and written, with more rejects than allowed.
    pub const TOO_MANY_REJECTS: u8 = 65;
    /// `EX_NOINPUT`: a path is not there.
    pub const NO_INPUT: u8 = 66;
    /// `EX_SOFTWARE`: a bug of ours.
    pub const BUG: u8 = 70;
    /// `EX_CANTCREAT`: the output cannot be made.
    pub const CANNOT_CREATE: u8 = 73;
    /// `EX_IOERR`: the disk is full or broken.
    pub const IO: u8 = 74;
    /// `EX_TEMPFAIL`: another run holds the lock.
    pub const TRY_AGAIN: u8 = 75;
    /// `EX_CONFIG`: `tidings.toml` or a lexicon cannot be used.
    pub const SETTINGS: u8 = 78;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_an_io_error_wherever_it_strikes() {
        let full = || io::Error::from(ErrorKind::StorageFull);
        assert_eq!(RunError::create("create", Path::new("out"))(full()).exit_code(), exit::IO);
        assert_eq!(RunError::write("write", Path::new("out"))(full()).exit_code(), exit::IO);
        let denied = io::Error::from(ErrorKind::PermissionDenied);
        assert_eq!(RunError::create("create", Path::new("out"))(denied).exit_code(), exit::CANNOT_CREATE);
    }

    #[test]
    fn signals_are_reported_as_shells_do() {
        let stopped = |signal| RunError::Interrupted { signal, out: "out".into() }.exit_code();
        assert_eq!((stopped(2), stopped(15)), (130, 143));
    }
}
