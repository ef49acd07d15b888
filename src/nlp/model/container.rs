//! The file of a model: magic, format version, kind, checksum, then plain little-endian arrays.
//!
//! A file of another version, another kind, or with one flipped bit is refused before any number in it is used.

use xxhash_rust::xxh3::xxh3_64;

const MAGIC: [u8; 4] = *b"TIDM";

/// Version of the format and of the feature extraction. Raise it when either changes.
pub const VERSION: u16 = 1;

const HEADER: usize = 4 + 2 + 2 + 8 + 8;

/// What a model does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum Kind {
    /// Tags and dependencies.
    Syntax = 1,
    /// Lemmas.
    Lemma = 2,
    /// Sentence boundaries.
    Sentences = 3,
    /// Names.
    Names = 4,
    /// Word clusters.
    Clusters = 5,
}

impl Kind {
    /// Name of its file in a folder of models, without the ending.
    pub const fn file_stem(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Lemma => "lemma",
            Self::Sentences => "sentences",
            Self::Names => "names",
            Self::Clusters => "clusters",
        }
    }
}

/// Why a model was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Not one of our files.
    #[error("model {name}: not a tidings model")]
    NotAModel {
        /// File or built-in name.
        name: String,
    },
    /// Made for another release.
    #[error("model {name}: has format {found}, this program reads format {read}; train it again")]
    WrongVersion {
        /// File or built-in name.
        name: String,
        /// Version found in it.
        found: u16,
        /// Version that this program reads.
        read: u16,
    },
    /// A names model where a parser was wanted, and the like.
    #[error("model {name}: is of kind {found}, not a {wanted} model")]
    WrongKind {
        /// File or built-in name.
        name: String,
        /// Number of the kind found.
        found: u16,
        /// Kind that was wanted.
        wanted: &'static str,
    },
    /// Cut short or altered.
    #[error("model {name}: the file is damaged ({what})")]
    Damaged {
        /// File or built-in name.
        name: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Could not be read at all.
    #[error("model {name}: cannot be read: {why}")]
    Unreadable {
        /// File.
        name: String,
        /// The system's word.
        why: String,
    },
}

/// Wraps a payload into a file.
pub fn seal(kind: Kind, payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEADER + payload.len());
    out.extend(MAGIC);
    out.extend(VERSION.to_le_bytes());
    out.extend((kind as u16).to_le_bytes());
    out.extend((payload.len() as u64).to_le_bytes());
    out.extend(xxh3_64(payload).to_le_bytes());
    out.extend(payload);
    out
}

/// Checks a file and gives its payload.
///
/// # Errors
/// When it is not a model, of another version or kind, or damaged.
pub fn open<'a>(name: &'a str, bytes: &'a [u8], kind: Kind) -> Result<Reader<'a>, ModelError> {
    let named = || name.to_owned();
    if bytes.len() < HEADER || bytes[..4] != MAGIC {
        return Err(ModelError::NotAModel { name: named() });
    }
    let found = u16::from_le_bytes([bytes[4], bytes[5]]);
    if found != VERSION {
        return Err(ModelError::WrongVersion { name: named(), found, read: VERSION });
    }
    let found = u16::from_le_bytes([bytes[6], bytes[7]]);
    if found != kind as u16 {
        return Err(ModelError::WrongKind { name: named(), found, wanted: kind.file_stem() });
    }
    let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap_or_default());
    let payload = &bytes[HEADER..];
    if payload.len() as u64 != number(8) {
        return Err(ModelError::Damaged { name: named(), what: "wrong length" });
    }
    if xxh3_64(payload) != number(16) {
        return Err(ModelError::Damaged { name: named(), what: "wrong checksum" });
    }
    Ok(Reader { name, rest: payload })
}

/// Reads a payload from front to back.
#[derive(Debug)]
pub struct Reader<'a> {
    name: &'a str,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// An error about the contents.
    pub fn damaged(&self, what: &'static str) -> ModelError {
        ModelError::Damaged { name: self.name.to_owned(), what }
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], ModelError> {
        if len > self.rest.len() {
            return Err(self.damaged("ends early"));
        }
        let (head, rest) = self.rest.split_at(len);
        self.rest = rest;
        Ok(head)
    }

    /// One number.
    ///
    /// # Errors
    /// When the payload ends early; so for all that follow.
    pub fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().unwrap_or_default()))
    }

    /// A count, small enough to be an index.
    ///
    /// # Errors
    /// See [`Reader::u32`].
    pub fn count(&mut self) -> Result<usize, ModelError> {
        Ok(self.u32()? as usize)
    }

    /// A counted run of bytes.
    ///
    /// # Errors
    /// See [`Reader::u32`].
    pub fn bytes(&mut self) -> Result<&'a [u8], ModelError> {
        let n = self.count()?;
        self.take(n)
    }

    /// A counted run of small weights.
    ///
    /// # Errors
    /// See [`Reader::u32`].
    pub fn i8s(&mut self) -> Result<Vec<i8>, ModelError> {
        Ok(self.bytes()?.iter().map(|&b| b.cast_signed()).collect())
    }

    /// A counted run of numbers.
    ///
    /// # Errors
    /// See [`Reader::u32`].
    pub fn u32s(&mut self) -> Result<Vec<u32>, ModelError> {
        let n = self.count()?;
        let bytes = self.take(n.saturating_mul(4))?;
        Ok(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// A counted run of numbers.
    ///
    /// # Errors
    /// See [`Reader::u32`].
    pub fn f32s(&mut self) -> Result<Vec<f32>, ModelError> {
        Ok(self.u32s()?.into_iter().map(f32::from_bits).collect())
    }

    /// The end of the payload.
    ///
    /// # Errors
    /// When something is left.
    pub fn end(&self) -> Result<(), ModelError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.damaged("has more than it should")) }
    }
}

/// Writes a payload from front to back, as [`Reader`] reads it.
#[derive(Debug, Default)]
pub struct Writer {
    /// What was written.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// One number.
    pub fn u32(&mut self, value: u32) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// A counted run of bytes.
    pub fn bytes(&mut self, values: &[u8]) {
        self.u32(values.len() as u32);
        self.bytes.extend(values);
    }

    /// A counted run of small weights.
    pub fn i8s(&mut self, values: &[i8]) {
        self.u32(values.len() as u32);
        self.bytes.extend(values.iter().map(|&v| v.cast_unsigned()));
    }

    /// A counted run of numbers.
    pub fn u32s(&mut self, values: &[u32]) {
        self.u32(values.len() as u32);
        for v in values {
            self.u32(*v);
        }
    }

    /// A counted run of numbers.
    pub fn f32s(&mut self, values: &[f32]) {
        self.u32(values.len() as u32);
        for v in values {
            self.u32(v.to_bits());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut w = Writer::default();
        w.u32s(&[1, 2]);
        w.i8s(&[-3]);
        w.f32s(&[0.5]);
        let file = seal(Kind::Lemma, &w.bytes);
        let mut r = open("x", &file, Kind::Lemma).unwrap();
        assert_eq!((r.u32s().unwrap(), r.i8s().unwrap(), r.f32s().unwrap()), (vec![1, 2], vec![-3], vec![0.5]));
        r.end().unwrap();
    }

    #[test]
    fn foreign_and_damaged_files_are_refused() {
        let good = seal(Kind::Lemma, b"payload");
        assert!(matches!(open("x", b"hello", Kind::Lemma), Err(ModelError::NotAModel { .. })));
        assert!(matches!(open("x", &good, Kind::Syntax), Err(ModelError::WrongKind { .. })));
        assert!(matches!(open("x", &good[..good.len() - 1], Kind::Lemma), Err(ModelError::Damaged { .. })));
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 4;
            assert!(open("x", &bad, Kind::Lemma).is_err(), "byte {at}");
        }
        let mut old = good;
        old[4] = 0;
        let error = open("m.bin", &old, Kind::Lemma).unwrap_err();
        assert_eq!(error.to_string(), "model m.bin: has format 0, this program reads format 1; train it again");
    }
}
