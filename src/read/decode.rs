//! Bytes to text: byte order marks, valid UTF-8, declared encodings, then a guess.
//!
//! Order: byte order mark; UTF-16 by its zero bytes; UTF-8 when it is valid; what the document declares; what
//! chardetng finds in the first 64 KiB. Decoding never fails: bytes without a meaning become U+FFFD and a warning.
//! UTF-32 is refused by `detect` before this.

use crate::article::Warning;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// chardetng runs at about 30 MB/s and has made up its mind long before this many bytes.
const GUESS_BYTES: usize = 64 * 1024;

/// Share of zero bytes at even (or odd) places above which bytes without a mark are taken for UTF-16: English
/// prose has nearly all of them zero, text of other scripts its spaces and punctuation.
const UTF16_ZEROS: f64 = 0.4;

/// Decoded text and how it was decoded.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The text, not yet cleaned.
    pub text: String,
    /// Its encoding.
    pub encoding: &'static Encoding,
    /// Whether the encoding was guessed, and whether bytes were lost.
    pub warnings: Vec<Warning>,
}

/// Decodes `bytes`; `declared` is the label the document itself gives (`charset=…`), if any.
pub fn decode(bytes: &[u8], declared: Option<&[u8]>) -> Decoded {
    let (encoding, skip, guessed) = choose(bytes, declared);
    let (text, lossy) = encoding.decode_without_bom_handling(&bytes[skip..]);
    let mut warnings = Vec::new();
    if guessed {
        warnings.push(Warning::EncodingGuessed);
    }
    if lossy {
        warnings.push(Warning::EncodingLossy);
    }
    Decoded { text: text.into_owned(), encoding, warnings }
}

/// The encoding of `bytes`, the length of its mark, and whether it is a guess.
fn choose(bytes: &[u8], declared: Option<&[u8]>) -> (&'static Encoding, usize, bool) {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return (encoding, skip, false);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return (encoding, 0, true);
    }
    if std::str::from_utf8(bytes).is_ok() {
        // ISO-2022-JP is made of ASCII bytes, so it is valid UTF-8 and only the declaration tells.
        let iso2022 = declared.and_then(Encoding::for_label).filter(|e| !e.is_ascii_compatible());
        return match iso2022 {
            Some(e) if e != UTF_16LE && e != UTF_16BE && bytes.contains(&0x1b) => (e, 0, false),
            _ => (UTF_8, 0, false),
        };
    }
    if mostly_utf8(bytes) {
        return (UTF_8, 0, false);
    }
    match declared.and_then(Encoding::for_label) {
        Some(e) if e != UTF_8 && e.is_single_byte() | e.is_ascii_compatible() => (e, 0, false),
        _ => (guess(bytes), 0, true),
    }
}

/// UTF-16 without a byte order mark, told by where its zero bytes are.
pub fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let (mut even, mut odd) = (0usize, 0usize);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let half = (head.len() / 2) as f64;
    match (even as f64 / half, odd as f64 / half) {
        (e, o) if o > UTF16_ZEROS && e < 0.05 => Some(UTF_16LE),
        (e, o) if e > UTF16_ZEROS && o < 0.05 => Some(UTF_16BE),
        _ => None,
    }
}

/// True when non-ASCII characters are UTF-8 nearly always: one broken byte in a long page does not make it Latin-1.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 10 * bad.max(1)
}

/// The most likely legacy encoding. Windows-1252 is what nearly all legacy English text is in, so the detector is
/// overruled when no byte is one that only another encoding would use.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(GUESS_BYTES)];
    let high: Vec<u8> = head.iter().copied().filter(|b| *b >= 0x80).collect();
    let typographic =
        |b: u8| matches!(b, 0x80 | 0x85 | 0x91..=0x97 | 0xa0 | 0xa3 | 0xa9 | 0xab | 0xae | 0xb0 | 0xb7 | 0xbb | 0xe9);
    // "Nariño" in English prose: the detector takes so few letters for any Latin alphabet it likes
    let western = |b: u8| typographic(b) || (b >= 0xc0 && !matches!(b, 0xd7 | 0xf7));
    let sparse = high.len() * 50 < head.len();
    if sparse && (high.iter().all(|b| typographic(*b)) || (is_english(head) && high.iter().all(|b| western(*b)))) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, head.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// English prose has "the" every hundred bytes or so; one in four hundred is enough to know it.
fn is_english(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b" the ").count() * 400 >= bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_win() {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend("Vilnius".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&bytes, None).text, "Vilnius");
        assert_eq!(decode(b"\xef\xbb\xbfVilnius", None).text, "Vilnius");
    }

    #[test]
    fn names_in_english_prose_are_western() {
        let text = b"The farmers of the department of Nari\xf1o met the president and the bishop of Bogot\xe1.";
        assert!(decode(text, None).text.contains("Nariño met the president and the bishop of Bogotá"));
    }

    #[test]
    fn utf16_is_known_without_a_mark() {
        let bytes: Vec<u8> = "Ministers met in Vilnius.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.text, "Ministers met in Vilnius.");
        assert_eq!(decoded.warnings, [Warning::EncodingGuessed]);
    }

    #[test]
    fn legacy_bytes_are_windows_1252_unless_declared() {
        let decoded = decode(b"\x93The caf\xe9\x94 cost 5 \x80, ministers said after long talks.", None);
        assert_eq!(decoded.text, "“The café” cost 5 €, ministers said after long talks.");
        assert_eq!(decoded.warnings, [Warning::EncodingGuessed]);
        let decoded = decode("Новости дня".to_owned().as_bytes(), Some(b"koi8-r"));
        assert_eq!(decoded.text, "Новости дня", "valid UTF-8 wins over the declaration");
        let (bytes, _, _) = Encoding::for_label(b"koi8-r").unwrap().encode("Новости");
        assert_eq!(decode(&bytes, Some(b"koi8-r")).text, "Новости");
    }

    #[test]
    fn one_broken_byte_does_not_spoil_a_page() {
        let mut bytes = "é".repeat(50).into_bytes();
        bytes.push(0xe9);
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.encoding, UTF_8);
        assert_eq!(decoded.warnings, [Warning::EncodingLossy]);
    }

    proptest! {
        #[test]
        fn decoding_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            decode(&bytes, None);
            decode(&bytes, Some(b"shift_jis"));
            decode(&bytes, Some(&bytes));
        }
    }
}
