//! Groups the tokens of every analysed block into sentences. Needs `tokenize`; fills `Doc::sentences`.
//!
//! Every gap between two tokens where a sentence could end is weighed by a linear model over the words around it: what
//! precedes (`.`, `U.S.`, `:`, a closing quote, a bare word), what follows (a capital, a quote, a bullet), what is
//! still open. A sentence never crosses a block, and never grows beyond [`MAX_TOKENS`].

use super::doc::{Doc, Sentence, Token};
use super::model::atoms::{Atoms, Case};
use super::model::container::{Kind, ModelError, Writer, open, seal};
use crate::text::Span;

/// Longest sentence. Tables pasted into a paragraph have no full stops; the parser's cost grows with length.
pub const MAX_TOKENS: usize = 250;

/// Past [`MAX_TOKENS`], a semicolon or dash within this many tokens of the limit is preferred to a cut anywhere.
const SOFT_ZONE: usize = 60;

/// Number of weights: a power of two, enough that chance collisions are rare among the features that matter.
pub const WEIGHTS: usize = 1 << 15;

/// Features of a gap.
pub const FEATURES: usize = 16;

/// Words that begin sentences after an abbreviation: closed classes, never surnames.
const STARTERS: &[&str] = &[
    "The",
    "He",
    "She",
    "It",
    "They",
    "We",
    "You",
    "In",
    "On",
    "At",
    "But",
    "And",
    "A",
    "An",
    "This",
    "That",
    "These",
    "Those",
    "However",
    "Meanwhile",
    "There",
    "His",
    "Her",
    "Their",
    "Its",
    "Our",
    "For",
    "From",
    "With",
    "As",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "Since",
    "Although",
    "Though",
    "Both",
    "Some",
    "Many",
    "Most",
    "Several",
    "According",
    "What",
    "Who",
    "How",
    "Why",
    "Where",
    "Not",
    "So",
    "Then",
    "Now",
    "Also",
    "Under",
    "Earlier",
    "Later",
    "To",
    "By",
    "Such",
    "Only",
    "Even",
    "Still",
    "Yet",
    "Because",
    "Despite",
    "During",
    "I",
    "Instead",
    "Here",
    "Each",
];

/// Abbreviations that stand before names.
const TITLES: &[&str] = &[
    "Mr.", "Mrs.", "Ms.", "Dr.", "Gen.", "Gov.", "Sen.", "Rep.", "Col.", "Lt.", "Sgt.", "Capt.", "Maj.", "Prof.",
    "Rev.", "St.", "Adm.", "Cmdr.", "Hon.", "Pres.", "Brig.", "Messrs.", "Mt.", "Ft.", "vs.", "e.g.", "i.e.", "No.",
    "Reps.", "Sens.", "Govs.", "Supt.", "Cpl.", "Insp.", "Drs.", "Atty.",
];

/// The sentence splitter.
#[derive(Debug, Clone)]
pub struct Splitter {
    weights: Vec<i16>,
}

/// What is known of a block up to a gap.
#[derive(Debug, Clone, Copy, Default)]
pub struct Before {
    /// Tokens since the last boundary.
    pub length: usize,
    /// A straight double quotation mark is open.
    pub quoted: bool,
    /// Depth of open brackets and typographic quotes.
    pub depth: u32,
}

impl Before {
    /// Takes note of a token.
    pub fn pass(&mut self, word: &str) {
        self.length += 1;
        match word {
            "\"" => self.quoted = !self.quoted,
            "(" | "[" | "“" => self.depth += 1,
            ")" | "]" | "”" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// A sentence ended here.
    pub fn cut(&mut self) {
        self.length = 0;
        self.depth = 0;
    }
}

/// What a token may mean for a boundary.
fn mark(word: &str) -> u32 {
    let last = word.as_bytes()[word.len() - 1];
    match last {
        b'.' if word.len() == 1 => 1,
        b'!' | b'?' => 2,
        b'.' if word.bytes().all(|b| b == b'.') => 3,
        b'.' if word.len() == 2 => 4,
        b'.' if TITLES.contains(&word) => 12,
        b'.' => 5,
        b':' => 6,
        b';' | b',' => 7,
        b'"' | b'\'' => 8,
        b')' | b']' => 9,
        b'-' | b'*' | b'=' | b'_' => 10,
        _ if matches!(word, "”" | "’" | "’’" | "»") => 8,
        _ if matches!(word, "—" | "–" | "•") => 10,
        _ if word.starts_with('…') => 3,
        _ if matches!(word, "。" | "！" | "？" | "؟") => 2,
        _ if word.len() > 8 && word.contains(['/', '@']) => 11,
        _ => 0,
    }
}

/// True when the gap after token `i` must be weighed; all others are inside a sentence.
pub fn is_candidate(text: &str, tokens: &[Token], i: usize) -> bool {
    let cur = mark(tokens[i].span.slice(text));
    if tokens[i].space_after {
        let next = tokens[i + 1].span.slice(text).as_bytes()[0];
        return cur != 0 && cur != 7
            || !next.is_ascii_lowercase() && !matches!(next, b',' | b'.' | b'\'' | b'%' | b')');
    }
    matches!(cur, 1..=3) && !matches!(mark(tokens[i + 1].span.slice(text)), 1..=4 | 7..=9)
}

/// Features of the gap after token `i` of the block `start..end`, as weight numbers.
pub fn gap(text: &str, tokens: &[Token], start: usize, end: usize, i: usize, before: Before) -> [u32; FEATURES] {
    let word = |i: usize| tokens[i].span.slice(text);
    let atoms = |i: usize| Atoms::new(word(i));
    let outside = Atoms { form: 7, shape: 0, ..Atoms::default() };
    let prev = if i > start { atoms(i - 1) } else { outside };
    let (cur, next) = (atoms(i), atoms(i + 1));
    let after = if i + 2 < end { atoms(i + 2) } else { outside };
    let case = |a: &Atoms| Case::of_shape(a.shape) as u32;
    let kind = mark(word(i));
    let next_kind = if word(i + 1).as_bytes()[0].is_ascii_punctuation() { next.form } else { u32::from(next.shape) };
    let length = before.length.min(63).ilog2_or_zero();
    let left = (end - i).min(31).ilog2_or_zero();
    let open = u32::from(before.quoted) | u32::from(before.depth > 0) << 1 | u32::from(tokens[i].space_after) << 2;
    let prev_mark = if i > start { mark(word(i - 1)) } else { 15 };
    let parts: [(u32, u32); FEATURES] = [
        (kind, 0),
        (cur.form, 0),
        (next.form, kind),
        (u32::from(next.shape) << 1 | u32::from(STARTERS.contains(&word(i + 1))), kind),
        (cur.form, next_kind),
        (cur.form, next.form),
        (prev.form, kind),
        (prev.form, cur.form),
        (u32::from(cur.shape), next_kind),
        (after.form, kind << 4 | case(&next)),
        (u32::from(after.shape) << 8 | u32::from(next.shape), kind),
        (open << 8 | kind, next_kind),
        (length << 8 | kind, case(&next)),
        (left << 8 | kind, case(&next)),
        (prev_mark << 8 | kind, next_kind),
        (u32::from(STARTERS.contains(&word(i + 1))) << 8 | kind, case(&prev) << 8 | case(&after)),
    ];
    let mut out = [0; FEATURES];
    for (n, (to, (a, b))) in out.iter_mut().zip(parts).enumerate() {
        let h = (a ^ (n as u32).wrapping_mul(0x85EB_CA6B)).wrapping_mul(0x9E37_79B1) ^ b.wrapping_mul(0xC2B2_AE35);
        let h = (h ^ h >> 15).wrapping_mul(0x2C1B_3C6D);
        *to = (h ^ h >> 13) & (WEIGHTS as u32 - 1);
    }
    out
}

trait Log2 {
    fn ilog2_or_zero(self) -> u32;
}
impl Log2 for usize {
    fn ilog2_or_zero(self) -> u32 {
        if self == 0 { 0 } else { self.ilog2() + 1 }
    }
}

impl Splitter {
    /// Loads a model file.
    ///
    /// # Errors
    /// When it is not such a model, of another version, or damaged.
    pub fn load(name: &str, bytes: &[u8]) -> Result<Self, ModelError> {
        let mut r = open(name, bytes, Kind::Sentences)?;
        let weights: Vec<i16> = r.bytes()?.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
        r.end()?;
        if weights.len() != WEIGHTS {
            return Err(r.damaged("wrong number of weights"));
        }
        Ok(Self { weights })
    }

    /// The model file with these weights.
    pub fn write(weights: &[i16]) -> Vec<u8> {
        let mut w = Writer::default();
        w.bytes(&weights.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<_>>());
        seal(Kind::Sentences, &w.bytes)
    }

    /// Splits the tokens of `doc` into sentences.
    pub fn run(&self, doc: &mut Doc) {
        doc.sentences.clear();
        let Doc { article, tokens, sentences, .. } = doc;
        let mut start = 0;
        for (b, block) in article.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_analysed()) {
            let end = start + tokens[start..].partition_point(|t| t.span.end <= block.span.end);
            let mut first = start;
            let mut before = Before::default();
            for i in start..end {
                before.pass(tokens[i].span.slice(&article.text));
                let ends = i + 1 == end
                    || is_candidate(&article.text, tokens, i)
                        && self.score(&gap(&article.text, tokens, start, end, i, before)) > 0;
                if ends {
                    for (from, to) in pieces(&article.text, tokens, first, i + 1) {
                        let tokens = Span::of(from, to);
                        sentences.push(Sentence { tokens, block: b as u32, kind: block.kind });
                    }
                    first = i + 1;
                    before.cut();
                }
            }
            start = end;
        }
    }

    fn score(&self, features: &[u32; FEATURES]) -> i32 {
        features.iter().map(|&f| i32::from(self.weights[f as usize])).sum()
    }
}

/// Cuts a sentence that is too long.
fn pieces<'a>(
    text: &'a str,
    tokens: &'a [Token],
    start: usize,
    end: usize,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut at = start;
    std::iter::from_fn(move || {
        if at >= end {
            return None;
        }
        let from = at;
        at = end;
        if end - from > MAX_TOKENS {
            let limit = from + MAX_TOKENS;
            let soft = (limit - SOFT_ZONE..limit)
                .rev()
                .find(|&i| matches!(tokens[i].span.slice(text), ";" | "—" | "--" | "|" | "•" | ","));
            at = soft.map_or(limit, |i| i + 1);
        }
        Some((from, at))
    })
}

#[cfg(test)]
mod tests;
