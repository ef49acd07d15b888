//! The network of tagger and parser: from the words of sentences to scores of tags, heads and relations.
//!
//! A word is a sum of table rows; a window of three and layers of two-way recurrence read the sentence; linear maps
//! give the tags; heads are scored by a bilinear form of every pair, relations by a small layer on the chosen pair.
//! Sentences are read in batches, so that the weights are fetched once for many words. No allocation per word.

#![expect(clippy::many_single_char_names, reason = "the letters of the formulas")]
#![expect(clippy::needless_range_loop, reason = "several arrays are walked by one position")]

use super::container::{ModelError, Reader};
use super::features::{Features, TABLES};
use super::kernel::{self, Gates, Level, Product};
use super::linear::{LIMIT, Linear, Table, UNIT};
use super::tree::{DISTANCES, ROOT_DISTANCE, distance};
use super::vocabulary::Vocabulary;
use crate::nlp::tags::{Rel, Upos, Xpos};

/// Units and limit of the two sides of a pair score: their products, summed over the width, must fit 32 bits.
const PAIR_UNIT: f32 = 128.0;
const PAIR_LIMIT: f32 = 4000.0;

/// Most words a batch, beyond which the buffers would leave the cache.
pub const BATCH: usize = 192;

/// One recurrent layer: both directions' inputs in one map.
#[derive(Debug, Clone)]
struct Layer {
    input: Linear,
    gates: [Gates; 2],
}

/// A loaded network.
#[derive(Debug, Clone)]
pub struct Network {
    level: Level,
    width: usize,
    arc: usize,
    label: usize,
    trained: usize,
    /// The words it knows.
    pub vocabulary: Vocabulary,
    vectors: Table,
    projection: Linear,
    words: Table,
    tables: Vec<Table>,
    window: Linear,
    layers: Vec<Layer>,
    /// Tags, and both sides of heads and relations.
    top: Linear,
    /// Query of a dependent and its bias for distances.
    query: Linear,
    arc_root: Vec<f32>,
    label_root: Vec<f32>,
    relation: Linear,
}

/// Buffers of [`Network`], reused.
#[derive(Debug, Default)]
pub struct NetworkScratch {
    /// Sentences of the batch as rows of the buffers.
    sentences: Vec<(usize, usize)>,
    state: Vec<f32>,
    small: Vec<i16>,
    sums: Vec<i32>,
    gates: Vec<f32>,
    cell: Vec<f32>,
    top: Vec<f32>,
    queries: Vec<f32>,
    packed: Vec<i16>,
    /// `[n][n + 1]` scores of heads of one sentence, the root last.
    pub arcs: Vec<f32>,
    relations: Vec<f32>,
}

const TAGS: usize = Upos::ALL.len() + Xpos::TEXTS.len();

impl Network {
    /// Reads a network.
    ///
    /// # Errors
    /// When the payload is damaged.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let [vector, width, arc, label, layers, trained] = {
            let mut n = [0; 6];
            for n in &mut n {
                *n = reader.count()?;
            }
            n
        };
        let fits = |n: usize| n > 0 && n.is_multiple_of(2) && n <= 512;
        // 128 · PAIR_LIMIT² is the most that 32 bits hold.
        if ![vector, width, arc, label].into_iter().all(fits) || layers > 8 || arc > 128 {
            return Err(reader.damaged("impossible sizes"));
        }
        let list = reader.u32s()?;
        let vectors = Table::read(reader, vector)?;
        let projection = Linear::read(reader)?.with_unit(1.0 / vectors.scale());
        let words = Table::read(reader, width)?;
        let tables = TABLES.iter().map(|_| Table::read(reader, width)).collect::<Result<Vec<_>, _>>()?;
        let window = Linear::read(reader)?;
        let layers = (0..layers).map(|_| Layer::read(reader)).collect::<Result<Vec<_>, _>>()?;
        let mut map = |inputs: usize, outputs: usize| {
            let l = Linear::read(reader)?;
            if (l.inputs, l.outputs) == (inputs, outputs) {
                Ok(l)
            } else {
                Err(reader.damaged("a layer of other size"))
            }
        };
        let parts = [
            map(width, Upos::ALL.len())?,
            map(width, Xpos::TEXTS.len())?,
            map(width, arc)?,
            map(width, arc)?,
            map(width, label)?,
            map(width, label)?,
        ];
        let query = Linear::side_by_side(&[map(arc, arc)?, map(arc, DISTANCES)?]);
        let relation = map(label, Rel::ALL.len())?;
        let arc_root = reader.f32s()?;
        let label_root = reader.f32s()?;
        reader.end()?;
        let rows_agree = vectors.rows() == list.len()
            && words.rows() == trained + 2
            && trained <= list.len()
            && tables.iter().zip(TABLES).all(|(t, n)| t.rows() == n);
        let half = width / 2;
        let maps_agree = (projection.inputs, projection.outputs) == (vector, width)
            && (window.inputs, window.outputs) == (3 * width, width)
            && layers.iter().all(|l| l.agrees(width, half))
            && arc_root.len() == arc
            && label_root.len() == label;
        if !rows_agree || !maps_agree {
            return Err(reader.damaged("parts of the network disagree"));
        }
        Ok(Self {
            level: Level::detect(),
            width,
            arc,
            label,
            trained,
            vocabulary: Vocabulary::new(&list),
            vectors,
            projection,
            words,
            tables,
            window,
            layers,
            top: Linear::side_by_side(&parts),
            query,
            arc_root,
            label_root,
            relation,
        })
    }

    /// Uses no vector extension beyond `level`; the results are the same.
    pub fn set_level(&mut self, level: Level) {
        self.level = level.min(Level::detect());
    }

    /// Reads a batch of sentences, given by their number of words; `features` has all their words in order.
    pub fn encode(&self, features: &[Features], lengths: &[usize], s: &mut NetworkScratch) {
        let n = self.width;
        let tokens = features.len();
        s.sentences.clear();
        let mut at = 0;
        for &len in lengths {
            s.sentences.push((at, at + len));
            at += len;
        }
        debug_assert_eq!(at, tokens);
        self.embed(features, s);
        self.read_window(s);
        let half = n / 2;
        for layer in &self.layers {
            s.small.resize(tokens * n, 0);
            kernel::quantise(self.level, &s.state, UNIT, LIMIT, &mut s.small);
            s.gates.resize(tokens * 6 * half, 0.0);
            layer.input.apply(self.level, &s.small, n, tokens, &mut s.sums, &mut s.gates);
            s.cell.resize(half, 0.0);
            for &(start, end) in &s.sentences {
                for (side, gates) in layer.gates.iter().enumerate() {
                    s.cell.fill(0.0);
                    for i in 0..end - start {
                        let t = if side == 0 { start + i } else { end - 1 - i };
                        let u = &s.gates[(t * 2 + side) * 3 * half..][..3 * half];
                        let h = &mut s.state[t * n + side * half..][..half];
                        kernel::recur(self.level, u, gates, &mut s.cell, h);
                    }
                }
            }
        }
        s.small.resize(tokens * n, 0);
        kernel::quantise(self.level, &s.state, UNIT, LIMIT, &mut s.small);
        s.top.resize(tokens * self.top.outputs, 0.0);
        self.top.apply(self.level, &s.small, n, tokens, &mut s.sums, &mut s.top);
    }

    /// Sums of table rows, and projected vectors, into `state`.
    fn embed(&self, features: &[Features], s: &mut NetworkScratch) {
        let n = self.width;
        let tokens = features.len();
        let dim = self.projection.inputs;
        s.small.clear();
        s.small.resize(tokens * dim, 0);
        s.state.resize(tokens * n, 0.0);
        for (f, to) in features.iter().zip(s.small.chunks_exact_mut(dim)) {
            if let Some(word) = f.word {
                for (to, &v) in to.iter_mut().zip(self.vectors.row(word as usize)) {
                    *to = i16::from(v);
                }
            }
        }
        self.projection.apply(self.level, &s.small, dim, tokens, &mut s.sums, &mut s.state);
        for (f, to) in features.iter().zip(s.state.chunks_exact_mut(n)) {
            let row = match f.word {
                Some(word) => (word as usize).min(self.trained),
                None => self.trained + 1,
            };
            kernel::add_scaled(self.level, to, self.words.row(row), self.words.scale());
            for (table, &row) in self.tables.iter().zip(&f.rows) {
                kernel::add_scaled(self.level, to, table.row(row as usize), table.scale());
            }
        }
    }

    /// Adds what each word's neighbours say. Rows stand between rows of zeros, so that a window is one stretch.
    fn read_window(&self, s: &mut NetworkScratch) {
        let n = self.width;
        let tokens = s.state.len() / n;
        s.small.clear();
        s.small.resize((tokens + s.sentences.len() + 1) * n, 0);
        s.gates.resize(tokens * n, 0.0);
        for (k, &(start, end)) in s.sentences.iter().enumerate() {
            let to = &mut s.small[(start + k + 1) * n..(end + k + 1) * n];
            kernel::quantise(self.level, &s.state[start * n..end * n], UNIT, LIMIT, to);
        }
        for (k, &(start, end)) in s.sentences.iter().enumerate() {
            let x = &s.small[(start + k) * n..];
            self.window.apply(self.level, x, n, end - start, &mut s.sums, &mut s.gates[start * n..end * n]);
        }
        for (state, w) in s.state.iter_mut().zip(&s.gates[..tokens * n]) {
            *state += w.max(0.0);
        }
    }

    /// Scores of the universal and Penn tags of word `t` of the batch.
    pub fn tag_scores<'a>(&self, t: usize, s: &'a NetworkScratch) -> (&'a [f32], &'a [f32]) {
        s.top[t * self.top.outputs..][..TAGS].split_at(Upos::ALL.len())
    }

    /// Best tags of word `t` of the batch.
    pub fn tags(&self, t: usize, s: &NetworkScratch) -> (Upos, Xpos) {
        let (upos, xpos) = self.tag_scores(t, s);
        // The first of the Penn tags means "none".
        (Upos::ALL[best(upos)], Xpos::from_index(1 + best(&xpos[1..])).unwrap_or(Xpos::NONE))
    }

    /// Scores of heads of sentence `k` of the batch, into `s.arcs`.
    pub fn score_arcs(&self, k: usize, s: &mut NetworkScratch) {
        let (start, end) = s.sentences[k];
        let n = end - start;
        let (a, row) = (self.arc, self.top.outputs);
        // Dependents: rectified, to queries and biases of distance.
        s.small.resize(n * a, 0);
        s.relations.resize(a, 0.0);
        for i in 0..n {
            let dep = &s.top[(start + i) * row + TAGS..][..a];
            rectify(dep, &mut s.relations);
            kernel::quantise(self.level, &s.relations, UNIT, LIMIT, &mut s.small[i * a..(i + 1) * a]);
        }
        let width = a + DISTANCES;
        s.queries.resize(n * width, 0.0);
        self.query.apply(self.level, &s.small, a, n, &mut s.sums, &mut s.queries);
        // Heads as a packed matrix: one output a word.
        let padded = n.next_multiple_of(kernel::LANES);
        s.packed.clear();
        s.packed.resize(a * padded, 0);
        for j in 0..n {
            let head = &s.top[(start + j) * row + TAGS + a..][..a];
            rectify(head, &mut s.relations);
            kernel::quantise(self.level, &s.relations, PAIR_UNIT, PAIR_LIMIT, &mut s.small[..a]);
            for p in 0..a / 2 {
                s.packed[(p * padded + j) * 2] = s.small[2 * p];
                s.packed[(p * padded + j) * 2 + 1] = s.small[2 * p + 1];
            }
        }
        for i in 0..n {
            let query = &s.queries[i * width..][..a];
            kernel::quantise(self.level, query, PAIR_UNIT, PAIR_LIMIT, &mut s.small[i * a..(i + 1) * a]);
        }
        s.sums.resize(n * padded, 0);
        let product = Product { x: &s.small, stride: a, rows: n, packed: &s.packed, pairs: a / 2, outputs: padded };
        kernel::multiply(self.level, &product, &mut s.sums);
        s.arcs.resize(n * (n + 1), 0.0);
        for i in 0..n {
            let (query, bias) = s.queries[i * width..(i + 1) * width].split_at(a);
            let scores = &mut s.arcs[i * (n + 1)..(i + 1) * (n + 1)];
            let sums = &s.sums[i * padded..][..n];
            for (j, (score, &sum)) in scores.iter_mut().zip(sums).enumerate() {
                *score = sum as f32 * (1.0 / (PAIR_UNIT * PAIR_UNIT)) + bias[distance(i, j)];
            }
            scores[i] = -1e9;
            scores[n] = query.iter().zip(&self.arc_root).map(|(q, r)| q * r).sum::<f32>() + bias[ROOT_DISTANCE];
        }
    }

    /// Relations of the words of sentence `k` under their heads, given within the sentence (a root is its own).
    pub fn relations(&self, k: usize, heads: &[u32], s: &mut NetworkScratch, mut each: impl FnMut(usize, Rel)) {
        self.relation_scores(k, heads, s, |i, scores| {
            // `root` belongs to the root, and to nothing else.
            if heads[i] as usize == i {
                each(i, Rel::Root);
            } else {
                scores[Rel::Root as usize] = f32::NEG_INFINITY;
                each(i, Rel::ALL[best(scores)]);
            }
        });
    }

    /// Scores of all relations of every word of sentence `k` under its head.
    pub fn relation_scores(
        &self,
        k: usize,
        heads: &[u32],
        s: &mut NetworkScratch,
        mut each: impl FnMut(usize, &mut [f32]),
    ) {
        let (start, end) = s.sentences[k];
        let n = end - start;
        let (r, row) = (self.label, self.top.outputs);
        let at = TAGS + 2 * self.arc;
        s.small.resize(n * r, 0);
        s.relations.resize(r.max(self.arc), 0.0);
        for i in 0..n {
            let dep = &s.top[(start + i) * row + at..][..r];
            let h = heads[i] as usize;
            let head = if h == i { &self.label_root[..] } else { &s.top[(start + h) * row + at + r..][..r] };
            for ((z, d), h) in s.relations.iter_mut().zip(dep).zip(head) {
                *z = (d + h).max(0.0);
            }
            kernel::quantise(self.level, &s.relations[..r], UNIT, LIMIT, &mut s.small[i * r..(i + 1) * r]);
        }
        let all = Rel::ALL.len();
        s.queries.resize(n * all, 0.0);
        self.relation.apply(self.level, &s.small, r, n, &mut s.sums, &mut s.queries);
        for (i, scores) in s.queries.chunks_exact_mut(all).take(n).enumerate() {
            each(i, scores);
        }
    }
}

impl Layer {
    fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let inputs = [Linear::read(reader)?, Linear::read(reader)?];
        if inputs[0].inputs != inputs[1].inputs {
            return Err(reader.damaged("directions of a layer disagree"));
        }
        let mut gates = || {
            Ok(Gates { bias_f: reader.f32s()?, bias_r: reader.f32s()?, cell_f: reader.f32s()?, cell_r: reader.f32s()? })
        };
        let gates = [gates()?, gates()?];
        Ok(Self { input: Linear::side_by_side(&inputs), gates })
    }

    fn agrees(&self, width: usize, half: usize) -> bool {
        let gates = self.gates.iter().flat_map(|g| [&g.bias_f, &g.bias_r, &g.cell_f, &g.cell_r]);
        (self.input.inputs, self.input.outputs) == (width, 6 * half) && gates.into_iter().all(|g| g.len() == half)
    }
}

fn rectify(from: &[f32], to: &mut [f32]) {
    for (t, f) in to.iter_mut().zip(from) {
        *t = f.max(0.0);
    }
}

/// Place of the largest number; the first of equals.
fn best(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, v) in row.iter().enumerate() {
        if *v > row[best] {
            best = i;
        }
    }
    best
}
