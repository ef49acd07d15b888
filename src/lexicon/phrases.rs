//! Every phrase of every table in one index: the longest that begins at a place of raw text.
//!
//! The index is a word trie kept as a hash table: each phrase contributes a node for itself and one for each
//! of its beginnings that ends where a word ends. A walk normalises the text on the fly (see `normal`), extends
//! a rolling 64-bit hash, and stops at the first beginning that is not in the table; so most words cost one
//! look-up. Two different texts share a hash with a chance of about one in 10¹⁵ a word, which we accept.
//!
//! Case counts where it tells a name from a word: see [`Case`].

use super::normal::{is_silent, normal, normal_char};
use rustc_hash::FxHashMap;

/// Acronyms that are also words: in a headline set in capitals they are taken for the word.
const WORDS: [&str; 30] = [
    "aid", "all", "am", "an", "are", "as", "at", "be", "can", "car", "do", "go", "hd", "her", "his", "ice", "in", "is",
    "it", "man", "me", "no", "on", "or", "pan", "so", "the", "to", "up", "who",
];
/// An acronym of at most so many letters must stand in capitals (`US`, `WHO`); longer ones are also written
/// like words by many papers (`Nato`, `Unesco`).
const SHORT_ACRONYM: usize = 3;
/// A name of at most so many letters with a capital inside (`LeT`, `AfDB`) must keep it: `Let` begins sentences.
const SHORT_MIXED: usize = 4;

/// What a phrase names: the table its row is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhraseKind {
    /// Name of a country, `countries`.
    CountryName,
    /// Adjective of a country, `countries`.
    Adjective,
    /// Noun for its people, `countries`.
    People,
    /// Name of its capital, `countries`.
    Capital,
    /// A building or nickname that stands for a government, `metonyms`.
    Metonym,
    /// An organisation, `organisations`.
    Organisation,
    /// A person by full name, `leaders` (the first of the person's rows).
    Leader,
    /// A common noun for a role or group, `roles`.
    Role,
    /// No actor, though its words are (`New Jersey`, `Panama Papers`), `nonactors`.
    NonActor,
}

/// What the text's capitals must look like for a phrase to match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// Written in small letters in the table: any case matches (`rebels`, `prime minister`).
    Any,
    /// Begins small but is a name: at least one capital (`al-Qaeda`).
    SomeCapital,
    /// Begins with a capital: so must the text (`Turkey`, `Nato`).
    Initial,
    /// A short acronym: no small letter (`US`, `EU`).
    Capitals,
    /// A short name with a capital inside: so must the text (`LeT`, `MoD`, never `Let`).
    Inner,
    /// An acronym that is also a word: no small letter, and never where case tells nothing (`WHO`, `IS`).
    CapitalsOnly,
}

/// One meaning of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhraseRef {
    /// What the text's capitals must look like.
    pub case: Case,
    /// The table.
    pub kind: PhraseKind,
    /// True for the plural of a role or people (`rebels`, `Poles`).
    pub plural: bool,
    /// Row of the table.
    pub row: u32,
}

impl PhraseRef {
    /// True when only a capitalised text matches, that is, when the phrase is a name.
    pub fn cased(self) -> bool {
        self.case != Case::Any
    }
}

/// The longest phrase at a place, with everything it may mean there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseMatch<'a> {
    /// Byte after its last character.
    pub end: usize,
    /// What it may name, never empty; entries whose case the text does not meet are left out.
    pub entries: &'a [PhraseRef],
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    first: u32,
    len: u16,
    more: bool,
}

/// The index. Built once, read by all workers.
#[derive(Debug, Default)]
pub struct Phrases {
    nodes: FxHashMap<u64, Node>,
    entries: Vec<PhraseRef>,
    count: usize,
}

impl Phrases {
    /// Number of different phrases.
    pub fn len(&self) -> usize {
        self.count
    }

    /// True when nothing was indexed.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The longest phrase that begins exactly at byte `at` and ends where a word ends, `None` if there is none.
    ///
    /// `at` is the start of a token. The phrase may be followed by `'s` or a hyphen (`U.S.-led`). With
    /// `caps`, the text is one in which case tells nothing (a headline in capitals, a lower-case corpus).
    ///
    /// # Panics
    /// When `at` is not on a character boundary of `text`.
    pub fn longest_at(&self, text: &str, at: usize, caps: bool) -> Option<PhraseMatch<'_>> {
        let mut best = None;
        let mut hash = Hash::default();
        let mut seen = Seen::default();
        let mut chars = text[at..].char_indices().peekable();
        while let Some((_, c)) = chars.next() {
            normal_char(c, &mut |n| hash.push(n));
            if !seen.note(c) {
                break;
            }
            let end = loop {
                match chars.peek() {
                    Some(&(_, next)) if is_silent(next) => {
                        chars.next();
                    }
                    Some(&(offset, next)) if !next.is_alphanumeric() => break Some(at + offset),
                    Some(_) => break None,
                    None => break Some(text.len()),
                }
            };
            let Some(end) = end.filter(|_| !hash.space) else { continue };
            let Some(node) = self.nodes.get(&hash.value()) else { break };
            let entries = &self.entries[node.first as usize..node.first as usize + node.len as usize];
            let level = if caps { Case::Capitals } else { seen.level() };
            let fits = entries.partition_point(|entry| entry.case <= level);
            if fits > 0 {
                best = Some(PhraseMatch { end, entries: &entries[..fits] });
            }
            if !node.more {
                break;
            }
        }
        best
    }

    /// Every meaning of a phrase, whatever its case.
    pub fn exactly(&self, phrase: &str) -> &[PhraseRef] {
        let mut hash = Hash::default();
        normal(phrase).chars().for_each(|c| hash.push(c));
        let node = self.nodes.get(&hash.value()).copied().unwrap_or_default();
        &self.entries[node.first as usize..node.first as usize + node.len as usize]
    }
}

/// Which capitals the walk has seen.
#[derive(Default)]
struct Seen {
    started: bool,
    in_word: bool,
    inner: bool,
    initial: bool,
    upper: bool,
    lower: bool,
    line_end: bool,
}

impl Seen {
    /// False when the phrase cannot go on: an empty line.
    fn note(&mut self, c: char) -> bool {
        if c == '\n' && self.line_end {
            return false;
        }
        self.line_end = c == '\n' || (self.line_end && c.is_whitespace());
        if c.is_uppercase() {
            self.upper = true;
            self.initial |= !self.started;
            self.inner |= self.in_word;
        } else if c.is_lowercase() {
            self.lower = true;
        }
        self.in_word = c.is_alphabetic();
        self.started |= self.in_word;
        true
    }

    fn level(&self) -> Case {
        match (self.upper, self.lower, self.initial) {
            (true, false, _) => Case::CapitalsOnly,
            (true, true, true) if self.inner => Case::Inner,
            (true, true, true) => Case::Initial,
            (true, true, false) => Case::SomeCapital,
            (false, _, _) => Case::Any,
        }
    }
}

/// FNV-1a over the normal form, in which runs of space are one.
struct Hash {
    state: u64,
    space: bool,
}

impl Default for Hash {
    fn default() -> Self {
        Self { state: 0xcbf2_9ce4_8422_2325, space: false }
    }
}

impl Hash {
    fn push(&mut self, c: char) {
        if c == ' ' {
            if !self.space {
                self.byte(b' ');
            }
            self.space = true;
            return;
        }
        self.space = false;
        if c.is_ascii() {
            self.byte(c as u8);
        } else {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.byte(byte));
        }
    }

    fn byte(&mut self, byte: u8) {
        self.state = (self.state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// FNV's high bits are weak for short texts; the table uses them all.
    fn value(&self) -> u64 {
        let mixed = (self.state ^ (self.state >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    }
}

/// Collects phrases, then lays the index out.
#[derive(Default)]
pub(super) struct Builder {
    phrases: Vec<(String, PhraseRef)>,
}

impl Builder {
    /// Adds `phrase` as written in a table. A leading `!` asks for [`Case::CapitalsOnly`].
    pub(super) fn add(&mut self, phrase: &str, kind: PhraseKind, row: u32, plural: bool) {
        let (phrase, exact) = phrase.strip_prefix('!').map_or((phrase, false), |rest| (rest, true));
        let key = normal(phrase);
        if key.is_empty() {
            return;
        }
        let case = if exact { Case::CapitalsOnly } else { case_of(phrase, &key) };
        self.phrases.push((key, PhraseRef { case, kind, plural, row }));
    }

    pub(super) fn build(mut self) -> Phrases {
        self.phrases.sort_unstable();
        self.phrases.dedup();
        let mut index = Phrases::default();
        index.nodes.reserve(self.phrases.len() * 2);
        index.entries.reserve(self.phrases.len());
        for group in self.phrases.chunk_by(|a, b| a.0 == b.0) {
            let key = &group[0].0;
            let mut hash = Hash::default();
            let mut rest = key.chars().peekable();
            while let Some(c) = rest.next() {
                hash.push(c);
                if rest.peek().is_some_and(|next| !next.is_alphanumeric()) {
                    index.nodes.entry(hash.value()).or_default().more = true;
                }
            }
            let node = index.nodes.entry(hash.value()).or_default();
            node.first = index.entries.len() as u32;
            node.len = group.len() as u16;
            index.entries.extend(group.iter().map(|(_, entry)| *entry));
            index.count += 1;
        }
        index
    }
}

fn case_of(phrase: &str, key: &str) -> Case {
    let letters = phrase.chars().filter(|c| c.is_alphabetic()).count();
    let small = phrase.chars().any(char::is_lowercase);
    let capital = phrase.chars().any(char::is_uppercase);
    let inner = !phrase.contains(' ') && phrase.chars().skip(1).any(char::is_uppercase);
    match (capital, small) {
        (false, _) => Case::Any,
        (true, false) if WORDS.contains(&key) => Case::CapitalsOnly,
        (true, false) if letters <= SHORT_ACRONYM => Case::Capitals,
        (true, true) if letters <= SHORT_MIXED && inner => Case::Inner,
        (true, _) if phrase.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase) => Case::SomeCapital,
        (true, _) => Case::Initial,
    }
}
