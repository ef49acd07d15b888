//! gzip, also of many members one after another.

use super::{Container, read_compressed};
use crate::read::RejectReason;
use flate2::read::MultiGzDecoder;
use std::io;

/// Told by its two first bytes and the only method there is.
pub(super) static CONTAINER: Container = Container {
    recognise: |sample| sample.starts_with(b"\x1f\x8b\x08") || sample == b"\x1f\x8b",
    read: |input, sink| read_compressed(input, sink, reason, |stream| Ok(MultiGzDecoder::new(stream))),
};

fn reason(error: &io::Error) -> RejectReason {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => RejectReason::GzTruncated,
        _ if error.to_string().contains("checksum") || error.to_string().contains("crc") => RejectReason::GzCrc,
        _ => RejectReason::Deflate,
    }
}
