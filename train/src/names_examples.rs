//! From labelled documents to training stretches, for the first and the second reading of the name recogniser.

use crate::bio;
use crate::names_clean;
use crate::names_crf::{Examples, FEATURE_BITS, Item, Stretch};
use crate::names_data::{self, Allowed, CORPORA};
use crate::names_lexicon::Lexicon;
use anyhow::Result;
use rustc_hash::FxHashMap;
use std::path::Path;
use tidings::nlp::doc::Doc;
use tidings::nlp::names::decode::context;
use tidings::nlp::names::features::{Extractor, Words};
use tidings::nlp::names::tags::N_SCORED;
use tidings::nlp::names::{Names, NamesScratch};

/// Parts of the data; the second reading of each learns from a first reading that has not seen it.
pub(crate) const FOLDS: usize = 3;

/// A labelled document as the passes take it.
#[derive(Debug)]
pub(crate) struct Labelled {
    doc: Doc,
    /// States each token may be in.
    allowed: Vec<Allowed>,
    times: u8,
    fold: u8,
}

impl Labelled {
    /// Document number `n`, with the states its tokens may be in, seen so often in an epoch.
    pub(crate) fn new(doc: Doc, allowed: Vec<Allowed>, times: u8, n: usize) -> Self {
        Self { doc, allowed, times, fold: (n % FOLDS) as u8 }
    }
}

/// Reads the corpora, without those named.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn read(data: &Path, without: &[String], web: usize, lexicon: &Lexicon) -> Result<Vec<Labelled>> {
    let mut all = Vec::new();
    for corpus in CORPORA.iter().filter(|c| !without.iter().any(|w| w == c.name)) {
        let times = if corpus.name == "UNER-EWT" { web } else { corpus.times };
        let mut docs = names_data::read(data, corpus)?;
        if corpus.name == "GMB" {
            names_clean::clean(&mut docs, lexicon);
        }
        for (n, doc) in docs.iter().enumerate() {
            let allowed =
                doc.sentences.iter().flat_map(|s| names_data::allowed(s, corpus, &lexicon.demonyms)).collect();
            all.push(Labelled::new(bio::to_doc(&doc.sentences), allowed, times as u8, n));
        }
    }
    Ok(all)
}

/// Frees the words of names that are partly inactive.
pub(crate) fn cut_to_active(docs: &mut [Labelled], extractor: &Extractor) {
    let mut words = Words::default();
    for labelled in docs {
        extractor.look(&labelled.doc, &mut words);
        for sentence in &labelled.doc.sentences {
            let range = sentence.tokens.range();
            let active: Vec<bool> = words.words[range.clone()].iter().map(|w| w.active).collect();
            names_data::cut(&mut labelled.allowed[range], &active);
        }
    }
}

/// Stretches in the making.
#[derive(Debug, Default)]
struct Builder {
    examples: Examples,
    last: Option<(usize, usize)>,
}

impl Builder {
    fn push(
        &mut self,
        labelled: &Labelled,
        sentence: usize,
        token: usize,
        context: u8,
        features: impl Iterator<Item = u32>,
    ) {
        let start = self.examples.features.len() as u32;
        self.examples.features.extend(features);
        let end = self.examples.features.len() as u32;
        let item = Item { features: (start, end), context, allowed: labelled.allowed[token] };
        self.examples.items.push(item);
        let n = self.examples.items.len() as u32;
        let follows = self.last == Some((sentence, token));
        match self.examples.stretches.last_mut() {
            Some(stretch) if follows => stretch.to = n,
            _ => {
                let Labelled { times, fold, .. } = *labelled;
                self.examples.stretches.push(Stretch { from: n - 1, to: n, times, fold });
            }
        }
        self.last = Some((sentence, token + 1));
    }
}

/// Numbers for the features that occur often enough, and their hashes in the order of the numbers.
fn numbered(counts: FxHashMap<u32, u32>, least: u32) -> (FxHashMap<u32, u32>, Vec<u32>) {
    let mut hashes: Vec<u32> = counts.into_iter().filter(|(_, n)| *n >= least).map(|(h, _)| h).collect();
    hashes.sort_unstable();
    (hashes.iter().enumerate().map(|(i, h)| (*h, i as u32)).collect(), hashes)
}

/// Stretches of the first reading, and the hash of each feature number.
pub(crate) fn first(docs: &[Labelled], extractor: &Extractor, least: u32, skip: &[usize]) -> (Examples, Vec<u32>) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    each_active(docs, extractor, |labelled, _, _, _, features| {
        for f in features {
            *counts.entry(*f).or_default() += u32::from(labelled.times);
        }
    });
    let (numbers, hashes) = numbered(counts, least);
    let mut builder = Builder::default();
    each_active(docs, extractor, |labelled, sentence, token, context, features| {
        let kept = features.iter().enumerate().filter(|(t, _)| !skip.contains(t));
        let found = kept.filter_map(|(t, f)| Some(numbers.get(f)? | (t as u32) << FEATURE_BITS));
        builder.push(labelled, sentence, token, context, found);
    });
    (builder.examples, hashes)
}

fn each_active(docs: &[Labelled], extractor: &Extractor, mut each: impl FnMut(&Labelled, usize, usize, u8, &[u32])) {
    let mut words = Words::default();
    let mut features = Vec::new();
    // Sentences are counted over all documents, so that no stretch runs from one into the next.
    let mut sentences = 0;
    for labelled in docs {
        let doc = &labelled.doc;
        extractor.look(doc, &mut words);
        for (s, sentence) in doc.sentences.iter().enumerate() {
            sentences += 1;
            for i in sentence.tokens.range().filter(|i| words.words[*i].active) {
                features.clear();
                extractor.features(doc, &words, s, i, &mut features);
                each(labelled, sentences, i, context(words.words[i].case), &features);
            }
        }
    }
}

/// Stretches of the second reading, each read first by the recogniser of its fold.
pub(crate) fn second(docs: &[Labelled], folds: &[(Names, f32)], least: u32) -> (Examples, Vec<u32>) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    each_read(docs, folds, |labelled, _, _, _, features, _| {
        for f in features {
            *counts.entry(*f).or_default() += u32::from(labelled.times);
        }
    });
    let (numbers, hashes) = numbered(counts, least);
    let mut builder = Builder::default();
    each_read(docs, folds, |labelled, sentence, token, context, features, base| {
        builder.push(labelled, sentence, token, context, features.iter().filter_map(|f| numbers.get(f).copied()));
        builder.examples.base.push(*base);
    });
    (builder.examples, hashes)
}

fn each_read(
    docs: &[Labelled],
    folds: &[(Names, f32)],
    mut each: impl FnMut(&Labelled, usize, usize, u8, &[u32], &[f32; N_SCORED]),
) {
    let mut scratch = NamesScratch::default();
    let mut features = Vec::new();
    let mut sentences = 0;
    for labelled in docs {
        let (names, unit) = &folds[usize::from(labelled.fold)];
        names.read(&labelled.doc, &mut scratch);
        let tokens: Vec<usize> = scratch.active().collect();
        for (n, &token) in tokens.iter().enumerate() {
            features.clear();
            scratch.memory_features(n, &mut features);
            let base = scratch.scores(n).map(|s| f32::from(s) * unit);
            let sentence = sentences + labelled.doc.sentence_of(token);
            each(labelled, sentence, token, scratch.context(n), &features, &base);
        }
        sentences += labelled.doc.sentences.len();
    }
}
