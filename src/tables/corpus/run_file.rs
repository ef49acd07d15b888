//! Sorted observations on disk: JSON lines under zstd.
//!
//! A small window keeps an open reader at a few hundred kilobytes, because a merge has several open at once.

use super::Observation;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// Level 1: repetitive text, read once a run.
const LEVEL: i32 = 1;
/// Log2 of the window: 128 KiB.
const WINDOW_LOG: u32 = 17;

/// Writes observations in the order in which they come: that of their keys.
pub(crate) struct RunWriter {
    encoder: zstd::Encoder<'static, BufWriter<File>>,
}

impl RunWriter {
    /// Creates `path`.
    ///
    /// # Errors
    /// When it cannot be created.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let mut encoder = zstd::Encoder::new(BufWriter::new(File::create(path)?), LEVEL)?;
        encoder.window_log(WINDOW_LOG)?;
        encoder.include_checksum(true)?;
        Ok(Self { encoder })
    }

    /// Adds one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn push(&mut self, observation: &Observation) -> io::Result<()> {
        serde_json::to_writer(&mut self.encoder, observation)?;
        self.encoder.write_all(b"\n")
    }

    /// Closes the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.encoder.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(())
    }
}

/// Reads them back.
pub(crate) struct RunReader {
    lines: BufReader<zstd::Decoder<'static, BufReader<File>>>,
    line: Vec<u8>,
}

impl RunReader {
    /// Opens `path`.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut decoder = zstd::Decoder::new(File::open(path)?)?;
        decoder.window_log_max(WINDOW_LOG)?;
        Ok(Self { lines: BufReader::new(decoder), line: Vec::new() })
    }
}

impl Iterator for RunReader {
    type Item = io::Result<Observation>;

    fn next(&mut self) -> Option<Self::Item> {
        self.line.clear();
        match self.lines.read_until(b'\n', &mut self.line) {
            Ok(0) => None,
            Ok(_) => Some(serde_json::from_slice(&self.line).map_err(io::Error::from)),
            Err(error) => Some(Err(error)),
        }
    }
}
