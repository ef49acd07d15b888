//! The weights of the name recogniser: their file, and their table laid out for the cache.
//!
//! A feature is a 32-bit hash and a row of 16 signed bytes, one for each state but "outside". Three of them fill a
//! cache line together with their hashes, so a look-up costs one line, found or not. Two features may share a hash;
//! at some 10^5 of 2^32 that is rarer than a misprint.

use super::decode::{N_CONTEXTS, Scores, Steps};
use super::phrases::{Entry, Phrases};
use super::tags::{N_SCORED, N_STEPS};
use crate::nlp::model::container::ModelError;
use xxhash_rust::xxh3::xxh3_64;

/// First bytes of the file; two digits of the version follow.
const MAGIC: [u8; 6] = *b"TDNAME";
/// Version of the files that are written: a checksum of what follows comes after it. Version 2 has none and is still
/// read.
const VERSION: u16 = 3;
/// Features in a cache line.
const LANES: usize = 3;
/// Share of the lanes that are filled; fuller tables overflow into the next line too often.
const FILL: f64 = 0.6;

/// Why a names file was refused.
#[derive(Debug, thiserror::Error)]
pub enum NamesError {
    /// Not a names file.
    #[error("not a names model")]
    NotNames,
    /// One of another version.
    #[error("a names model of version {0}; train it again")]
    Version(u16),
    /// The file ends early or its numbers are out of range.
    #[error("damaged names model: {0}")]
    Damaged(&'static str),
}

impl NamesError {
    /// The same about the file `name`.
    pub(crate) fn named(self, name: &str) -> ModelError {
        let name = name.to_owned();
        match self {
            Self::NotNames => ModelError::NotAModel { name },
            Self::Version(found) => ModelError::WrongVersion { name, found, read: VERSION },
            Self::Damaged(what) => ModelError::Damaged { name, what },
        }
    }
}

/// A model as it is trained and stored.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Logit of one unit of score.
    pub unit: f32,
    /// Scores of the steps between states: the contexts of the first reading, then those of the second.
    pub steps: Vec<[i16; N_STEPS]>,
    /// Features, sorted by hash.
    pub rows: Vec<(u32, [i8; N_SCORED])>,
    /// Lexicon, sorted by hash.
    pub phrases: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
struct Line {
    hash: [u32; LANES],
    row: [[i8; N_SCORED]; LANES],
    filled: u8,
}

/// The weights, laid out for prediction.
#[derive(Debug)]
pub struct Weights {
    lines: Vec<Line>,
    /// Logit of one unit of score.
    pub unit: f32,
    /// Scores of the steps between states, in the first and the second reading.
    pub steps: [Steps; 2],
}

impl Weights {
    /// Lays out a model.
    pub fn new(model: &Model) -> Self {
        // One line more than filled, so that a search always ends.
        let n = (model.rows.len() as f64 / (LANES as f64 * FILL)) as usize + 1;
        let empty = Line { hash: [0; LANES], row: [[0; N_SCORED]; LANES], filled: 0 };
        let mut lines = vec![empty; n];
        for &(hash, row) in &model.rows {
            let mut at = home(hash, n);
            while usize::from(lines[at].filled) == LANES {
                at = if at + 1 == n { 0 } else { at + 1 };
            }
            let line = &mut lines[at];
            line.hash[usize::from(line.filled)] = hash;
            line.row[usize::from(line.filled)] = row;
            line.filled += 1;
        }
        let mut steps = [[[0; N_STEPS]; N_CONTEXTS]; 2];
        for (to, from) in steps.iter_mut().flatten().zip(&model.steps) {
            *to = *from;
        }
        Self { lines, unit: model.unit, steps }
    }

    /// Adds the rows of the features to the scores.
    pub fn add(&self, features: &[u32], scores: &mut Scores) {
        let n = self.lines.len();
        for &hash in features {
            let mut at = home(hash, n);
            loop {
                let line = &self.lines[at];
                let filled = usize::from(line.filled);
                if let Some(lane) = line.hash.iter().position(|h| *h == hash).filter(|lane| *lane < filled) {
                    for (score, &weight) in scores.iter_mut().zip(&line.row[lane]) {
                        *score += i16::from(weight);
                    }
                    break;
                }
                if filled < LANES {
                    break;
                }
                at = if at + 1 == n { 0 } else { at + 1 };
            }
        }
    }
}

/// Line in which a feature is looked for first.
fn home(hash: u32, n: usize) -> usize {
    ((u64::from(hash) * n as u64) >> 32) as usize
}

impl Model {
    /// The file: magic, version, checksum, unit, step scores, then the rows as hash differences (variable length), a mask of the states
    /// with weights and those weights, then the lexicon likewise.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(self.unit.to_le_bytes());
        for step in self.steps.iter().flatten() {
            out.extend(step.to_le_bytes());
        }
        out.extend((self.rows.len() as u32).to_le_bytes());
        out.extend((self.phrases.len() as u32).to_le_bytes());
        let mut last = 0;
        for &(hash, _) in &self.rows {
            put_varint(&mut out, hash - last);
            last = hash;
        }
        for (_, row) in &self.rows {
            let mask = row.iter().enumerate().fold(0u16, |m, (i, w)| m | u16::from(*w != 0) << i);
            out.extend(mask.to_le_bytes());
        }
        for (_, row) in &self.rows {
            out.extend(row.iter().filter(|w| **w != 0).map(|w| *w as u8));
        }
        let mut last = 0;
        for &(hash, ..) in &self.phrases {
            put_varint(&mut out, hash - last);
            last = hash;
        }
        for &(_, classes, _) in &self.phrases {
            out.push(classes);
        }
        for &(_, _, longer) in &self.phrases {
            out.push(u8::from(longer));
        }
        let mut file = MAGIC.to_vec();
        file.extend(format!("{VERSION:02}").bytes());
        file.extend(xxh3_64(&out).to_le_bytes());
        file.extend(out);
        file
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is of another version or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NamesError> {
        let rest = &mut bytes.strip_prefix(&MAGIC).ok_or(NamesError::NotNames)?;
        let digits = std::str::from_utf8(take(rest, 2)?).ok().and_then(|digits| digits.parse().ok());
        match digits.ok_or(NamesError::NotNames)? {
            2 => {}
            VERSION => {
                let sum = take(rest, 8)?;
                if sum != xxh3_64(rest).to_le_bytes() {
                    return Err(NamesError::Damaged("wrong checksum"));
                }
            }
            other => return Err(NamesError::Version(other)),
        }
        let unit = f32::from_bits(take_u32(rest)?);
        if !(unit.is_finite() && unit > 0.0) {
            return Err(NamesError::Damaged("unit out of range"));
        }
        let mut steps = vec![[0i16; N_STEPS]; 2 * N_CONTEXTS];
        for step in steps.iter_mut().flatten() {
            let pair = take(rest, 2)?;
            *step = i16::from_le_bytes([pair[0], pair[1]]);
        }
        let (n_rows, n_phrases) = (take_u32(rest)? as usize, take_u32(rest)? as usize);
        // Every row takes three bytes or more, every phrase as well.
        if (n_rows + n_phrases) * 3 > rest.len() {
            return Err(NamesError::Damaged("ends early"));
        }
        let hashes = take_hashes(rest, n_rows)?;
        let masks = take(rest, 2 * n_rows)?;
        let mut rows = Vec::with_capacity(n_rows);
        for (hash, mask) in hashes.into_iter().zip(masks.chunks_exact(2)) {
            let mask = u16::from_le_bytes([mask[0], mask[1]]);
            let weights = take(rest, mask.count_ones() as usize)?;
            let mut row = [0i8; N_SCORED];
            let slots = row.iter_mut().enumerate().filter(|(i, _)| mask >> i & 1 == 1);
            for ((_, slot), &weight) in slots.zip(weights) {
                *slot = weight.cast_signed();
            }
            rows.push((hash, row));
        }
        let hashes = take_hashes(rest, n_phrases)?;
        let classes = take(rest, n_phrases)?;
        let longer = take(rest, n_phrases)?;
        let phrases = hashes.into_iter().zip(classes).zip(longer).map(|((h, c), l)| (h, *c, *l != 0)).collect();
        if rest.is_empty() {
            Ok(Self { unit, steps, rows, phrases })
        } else {
            Err(NamesError::Damaged("bytes after the end"))
        }
    }

    /// The lexicon, laid out.
    pub fn lexicon(&self) -> Phrases {
        Phrases::new(&self.phrases)
    }
}

fn put_varint(out: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn take_hashes(rest: &mut &[u8], n: usize) -> Result<Vec<u32>, NamesError> {
    let mut hashes = Vec::with_capacity(n);
    let mut last = 0u32;
    for _ in 0..n {
        let (mut gap, mut shift) = (0u32, 0);
        loop {
            let byte = take(rest, 1)?[0];
            gap |= u32::from(byte & 0x7f).checked_shl(shift).ok_or(NamesError::Damaged("number too long"))?;
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        last = last.checked_add(gap).ok_or(NamesError::Damaged("hashes out of range"))?;
        hashes.push(last);
    }
    Ok(hashes)
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Result<&'a [u8], NamesError> {
    let (head, tail) = rest.split_at_checked(n).ok_or(NamesError::Damaged("ends early"))?;
    *rest = tail;
    Ok(head)
}

fn take_u32(rest: &mut &[u8]) -> Result<u32, NamesError> {
    let bytes = take(rest, 4)?;
    Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiny() -> Model {
        let mut row = [0i8; N_SCORED];
        row[3] = -7;
        row[15] = 100;
        Model {
            unit: 0.05,
            steps: vec![[3; N_STEPS]; 2 * N_CONTEXTS],
            rows: vec![(5, row), (9_000, [1; N_SCORED]), (u32::MAX, [2; N_SCORED])],
            phrases: vec![(77, 3, true), (4_000_000_001, 1, false)],
        }
    }

    #[test]
    fn files_read_back() {
        let model = tiny();
        let bytes = model.to_bytes();
        let back = Model::from_bytes(&bytes).unwrap();
        assert_eq!((back.rows, back.phrases, back.steps), (model.rows, model.phrases, model.steps));
        for cut in 0..bytes.len() {
            assert!(Model::from_bytes(&bytes[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn weights_are_found_and_absent_ones_are_not() {
        let weights = Weights::new(&tiny());
        let mut scores = [0; N_SCORED];
        weights.add(&[5, 6, 0, u32::MAX], &mut scores);
        assert_eq!((scores[0], scores[3], scores[15]), (2, -5, 102));
    }
}
