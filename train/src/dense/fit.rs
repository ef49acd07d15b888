//! The training loop of the dense network, and its scores while it learns.

use super::data::{Capitals, gold, vocabulary};
use super::net::{Drop, Gold, Loss, Net, Sizes};
use crate::conllu::Sentence;
use crate::embed::Vectors;
use crate::rng::Rng;
use std::collections::HashMap;
use std::rc::Rc;
use tidings::nlp::model::tree::{TreeScratch, decode};
use tidings::nlp::model::vocabulary::Vocabulary;
use tidings::nlp::tags::Rel;

/// What to train.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) width: usize,
    pub(crate) layers: usize,
    pub(crate) arc: usize,
    pub(crate) label: usize,
    /// Words with frozen vectors, in all.
    pub(crate) words: usize,
    /// Least count of a word with a trained row.
    pub(crate) least: usize,
    pub(crate) epochs: usize,
    /// Words a batch.
    pub(crate) batch: usize,
    pub(crate) rate: f32,
    pub(crate) drop: Drop,
    pub(crate) seed: u64,
    /// Part of the labelled news read in one epoch.
    pub(crate) share: f32,
    /// Frozen word vectors are used; without them for comparison only.
    pub(crate) vectors: bool,
    /// Last part of the epochs that reads the treebanks alone.
    pub(crate) pure: f32,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            width: 128,
            layers: 2,
            arc: 64,
            label: 64,
            words: 24_000,
            least: 3,
            epochs: 14,
            batch: 800,
            rate: 3e-3,
            drop: Drop { upos: 1.0, word: 0.2, input: 0.1, hidden: 0.15 },
            seed: 1,
            share: 0.34,
            vectors: true,
            pure: 0.2,
        }
    }
}

impl Plan {
    /// Sets one number by its name.
    pub(crate) fn set(&mut self, name: &str, n: f32) -> Option<()> {
        match name {
            "width" => self.width = n as usize,
            "layers" => self.layers = n as usize,
            "arc" => self.arc = n as usize,
            "label" => self.label = n as usize,
            "words" => self.words = n as usize,
            "least" => self.least = n as usize,
            "epochs" => self.epochs = n as usize,
            "batch" => self.batch = n as usize,
            "rate" => self.rate = n,
            "drop-word" => self.drop.word = n,
            "drop-input" => self.drop.input = n,
            "upos" => self.drop.upos = n,
            "drop" => self.drop.hidden = n,
            "vectors" => self.vectors = n != 0.0,
            "share" => self.share = n,
            "pure" => self.pure = n,
            "seed" => self.seed = n as u64,
            _ => return None,
        }
        Some(())
    }
}

/// A trained network with the words it knows.
pub(crate) struct Trained {
    pub(crate) net: Net,
    pub(crate) words: Vec<u32>,
}

/// Trains on treebank sentences and on news labelled by teachers (perhaps none), printing scores on `dev` sets.
pub(crate) fn fit(
    plan: &Plan,
    train: &[Sentence],
    news: &[Sentence],
    vectors: &Vectors,
    start: Option<Trained>,
    dev: &[(&str, &[Sentence])],
) -> Trained {
    let started = std::time::Instant::now();
    let mut rng = Rng::new(plan.seed);
    let Trained { mut net, words } = start.unwrap_or_else(|| fresh(plan, train, vectors, &mut rng));
    let known = Vocabulary::new(&words);
    let trained = net.sizes.trained;
    let copies: Vec<[Option<Gold>; 4]> = train
        .iter()
        .chain(news)
        .map(|s| [Capitals::AsIs, Capitals::Upper, Capitals::Lower, Capitals::Headline].map(|c| gold(s, &known, c)))
        .collect();
    let dev: Vec<(&str, Vec<Gold>)> = dev
        .iter()
        .map(|(name, set)| (*name, set.iter().filter_map(|s| gold(s, &known, Capitals::AsIs)).collect()))
        .collect();
    let total: usize = train.iter().map(|s| s.words.len()).sum();
    let extra = news.iter().map(|s| s.words.len()).sum::<usize>() as f32 * plan.share;
    let pure_from = ((1.0 - plan.pure) * plan.epochs as f32) as usize;
    let steps = (total * plan.epochs + extra as usize * pure_from) / plan.batch;
    eprintln!("{total} words, {} known ({trained} trained), {steps} steps, {plan:?}", words.len());
    let part = (news.len() as f32 * plan.share) as usize;
    let mut next_news = plan.seed as usize * 7919 % news.len().max(1);
    let mut t = 0_u32;
    for epoch in 0..plan.epochs {
        let mut order: Vec<usize> = (0..train.len()).collect();
        if epoch < pure_from {
            // The labelled news takes turns, so that every epoch sees other sentences.
            order.extend((0..part).map(|i| train.len() + (next_news + i) % news.len()));
            next_news += part;
        }
        rng.shuffle(&mut order);
        let mut sum = Loss::default();
        let mut batches = 0;
        let mut batch: Vec<&Gold> = Vec::new();
        let mut size = 0;
        for (k, &i) in order.iter().enumerate() {
            let x = rng.uniform();
            let copy = match x {
                x if x < 0.03 => 1,
                x if x < 0.05 => 2,
                x if x < 0.10 => 3,
                _ => 0,
            };
            if let Some(g) = &copies[i][copy] {
                size += g.features.len();
                batch.push(g);
            }
            if size >= plan.batch || k + 1 == order.len() && !batch.is_empty() {
                t += 1;
                let loss = net.learn(&batch, &mut rng, plan.drop);
                let warm = (t as f32 / 100.0).min(1.0);
                let left = 1.0 - (t as f32 / steps as f32).min(1.0);
                step(&mut net, plan.rate * warm * left.max(0.005), t);
                sum = Loss { tags: sum.tags + loss.tags, arcs: sum.arcs + loss.arcs, labels: sum.labels + loss.labels };
                batches += 1;
                batch.clear();
                size = 0;
            }
        }
        let b = batches as f32;
        eprint!(
            "{epoch:2} {:.0?} tags {:.3} arcs {:.3} labels {:.3}",
            started.elapsed(),
            sum.tags / b,
            sum.arcs / b,
            sum.labels / b
        );
        if epoch % 3 == 2 || epoch + 1 == plan.epochs {
            for (name, set) in &dev {
                let s = score(&net, set);
                eprint!(" | {name} upos {:.2} xpos {:.2} uas {:.2} las {:.2}", s[0], s[1], s[2], s[3]);
            }
        }
        eprintln!();
    }
    Trained { net, words }
}

/// A network that knows nothing yet but the vectors of its words.
fn fresh(plan: &Plan, train: &[Sentence], vectors: &Vectors, rng: &mut Rng) -> Trained {
    let (words, trained) = vocabulary(train, plan.least, &vectors.words, plan.words);
    let rows: HashMap<u32, usize> = vectors.words.iter().enumerate().map(|(i, &w)| (w, i)).collect();
    let dim = if plan.vectors { vectors.dim } else { 0 };
    let mut frozen = vec![0.0; words.len() * dim];
    for (i, w) in words.iter().enumerate() {
        if let Some(&r) = rows.get(w) {
            frozen[i * dim..(i + 1) * dim].copy_from_slice(&vectors.values[r * vectors.dim..][..dim]);
        }
    }
    let sizes =
        Sizes { vector: dim, trained, width: plan.width, layers: plan.layers, arc: plan.arc, label: plan.label };
    Trained { net: Net::new(sizes, Rc::new(frozen), rng), words }
}

fn step(net: &mut Net, rate: f32, t: u32) {
    let norm = net.params().iter().map(|p| p.square()).sum::<f32>().sqrt();
    let scale = if norm > 1.0 { 1.0 / norm } else { 1.0 };
    for param in net.params() {
        param.step(rate, scale, t);
    }
}

/// UPOS, XPOS, UAS and LAS (labels up to the colon), in percent.
pub(crate) fn score(net: &Net, set: &[Gold]) -> [f64; 4] {
    let mut right = [0_usize; 4];
    let mut all = 0_usize;
    let mut heads = Vec::new();
    let mut scratch = TreeScratch::default();
    for gold in set {
        let out = net.predict(gold);
        let n = gold.head.len();
        decode(&out.arcs, n, &mut heads, &mut scratch);
        for (i, &head) in heads.iter().enumerate().take(n) {
            all += 1;
            right[0] += usize::from(out.upos[i] == gold.upos[i]);
            right[1] += usize::from(out.xpos[i] == gold.xpos[i]);
            if head == u32::from(gold.head[i]) {
                right[2] += 1;
                let rel = Rel::ALL[net.relation(&out, i, head as usize) as usize];
                right[3] += usize::from(rel.universal() == Rel::ALL[gold.rel[i] as usize].universal());
            }
        }
    }
    right.map(|r| 100.0 * r as f64 / all as f64)
}
