//! zip: the directory at the end of the file tells the members, so a zip inside another container is held in memory.

use super::docx;
use super::{Container, FREE, MAX_MEMBERS, MAX_RATIO, broken, is_furniture};
use crate::read::RejectReason;
use crate::read::input::{Input, read_inner, reason_of};
use crate::read::sink::{Flow, Sink};
use ::zip::ZipArchive;
use ::zip::result::ZipError;
use rustc_hash::FxHashSet;
use std::io::{self, Read, Seek};

/// Largest zip that is held in memory because it is inside another container.
const MAX_IN_MEMORY: usize = 256 << 20;

/// Told by the header of its first member, or by the end of an empty archive.
pub(super) static CONTAINER: Container =
    Container { recognise: |sample| sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"PK\x05\x06"), read };

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    if let Some(file) = input.file() {
        return members(io::BufReader::new(file), sink);
    }
    match input.read_all(MAX_IN_MEMORY) {
        Ok(Some(bytes)) => members(io::Cursor::new(bytes), sink),
        Ok(None) => {
            sink.reject_cut(RejectReason::TooLarge, "a zip this large inside another container", b"", None, None)
        }
        Err(error) => sink.reject_cut(reason_of(&error), format!("cannot read: {error}"), b"", None, None),
    }
}

fn members<R: Read + Seek>(reader: R, sink: &mut Sink<'_>) -> Flow {
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => {
            return sink.reject_cut(
                RejectReason::ZipTruncated,
                format!("no readable directory: {error}"),
                b"",
                None,
                None,
            );
        }
    };
    if archive.index_for_name(docx::TEXT).is_some() {
        return docx::read(&mut archive, sink);
    }
    if let Some(kind) = document_kind(&archive) {
        return sink.reject_cut(
            RejectReason::UnsupportedFormat,
            format!("{kind}; save it as text, HTML or DOCX"),
            b"",
            None,
            None,
        );
    }
    let mut starts = FxHashSet::default();
    for i in 0..archive.len().min(MAX_MEMBERS) {
        let name = archive.name_for_index(i).map(str::to_owned).unwrap_or_default();
        let name = crate::read::plan::show_bytes(name.as_bytes());
        if is_furniture(&name) {
            continue;
        }
        let mut inner = sink.member(name);
        let member = match archive.by_index(i) {
            Ok(member) => member,
            Err(error) => {
                inner.reject_cut(reason(&error), error.to_string(), b"", None, None)?;
                continue;
            }
        };
        if member.is_symlink() {
            inner.reject_cut(RejectReason::SpecialEntry, "a link", b"", None, None)?;
            continue;
        }
        if !starts.insert(member.data_start()) {
            inner.reject_cut(RejectReason::ZipOverlap, "shares its data with another member", b"", None, None)?;
            continue;
        }
        let limit = (member.compressed_size() * MAX_RATIO).max(FREE);
        read_inner(&mut Checked { inner: member, left: limit }, &mut inner)?;
    }
    Ok(())
}

/// Documents that are zip archives inside.
fn document_kind<R: Read + Seek>(archive: &ZipArchive<R>) -> Option<&'static str> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") {
        Some("a spreadsheet")
    } else if has("ppt/presentation.xml") {
        Some("a presentation")
    } else if has("content.xml") && has("META-INF/manifest.xml") {
        Some("an OpenDocument file")
    } else if has("META-INF/container.xml") {
        Some("an e-book")
    } else {
        None
    }
}

pub(super) fn reason(error: &ZipError) -> RejectReason {
    match error {
        ZipError::UnsupportedArchive(text) if text.to_lowercase().contains("password") => RejectReason::ZipEncrypted,
        ZipError::UnsupportedArchive(_) => RejectReason::ZipMethod,
        ZipError::InvalidPassword => RejectReason::ZipEncrypted,
        _ => RejectReason::ZipTruncated,
    }
}

/// A member, with its expansion limited and its errors named.
pub(super) struct Checked<R> {
    pub(super) inner: R,
    pub(super) left: u64,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(buf) {
            Ok(n) if n as u64 > self.left => {
                Err(broken(RejectReason::Ratio, format!("expands more than {MAX_RATIO} times")))
            }
            Ok(n) => {
                self.left -= n as u64;
                Ok(n)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) if error.to_string().to_lowercase().contains("checksum") => {
                Err(broken(RejectReason::ZipCrc, error.to_string()))
            }
            Err(error) => Err(broken(RejectReason::Deflate, error.to_string())),
        }
    }
}
