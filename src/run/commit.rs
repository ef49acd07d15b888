//! From a staging folder to the output folder, all or nothing.
//!
//! Everything is written below `OUT/.tidings/staging`, on the same file system as the output. The commit makes it
//! durable, then writes the list of what is to be moved (`OUT/.tidings/commit.json`): from that instant the new
//! output exists, and whoever comes next finishes the moves. Before that instant the old output is untouched.
//! Files of the old output that the new one does not have are removed, but only those that its manifest names:
//! a person's own notes in the folder stay.

use super::error::RunError;
use super::manifest::{self, MANIFEST, Manifest};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Folder inside the output for what is not output: lock, staging, and later the ledger.
pub(crate) const HOME: &str = ".tidings";
const STAGING: &str = "staging";
const COMMIT: &str = "commit.json";

/// Where a run writes until it commits.
#[derive(Debug)]
pub(crate) struct Staging {
    out: PathBuf,
    home: PathBuf,
    dir: PathBuf,
}

/// What a commit moves and removes, as paths below the output folder.
#[derive(Debug, Serialize, Deserialize)]
struct Plan {
    moves: Vec<String>,
    removes: Vec<String>,
}

/// Makes the output folder and the hidden folder in it.
pub(crate) fn make_home(out: &Path) -> Result<PathBuf, RunError> {
    let home = out.join(HOME);
    fs::create_dir_all(&home).map_err(RunError::create("create the output folder", out))?;
    Ok(home)
}

/// Was a commit cut off half-way in this output folder?
pub(super) fn is_pending(out: &Path) -> bool {
    out.join(HOME).join(COMMIT).exists()
}

impl Staging {
    /// An empty staging folder. Finishes what an interrupted commit left to do, or drops what an interrupted run
    /// left lying. The caller holds the lock.
    pub(crate) fn open(out: &Path, home: &Path) -> Result<Self, RunError> {
        let staging = Self { out: out.to_owned(), home: home.to_owned(), dir: home.join(STAGING) };
        if let Some(plan) = staging.read_plan()? {
            staging.carry_out(&plan)?;
        }
        staging.clear()?;
        fs::create_dir_all(&staging.dir).map_err(RunError::create("create", &staging.dir))?;
        Ok(staging)
    }

    /// Where to write.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Makes what was staged, as the manifest lists it, the output.
    pub(crate) fn commit(self, manifest: &Manifest) -> Result<(), RunError> {
        let moves: Vec<String> = manifest.files.keys().cloned().chain([MANIFEST.to_owned()]).collect();
        sync_tree(&self.dir)?;

        let kept: BTreeSet<&String> = moves.iter().collect();
        let old = manifest::read(&self.out).unwrap_or_default();
        let removes = old.files.into_keys().filter(|f| !kept.contains(f) && is_below(f)).collect();
        let plan = Plan { moves, removes };
        self.write_plan(&plan)?;

        self.carry_out(&plan)?;
        self.clear()
    }

    fn plan_path(&self) -> PathBuf {
        self.home.join(COMMIT)
    }

    fn read_plan(&self) -> Result<Option<Plan>, RunError> {
        let path = self.plan_path();
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(RunError::write("read", &path)(error)),
        };
        // It was renamed into place after it was synced, so it is whole, or not ours.
        serde_json::from_slice(&text).map(Some).map_err(|e| RunError::write("read", &path)(e.into()))
    }

    fn write_plan(&self, plan: &Plan) -> Result<(), RunError> {
        let (path, partial) = (self.plan_path(), self.home.join("commit.partial"));
        let text = serde_json::to_vec(plan).unwrap_or_else(|_| unreachable!("strings are JSON"));
        fs::write(&partial, text).map_err(RunError::write("write", &partial))?;
        sync(&partial)?;
        fs::rename(&partial, &path).map_err(RunError::write("rename", &partial))?;
        sync(&self.home)
    }

    /// Moves and removes. Can be repeated from any point at which it was cut off.
    fn carry_out(&self, plan: &Plan) -> Result<(), RunError> {
        let mut touched = BTreeSet::from([self.out.clone()]);
        for file in plan.moves.iter().filter(|f| is_below(f)) {
            let (from, to) = (self.dir.join(file), self.out.join(file));
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent).map_err(RunError::create("create", parent))?;
                touched.extend(parent.ancestors().take_while(|a| a.starts_with(&self.out)).map(Path::to_owned));
            }
            match fs::rename(&from, &to) {
                Err(error) if error.kind() == ErrorKind::NotFound && to.exists() => {}
                moved => moved.map_err(RunError::write("move a file to", &to))?,
            }
        }
        for file in plan.removes.iter().filter(|f| is_below(f)) {
            let path = self.out.join(file);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(RunError::write("remove the outdated", &path)(error));
                }
                _ => {}
            }
            // A folder goes with its last file; one that still holds something stays.
            for folder in path.ancestors().skip(1).take_while(|a| a.starts_with(&self.out) && *a != self.out) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
                touched.remove(folder);
            }
        }
        for folder in &touched {
            sync(folder)?;
        }
        let path = self.plan_path();
        fs::remove_file(&path).map_err(RunError::write("remove", &path))
    }

    fn clear(&self) -> Result<(), RunError> {
        match fs::remove_dir_all(&self.dir) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(RunError::write("clear", &self.dir)(error)),
            _ => Ok(()),
        }
    }
}

/// A manifest is a file that anybody may have edited: it must not name files outside the output folder.
pub(super) fn is_below(file: &str) -> bool {
    use std::path::Component;
    !file.is_empty() && Path::new(file).components().all(|c| matches!(c, Component::Normal(_)))
}

fn sync(path: &Path) -> Result<(), RunError> {
    File::open(path).and_then(|f| f.sync_all()).map_err(RunError::write("make durable", path))
}

fn sync_tree(dir: &Path) -> Result<(), RunError> {
    for path in manifest::files_below(dir)? {
        sync(&path)?;
    }
    sync(dir)
}

/// A run that ends without a commit, by an error or by a bug, gives up what it staged; the old output stays. A commit
/// that was cut off keeps it: the next run finishes the moves.
impl Drop for Staging {
    fn drop(&mut self) {
        if !self.plan_path().exists() {
            // The error that led here is the one to report; a disk too broken to clean up is cleaned up by the next run.
            let _ = self.clear();
        }
    }
}

#[cfg(test)]
mod tests;
