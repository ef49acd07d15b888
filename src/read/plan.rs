//! Paths to units of work: folders walked, patterns expanded, everything in one fixed order.
//!
//! Only regular files are listed. Links are not followed, hidden files (`.x`, `~$x`, `x~`, `x.tmp`) are passed over;
//! both come out as skips. `.gitignore` plays no part: an archive is not a source tree.

use super::input::plan_reject;
use super::{ReadError, Reject, RejectReason};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What to read: the files, and what was found beside them that is no file to read.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files, sorted by the name shown, each once.
    pub units: Vec<Unit>,
    /// Folders that could not be listed, links, devices … ([`RejectReason::is_skip`] tells which are skips).
    pub rejects: Vec<Reject>,
}

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Where it is.
    pub path: PathBuf,
    /// The path as given joined with what was found below it, `/`-separated; bytes that are not UTF-8 and control
    /// characters are written `\xNN`.
    pub shown: String,
    /// Its length.
    pub bytes: u64,
}

/// How to list.
#[derive(Debug, Clone, Default)]
pub struct PlanOptions {
    /// A folder to leave out: the output folder when it is inside the input.
    pub exclude: Option<PathBuf>,
    /// Read hidden files as well.
    pub hidden: bool,
}

/// Lists the files at `paths`: files, folders (with everything below) and patterns (`news/**/*.txt`).
///
/// # Errors
/// [`ReadError::Missing`] for a path that does not exist, [`ReadError::Pattern`] for a pattern that is none.
pub fn plan(paths: &[PathBuf], options: &PlanOptions) -> Result<Plan, ReadError> {
    let mut plan = Plan::default();
    let exclude = options.exclude.as_ref().and_then(|p| p.canonicalize().ok());
    for path in paths {
        let walk = Walk { plan: &mut plan, hidden: options.hidden, exclude: exclude.as_deref(), glob: None };
        match std::fs::metadata(path) {
            Ok(_) => walk.top(path),
            Err(_) if is_pattern(path) => walk.pattern(path)?,
            // A link given by name that leads nowhere is a reject, not a typing error.
            Err(_) if path.symlink_metadata().is_ok() => walk.top(path),
            Err(_) => return Err(ReadError::Missing(path.clone())),
        }
    }
    plan.units.sort_by(|a, b| a.shown.cmp(&b.shown));
    plan.units.dedup_by(|a, b| a.path == b.path);
    plan.rejects.sort_by(|a, b| a.source.cmp(&b.source));
    plan.rejects.dedup();
    Ok(plan)
}

struct Walk<'a> {
    plan: &'a mut Plan,
    hidden: bool,
    exclude: Option<&'a Path>,
    glob: Option<globset::GlobMatcher>,
}

impl Walk<'_> {
    /// A path given by the user: it is read even when it is a link or hidden.
    fn top(mut self, path: &Path) {
        let shown = show(path);
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path),
            Ok(meta) if meta.is_file() => {
                self.plan.units.push(Unit { path: path.to_owned(), shown, bytes: meta.len() });
            }
            Ok(_) => self.reject(shown, RejectReason::SpecialFile, "a pipe, socket or device"),
            Err(error) => self.link_error(shown, &error),
        }
    }

    /// The part of a pattern before its first special character is walked, and what matches is kept.
    fn pattern(mut self, pattern: &Path) -> Result<(), ReadError> {
        let bad = |message: String| ReadError::Pattern { pattern: pattern.display().to_string(), message };
        let text = pattern.to_str().ok_or_else(|| bad("not valid UTF-8".into()))?;
        let glob = globset::GlobBuilder::new(text).literal_separator(true).build().map_err(|e| bad(e.to_string()))?;
        let base: PathBuf =
            pattern.components().take_while(|c| !has_special(&c.as_os_str().to_string_lossy())).collect();
        let base = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base };
        if !base.exists() {
            return Err(ReadError::Missing(pattern.to_owned()));
        }
        let before = self.plan.units.len();
        self.glob = Some(glob.compile_matcher());
        self.folder(&base);
        if self.plan.units.len() == before { Err(ReadError::Missing(pattern.to_owned())) } else { Ok(()) }
    }

    /// Walks without recursion: folders nest as deep as the file system lets them.
    fn folder(&mut self, top: &Path) {
        let mut open = vec![top.to_owned()];
        while let Some(folder) = open.pop() {
            if self.exclude.is_some_and(|x| folder.canonicalize().is_ok_and(|f| f == x)) {
                continue;
            }
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    let reason = super::input::reason_of(&error);
                    self.reject(show(&folder), reason, &format!("cannot list: {error}"));
                    continue;
                }
            };
            for entry in entries {
                match entry {
                    Ok(entry) => self.entry(&entry.path(), &mut open),
                    Err(error) => {
                        self.reject(show(&folder), RejectReason::Unreadable, &format!("cannot list: {error}"));
                    }
                }
            }
        }
    }

    fn entry(&mut self, path: &Path, open: &mut Vec<PathBuf>) {
        let shown = show(path);
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !self.hidden && is_hidden(&name) {
            return self.reject(shown, RejectReason::HiddenFile, "hidden or temporary");
        }
        let meta = match std::fs::symlink_metadata(path) {
            Ok(meta) => meta,
            Err(error) => {
                return self.reject(shown, super::input::reason_of(&error), &format!("cannot look at: {error}"));
            }
        };
        if meta.is_symlink() {
            return match std::fs::metadata(path) {
                Ok(target) if target.is_file() || target.is_dir() => {
                    self.reject(shown, RejectReason::Symlink, "a link, not followed");
                }
                Ok(_) => self.reject(shown, RejectReason::SpecialFile, "a link to a device"),
                Err(error) => self.link_error(shown, &error),
            };
        }
        if meta.is_dir() {
            open.push(path.to_owned());
        } else if !meta.is_file() {
            self.reject(shown, RejectReason::SpecialFile, "a pipe, socket or device");
        } else if self
            .glob
            .as_ref()
            .is_none_or(|g| g.is_match(path) || g.is_match(path.strip_prefix(".").unwrap_or(path)))
        {
            self.plan.units.push(Unit { path: path.to_owned(), shown, bytes: meta.len() });
        }
    }

    fn link_error(&mut self, shown: String, error: &std::io::Error) {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => RejectReason::SymlinkDangling,
            std::io::ErrorKind::PermissionDenied => RejectReason::Permission,
            _ => RejectReason::SymlinkLoop,
        };
        self.reject(shown, reason, &error.to_string());
    }

    /// With a pattern, what does not match was not asked for.
    fn reject(&mut self, shown: String, reason: RejectReason, message: &str) {
        if self.glob.is_none() || !reason.is_skip() {
            self.plan.rejects.push(plan_reject(shown, reason, message));
        }
    }
}

fn is_pattern(path: &Path) -> bool {
    has_special(&path.to_string_lossy())
}

fn has_special(text: &str) -> bool {
    text.contains(['*', '?', '[', '{'])
}

fn is_hidden(name: &str) -> bool {
    let temporary = Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("tmp"));
    name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || temporary
}

/// A path as one printable line of UTF-8, from which the path can be told exactly.
pub(crate) fn show(path: &Path) -> String {
    show_bytes(path.as_os_str().as_encoded_bytes())
}

/// A name of any bytes as one printable line.
pub(crate) fn show_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() || super::clean::is_hidden(c) {
                let mut buf = [0u8; 4];
                c.encode_utf8(&mut buf).bytes().for_each(|b| hex(&mut out, b));
            } else {
                out.push(if c == std::path::MAIN_SEPARATOR { '/' } else { c });
            }
        }
        chunk.invalid().iter().for_each(|b| hex(&mut out, *b));
    }
    out
}

fn hex(out: &mut String, byte: u8) {
    let _ = write!(out, "\\x{byte:02x}");
}

#[cfg(test)]
mod tests;
