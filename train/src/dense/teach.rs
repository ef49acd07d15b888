//! Self-training: several trained models label raw news together, for one small model to learn from.
//!
//! Only their labels reach the new model; what they agree on is more often right than what one of them says, and news
//! prose is what the treebanks lack.

use crate::conllu::{Sentence, Word};
use crate::raw;
use anyhow::Result;
use std::path::Path;
use tidings::nlp::model::tree::{TreeScratch, decode};
use tidings::nlp::sentences::Splitter;
use tidings::nlp::syntax::{Syntax, SyntaxScratch};
use tidings::nlp::tags::{Rel, Upos, Xpos};
use tidings::nlp::{Doc, tokenize};

/// Shortest and longest sentence worth learning from.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=60;
/// Least mean probability of the chosen heads: below it the teachers are guessing.
const LEAST: f32 = 0.7;
/// Sentences taken from one article, so that many topics are seen.
const PER_ARTICLE: usize = 8;

/// About `words` words of labelled news sentences.
pub(crate) fn label(data: &Path, splitter: &Splitter, teachers: &[Syntax], words: usize) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    let mut total = 0;
    let mut doc = Doc::default();
    let mut scratches: Vec<SyntaxScratch> = teachers.iter().map(|_| SyntaxScratch::default()).collect();
    raw::for_each(&data.join("raw/allsides.jsonl.zst"), |article| {
        doc.reset(article);
        tokenize::run(&mut doc);
        splitter.run(&mut doc);
        let fit: Vec<usize> = (0..doc.sentences.len())
            .filter(|&s| LENGTHS.contains(&doc.sentences[s].tokens.len()))
            .take(PER_ARTICLE)
            .collect();
        for s in fit {
            if let Some(sentence) = labelled(&doc, s, teachers, &mut scratches) {
                total += sentence.words.len();
                out.push(sentence);
            }
        }
        total < words
    })?;
    eprintln!("{} sentences, {total} words labelled by {} teachers", out.len(), teachers.len());
    Ok(out)
}

fn labelled(doc: &Doc, s: usize, teachers: &[Syntax], scratches: &mut [SyntaxScratch]) -> Option<Sentence> {
    let tokens = doc.sentence(s);
    let n = tokens.len();
    let mut upos = vec![0.0; n * Upos::ALL.len()];
    let mut xpos = vec![0.0; n * Xpos::TEXTS.len()];
    let mut arcs = vec![0.0; n * (n + 1)];
    for (teacher, scratch) in teachers.iter().zip(scratches.iter_mut()) {
        teacher.encode(doc, s..s + 1, scratch);
        for t in 0..n {
            let (u, x) = teacher.network.tag_scores(t, &scratch.network);
            add_probabilities(u, &mut upos[t * u.len()..(t + 1) * u.len()]);
            add_probabilities(x, &mut xpos[t * x.len()..(t + 1) * x.len()]);
        }
        teacher.network.score_arcs(0, &mut scratch.network);
        for (from, to) in scratch.network.arcs.chunks_exact(n + 1).zip(arcs.chunks_exact_mut(n + 1)) {
            add_probabilities(from, to);
        }
    }
    let logs: Vec<f32> = arcs.iter().map(|p| libm::logf((p / teachers.len() as f32).max(1e-9))).collect();
    let mut heads = Vec::new();
    decode(&logs, n, &mut heads, &mut TreeScratch::default());
    let chosen: f32 =
        heads.iter().enumerate().map(|(i, &h)| arcs[i * (n + 1) + if h as usize == i { n } else { h as usize }]).sum();
    if chosen / (n * teachers.len()) as f32 <= LEAST {
        return None;
    }
    let all = Rel::ALL.len();
    let mut rels = vec![0.0; n * all];
    for (teacher, scratch) in teachers.iter().zip(scratches.iter_mut()) {
        teacher.network.relation_scores(0, &heads, &mut scratch.network, |i, scores| {
            add_probabilities(scores, &mut rels[i * all..(i + 1) * all]);
        });
    }
    let words = (0..n)
        .map(|i| {
            let head = heads[i] as usize;
            rels[i * all + Rel::Root as usize] = if head == i { 1e9 } else { -1.0 };
            let best = |row: &[f32]| super::net::argmax(row);
            Word {
                form: tokens[i].span.slice(doc.text()).to_owned(),
                lemma: String::new(),
                upos: Upos::ALL[best(&upos[i * Upos::ALL.len()..][..Upos::ALL.len()])],
                xpos: Xpos::from_index(best(&xpos[i * Xpos::TEXTS.len()..][..Xpos::TEXTS.len()])).unwrap_or(Xpos::NONE),
                head,
                rel: Rel::ALL[best(&rels[i * all..(i + 1) * all])],
                space_after: tokens[i].space_after,
                joined: false,
            }
        })
        .collect();
    Some(Sentence { words, newpar: false, doc: String::new() })
}

/// Adds the softmax of `scores` to `to`.
fn add_probabilities(scores: &[f32], to: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|s| libm::expf(s - top)).sum();
    for (t, s) in to.iter_mut().zip(scores) {
        *t += libm::expf(s - top) / sum;
    }
}
