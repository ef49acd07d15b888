//! Feature templates of the name recogniser, for training and prediction alike.
//!
//! Only *active* words get features: words with a capital, and the small words between or before them that names
//! contain ("Bank *of* England", "*al*-Shabaab"). All others are outside of names, which is right for edited text and
//! saves three quarters of the work. A feature is the hash of its template and values.

use super::phrases::{self, Phrases};
use super::words::{self, Case, Lowercase, Word, look_at};
use crate::nlp::clusters::Clusters;
use crate::nlp::doc::Doc;
use rustc_hash::FxHashMap;

/// Words that join the parts of one name.
const LINKS: &[&str] = &[
    "of", "-", "–", "al", "el", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "les",
    "der", "den", "van", "von", "bin", "ibn", "bint", "ben", "ul", "ur", "ud", "al-", "el-", "&", "y", "e", "/", ".",
    "abu", "umm", "as", "an", "ad", "ash", "az", "+",
];
/// Words that may stand inside a name, but more often between two.
const WEAK_LINKS: &[&str] = &["and", "the", "for", "in", "on", "at", "to", "'s", "’s", "'", "’", "s", "with", "a"];
/// Words that may begin a name in lower case, before a capital or a hyphen and a capital ("al-Qaida").
const OPENERS: &[&str] = &["al", "el", "bin", "van", "von", "de", "der", "la", "abu", "as", "ad", "ash", "an"];
/// Longest stretch of joining words between two capitals.
const MAX_GAP: usize = 3;

/// How a sentence uses capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Mode {
    /// As prose does.
    #[default]
    Prose,
    /// Most words begin with a capital, as in some headlines.
    Titled,
    /// Most words are in capitals.
    Shouted,
}

/// Kinds of joining words, by hash of their lower-case form.
#[derive(Debug)]
struct Links(FxHashMap<u32, u8>);

const STRONG: u8 = 1;
const WEAK: u8 = 2;
const OPENER: u8 = 4;

impl Links {
    fn new() -> Self {
        let mut links: FxHashMap<u32, u8> = FxHashMap::default();
        for (list, bit) in [(LINKS, STRONG), (WEAK_LINKS, WEAK), (OPENERS, OPENER)] {
            for word in list {
                *links.entry(words::hash(word.as_bytes())).or_default() |= bit;
            }
        }
        Self(links)
    }

    fn of(&self, word: &Word) -> u8 {
        if word.is_capital() { 0 } else { self.0.get(&word.lower).copied().unwrap_or(0) }
    }
}

/// A stretch of capitalised words with the links between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// First word, counted in the doc.
    pub start: u32,
    /// After the last word.
    pub end: u32,
}

/// The words of a doc as the templates see them.
#[derive(Debug, Default)]
pub struct Words {
    /// One for each token of the doc.
    pub words: Vec<Word>,
    /// All runs; `Word::run` is an index into it plus one, from the first run of the sentence.
    pub runs: Vec<Run>,
    /// One for each sentence: its mode and its first run.
    pub sentences: Vec<(Mode, u32)>,
    pub(super) buffer: Lowercase,
}

/// Sees the words of docs and makes features of them.
#[derive(Debug)]
pub struct Extractor {
    links: Links,
    phrases: Phrases,
    clusters: &'static Clusters,
}

/// Stands for a word beyond the edge of its sentence.
const EDGE: Word = Word {
    lower: 3,
    prefix: [0; 3],
    suffix: [0; 4],
    shape: 3,
    case: Case::Mark,
    fine: 2000,
    medium: 2000,
    coarse: 2000,
    uncased: 0,
    lexicon: 0,
    active: false,
    run: 0,
};

impl Extractor {
    /// An extractor with these lexicon phrases and the built-in clusters.
    pub fn new(phrases: Phrases) -> Self {
        Self { links: Links::new(), phrases, clusters: Clusters::builtin() }
    }

    /// Looks at every word of the doc, which must have tokens and sentences.
    pub fn look(&self, doc: &Doc, out: &mut Words) {
        out.words.clear();
        out.runs.clear();
        out.sentences.clear();
        for i in 0..doc.tokens.len() {
            out.words.push(look_at(doc.word(i), self.clusters, &mut out.buffer));
        }
        for sentence in &doc.sentences {
            let range = sentence.tokens.range();
            let first_run = out.runs.len() as u32;
            let words = &mut out.words[range.clone()];
            self.phrases.mark(words);
            self.activate(words);
            self.find_runs(words, range.start, first_run, &mut out.runs);
            out.sentences.push((mode_of(words), first_run));
        }
    }

    /// Marks the words that may be part of names.
    fn activate(&self, words: &mut [Word]) {
        let mut last_capital: Option<usize> = None;
        for i in 0..words.len() {
            words[i].active |= words[i].case == Case::Lower && words[i].lexicon & phrases::PLACE_MARKS != 0;
            if words[i].is_capital() {
                words[i].active = true;
                if let Some(last) = last_capital.filter(|last| i - last <= MAX_GAP + 1)
                    && words[last + 1..i]
                        .iter()
                        .all(|w| self.links.of(w) & (STRONG | WEAK) != 0 || w.case == Case::Number)
                {
                    for word in &mut words[last + 1..i] {
                        word.active = true;
                    }
                }
                // "al-Qaida", "bin Salman": up to an opener and a hyphen before the capital.
                let mut at = i;
                if at > 0 && words[at - 1].shape == hyphen_shape() {
                    at -= 1;
                }
                if at > 0 && self.links.of(&words[at - 1]) & OPENER != 0 {
                    for word in &mut words[at - 1..i] {
                        word.active = true;
                    }
                }
                last_capital = Some(i);
            } else if words[i].case == Case::Number && i > 0 {
                // "Flight 17", "Covid-19".
                let at = if words[i - 1].shape == hyphen_shape() && i > 1 { i - 2 } else { i - 1 };
                if words[at].is_capital() {
                    for word in &mut words[at + 1..=i] {
                        word.active = true;
                    }
                }
            }
        }
    }

    fn find_runs(&self, words: &mut [Word], offset: usize, first_run: u32, runs: &mut Vec<Run>) {
        let mut i = 0;
        while i < words.len() {
            if !words[i].active || self.links.of(&words[i]) & (STRONG | WEAK) == WEAK {
                i += 1;
                continue;
            }
            let start = i;
            while i < words.len() && words[i].active && self.links.of(&words[i]) & (STRONG | WEAK) != WEAK {
                i += 1;
            }
            runs.push(Run { start: (offset + start) as u32, end: (offset + i) as u32 });
            let number = (runs.len() as u32 - first_run).min(u32::from(u16::MAX)) as u16;
            for word in &mut words[start..i] {
                word.run = number;
            }
        }
    }

    /// Appends the features of word `i` of sentence `s` of the doc that `words` was filled from.
    #[expect(clippy::many_single_char_names, reason = "the templates are a table; long names would hide it")]
    pub fn features(&self, doc: &Doc, words: &Words, s: usize, i: usize, out: &mut Vec<u32>) {
        let range = doc.sentences[s].tokens.range();
        let (mode, first_run) = words.sentences[s];
        let mode = mode as u32;
        let at = |j: Option<usize>| j.filter(|j| range.contains(j)).map_or(&EDGE, |j| &words.words[j]);
        let (b, p, w) = (at(i.checked_sub(2)), at(i.checked_sub(1)), at(Some(i)));
        let (n, a) = (at(Some(i + 1)), at(Some(i + 2)));
        let case = w.case as u32 | mode << 4;
        let cases = case | (p.case as u32) << 8 | (n.case as u32) << 12;
        let mut template = 0;
        let mut f = |x: u32, y: u32| {
            template += 1;
            out.push(feature(template, x, y));
        };
        let m = |w: &Word| u32::from(w.medium);
        f(case, 0);
        f(w.lower, 0);
        f(w.lower, case);
        f(p.lower, 0);
        f(n.lower, 0);
        f(b.lower, 0);
        f(a.lower, 0);
        f(p.lower, w.lower);
        f(w.lower, n.lower);
        f(p.lower, n.lower);
        f(b.lower, p.lower);
        f(n.lower, a.lower);
        f(w.shape, 0);
        f(p.shape, w.shape);
        f(w.shape, n.shape);
        f(cases, 0);
        f(cases, (b.case as u32) << 4 | a.case as u32);
        f(w.prefix[0], 0);
        f(w.prefix[1], 0);
        f(w.prefix[2], 0);
        f(w.suffix[0], case);
        f(w.suffix[1], 0);
        f(w.suffix[2], 0);
        f(w.suffix[3], 0);
        f(p.suffix[2], case);
        f(n.suffix[2], case);
        f(u32::from(w.fine), 0);
        f(m(w), case);
        f(u32::from(w.coarse), case);
        f(u32::from(p.fine), case);
        f(u32::from(n.fine), case);
        f(m(p), case);
        f(m(n), case);
        f(u32::from(b.fine), 0);
        f(u32::from(a.fine), 0);
        f(m(p) << 16 | m(w), 0);
        f(m(w) << 16 | m(n), 0);
        f(m(p) << 16 | m(n), case);
        f(m(b) << 16 | m(p), case);
        f(m(n) << 16 | m(a), case);
        f(u32::from(p.coarse) << 16 | u32::from(n.coarse), u32::from(w.coarse));
        f(p.lower, m(w));
        f(n.lower, m(w));
        let start = u32::from(i == range.start);
        f(u32::from(w.uncased), case | start << 8);
        f(u32::from(w.uncased) << 16 | m(w), start);
        f(w.lexicon, case);
        f(p.lexicon, 0);
        f(n.lexicon, 0);
        f(w.lexicon, n.lexicon);
        f(w.lexicon, m(p));
        f(w.lexicon, m(n));
        f(w.lexicon, p.lower);
        let (first, last, before, after, place) = if w.run == 0 {
            (&EDGE, &EDGE, &EDGE, &EDGE, 0)
        } else {
            let run = words.runs[first_run as usize + usize::from(w.run) - 1];
            let (from, to) = (run.start as usize, run.end as usize);
            let place = (i - from).min(3) as u32 | ((to - 1 - i).min(3) as u32) << 2;
            (at(Some(from)), at(Some(to - 1)), at(from.checked_sub(1)), at(Some(to)), place)
        };
        f(place, case);
        f(first.lower, place);
        f(last.lower, place);
        f(before.lower, place);
        f(after.lower, place);
        f(m(first), place);
        f(m(last), place);
        f(m(before), place);
        f(m(after), place);
        f(m(before) << 16 | m(after), place);
        f(m(first) << 16 | m(last), place);
        f(m(before) << 16 | m(last), place);
        f(m(after) << 16 | m(last), place);
        f(u32::from(before.fine), u32::from(after.fine));
        f(last.lexicon, place);
        f(first.lexicon, place);
    }
}

/// Hash of one feature.
#[inline]
pub(super) fn feature(template: u32, x: u32, y: u32) -> u32 {
    let z = (u64::from(x) << 32 | u64::from(y)) ^ u64::from(template).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let wide = u128::from(z) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
    let folded = (wide >> 64) as u64 ^ wide as u64;
    (folded.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32
}

/// Shape of a hyphen.
fn hyphen_shape() -> u32 {
    static SHAPE: std::sync::LazyLock<u32> = std::sync::LazyLock::new(|| words::hash(b"-"));
    *SHAPE
}

/// Share of capitalised words above which a sentence is set as a title. Prose with many names stays below.
const TITLED_SHARE: f32 = 0.7;

fn mode_of(words: &[Word]) -> Mode {
    let (mut letters, mut capital, mut upper) = (0u32, 0u32, 0u32);
    for word in words {
        match word.case {
            Case::Lower => letters += 1,
            Case::Title | Case::Mixed => {
                letters += 1;
                capital += 1;
            }
            Case::Upper => {
                letters += 1;
                capital += 1;
                upper += 1;
            }
            _ => {}
        }
    }
    let share = |n: u32| n as f32 / letters.max(1) as f32;
    if letters >= 3 && share(upper) > TITLED_SHARE {
        Mode::Shouted
    } else if letters >= 4 && share(capital) > TITLED_SHARE {
        Mode::Titled
    } else {
        Mode::Prose
    }
}

/// Hash of the lower-case words of a phrase, as the lexicon holds them, after each word.
pub fn phrase_hashes<'a>(phrase: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut buffer = Lowercase::default();
    let mut hash = 0;
    phrase
        .map(|word| {
            hash = phrases::extend(hash, words::hash(buffer.of(word).as_bytes()));
            hash
        })
        .collect()
}
