//! Spans into text, typed by what they index, and the few text helpers every stage shares.
//!
//! The text of an article is never modified, so a span can always be shown in its source. Offsets are
//! `u32`: an article longer than 4 GiB is refused by the reader long before.

use std::marker::PhantomData;
use std::ops::Range;

/// Unit of a [`Span`] that counts UTF-8 bytes of an article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Byte;

/// A half-open interval `start..end`, counted in the unit `U`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<U> {
    /// First position inside the span.
    pub start: u32,
    /// First position after the span.
    pub end: u32,
    unit: PhantomData<U>,
}

impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}

impl<U> Span<U> {
    /// The span `start..end`.
    ///
    /// # Panics
    /// In debug builds, when `end < start`.
    pub const fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { start, end, unit: PhantomData }
    }

    /// The span `start..end` from sizes of memory.
    pub const fn of(start: usize, end: usize) -> Self {
        Self::new(start as u32, end as u32)
    }

    /// Number of units covered.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when nothing is covered.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True when `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when position `at` lies inside.
    pub const fn holds(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// True when the two share at least one unit.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl Span<Byte> {
    /// The text it covers.
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }
}

/// Bytes as lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Stable 60-bit content hash as a table id: a letter, then 15 hex digits.
///
/// A bare hex id such as `12e45678` is read as infinity by pandas, so every id begins with a letter that
/// also names its table. `parts` are separated by a byte that cannot occur in text (0xFF).
pub fn content_id(letter: char, parts: &[&str]) -> String {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(&[0xFF]);
    }
    format!("{letter}{:015x}", hasher.digest() >> 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_ids_begin_with_their_letter_and_tell_parts_apart() {
        let id = content_id('d', &["ab", "c"]);
        assert_eq!(id.len(), 16);
        assert!(id.starts_with('d'));
        assert_ne!(id, content_id('d', &["a", "bc"]));
    }
}
