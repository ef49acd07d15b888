//! One run at a time on one output folder.
//!
//! The lock is the operating system's (`flock`), not the presence of a file: it ends with the process that holds it,
//! so a run that was killed leaves nothing to clean up. The file says who holds it, for the message to the second.

use super::error::RunError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

/// Held as long as it lives.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of output folder `out`, kept in `folder`, which must exist.
    ///
    /// # Errors
    /// [`RunError::Locked`] when another run holds it.
    pub(crate) fn take(out: &Path, folder: &Path) -> Result<Self, RunError> {
        let path = folder.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(RunError::create("open", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                let _ = file.read_to_string(&mut owner);
                return Err(RunError::Locked { out: out.to_owned(), owner: owner.trim().to_owned() });
            }
            Err(TryLockError::Error(source)) => return Err(RunError::create("lock", &path)(source)),
        }
        // Who holds it is a courtesy: a disk too full for one line is found out soon enough.
        let started = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let _ = file.set_len(0).and_then(|()| file.rewind());
        let _ = writeln!(file, "process {} since {started}", std::process::id());
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_run_is_told_who_is_first() {
        let dir = tempfile::tempdir().unwrap();
        let first = Lock::take(dir.path(), dir.path()).unwrap();
        let refused = Lock::take(dir.path(), dir.path()).unwrap_err();
        assert_eq!(refused.exit_code(), 75);
        assert!(refused.to_string().contains(&format!("process {}", std::process::id())), "{refused}");
        drop(first);
        assert!(Lock::take(dir.path(), dir.path()).is_ok());
    }
}
