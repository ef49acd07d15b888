//! The network of tagger and parser in floating point: forward, backward, one step of training.
//!
//! Words are sums of table rows; a window of three and layers of two-way recurrence read the sentence; linear maps
//! give the tags; heads are chosen by a bilinear score of every pair of words, relations by a small layer on the
//! chosen pair. `tidings::nlp::model` computes the same with integers.

use super::matrix::{mul, mul_left_transposed, mul_right_transposed};
use super::param::Param;
use super::sru::{self, GateGrads, Gates};
use crate::rng::Rng;
use tidings::nlp::model::features::{Features, TABLES};
use tidings::nlp::model::tree::{DISTANCES, ROOT_DISTANCE, distance};
use tidings::nlp::tags::{Rel, Upos, Xpos};

/// Weight of the Penn tags' loss, beside heads and relations, which weigh one each.
const XPOS_WEIGHT: f32 = 0.5;

/// Sizes of the network.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    /// Components of the frozen word vectors.
    pub(crate) vector: usize,
    /// Words with a trained row of their own.
    pub(crate) trained: usize,
    /// Width of a token's state.
    pub(crate) width: usize,
    /// Recurrent layers.
    pub(crate) layers: usize,
    /// Width of the vectors that score heads.
    pub(crate) arc: usize,
    /// Width of the layer that chooses relations.
    pub(crate) label: usize,
}

/// One sentence to learn from.
#[derive(Clone, Default)]
pub(crate) struct Gold {
    pub(crate) features: Vec<Features>,
    pub(crate) upos: Vec<u8>,
    pub(crate) xpos: Vec<u8>,
    /// Own index for a root.
    pub(crate) head: Vec<u16>,
    pub(crate) rel: Vec<u8>,
}

/// Rates of dropped units, and the weight of the universal tags' loss.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drop {
    pub(crate) upos: f32,
    pub(crate) word: f32,
    pub(crate) input: f32,
    pub(crate) hidden: f32,
}

#[derive(Clone)]
pub(crate) struct Direction {
    pub(crate) input: Param,
    pub(crate) bias_f: Param,
    pub(crate) bias_r: Param,
    pub(crate) cell_f: Param,
    pub(crate) cell_r: Param,
}

#[derive(Clone)]
pub(crate) struct Linear {
    pub(crate) w: Param,
    pub(crate) b: Param,
}

impl Linear {
    fn new(rows: usize, columns: usize, gain: f32, rng: &mut Rng) -> Self {
        Self { w: Param::new(rows, columns, gain, rng), b: Param::constant(columns, 0.0) }
    }

    fn forward(&self, x: &[f32], tokens: usize) -> Vec<f32> {
        let n = self.w.columns;
        let mut y = self.b.w.repeat(tokens);
        mul(x, &self.w.w, &mut y, tokens, x.len() / tokens, n);
        y
    }

    /// Adds to the gradients of the weights and to `dx`.
    fn backward(&mut self, x: &[f32], dy: &[f32], dx: &mut [f32], tokens: usize) {
        let n = self.w.columns;
        let k = x.len() / tokens;
        mul_left_transposed(x, dy, &mut self.w.g, tokens, k, n);
        for row in dy.chunks_exact(n) {
            for (g, d) in self.b.g.iter_mut().zip(row) {
                *g += d;
            }
        }
        mul_right_transposed(dy, &self.w.w, dx, tokens, n, k);
    }
}

#[derive(Clone)]
pub(crate) struct Net {
    pub(crate) sizes: Sizes,
    /// Frozen vectors, a row per word of the vocabulary.
    pub(crate) vectors: std::rc::Rc<Vec<f32>>,
    pub(crate) projection: Param,
    /// Trained rows of frequent words, then "known but rare", then "unknown".
    pub(crate) words: Param,
    pub(crate) tables: Vec<Param>,
    pub(crate) window: Linear,
    pub(crate) layers: Vec<[Direction; 2]>,
    pub(crate) upos: Linear,
    pub(crate) xpos: Linear,
    pub(crate) arc_dep: Linear,
    pub(crate) arc_head: Linear,
    pub(crate) arc_root: Param,
    pub(crate) bilinear: Param,
    pub(crate) head_bias: Param,
    pub(crate) distance: Param,
    pub(crate) label_dep: Linear,
    pub(crate) label_head: Linear,
    pub(crate) label_root: Param,
    pub(crate) label: Linear,
}

/// Mean losses of a batch.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Loss {
    pub(crate) tags: f32,
    pub(crate) arcs: f32,
    pub(crate) labels: f32,
}

/// A run of sentences and the states computed for them.
struct States {
    sentences: Vec<(usize, usize)>,
    tokens: usize,
    input_mask: Option<Vec<f32>>,
    /// After the window.
    windowed: Vec<f32>,
    window_in: Vec<f32>,
    window_mask: Vec<f32>,
    /// Input of each layer, then the final state.
    inputs: Vec<Vec<f32>>,
    gates_in: Vec<[Vec<f32>; 2]>,
    traces: Vec<[sru::Trace; 2]>,
    masks: Vec<Option<Vec<f32>>>,
}

/// Scores of one sentence.
pub(crate) struct Output {
    pub(crate) upos: Vec<u8>,
    pub(crate) xpos: Vec<u8>,
    /// `[n][n + 1]`, the root last.
    pub(crate) arcs: Vec<f32>,
    /// Input of the relation layer.
    pub(crate) label_dep: Vec<f32>,
    pub(crate) label_head: Vec<f32>,
}

impl Net {
    pub(crate) fn new(sizes: Sizes, vectors: std::rc::Rc<Vec<f32>>, rng: &mut Rng) -> Self {
        let Sizes { vector, trained, width, layers, arc, label } = sizes;
        let half = width / 2;
        let mut direction = || Direction {
            input: Param::new(width, 3 * half, 1.0, rng),
            bias_f: Param::constant(half, 0.5),
            bias_r: Param::constant(half, 0.5),
            cell_f: Param::constant(half, 0.0),
            cell_r: Param::constant(half, 0.0),
        };
        let layers = (0..layers).map(|_| [direction(), direction()]).collect();
        let table = |rows: usize, rng: &mut Rng| Param::table(rows, width, 0.2, rng);
        Self {
            sizes,
            vectors,
            projection: Param::new(vector.max(1), width, 0.5, rng),
            words: table(trained + 2, rng),
            tables: TABLES.iter().map(|&rows| table(rows, rng)).collect(),
            window: Linear::new(3 * width, width, 1.0, rng),
            layers,
            upos: Linear::new(width, Upos::ALL.len(), 0.5, rng),
            xpos: Linear::new(width, Xpos::TEXTS.len(), 0.5, rng),
            arc_dep: Linear::new(width, arc, 1.0, rng),
            arc_head: Linear::new(width, arc, 1.0, rng),
            arc_root: Param::constant(arc, 0.1),
            bilinear: Param::new(arc, arc, 0.5, rng),
            head_bias: Param::constant(arc, 0.0),
            distance: Param::new(arc, DISTANCES, 0.1, rng),
            label_dep: Linear::new(width, label, 1.0, rng),
            label_head: Linear::new(width, label, 1.0, rng),
            label_root: Param::constant(label, 0.1),
            label: Linear::new(label, Rel::ALL.len(), 0.5, rng),
        }
    }

    pub(crate) fn params(&mut self) -> Vec<&mut Param> {
        let mut all = vec![&mut self.projection, &mut self.words];
        all.extend(&mut self.tables);
        for layer in &mut self.layers {
            for d in layer {
                all.extend([&mut d.input, &mut d.bias_f, &mut d.bias_r, &mut d.cell_f, &mut d.cell_r]);
            }
        }
        for l in [
            &mut self.window,
            &mut self.upos,
            &mut self.xpos,
            &mut self.arc_dep,
            &mut self.arc_head,
            &mut self.label_dep,
            &mut self.label_head,
            &mut self.label,
        ] {
            all.extend([&mut l.w, &mut l.b]);
        }
        all.extend([
            &mut self.arc_root,
            &mut self.bilinear,
            &mut self.head_bias,
            &mut self.distance,
            &mut self.label_root,
        ]);
        all
    }

    /// Rows of the word and its vector after dropping: `(trained row, vector row)`.
    fn word_rows(&self, word: Option<u32>, drop: Option<(&mut Rng, f32)>) -> (usize, Option<usize>) {
        let rare = self.sizes.trained;
        let (row, vector) = match word {
            None => (rare + 1, None),
            Some(w) if (w as usize) < rare => (w as usize, Some(w as usize)),
            Some(w) => (rare, Some(w as usize)),
        };
        if let Some((rng, rate)) = drop {
            let x = rng.uniform();
            if x < rate * 0.2 {
                return (rare + 1, None);
            }
            if x < rate {
                return (row.max(rare), vector);
            }
        }
        (row, vector)
    }

    /// Input rows of every token, then the encoder.
    fn encode(&self, batch: &[&Gold], mut drop: Option<(&mut Rng, Drop)>) -> (States, Vec<(usize, Option<usize>)>) {
        let n = self.sizes.width;
        let tokens: usize = batch.iter().map(|g| g.features.len()).sum();
        let mut sentences = Vec::with_capacity(batch.len());
        let mut rows = Vec::with_capacity(tokens);
        let mut x = vec![0.0_f32; tokens * n];
        let mut vectors = vec![0.0_f32; tokens * self.sizes.vector];
        let mut t = 0;
        for gold in batch {
            let start = t;
            for features in &gold.features {
                let d = drop.as_mut().map(|(rng, rates)| (&mut **rng, rates.word));
                let (row, vector) = self.word_rows(features.word, d);
                let to = &mut x[t * n..(t + 1) * n];
                add(to, self.words.row(row));
                for (table, &r) in self.tables.iter().zip(&features.rows) {
                    add(to, table.row(r as usize));
                }
                if let Some(v) = vector {
                    let dim = self.sizes.vector;
                    vectors[t * dim..(t + 1) * dim].copy_from_slice(&self.vectors[v * dim..(v + 1) * dim]);
                }
                rows.push((row, vector));
                t += 1;
            }
            sentences.push((start, t));
        }
        if self.sizes.vector > 0 {
            mul(&vectors, &self.projection.w, &mut x, tokens, self.sizes.vector, n);
        }
        let input_mask = drop.as_mut().map(|(rng, d)| mask(&mut x, d.input, rng));
        let window_in = windows(&x, n, &sentences);
        let mut windowed = self.window.forward(&window_in, tokens);
        relu(&mut windowed);
        let mut state = x;
        add(&mut state, &windowed);
        let window_mask = drop.as_mut().map_or_else(Vec::new, |(rng, d)| mask(&mut state, d.hidden, rng));
        let (mut inputs, mut gates_in, mut traces, mut masks) = (vec![], vec![], vec![], vec![]);
        for layer in &self.layers {
            let mut out = vec![0.0_f32; tokens * n];
            let mut run = |d: &Direction, backward: bool| {
                let half = n / 2;
                let mut u = vec![0.0_f32; tokens * 3 * half];
                mul(&state, &d.input.w, &mut u, tokens, n, 3 * half);
                let at = if backward { half } else { 0 };
                let trace = sru::forward(&u, half, &sentences, backward, &d.gates(), &mut out, n, at);
                (u, trace)
            };
            let (u0, t0) = run(&layer[0], false);
            let (u1, t1) = run(&layer[1], true);
            let m = drop.as_mut().map(|(rng, d)| mask(&mut out, d.hidden, rng));
            add(&mut out, &state);
            inputs.push(std::mem::replace(&mut state, out));
            gates_in.push([u0, u1]);
            traces.push([t0, t1]);
            masks.push(m);
        }
        inputs.push(state);
        let states =
            States { sentences, tokens, input_mask, windowed, window_in, window_mask, inputs, gates_in, traces, masks };
        (states, rows)
    }

    /// Tags and scores of heads for a sentence.
    pub(crate) fn predict(&self, gold: &Gold) -> Output {
        let (states, _) = self.encode(&[gold], None);
        let y = &states.inputs[self.layers.len()];
        let n = states.tokens;
        let best = |scores: Vec<f32>, k: usize| scores.chunks_exact(k).map(|row| argmax(row) as u8).collect();
        let upos = best(self.upos.forward(y, n), Upos::ALL.len());
        let xpos = best(self.xpos.forward(y, n), Xpos::TEXTS.len());
        let mut dep = self.arc_dep.forward(y, n);
        relu(&mut dep);
        let mut head = self.arc_head.forward(y, n);
        relu(&mut head);
        let (query, dist) = self.arc_queries(&dep, n);
        let arcs = self.arc_scores(&query, &dist, &head, 0, n);
        Output { upos, xpos, arcs, label_dep: self.label_dep.forward(y, n), label_head: self.label_head.forward(y, n) }
    }

    /// Relation of word `i` under `head` (its own index: the root).
    pub(crate) fn relation(&self, out: &Output, i: usize, head: usize) -> u8 {
        let r = self.sizes.label;
        let h = if head == i { &self.label_root.w[..] } else { &out.label_head[head * r..(head + 1) * r] };
        let z: Vec<f32> = out.label_dep[i * r..(i + 1) * r].iter().zip(h).map(|(a, b)| (a + b).max(0.0)).collect();
        argmax(&self.label.forward(&z, 1)) as u8
    }

    fn arc_queries(&self, dep: &[f32], tokens: usize) -> (Vec<f32>, Vec<f32>) {
        let a = self.sizes.arc;
        // The bias of a head rides on the query: s = (q + u) · h
        let mut query = self.head_bias.w.repeat(tokens);
        mul(dep, &self.bilinear.w, &mut query, tokens, a, a);
        let mut dist = vec![0.0; tokens * DISTANCES];
        mul(dep, &self.distance.w, &mut dist, tokens, a, DISTANCES);
        (query, dist)
    }

    /// `[n][n + 1]` scores of the sentence `start..end`.
    fn arc_scores(&self, query: &[f32], dist: &[f32], head: &[f32], start: usize, end: usize) -> Vec<f32> {
        let a = self.sizes.arc;
        let n = end - start;
        let mut scores = vec![0.0; n * (n + 1)];
        let mut pairs = vec![0.0; n * n];
        mul_right_transposed(&query[start * a..end * a], &head[start * a..end * a], &mut pairs, n, a, n);
        for i in 0..n {
            let dist = &dist[(start + i) * DISTANCES..][..DISTANCES];
            let row = &mut scores[i * (n + 1)..(i + 1) * (n + 1)];
            for j in 0..n {
                row[j] = if i == j { -1e9 } else { pairs[i * n + j] + dist[distance(i, j)] };
            }
            let q = &query[(start + i) * a..][..a];
            row[n] = q.iter().zip(&self.arc_root.w).map(|(x, y)| x * y).sum::<f32>() + dist[ROOT_DISTANCE];
        }
        scores
    }

    /// Forward and backward over a batch; gradients are added up, not applied.
    pub(crate) fn learn(&mut self, batch: &[&Gold], rng: &mut Rng, drop: Drop) -> Loss {
        let (states, rows) = self.encode(batch, Some((rng, drop)));
        let n = self.sizes.width;
        let tokens = states.tokens;
        let scale = 1.0 / tokens as f32;
        let depth = self.layers.len();
        let mut top = states.inputs[depth].clone();
        let top_mask = mask(&mut top, drop.hidden, rng);
        let mut d_top = vec![0.0_f32; tokens * n];
        let mut loss = Loss::default();

        // Tags.
        for pass in 0..2 {
            let (linear, gold, weight): (&mut Linear, Vec<u8>, f32) = if pass == 0 {
                (&mut self.upos, batch.iter().flat_map(|g| g.upos.iter().copied()).collect(), drop.upos)
            } else {
                (&mut self.xpos, batch.iter().flat_map(|g| g.xpos.iter().copied()).collect(), XPOS_WEIGHT)
            };
            let mut scores = linear.forward(&top, tokens);
            for (row, &gold) in scores.chunks_exact_mut(linear.w.columns).zip(&gold) {
                loss.tags += cross_entropy(row, gold as usize, scale * weight);
            }
            linear.backward(&top, &scores, &mut d_top, tokens);
        }

        self.learn_arcs(batch, &states, &top, &mut d_top, &mut loss, rng, drop, scale);
        self.learn_labels(batch, &states, &top, &mut d_top, &mut loss, rng, drop, scale);

        multiply(&mut d_top, &top_mask);
        self.learn_encoder(batch, &states, &rows, d_top);
        loss
    }

    #[expect(clippy::too_many_arguments, reason = "a part of `learn`")]
    fn learn_arcs(
        &mut self,
        batch: &[&Gold],
        states: &States,
        top: &[f32],
        d_top: &mut [f32],
        loss: &mut Loss,
        rng: &mut Rng,
        drop: Drop,
        scale: f32,
    ) {
        let a = self.sizes.arc;
        let tokens = states.tokens;
        let mut dep = self.arc_dep.forward(top, tokens);
        relu(&mut dep);
        let mut head = self.arc_head.forward(top, tokens);
        relu(&mut head);
        let dep_mask = mask(&mut dep, drop.hidden, rng);
        let head_mask = mask(&mut head, drop.hidden, rng);
        let (query, dist) = self.arc_queries(&dep, tokens);
        let mut d_query = vec![0.0; tokens * a];
        let mut d_head = vec![0.0; tokens * a];
        let mut d_dist = vec![0.0; tokens * DISTANCES];
        for (gold, &(start, end)) in batch.iter().zip(&states.sentences) {
            let n = end - start;
            let mut scores = self.arc_scores(&query, &dist, &head, start, end);
            let mut pairs = vec![0.0; n * n];
            for (i, row) in scores.chunks_exact_mut(n + 1).enumerate() {
                let target = gold.head[i] as usize;
                let target = if target == i { n } else { target };
                loss.arcs += cross_entropy(row, target, scale);
                let dist = &mut d_dist[(start + i) * DISTANCES..][..DISTANCES];
                for j in 0..n {
                    if j != i {
                        pairs[i * n + j] = row[j];
                        dist[distance(i, j)] += row[j];
                    }
                }
                dist[ROOT_DISTANCE] += row[n];
                let q = &query[(start + i) * a..][..a];
                let dq = &mut d_query[(start + i) * a..][..a];
                for k in 0..a {
                    dq[k] += row[n] * self.arc_root.w[k];
                    self.arc_root.g[k] += row[n] * q[k];
                }
            }
            mul(&pairs, &head[start * a..end * a], &mut d_query[start * a..end * a], n, n, a);
            mul_left_transposed(&pairs, &query[start * a..end * a], &mut d_head[start * a..end * a], n, n, a);
        }
        let mut d_dep = vec![0.0; tokens * a];
        mul_left_transposed(&dep, &d_query, &mut self.bilinear.g, tokens, a, a);
        mul_right_transposed(&d_query, &self.bilinear.w, &mut d_dep, tokens, a, a);
        for row in d_query.chunks_exact(a) {
            add(&mut self.head_bias.g, row);
        }
        mul_left_transposed(&dep, &d_dist, &mut self.distance.g, tokens, a, DISTANCES);
        mul_right_transposed(&d_dist, &self.distance.w, &mut d_dep, tokens, DISTANCES, a);
        relu_back(&mut d_dep, &dep, &dep_mask);
        relu_back(&mut d_head, &head, &head_mask);
        self.arc_dep.backward(top, &d_dep, d_top, tokens);
        self.arc_head.backward(top, &d_head, d_top, tokens);
    }

    #[expect(clippy::too_many_arguments, reason = "a part of `learn`")]
    fn learn_labels(
        &mut self,
        batch: &[&Gold],
        states: &States,
        top: &[f32],
        d_top: &mut [f32],
        loss: &mut Loss,
        rng: &mut Rng,
        drop: Drop,
        scale: f32,
    ) {
        let r = self.sizes.label;
        let tokens = states.tokens;
        let dep = self.label_dep.forward(top, tokens);
        let head = self.label_head.forward(top, tokens);
        let mut z = dep;
        let mut target = Vec::with_capacity(tokens);
        let mut rel = Vec::with_capacity(tokens);
        for (gold, &(start, _)) in batch.iter().zip(&states.sentences) {
            for (i, &h) in gold.head.iter().enumerate() {
                let t = start + i;
                let h = h as usize;
                let row = if h == i { &self.label_root.w[..] } else { &head[(start + h) * r..][..r] };
                add(&mut z[t * r..(t + 1) * r], row);
                target.push(if h == i { usize::MAX } else { start + h });
                rel.push(gold.rel[i]);
            }
        }
        relu(&mut z);
        let z_mask = mask(&mut z, drop.hidden, rng);
        let mut scores = self.label.forward(&z, tokens);
        for (row, &gold) in scores.chunks_exact_mut(Rel::ALL.len()).zip(&rel) {
            loss.labels += cross_entropy(row, gold as usize, scale);
        }
        let mut d_z = vec![0.0; tokens * r];
        self.label.backward(&z, &scores, &mut d_z, tokens);
        relu_back(&mut d_z, &z, &z_mask);
        let mut d_head = vec![0.0; tokens * r];
        for (t, &h) in target.iter().enumerate() {
            let from = &d_z[t * r..(t + 1) * r];
            if h == usize::MAX {
                add(&mut self.label_root.g, from);
            } else {
                add(&mut d_head[h * r..(h + 1) * r], from);
            }
        }
        self.label_dep.backward(top, &d_z, d_top, tokens);
        self.label_head.backward(top, &d_head, d_top, tokens);
    }

    fn learn_encoder(&mut self, batch: &[&Gold], states: &States, rows: &[(usize, Option<usize>)], d_top: Vec<f32>) {
        let n = self.sizes.width;
        let half = n / 2;
        let tokens = states.tokens;
        let mut d_state = d_top;
        for l in (0..self.layers.len()).rev() {
            let mut d_out = d_state.clone();
            if let Some(m) = &states.masks[l] {
                multiply(&mut d_out, m);
            }
            let input = &states.inputs[l];
            for (side, d) in self.layers[l].iter_mut().enumerate() {
                let mut du = vec![0.0; tokens * 3 * half];
                let Direction { input: w, bias_f, bias_r, cell_f, cell_r } = d;
                let gates = Gates { bias_f: &bias_f.w, bias_r: &bias_r.w, cell_f: &cell_f.w, cell_r: &cell_r.w };
                let mut grads = GateGrads {
                    bias_f: &mut bias_f.g,
                    bias_r: &mut bias_r.g,
                    cell_f: &mut cell_f.g,
                    cell_r: &mut cell_r.g,
                };
                let at = side * half;
                let u = &states.gates_in[l][side];
                let trace = &states.traces[l][side];
                sru::backward(u, half, &states.sentences, side == 1, &gates, trace, &d_out, n, at, &mut du, &mut grads);
                mul_left_transposed(input, &du, &mut w.g, tokens, n, 3 * half);
                mul_right_transposed(&du, &w.w, &mut d_state, tokens, 3 * half, n);
            }
        }
        if !states.window_mask.is_empty() {
            multiply(&mut d_state, &states.window_mask);
        }
        let mut d_windowed = d_state.clone();
        for (d, y) in d_windowed.iter_mut().zip(&states.windowed) {
            if *y <= 0.0 {
                *d = 0.0;
            }
        }
        let mut d_in = vec![0.0; tokens * 3 * n];
        self.window.backward(&states.window_in, &d_windowed, &mut d_in, tokens);
        for &(start, end) in &states.sentences {
            for t in start..end {
                for (side, from) in d_in[t * 3 * n..(t + 1) * 3 * n].chunks_exact(n).enumerate() {
                    let to = (t + side).wrapping_sub(1);
                    if to >= start && to < end {
                        add(&mut d_state[to * n..(to + 1) * n], from);
                    }
                }
            }
        }
        if let Some(m) = &states.input_mask {
            multiply(&mut d_state, m);
        }
        let dim = self.sizes.vector;
        let mut vectors = vec![0.0_f32; tokens * dim];
        let all = batch.iter().flat_map(|g| &g.features);
        for (t, (features, &(row, vector))) in all.zip(rows).enumerate() {
            let d = &d_state[t * n..(t + 1) * n];
            self.words.add_row(row, d);
            for (table, &r) in self.tables.iter_mut().zip(&features.rows) {
                table.add_row(r as usize, d);
            }
            if let Some(v) = vector {
                vectors[t * dim..(t + 1) * dim].copy_from_slice(&self.vectors[v * dim..(v + 1) * dim]);
            }
        }
        if dim > 0 {
            mul_left_transposed(&vectors, &d_state, &mut self.projection.g, tokens, dim, n);
        }
    }
}

impl Direction {
    fn gates(&self) -> Gates<'_> {
        Gates { bias_f: &self.bias_f.w, bias_r: &self.bias_r.w, cell_f: &self.cell_f.w, cell_r: &self.cell_r.w }
    }
}

/// Each token with its neighbours of the same sentence, zeros beyond.
fn windows(x: &[f32], n: usize, sentences: &[(usize, usize)]) -> Vec<f32> {
    let mut out = vec![0.0; x.len() * 3];
    for &(start, end) in sentences {
        for t in start..end {
            for side in 0..3 {
                let from = (t + side).wrapping_sub(1);
                if from >= start && from < end {
                    out[(t * 3 + side) * n..][..n].copy_from_slice(&x[from * n..(from + 1) * n]);
                }
            }
        }
    }
    out
}

fn add(to: &mut [f32], from: &[f32]) {
    for (t, f) in to.iter_mut().zip(from) {
        *t += f;
    }
}

fn multiply(to: &mut [f32], by: &[f32]) {
    for (t, b) in to.iter_mut().zip(by) {
        *t *= b;
    }
}

fn relu(x: &mut [f32]) {
    for v in x {
        *v = v.max(0.0);
    }
}

/// Gradient through dropping and rectifying: `y` is the result of both.
fn relu_back(d: &mut [f32], y: &[f32], mask: &[f32]) {
    for ((d, y), m) in d.iter_mut().zip(y).zip(mask) {
        *d = if *y > 0.0 { *d * m } else { 0.0 };
    }
}

/// Drops each number with probability `rate`, scaling up the rest; returns the factors.
fn mask(x: &mut [f32], rate: f32, rng: &mut Rng) -> Vec<f32> {
    let keep = 1.0 / (1.0 - rate);
    let limit = (rate * 65536.0) as u64;
    let mut out = Vec::with_capacity(x.len());
    for four in x.chunks_mut(4) {
        let mut bits = rng.next();
        for v in four {
            let m = if bits & 0xFFFF < limit { 0.0 } else { keep };
            bits >>= 16;
            *v *= m;
            out.push(m);
        }
    }
    out
}

/// Loss of one choice; turns `scores` into its gradient times `scale`.
fn cross_entropy(scores: &mut [f32], gold: usize, scale: f32) -> f32 {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = libm::expf(*s - top);
        sum += *s;
    }
    let loss = -libm::logf((scores[gold] / sum).max(1e-12));
    for s in scores.iter_mut() {
        *s *= scale / sum;
    }
    scores[gold] -= scale;
    loss * scale
}

pub(crate) fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, v) in row.iter().enumerate() {
        if *v > row[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests;
