//! From the hash of a word's form to its number: an open-addressed table, one cache line a look-up.

/// Numbered words.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    slots: Vec<(u32, u32)>,
    mask: usize,
}

const FREE: u32 = u32::MAX;

impl Vocabulary {
    /// Numbers `words` (hashes of normalised forms) in their order.
    pub fn new(words: &[u32]) -> Self {
        let size = (words.len() * 2).next_power_of_two().max(16);
        let mut slots = vec![(0, FREE); size];
        let mask = size - 1;
        for (i, &word) in words.iter().enumerate() {
            let mut at = word as usize & mask;
            while slots[at].1 != FREE && slots[at].0 != word {
                at = (at + 1) & mask;
            }
            if slots[at].1 == FREE {
                slots[at] = (word, i as u32);
            }
        }
        Self { slots, mask }
    }

    /// Number of the word with this hash.
    pub fn get(&self, word: u32) -> Option<u32> {
        let mut at = word as usize & self.mask;
        loop {
            let (key, id) = self.slots[at];
            if id == FREE {
                return None;
            }
            if key == word {
                return Some(id);
            }
            at = (at + 1) & self.mask;
        }
    }
}
