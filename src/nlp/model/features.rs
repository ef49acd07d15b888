//! The input of the network for every word of a sentence: rows of its embedding tables.

use super::atoms::{Atoms, Case, SHAPES};

/// Rows of the hashed affix tables: powers of two, as small as accuracy allowed.
pub const SUFFIX2: usize = 512;
/// See [`SUFFIX2`].
pub const SUFFIX3: usize = 4096;
/// See [`SUFFIX2`].
pub const SUFFIX4: usize = 4096;
/// See [`SUFFIX2`].
pub const PREFIX3: usize = 2048;
/// Spacing on both sides times the case of the sentence.
pub const CONTEXTS: usize = 16;

/// Sizes of the tables after the word table, in the order of [`Features::rows`].
pub const TABLES: [usize; 6] = [SUFFIX2, SUFFIX3, SUFFIX4, PREFIX3, SHAPES, CONTEXTS];

/// Table rows of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Features {
    /// Number in the vocabulary, if it is there.
    pub word: Option<u32>,
    /// Rows of the six small tables.
    pub rows: [u16; 6],
}

/// Features of a word with its spacing, in a sentence of the given case.
pub fn features(
    atoms: &Atoms,
    word: Option<u32>,
    space_before: bool,
    space_after: bool,
    case: SentenceCase,
) -> Features {
    let context = u16::from(space_before) | u16::from(space_after) << 1 | (case as u16) << 2;
    let bucket = |h: u32, n: usize| (h as usize & (n - 1)) as u16;
    Features {
        word,
        rows: [
            bucket(atoms.suffix2, SUFFIX2),
            bucket(atoms.suffix3, SUFFIX3),
            bucket(atoms.suffix4, SUFFIX4),
            bucket(atoms.prefix3, PREFIX3),
            u16::from(atoms.shape),
            context,
        ],
    }
}

/// How a sentence is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum SentenceCase {
    /// As prose.
    Prose,
    /// ALL CAPITALS.
    Capitals,
    /// Most Words Begin With One.
    Headline,
    /// none at all
    Lower,
}

impl SentenceCase {
    /// Reads it off the shapes of the words.
    pub fn of(shapes: impl Iterator<Item = u8>) -> Self {
        let (mut lower, mut title, mut upper) = (0_u32, 0_u32, 0_u32);
        for shape in shapes {
            match Case::of_shape(shape) {
                Case::Lower => lower += 1,
                Case::Title | Case::Mixed => title += 1,
                Case::Upper => upper += 1,
                Case::None | Case::Single => {}
            }
        }
        let all = lower + title + upper;
        if all < 3 {
            Self::Prose
        } else if upper * 4 >= all * 3 {
            Self::Capitals
        } else if (title + upper) * 10 >= all * 6 {
            Self::Headline
        } else if title + upper == 0 {
            Self::Lower
        } else {
            Self::Prose
        }
    }
}
