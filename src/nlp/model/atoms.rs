//! What a model sees of one word: hashes of its normalised form and affixes, and its shape.
//!
//! The form is folded to lower case, digits to `0`, typographic quotes and dashes to their plain signs, so that
//! `“`, `’` and `—` of a web page are what the treebanks wrote. Case lives in the shape alone: a model trained with
//! case-corrupted copies then reads headlines and capitals. No allocation.

/// Longest normalised form, in bytes. Longer words are told apart by their first 48 bytes and their ending.
const MAX_FORM: usize = 48;

/// Number of values of [`Atoms::shape`].
pub const SHAPES: usize = 6 * 3 * 4;

/// Features of one word, independent of its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Atoms {
    /// Hash of the whole normalised form.
    pub form: u32,
    /// Hash of its last two characters.
    pub suffix2: u32,
    /// Hash of its last three characters.
    pub suffix3: u32,
    /// Hash of its last four characters.
    pub suffix4: u32,
    /// Hash of its first three characters.
    pub prefix3: u32,
    /// Case, digits and inner signs, below [`SHAPES`].
    pub shape: u8,
}

/// Capitals of a word, the leading part of its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// No letters.
    None,
    /// `troops`
    Lower,
    /// `Troops`
    Title,
    /// `NATO`
    Upper,
    /// `I`, `A`
    Single,
    /// `iPhone`, `McCain`
    Mixed,
}

impl Case {
    /// Case part of a shape.
    pub const fn of_shape(shape: u8) -> Self {
        match shape / 12 {
            0 => Self::None,
            1 => Self::Lower,
            2 => Self::Title,
            3 => Self::Upper,
            4 => Self::Single,
            _ => Self::Mixed,
        }
    }
}

/// A normalised form on the stack.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    bytes: [u8; MAX_FORM],
    len: usize,
}

impl Form {
    /// Folds `word`.
    pub fn new(word: &str) -> Self {
        let mut form = Self { bytes: [0; MAX_FORM], len: 0 };
        if word.is_ascii() {
            if word.len() <= MAX_FORM {
                for (to, from) in form.bytes.iter_mut().zip(word.bytes()) {
                    *to = if from.is_ascii_digit() { b'0' } else { from.to_ascii_lowercase() };
                }
                form.len = word.len();
                form.shorten_number();
                return form;
            }
            for from in word.bytes() {
                form.push(if from.is_ascii_digit() { '0' } else { from.to_ascii_lowercase() as char });
            }
            return form;
        }
        for c in word.chars() {
            match c {
                '’' | '‘' | '‛' | '`' => form.push('\''),
                '“' | '”' | '„' | '«' | '»' => form.push('"'),
                '–' | '‐' | '‑' | '−' => form.push('-'),
                '—' | '―' => {
                    form.push('-');
                    form.push('-');
                }
                '…' => {
                    for _ in 0..3 {
                        form.push('.');
                    }
                }
                '\u{AD}' | '\u{200C}' | '\u{200D}' => {}
                c if c.is_numeric() => form.push('0'),
                c => {
                    for lower in c.to_lowercase() {
                        form.push(lower);
                    }
                }
            }
        }
        form.shorten_number();
        form
    }

    /// All numbers of five digits and more are one word.
    fn shorten_number(&mut self) {
        if self.len > 5 && self.bytes[..self.len].iter().all(|&b| b == b'0') {
            self.len = 5;
        }
    }

    /// Appends a character. When the form is full its last bytes are overwritten, so that the ending stays known.
    fn push(&mut self, c: char) {
        let mut buffer = [0; 4];
        let piece = c.encode_utf8(&mut buffer).as_bytes();
        if self.len + piece.len() > MAX_FORM {
            let keep = MAX_FORM - 8;
            self.bytes.copy_within(keep + piece.len()..MAX_FORM, keep);
            self.len = self.len.min(MAX_FORM) - piece.len();
        }
        self.bytes[self.len..self.len + piece.len()].copy_from_slice(piece);
        self.len += piece.len();
    }

    /// The folded bytes. UTF-8 unless the word was longer than a form can be.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Byte position of the start of the last `n` characters.
    fn suffix_start(&self, n: usize) -> usize {
        let mut at = self.len;
        for _ in 0..n {
            while at > 0 {
                at -= 1;
                if self.bytes[at] & 0xC0 != 0x80 {
                    break;
                }
            }
        }
        at
    }

    fn prefix_end(&self, n: usize) -> usize {
        let mut at = 0;
        for _ in 0..n {
            if at < self.len {
                at += 1;
            }
            while at < self.len && self.bytes[at] & 0xC0 == 0x80 {
                at += 1;
            }
        }
        at
    }
}

/// A quick, good, frozen hash of a few bytes: part of the model format, never to change.
pub fn hash(bytes: &[u8]) -> u32 {
    let mut h: u64 = 0x9E37_79B9_7F4A_7C15 ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        h = (h ^ u64::from_le_bytes(word)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        h ^= h >> 32;
    }
    h = h.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (h ^ (h >> 29)) as u32
}

impl Atoms {
    /// Features of `word`.
    pub fn new(word: &str) -> Self {
        let form = Form::new(word);
        let bytes = form.as_bytes();
        Self {
            form: hash(bytes),
            suffix2: hash(&bytes[form.suffix_start(2)..]),
            suffix3: hash(&bytes[form.suffix_start(3)..]),
            suffix4: hash(&bytes[form.suffix_start(4)..]),
            prefix3: hash(&bytes[..form.prefix_end(3)]),
            shape: shape(word),
        }
    }
}

/// The shape of `word`, below [`SHAPES`].
pub fn shape(word: &str) -> u8 {
    let (mut upper, mut lower, mut digits, mut others) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut first_upper = false;
    let mut sign = 0;
    for (i, c) in word.chars().enumerate() {
        if c.is_uppercase() {
            upper += 1;
            first_upper |= i == 0;
        } else if c.is_alphabetic() {
            lower += 1;
        } else if c.is_numeric() {
            digits += 1;
        } else {
            others += 1;
            sign = match c {
                '-' | '‐' | '‑' => 1,
                '.' => 2,
                _ => 3,
            };
        }
    }
    let case = match (upper, lower) {
        (0, 0) => Case::None,
        (0, _) => Case::Lower,
        (1, 0) => Case::Single,
        (_, 0) => Case::Upper,
        (1, _) if first_upper => Case::Title,
        _ => Case::Mixed,
    };
    let digit = match (digits, upper + lower + others) {
        (0, _) => 0,
        (_, 0) => 2,
        _ => 1,
    };
    case as u8 * 12 + digit * 4 + sign
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typography_and_case_fold_away() {
        for (a, b) in [("Troops", "troops"), ("’s", "'s"), ("“", "\""), ("1987", "2024"), ("123456", "9999999")] {
            assert_eq!(Atoms::new(a).form, Atoms::new(b).form, "{a} {b}");
        }
        assert_ne!(Atoms::new("troop").form, Atoms::new("troops").form);
        assert_eq!(Atoms::new("running").suffix3, Atoms::new("sting").suffix3);
        assert_eq!(Case::of_shape(shape("NATO")), Case::Upper);
        assert_eq!(Case::of_shape(shape("Reuters")), Case::Title);
        assert_eq!(Case::of_shape(shape("F-16")), Case::Single);
    }

    proptest! {
        #[test]
        fn any_word_has_atoms(word in "\\PC{0,80}") {
            prop_assert!((Atoms::new(&word).shape as usize) < SHAPES);
        }
    }
}
