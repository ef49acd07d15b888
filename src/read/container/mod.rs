//! Containers: compressed streams and archives, read through, never unpacked to disk.
//!
//! A container is told by its first bytes. What is in it is looked at as any file is, so that containers nest, up to a
//! depth. Limits on expansion guard against bombs. A new container is one file here and one line in [`CONTAINERS`].

mod docx;
mod gz;
mod tar;
mod zip;
mod zst;

use super::RejectReason;
use super::input::{Broken, Input};
use super::sink::{Flow, Sink};
use std::io::{self, Read};

/// Containers within containers that are read: a zip of compressed tar files of zips.
pub(crate) const MAX_DEPTH: u8 = 4;

/// Text compresses by 3 to 10, logs by 50; more than this only machine-made repetition.
const MAX_RATIO: u64 = 200;

/// Expansion below this is never a bomb.
const FREE: u64 = 1 << 20;

/// Most members of one archive.
const MAX_MEMBERS: usize = 1_000_000;

/// A kind of container.
pub(crate) struct Container {
    /// True for its first bytes.
    pub(crate) recognise: fn(&[u8]) -> bool,
    /// Reads what is in it.
    pub(crate) read: fn(&mut Input<'_>, &mut Sink<'_>) -> Flow,
}

/// Every container.
static CONTAINERS: &[&Container] = &[&gz::CONTAINER, &zst::CONTAINER, &zip::CONTAINER, &tar::CONTAINER];

/// The container that a stream is, if it is one.
pub(crate) fn find(sample: &[u8]) -> Option<&'static Container> {
    CONTAINERS.iter().copied().find(|c| (c.recognise)(sample))
}

/// Counts the bytes that go into a decompressor.
struct Counted<R> {
    inner: R,
    read: std::rc::Rc<std::cell::Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.read.set(self.read.get() + n as u64);
        Ok(n)
    }
}

/// What comes out of a decompressor, guarded: too much for what went in is an error with its own reason.
struct Guarded<R> {
    inner: R,
    went_in: std::rc::Rc<std::cell::Cell<u64>>,
    came_out: u64,
    /// Gives the reason for an error of the decompressor.
    reason: fn(&io::Error) -> RejectReason,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(buf) {
            Ok(n) => {
                self.came_out += n as u64;
                if self.came_out > FREE && self.came_out > MAX_RATIO * self.went_in.get().max(1) {
                    return Err(broken(RejectReason::Ratio, format!("expands more than {MAX_RATIO} times")));
                }
                Ok(n)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error)
                if error.get_ref().is_some_and(
                    <dyn std::error::Error + std::marker::Send + std::marker::Sync + 'static>::is::<Broken>,
                ) =>
            {
                Err(error)
            }
            Err(error) => Err(broken((self.reason)(&error), error.to_string())),
        }
    }
}

/// An error with its own reason.
pub(crate) fn broken(reason: RejectReason, message: String) -> io::Error {
    io::Error::other(Broken { reason, message })
}

/// Reads a compressed stream as the file it holds; `name` without the extension says what that may be.
fn read_compressed<'i, D: Read>(
    input: &'i mut Input<'_>,
    sink: &mut Sink<'_>,
    reason: fn(&io::Error) -> RejectReason,
    decoder: impl FnOnce(Counted<&'i mut dyn Read>) -> io::Result<D>,
) -> Flow {
    let went_in = std::rc::Rc::new(std::cell::Cell::new(0));
    let counted = Counted { inner: input as &mut dyn Read, read: went_in.clone() };
    match decoder(counted) {
        Ok(inner) => {
            let mut stream = Guarded { inner, went_in, came_out: 0, reason };
            super::input::read_inner(&mut stream, sink)
        }
        Err(error) => sink.reject_cut(reason(&error), format!("cannot expand: {error}"), b"", None, None),
    }
}

/// Member names that are not files of articles: folders, resource forks, hidden files.
fn is_furniture(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.ends_with('/') || name.contains("__MACOSX/") || last.starts_with('.') || last.is_empty()
}
