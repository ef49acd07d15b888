//! The file of a gazetteer: magic, format version, checksum, then a zstd-compressed table of lines.
//!
//! Each line is a place, its fields separated by tabs. Text compresses as well as anything, can be looked at with
//! `tail -c +17 FILE | zstd -d`, and 33,000 lines are read in milliseconds. A file of another version or with one
//! flipped bit is refused before anything in it is used.

use xxhash_rust::xxh3::xxh3_64;

const MAGIC: [u8; 4] = *b"TIDG";
/// Raise it when a line changes its form.
const VERSION: u32 = 1;
const HEADER: usize = 4 + 4 + 8;
/// Built rarely, read always.
const LEVEL: i32 = 19;
/// A full GeoNames dump of populated places takes less; a larger content is not one of our files.
const MAX_TEXT: usize = 2 << 30;

/// Why a gazetteer was refused.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The file cannot be read.
    #[error("cannot read {file}")]
    Read {
        /// Which.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Not one of our files, or of another version.
    #[error("{file} is no gazetteer of this version; make it with `tidings gazetteer build`")]
    Foreign {
        /// Which.
        file: String,
    },
    /// Cut short or altered.
    #[error("{file} is damaged")]
    Damaged {
        /// Which.
        file: String,
    },
    /// A line that cannot be understood.
    #[error("{file}, line {line}: {message}")]
    Line {
        /// Which file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong with it.
        message: &'static str,
    },
}

/// Wraps lines into a file.
///
/// # Errors
/// When there is no memory to compress them.
pub(super) fn seal(text: &str) -> std::io::Result<Vec<u8>> {
    let packed = zstd::bulk::compress(text.as_bytes(), LEVEL)?;
    let mut out = Vec::with_capacity(HEADER + packed.len());
    out.extend(MAGIC);
    out.extend(VERSION.to_le_bytes());
    out.extend(xxh3_64(&packed).to_le_bytes());
    out.extend(packed);
    Ok(out)
}

/// Version and checksum.
pub(super) fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEADER)]
}

/// Checks a file and gives its lines.
pub(super) fn open(file: &str, bytes: &[u8]) -> Result<String, GazetteerError> {
    let damaged = || GazetteerError::Damaged { file: file.to_owned() };
    if bytes.len() < HEADER || bytes[..4] != MAGIC || bytes[4..8] != VERSION.to_le_bytes() {
        return Err(GazetteerError::Foreign { file: file.to_owned() });
    }
    let packed = &bytes[HEADER..];
    if xxh3_64(packed).to_le_bytes() != bytes[8..16] {
        return Err(damaged());
    }
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten().ok_or_else(damaged)?;
    let size = usize::try_from(size).ok().filter(|&size| size <= MAX_TEXT).ok_or_else(damaged)?;
    let text = zstd::bulk::decompress(packed, size).map_err(|_| damaged())?;
    String::from_utf8(text).map_err(|_| damaged())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_back_and_every_flipped_bit_is_noticed() {
        let good = seal("a\tb\n").unwrap();
        assert_eq!(open("x", &good).unwrap(), "a\tb\n");
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 4;
            assert!(open("x", &bad).is_err(), "byte {at}");
        }
        assert!(matches!(open("x", b"hello"), Err(GazetteerError::Foreign { .. })));
    }
}
