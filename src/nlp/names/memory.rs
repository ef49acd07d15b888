//! What a first reading of the document made of each word, as features for a second.
//!
//! "Jari said" is a person if the document also has "Waleed Al-Jari"; "Museum official" is no place if "museum" is
//! written small elsewhere. A word's own occurrence never counts for itself.

use super::features::{Words, feature};
use super::tags::{KINDS, N_TAGS, OUTSIDE, untag};
use super::words::Case;
use rustc_hash::FxHashMap;

/// Number of the first template of the second reading; the first reading uses those below.
const FIRST_TEMPLATE: u32 = 200;
/// Bits of the filter of words written small; at some 500 different words a document one in 30 is taken for seen.
const FILTER_BITS: u32 = 14;

/// How often each state was given to a word.
type Counts = [u8; N_TAGS];

/// The states given to the words of a document.
#[derive(Debug, Default)]
pub struct Memory {
    index: FxHashMap<u32, u32>,
    counts: Vec<Counts>,
    /// Index into `counts` plus one for each active word, 0 for those that are not remembered.
    of: Vec<u32>,
    small: Vec<u64>,
}

impl Memory {
    /// Remembers the states of the active words (`tokens` are their places in `words`).
    pub fn fill(&mut self, words: &Words, tokens: impl Iterator<Item = usize>, tags: &[u8]) {
        self.index.clear();
        self.counts.clear();
        self.of.clear();
        self.small.clear();
        self.small.resize(1 << (FILTER_BITS - 6), 0);
        for word in words.words.iter().filter(|w| w.case == Case::Lower) {
            let bit = word.lower >> (32 - FILTER_BITS);
            self.small[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        for (token, &tag) in tokens.zip(tags) {
            let word = &words.words[token];
            if !word.is_capital() {
                self.of.push(0);
                continue;
            }
            let new = self.counts.len() as u32;
            let at = *self.index.entry(word.lower).or_insert(new);
            if at == new {
                self.counts.push([0; N_TAGS]);
            }
            let count = &mut self.counts[at as usize][tag as usize];
            *count = count.saturating_add(1);
            self.of.push(at + 1);
        }
    }

    /// Appends the features that memory adds to active word `n`.
    pub fn features(&self, words: &Words, token: usize, n: usize, tags: &[u8], out: &mut Vec<u32>) {
        let word = &words.words[token];
        let bit = word.lower >> (32 - FILTER_BITS);
        let small = u32::from(word.is_capital() && self.small[(bit >> 6) as usize] >> (bit & 63) & 1 == 1);
        let case = word.case as u32 | small << 4;
        let own = u32::from(tags[n]);
        let here = self.evidence(n, tags);
        let before = if n > 0 { self.evidence(n - 1, tags) } else { Evidence::default() };
        let after = if n + 1 < self.of.len() { self.evidence(n + 1, tags) } else { Evidence::default() };
        let mut template = FIRST_TEMPLATE;
        let mut f = |x: u32, y: u32| {
            template += 1;
            out.push(feature(template, x, y));
        };
        f(case, own);
        if here.summary != 0 {
            f(here.summary, 0);
            f(here.summary, own);
            f(here.states, 0);
            f(here.states, own);
            f(here.summary, case);
        }
        template = FIRST_TEMPLATE + 10;
        let mut f = |x: u32, y: u32| {
            template += 1;
            out.push(feature(template, x, y));
        };
        f(before.states, own);
        f(after.states, own);
        f(before.summary, here.summary);
        f(here.summary, after.summary);
    }

    fn evidence(&self, n: usize, tags: &[u8]) -> Evidence {
        let Some(at) = self.of[n].checked_sub(1) else { return Evidence::default() };
        let mut counts = self.counts[at as usize];
        counts[tags[n] as usize] = counts[tags[n] as usize].saturating_sub(1);
        let mut kinds = [0u32; KINDS.len() + 1];
        kinds[KINDS.len()] = u32::from(counts[OUTSIDE as usize]);
        let mut states = 0;
        for tag in 1..N_TAGS as u8 {
            let count = u32::from(counts[tag as usize]);
            if let Some((kind, _)) = untag(tag).filter(|_| count > 0) {
                kinds[kind as usize] += count;
                states |= 1 << tag;
            }
        }
        let total: u32 = kinds.iter().sum();
        if total == 0 {
            return Evidence::default();
        }
        states |= u32::from(counts[OUTSIDE as usize] > 0);
        let mut top = 0;
        for (kind, &count) in kinds.iter().enumerate() {
            if count > kinds[top] {
                top = kind;
            }
        }
        let share = kinds[top] * 4 / total;
        Evidence { summary: 1 + (top as u32 | share << 3 | total.min(4) << 6), states }
    }
}

/// What the other occurrences of a word say.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    /// The most frequent kind, its share, how many occurrences; 0 without any.
    summary: u32,
    /// States seen, one bit each.
    states: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::doc::NameKind;
    use crate::nlp::names::tags::{Place, tag};
    use crate::nlp::names::words::Word;

    #[test]
    fn an_occurrence_says_nothing_of_itself() {
        let word = |lower| Word { lower, case: Case::Title, active: true, ..Word::default() };
        let words = Words { words: vec![word(10), word(20), word(20)], ..Words::default() };
        let end = tag(NameKind::Per, Place::End);
        let tags = [tag(NameKind::Per, Place::Begin), end, OUTSIDE];
        let mut memory = Memory::default();
        memory.fill(&words, 0..3, &tags);
        assert_eq!(memory.evidence(0, &tags).summary, 0);
        assert_eq!(memory.evidence(2, &tags).states, 1 << end);
        assert_eq!(memory.evidence(1, &tags).states, 1);
    }
}
