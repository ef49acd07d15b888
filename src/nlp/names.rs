//! Names of persons, places, organisations and others in a [`Doc`].
//!
//! A linear-chain model over hashed features of words, their looks, clusters and lexicon entries, trained by `train/`.
//! Needs tokens and sentences; uses no tags. Words in lower case are never found ("iraq"), all capitals are.

pub mod decode;
pub mod features;
pub mod memory;
pub mod model;
pub mod phrases;
pub mod tags;
pub mod words;

use super::doc::{Doc, Name, NameKind};
use crate::text::Span;
use decode::{Lattice, Scores};
use features::{Extractor, Words};
use memory::Memory;
pub use model::{Model, NamesError};
use tags::{Place, untag};

/// The name recogniser.
#[derive(Debug)]
pub struct Names {
    extractor: Extractor,
    weights: model::Weights,
}

/// Memory of [`Names::run`], reused from doc to doc.
#[derive(Debug, Default)]
pub struct NamesScratch {
    words: Words,
    features: Vec<u32>,
    /// Active words of the doc, sentence after sentence.
    active: Vec<Active>,
    scores: Vec<Scores>,
    contexts: Vec<u8>,
    tags: Vec<u8>,
    lattice: Lattice,
    sure: Vec<f32>,
    memory: Memory,
}

/// Where an active word is.
#[derive(Debug, Clone, Copy)]
struct Active {
    token: u32,
    sentence: u32,
}

impl Names {
    /// Reads a model file.
    ///
    /// # Errors
    /// When it is of another version or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NamesError> {
        Ok(Self::new(&Model::from_bytes(bytes)?))
    }

    /// Lays out a model.
    pub fn new(model: &Model) -> Self {
        Self { extractor: Extractor::new(model.lexicon()), weights: model::Weights::new(model) }
    }

    /// Fills `doc.names`.
    pub fn run(&self, doc: &mut Doc, scratch: &mut NamesScratch) {
        doc.names.clear();
        self.read(doc, scratch);
        self.reread(scratch);
        let mut from = 0;
        while from < scratch.active.len() {
            let to = stretch_end(&scratch.active, from);
            self.collect(doc, scratch, from, to);
            from = to;
        }
    }

    /// First reading: states of the active words from the words around them.
    pub fn read(&self, doc: &Doc, scratch: &mut NamesScratch) {
        self.score(doc, scratch);
        self.decode(scratch, 0);
        let NamesScratch { words, active, memory, tags, .. } = scratch;
        memory.fill(words, active.iter().map(|a| a.token as usize), tags);
    }

    /// Second reading: with what the first made of the same words elsewhere.
    fn reread(&self, scratch: &mut NamesScratch) {
        let mut features = std::mem::take(&mut scratch.features);
        for n in 0..scratch.active.len() {
            features.clear();
            scratch.memory_features(n, &mut features);
            self.weights.add(&features, &mut scratch.scores[n]);
        }
        scratch.features = features;
        self.decode(scratch, 1);
    }

    /// Scores of all active words from the words around them.
    fn score(&self, doc: &Doc, scratch: &mut NamesScratch) {
        let NamesScratch { words, features, active, scores, contexts, .. } = scratch;
        self.extractor.look(doc, words);
        active.clear();
        scores.clear();
        contexts.clear();
        for (s, sentence) in doc.sentences.iter().enumerate() {
            for i in sentence.tokens.range() {
                if !words.words[i].active {
                    continue;
                }
                features.clear();
                self.extractor.features(doc, words, s, i, features);
                let mut row = [0; tags::N_SCORED];
                self.weights.add(features, &mut row);
                active.push(Active { token: i as u32, sentence: s as u32 });
                scores.push(row);
                contexts.push(decode::context(words.words[i].case));
            }
        }
        scratch.tags.clear();
        scratch.tags.resize(active.len(), tags::OUTSIDE);
    }

    /// Best states of all stretches by the step scores of a reading.
    fn decode(&self, scratch: &mut NamesScratch, reading: usize) {
        let NamesScratch { scores, contexts, tags, lattice, active, .. } = scratch;
        let mut from = 0;
        while from < active.len() {
            let to = stretch_end(active, from);
            let steps = &self.weights.steps[reading];
            lattice.decode(&scores[from..to], &contexts[from..to], steps, &mut tags[from..to]);
            from = to;
        }
    }

    /// Calls `each` with the number of every active word and the probabilities of its states, after [`Names::run`].
    pub fn marginals(&self, scratch: &mut NamesScratch, mut each: impl FnMut(usize, &[f32; tags::N_TAGS])) {
        let NamesScratch { scores, contexts, lattice, active, .. } = scratch;
        let mut from = 0;
        while from < active.len() {
            let to = stretch_end(active, from);
            let (steps, unit) = (&self.weights.steps[1], self.weights.unit);
            lattice.marginals(&scores[from..to], &contexts[from..to], steps, unit, |t, p| each(from + t, p));
            from = to;
        }
    }

    /// Appends the names of a decoded stretch.
    fn collect(&self, doc: &mut Doc, scratch: &mut NamesScratch, from: usize, to: usize) {
        let NamesScratch { scores, contexts, tags, lattice, sure, active, .. } = scratch;
        let tags = &tags[from..to];
        if tags.iter().all(|t| *t == tags::OUTSIDE) {
            return;
        }
        sure.clear();
        lattice.marginals(&scores[from..to], &contexts[from..to], &self.weights.steps[1], self.weights.unit, |t, p| {
            sure.push(p[tags[t] as usize]);
        });
        let mut start = 0;
        for (t, &tag) in tags.iter().enumerate() {
            let Some((kind, place)) = untag(tag) else { continue };
            if matches!(place, Place::Begin | Place::Single) {
                start = t;
            }
            if matches!(place, Place::End | Place::Single) {
                let confidence = sure[start..=t].iter().copied().fold(1.0, f32::min);
                let tokens = Span::new(active[from + start].token, active[from + t].token + 1);
                doc.names.push(Name { tokens, kind: kind as NameKind, confidence });
            }
        }
    }
}

/// For training the second reading on what the first one finds.
impl NamesScratch {
    /// Places in the doc of the active words.
    pub fn active(&self) -> impl Iterator<Item = usize> + '_ {
        self.active.iter().map(|a| a.token as usize)
    }

    /// Scores of active word `n` so far.
    pub fn scores(&self, n: usize) -> &Scores {
        &self.scores[n]
    }

    /// Context of the step to active word `n`.
    pub fn context(&self, n: usize) -> u8 {
        self.contexts[n]
    }

    /// Appends the features that the second reading adds to active word `n`.
    pub fn memory_features(&self, n: usize, out: &mut Vec<u32>) {
        self.memory.features(&self.words, self.active[n].token as usize, n, &self.tags, out);
    }
}

/// End of the stretch of adjacent active words that begins at `from`.
fn stretch_end(active: &[Active], from: usize) -> usize {
    let mut to = from + 1;
    while to < active.len()
        && active[to].token == active[to - 1].token + 1
        && active[to].sentence == active[from].sentence
    {
        to += 1;
    }
    to
}

#[cfg(test)]
mod tests;
