//! Zstandard.

use super::{Container, read_compressed};
use crate::read::RejectReason;

/// Largest window accepted, as a power of two: 64 MiB. A frame that asks for more is refused before memory is taken.
const MAX_WINDOW_LOG: u32 = 26;

/// Told by its magic number.
pub(super) static CONTAINER: Container = Container {
    recognise: |sample| sample.starts_with(b"\x28\xb5\x2f\xfd"),
    read: |input, sink| {
        read_compressed(
            input,
            sink,
            |_| RejectReason::Zstd,
            |stream| {
                let mut decoder = zstd::stream::read::Decoder::new(stream)?;
                decoder.window_log_max(MAX_WINDOW_LOG)?;
                Ok(decoder)
            },
        )
    },
};
