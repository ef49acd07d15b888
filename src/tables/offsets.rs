//! Byte offsets to code-point offsets, for the tables' `char_*` columns.
//!
//! Everything inside the program counts bytes; R, Stata, pandas and annotation tools count characters. One pass
//! over an article counts the characters before every 64th byte, and each look-up counts at most 63 bytes more.

/// Bytes between two counts: one cache line.
const STEP: usize = 64;

/// The number of code points before any byte of one text.
#[derive(Debug)]
pub struct CharMap<'a> {
    text: &'a [u8],
    /// Code points before byte `i * STEP`; empty for ASCII, where both offsets are the same.
    before: Vec<u32>,
}

/// True for the first byte of a code point.
const fn starts_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn count_chars(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| starts_char(**byte)).count() as u32
}

impl<'a> CharMap<'a> {
    /// Counts `text` once.
    pub fn new(text: &'a str) -> Self {
        let text = text.as_bytes();
        let mut before = Vec::new();
        if !text.is_ascii() {
            before.reserve(text.len() / STEP + 1);
            let mut chars = 0;
            for chunk in text.chunks(STEP) {
                before.push(chars);
                chars += count_chars(chunk);
            }
        }
        Self { text, before }
    }

    /// Code points before byte `at`. Past the end it is the number of all of them.
    pub fn at(&self, at: u32) -> u32 {
        let at = (at as usize).min(self.text.len());
        if self.before.is_empty() {
            return at as u32;
        }
        let step = (at / STEP).min(self.before.len() - 1);
        self.before[step] + count_chars(&self.text[step * STEP..at])
    }

    /// Number of code points in all.
    pub fn chars(&self) -> u32 {
        self.at(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting_from_the_start(text in "(?s).{0,300}") {
            let map = CharMap::new(&text);
            for (chars, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.at(byte as u32), chars as u32);
            }
            prop_assert_eq!(map.chars() as usize, text.chars().count());
        }
    }

    #[test]
    fn a_text_of_whole_steps_and_an_empty_one() {
        let text = "é".repeat(64);
        assert_eq!(CharMap::new(&text).chars(), 64);
        assert_eq!(CharMap::new("").chars(), 0);
        assert_eq!(CharMap::new("Seoul").at(5), 5);
    }
}
