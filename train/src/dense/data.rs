//! From treebank sentences to what the network learns from, with copies in other capitals.

use super::net::Gold;
use crate::conllu::Sentence;
use std::collections::HashMap;
use tidings::nlp::model::atoms::Atoms;
use tidings::nlp::model::features::{SentenceCase, features};
use tidings::nlp::model::vocabulary::Vocabulary;

/// Longest sentence to learn from; the cost of scoring pairs is quadratic.
const MAX_WORDS: usize = 160;

/// Capitals of a copy of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Capitals {
    AsIs,
    Upper,
    Lower,
    Headline,
}

pub(crate) fn recased(word: &str, first: bool, capitals: Capitals) -> String {
    match capitals {
        Capitals::Upper => word.to_uppercase(),
        Capitals::Lower => word.to_lowercase(),
        Capitals::Headline if first || word.chars().count() > 3 => {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
        }
        Capitals::AsIs | Capitals::Headline => word.to_owned(),
    }
}

/// The sentence as the network sees it.
pub(crate) fn gold(sentence: &Sentence, vocabulary: &Vocabulary, capitals: Capitals) -> Option<Gold> {
    if sentence.words.len() > MAX_WORDS {
        return None;
    }
    let forms: Vec<String> =
        sentence.words.iter().enumerate().map(|(i, w)| recased(&w.form, i == 0, capitals)).collect();
    let atoms: Vec<Atoms> = forms.iter().map(|f| Atoms::new(f)).collect();
    let case = SentenceCase::of(atoms.iter().map(|a| a.shape));
    let mut gold = Gold::default();
    let mut before = true;
    for (word, atoms) in sentence.words.iter().zip(&atoms) {
        gold.features.push(features(atoms, vocabulary.get(atoms.form), before, word.space_after, case));
        before = word.space_after;
        gold.upos.push(word.upos as u8);
        gold.xpos.push(word.xpos.index() as u8);
        gold.head.push(word.head as u16);
        gold.rel.push(word.rel as u8);
    }
    Some(gold)
}

/// Words of the treebanks seen at least `least` times, most frequent first, then the words of `more`, to `size` in
/// all. Returns their hashes and how many came from the treebanks.
pub(crate) fn vocabulary(train: &[Sentence], least: usize, more: &[u32], size: usize) -> (Vec<u32>, usize) {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for word in train.iter().flat_map(|s| &s.words) {
        *counts.entry(Atoms::new(&word.form).form).or_default() += 1;
    }
    let mut own: Vec<(usize, u32)> = counts.into_iter().filter(|c| c.1 >= least).map(|(w, c)| (c, w)).collect();
    own.sort_by_key(|&(c, w)| (std::cmp::Reverse(c), w));
    let mut words: Vec<u32> = own.iter().map(|o| o.1).collect();
    let trained = words.len();
    let known: std::collections::HashSet<u32> = words.iter().copied().collect();
    words.extend(more.iter().filter(|w| !known.contains(w)).take(size.saturating_sub(trained)));
    (words, trained)
}
