//! tar: members one after another, streamed. Only files are read; links, devices and sparse files are passed over.

use super::{Container, MAX_MEMBERS, is_furniture};
use crate::read::RejectReason;
use crate::read::input::{Input, read_inner, reason_of};
use crate::read::sink::{Flow, Sink};
use std::io::{self, Read};

/// tar is made of blocks of this size.
const BLOCK: usize = 512;

/// Longest name that is kept.
const MAX_NAME: u64 = 4096;

/// Told by "ustar" in the first header, or by a right checksum in old archives.
pub(super) static CONTAINER: Container = Container {
    recognise: |sample| {
        sample.len() >= BLOCK && (&sample[257..262] == b"ustar" || sum_is_right(sample) && sample[0] != 0)
    },
    read,
};

fn sum_is_right(header: &[u8]) -> bool {
    let stated = octal(&header[148..156]);
    let sum: u64 =
        header[..BLOCK].iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u64::from(*b) }).sum();
    stated == Some(sum)
}

/// A number in octal digits, or in binary when the first bit is set.
fn octal(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        return Some(field[1..].iter().rev().take(8).rev().fold(0, |n, b| n << 8 | u64::from(*b)));
    }
    let digits: Vec<u8> = field.iter().copied().filter(|b| !matches!(b, b' ' | 0)).collect();
    if digits.is_empty() {
        return Some(0);
    }
    u64::from_str_radix(std::str::from_utf8(&digits).ok()?, 8).ok()
}

fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let mut long_name: Option<String> = None;
    for _ in 0..MAX_MEMBERS {
        let mut header = [0u8; BLOCK];
        match input.read_exact(&mut header) {
            Ok(()) if header.iter().all(|b| *b == 0) => return Ok(()),
            Ok(()) => {}
            // Archives without the two empty blocks at the end are common.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => {
                return sink.reject_cut(reason_of(&error), format!("cannot read on: {error}"), b"", None, None);
            }
        }
        if !sum_is_right(&header) {
            return sink.reject_cut(
                RejectReason::TarHeader,
                "a header with a wrong checksum; the rest is not read",
                &header[..100],
                None,
                None,
            );
        }
        let size = octal(&header[124..136]).unwrap_or(u64::MAX);
        let name = long_name.take().unwrap_or_else(|| plain_name(&header));
        let mut member = (&mut *input).take(size);
        match header[156] {
            b'L' | b'x' => {
                let mut bytes = Vec::new();
                if let Err(error) = (&mut member).take(MAX_NAME).read_to_end(&mut bytes) {
                    return sink.reject_cut(reason_of(&error), error.to_string(), b"", None, None);
                }
                long_name = if header[156] == b'L' { Some(shown(&bytes)) } else { pax_name(&bytes) };
            }
            b'g' => long_name = Some(name),
            b'0' | 0 | b'7' if !is_furniture(&name) => {
                let mut whole = Whole { left: size, inner: &mut member };
                read_inner(&mut whole, &mut sink.member(name.clone()))?;
            }
            b'5' => {}
            b'S' => {
                let mut inner = sink.member(name.clone());
                inner.reject_cut(RejectReason::TooLarge, "a sparse file", b"", None, None)?;
            }
            _ if is_furniture(&name) => {}
            _ => sink.member(name.clone()).reject_cut(
                RejectReason::SpecialEntry,
                "a link, device or sparse file",
                b"",
                None,
                None,
            )?,
        }
        // What the reader left, and the padding.
        let left = io::copy(&mut member, &mut io::sink()).map(|_| member.limit());
        let padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
        let skipped = io::copy(&mut (&mut *input).take(padding), &mut io::sink());
        match left.and_then(|left| skipped.map(|_| left)) {
            Ok(0) => {}
            // Cut inside the member: its reader has said so.
            Ok(_) => return Ok(()),
            Err(error) => {
                return sink.reject_cut(reason_of(&error), format!("cannot read on: {error}"), b"", None, None);
            }
        }
    }
    Ok(())
}

/// A member that must be as long as its header says.
struct Whole<'r, R> {
    left: u64,
    inner: &'r mut R,
}

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.left -= n as u64;
        if n == 0 && self.left > 0 && !buf.is_empty() {
            return Err(super::broken(RejectReason::TarTruncated, "the archive ends inside this member".into()));
        }
        Ok(n)
    }
}

fn plain_name(header: &[u8]) -> String {
    let name = shown(&header[..100]);
    let prefix = if &header[257..263] == b"ustar\0" { shown(&header[345..500]) } else { String::new() };
    if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
}

/// The bytes up to the first zero, as one printable line.
fn shown(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    crate::read::plan::show_bytes(&bytes[..end])
}

/// The `path` record of an extended header: `27 path=…\n`.
fn pax_name(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes;
    while let Some(space) = rest.iter().position(|b| *b == b' ') {
        let length: usize = std::str::from_utf8(&rest[..space]).ok()?.parse().ok()?;
        let record = rest.get(space + 1..length.max(1) - 1)?;
        if let Some(path) = record.strip_prefix(b"path=") {
            return Some(shown(path));
        }
        rest = rest.get(length..)?;
    }
    None
}
