//! gzip, also of many members one after another.
//!
//! Bytes after the last member are ignored, as gzip does. Web archives have one member a record: there a damaged member
//! is replaced by a line that says so, and the next one is read.

use super::{Container, read_compressed};
use crate::read::RejectReason;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// Told by its two first bytes and the only method there is.
pub(super) static CONTAINER: Container = Container {
    recognise: |sample| sample.starts_with(b"\x1f\x8b\x08") || sample == b"\x1f\x8b",
    read: |input, sink| read_compressed(input, sink, reason, |stream| Ok(Members::new(BufReader::new(stream)))),
};

/// Largest record of a web archive that is expanded whole before it is passed on.
const MAX_MEMBER: u64 = 64 << 20;

/// Stands for a damaged member of a web archive.
const DAMAGED: &[u8] = b"\r\ndamaged gzip member\r\n";

fn reason(error: &io::Error) -> RejectReason {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => RejectReason::GzTruncated,
        _ if error.to_string().contains("checksum") || error.to_string().contains("crc") => RejectReason::GzCrc,
        _ => RejectReason::Deflate,
    }
}

/// The members of a stream, expanded one after another.
struct Members<R: BufRead> {
    decoder: Option<GzDecoder<R>>,
    /// The stream is a web archive: whole members are kept here.
    whole: Option<io::Cursor<Vec<u8>>>,
    begun: bool,
}

impl<R: BufRead> Members<R> {
    fn new(stream: R) -> Self {
        Self { decoder: Some(GzDecoder::new(stream)), whole: None, begun: false }
    }

    /// Goes on to the next member; false when there is none.
    fn next_member(&mut self) -> io::Result<bool> {
        let Some(mut stream) = self.decoder.take().map(GzDecoder::into_inner) else { return Ok(false) };
        if stream.fill_buf()?.first() != Some(&0x1f) {
            return Ok(false);
        }
        self.decoder = Some(GzDecoder::new(stream));
        Ok(true)
    }

    /// Goes to the next place where a member may begin.
    fn find_member(&mut self) -> io::Result<()> {
        let Some(mut stream) = self.decoder.take().map(GzDecoder::into_inner) else { return Ok(()) };
        loop {
            let buffer = stream.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let (found, used) = match memchr::memmem::find(buffer, b"\x1f\x8b\x08") {
                Some(at) => (true, at),
                // The mark may lie across the end of the buffer: keep its last bytes when there are more.
                None => (false, buffer.len().saturating_sub(2).max(1)),
            };
            stream.consume(used);
            if found {
                self.decoder = Some(GzDecoder::new(stream));
                return Ok(());
            }
        }
    }

    /// Expands a whole member of a web archive.
    fn fill_whole(&mut self) -> io::Result<bool> {
        let Some(decoder) = &mut self.decoder else { return Ok(false) };
        let mut bytes = Vec::new();
        match decoder.take(MAX_MEMBER).read_to_end(&mut bytes) {
            Ok(_) => {
                // A member above the limit goes on in the next piece.
                if (bytes.len() as u64) < MAX_MEMBER && !self.next_member()? && bytes.is_empty() {
                    return Ok(false);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && bytes.is_empty() => return Err(error),
            Err(_) => {
                bytes = DAMAGED.to_vec();
                self.find_member()?;
            }
        }
        self.whole = Some(io::Cursor::new(bytes));
        Ok(true)
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(whole) = &mut self.whole {
                let n = whole.read(buf)?;
                if n > 0 || buf.is_empty() {
                    return Ok(n);
                }
                if !self.fill_whole()? {
                    return Ok(0);
                }
                continue;
            }
            let Some(decoder) = &mut self.decoder else { return Ok(0) };
            let n = decoder.read(buf)?;
            if !self.begun && n > 0 {
                self.begun = true;
                if buf[..n].starts_with(b"WARC/") {
                    // The first member is the description of the archive; what is left of it comes with the rest.
                    let mut bytes = buf[..n].to_vec();
                    decoder.take(MAX_MEMBER).read_to_end(&mut bytes)?;
                    self.next_member()?;
                    self.whole = Some(io::Cursor::new(bytes));
                    continue;
                }
            }
            if n > 0 || buf.is_empty() {
                return Ok(n);
            }
            if !self.next_member()? {
                return Ok(0);
            }
        }
    }
}
