//! Word vectors from raw news: structured skip-gram with negative sampling (one output table per position), which
//! keeps word order and so suits syntax. Only these numbers leave the raw text; no sentence does.

use crate::raw;
use crate::rng::Rng;
use anyhow::Result;
use std::collections::HashMap;
use std::path::Path;
use tidings::nlp::model::atoms::{Form, hash};
use tidings::nlp::{Doc, tokenize};

/// Words on either side. Syntax is near.
const WINDOW: usize = 2;
/// Drawn noise words per pair.
const NEGATIVE: usize = 4;
/// Frequent words are thinned: kept with probability sqrt(T/f).
const THIN: f64 = 2e-4;
/// First learning rate; falls linearly.
const RATE: f32 = 0.04;

/// Normalised words of a corpus, by falling frequency, with a vector each.
pub(crate) struct Vectors {
    /// Hash of the normalised form of each word.
    pub(crate) words: Vec<u32>,
    /// Components of each vector.
    pub(crate) dim: usize,
    /// The vectors, one after another, each scaled to unit mean square over the table.
    pub(crate) values: Vec<f32>,
}

impl Vectors {
    pub(crate) fn save(&self, path: &Path) -> Result<()> {
        let mut out = Vec::new();
        out.extend((self.words.len() as u32).to_le_bytes());
        out.extend((self.dim as u32).to_le_bytes());
        self.words.iter().for_each(|w| out.extend(w.to_le_bytes()));
        self.values.iter().for_each(|v| out.extend(v.to_le_bytes()));
        Ok(std::fs::write(path, out)?)
    }

    pub(crate) fn load(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path)?;
        let int = |i: usize| u32::from_le_bytes(bytes[i * 4..i * 4 + 4].try_into().expect("four bytes"));
        let (n, dim) = (int(0) as usize, int(1) as usize);
        let words = (2..2 + n).map(int).collect();
        let values = (2 + n..2 + n + n * dim).map(|i| f32::from_bits(int(i))).collect();
        Ok(Self { words, dim, values })
    }
}

/// Learns vectors of `dim` components for the `size` most frequent words of the raw corpora.
pub(crate) fn train(data: &Path, size: usize, dim: usize, epochs: usize, limit: usize) -> Result<Vectors> {
    let started = std::time::Instant::now();
    let (words, counts, corpus) = read_corpus(data, size, limit)?;
    let n = words.len();
    eprintln!("{} running words, {n} types, {:.0?}", corpus.len(), started.elapsed());
    let total: u64 = counts.iter().sum();
    let keep: Vec<f32> = counts.iter().map(|&c| ((THIN * total as f64 / c as f64).sqrt() as f32).min(1.0)).collect();
    let noise = noise_table(&counts);
    let mut rng = Rng::new(7);
    let mut input: Vec<f32> = (0..n * dim).map(|_| (rng.uniform() - 0.5) / dim as f32).collect();
    let positions = 2 * WINDOW;
    let mut output = vec![0.0_f32; positions * n * dim];
    let mut grad = vec![0.0_f32; dim];
    let mut kept: Vec<u32> = Vec::new();
    let all = corpus.len() * epochs;
    let mut done = 0;
    for _ in 0..epochs {
        for sentence in corpus.split(|&w| w == STOP) {
            done += sentence.len() + 1;
            let rate = RATE * (1.0 - done as f32 / all as f32).max(0.02);
            kept.clear();
            kept.extend(sentence.iter().filter(|&&w| w == OTHER || rng.uniform() < keep[w as usize]));
            for i in 0..kept.len() {
                if kept[i] == OTHER {
                    continue;
                }
                let centre = kept[i] as usize * dim;
                for p in 0..positions {
                    let at = if p < WINDOW { (i + p).checked_sub(WINDOW) } else { Some(i + p - WINDOW + 1) };
                    let Some(&context) = at.and_then(|a| kept.get(a)) else { continue };
                    if context == OTHER {
                        continue;
                    }
                    grad.fill(0.0);
                    for k in 0..=NEGATIVE {
                        let (word, label) = if k == 0 { (context, 1.0) } else { (noise[rng.below(noise.len())], 0.0) };
                        let row = &mut output[(p * n + word as usize) * dim..][..dim];
                        let v = &input[centre..centre + dim];
                        let dot = dot(v, row);
                        let g = rate * (label - 1.0 / (1.0 + libm::expf(-dot)));
                        for d in 0..dim {
                            grad[d] += g * row[d];
                            row[d] += g * v[d];
                        }
                    }
                    for (v, g) in input[centre..centre + dim].iter_mut().zip(&grad) {
                        *v += g;
                    }
                }
            }
        }
        eprintln!("epoch done, {:.0?}", started.elapsed());
    }
    let square: f32 = input.iter().map(|v| v * v).sum::<f32>() / input.len() as f32;
    let scale = 1.0 / square.sqrt();
    for v in &mut input {
        *v *= scale;
    }
    Ok(Vectors { words, dim, values: input })
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    sums.iter().sum()
}

const STOP: u32 = u32::MAX;
const OTHER: u32 = u32::MAX - 1;

/// The vocabulary (hashes and counts by falling frequency) and the running text as word numbers.
fn read_corpus(data: &Path, size: usize, limit: usize) -> Result<(Vec<u32>, Vec<u64>, Vec<u32>)> {
    let mut text: Vec<u32> = Vec::new();
    let mut counts: HashMap<u32, u64> = HashMap::new();
    let mut doc = Doc::default();
    for file in ["raw/news.jsonl.zst", "raw/allsides.jsonl.zst"] {
        raw::for_each(&data.join(file), |article| {
            doc.reset(article);
            tokenize::run(&mut doc);
            for i in 0..doc.tokens.len() {
                let key = hash(Form::new(doc.word(i)).as_bytes());
                *counts.entry(key).or_default() += 1;
                text.push(if key >= OTHER { 0 } else { key });
                // Near enough to a sentence end; vectors must not depend on a trained splitter.
                if matches!(doc.word(i), "." | "!" | "?") {
                    text.push(STOP);
                }
            }
            text.push(STOP);
            text.len() < limit
        })?;
    }
    let mut ranked: Vec<(u64, u32)> = counts.into_iter().map(|(w, c)| (c, w)).collect();
    ranked.sort_by_key(|&(c, w)| (std::cmp::Reverse(c), w));
    ranked.truncate(size);
    let index: HashMap<u32, u32> = ranked.iter().enumerate().map(|(i, &(_, w))| (w, i as u32)).collect();
    for w in &mut text {
        if *w != STOP {
            *w = index.get(w).copied().unwrap_or(OTHER);
        }
    }
    Ok((ranked.iter().map(|r| r.1).collect(), ranked.iter().map(|r| r.0).collect(), text))
}

fn noise_table(counts: &[u64]) -> Vec<u32> {
    let weights: Vec<f64> = counts.iter().map(|&c| libm::pow(c as f64, 0.75)).collect();
    let total: f64 = weights.iter().sum();
    let mut table = Vec::with_capacity(1 << 20);
    for (i, w) in weights.iter().enumerate() {
        let n = (w / total * f64::from(1 << 20)).round() as usize;
        table.extend(std::iter::repeat_n(i as u32, n));
    }
    table
}
