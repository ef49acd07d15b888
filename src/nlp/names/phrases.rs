//! A lexicon of names as phrases: which classes of known names a stretch of words belongs to.
//!
//! Entries are hashes of lower-case words, so the table is small and holds no text; what they were made from is told
//! in `models/README.md`. Membership is a feature, never a verdict: "Mobile" is a town and mostly is not.

use super::words::{Case, Word};

/// Classes of entries; each is one bit of an entry.
pub const N_CLASSES: usize = 8;
/// Classes of countries, cities and towns.
pub const PLACES: u8 = 0b1101;
/// Bits of a word's lexicon marks that stand for them.
pub const PLACE_MARKS: u32 = 0x0101_0101 * PLACES as u32;
/// Longest entry, in words.
pub const MAX_WORDS: usize = 6;

/// Where a word stands in an entry: bits of class `c` are `c`, `c + 8`, `c + 16`, `c + 24` for single, begin,
/// inside, end.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    /// Open-addressed table of (hash, classes, may be longer); hash 0 is an empty slot.
    slots: Vec<(u32, u8, bool)>,
    mask: usize,
}

/// Class bits and continuation of each entry, by hash.
pub type Entry = (u32, u8, bool);

/// Hash of a phrase, one more word at a time; begins with 0.
pub fn extend(phrase: u32, word_lower: u32) -> u32 {
    let mixed = (u64::from(phrase) << 32 | u64::from(word_lower)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)) >> 16) as u32 | 1
}

impl Phrases {
    /// A table of the entries.
    pub fn new(entries: &[Entry]) -> Self {
        let size = (entries.len() * 2).next_power_of_two().max(2);
        let mut phrases = Self { slots: vec![(0, 0, false); size], mask: size - 1 };
        for &(hash, classes, longer) in entries {
            let mut at = hash as usize >> 1;
            while phrases.slots[at & phrases.mask].0 != 0 {
                at += 1;
            }
            phrases.slots[at & phrases.mask] = (hash, classes, longer);
        }
        phrases
    }

    fn get(&self, hash: u32) -> Option<(u8, bool)> {
        if self.slots.is_empty() {
            return None;
        }
        let mut at = hash as usize >> 1;
        loop {
            let (found, classes, longer) = self.slots[at & self.mask];
            if found == hash {
                return Some((classes, longer));
            }
            if found == 0 {
                return None;
            }
            at += 1;
        }
    }

    /// Marks the words of one sentence that entries cover: at each capitalised word, the longest entry of each class.
    pub fn mark(&self, words: &mut [Word]) {
        for start in 0..words.len() {
            // Small letters still may name a place ("kerala"), if in nothing as short as "us".
            let wanted = match words[start].case {
                _ if words[start].is_capital() => u8::MAX,
                Case::Lower if words[start].prefix[2] != 0 => PLACES,
                _ => continue,
            };
            let mut phrase = 0;
            let mut longest = [0usize; N_CLASSES];
            for (n, word) in words[start..].iter().take(MAX_WORDS).enumerate() {
                phrase = extend(phrase, word.lower);
                let Some((classes, longer)) = self.get(phrase) else { break };
                let classes = classes & wanted;
                for (class, longest) in longest.iter_mut().enumerate() {
                    if classes >> class & 1 == 1 {
                        *longest = n + 1;
                    }
                }
                if !longer {
                    break;
                }
            }
            for (class, &n) in longest.iter().enumerate() {
                match n {
                    0 => {}
                    1 => {
                        if words[start].lexicon >> class & 0x0101_0100 == 0 {
                            words[start].lexicon |= 1 << class;
                        }
                    }
                    _ => {
                        words[start].lexicon |= 1 << (class + 8);
                        for word in &mut words[start + 1..start + n - 1] {
                            word.lexicon |= 1 << (class + 16);
                        }
                        words[start + n - 1].lexicon |= 1 << (class + 24);
                    }
                }
            }
        }
    }
}
