//! Trains a linear-chain conditional random field by `AdaGrad`, with words whose state is only partly known.
//!
//! The chain and its contexts are those of the library's decoder. Words of a corpus that does not label MISC may be
//! MISC or outside; the gradient is then the difference of two expectations.

use tidings::nlp::names::decode::{END, N_CONTEXTS};
use tidings::nlp::names::tags::{N_SCORED, N_STEPS, N_TAGS, OUTSIDE, STEPS};

/// Gradients smaller than this change nothing worth the work.
const LEAST_GRADIENT: f32 = 2e-3;
/// Share of the paths below which a teacher's states fit no path, and the stretch teaches nothing.
const IMPOSSIBLE: f32 = 1e-25;
/// Stretches between two renewals of the exponentials of the step weights.
const REFRESH: u64 = 8;

/// One active word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    /// Its features in `Examples::features`.
    pub(crate) features: (u32, u32),
    /// Context of the step to it.
    pub(crate) context: u8,
    /// States it may be in.
    pub(crate) allowed: u32,
}

/// All training stretches.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    /// Feature numbers, with the template in the upper 8 bits.
    pub(crate) features: Vec<u32>,
    /// Words of all stretches.
    pub(crate) items: Vec<Item>,
    /// All stretches.
    pub(crate) stretches: Vec<Stretch>,
    /// Fixed logits of each item that the weights add to; empty for none.
    pub(crate) base: Vec<[f32; N_SCORED]>,
}

/// Adjacent active words of one sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    /// First item.
    pub(crate) from: u32,
    /// After the last item.
    pub(crate) to: u32,
    /// Visits in an epoch.
    pub(crate) times: u8,
    /// Part of the data it belongs to.
    pub(crate) fold: u8,
}

/// Bits of a feature number.
pub(crate) const FEATURE_BITS: u32 = 24;
const FEATURE_MASK: u32 = (1 << FEATURE_BITS) - 1;

/// Settings of a training run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Passes over the data.
    pub(crate) epochs: usize,
    /// Step size of `AdaGrad`.
    pub(crate) rate: f32,
    /// Share of words whose identity features are hidden at each visit.
    pub(crate) dropout: f32,
    /// Pull towards zero at each visit of a feature.
    pub(crate) decay: f32,
}

/// Weights in floating point.
#[derive(Debug, Clone)]
pub(crate) struct Crf {
    /// One row for each feature.
    pub(crate) rows: Vec<[f32; N_SCORED]>,
    /// Step weights.
    pub(crate) steps: [[f32; N_STEPS]; N_CONTEXTS],
}

struct Optimiser {
    rows: Vec<[f32; N_SCORED]>,
    steps: [[f32; N_STEPS]; N_CONTEXTS],
}

/// A small generator of pseudo-random numbers (splitmix64), so that runs can be repeated.
#[derive(Debug)]
pub(crate) struct Rng(pub u64);

impl Rng {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Shuffles a slice.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = (self.next() % (i as u64 + 1)) as usize;
            items.swap(i, j);
        }
    }
}

/// Expectations of one stretch under one lattice.
#[derive(Default)]
struct Pass {
    forward: Vec<[f32; N_TAGS]>,
    backward: Vec<[f32; N_TAGS]>,
    scale: Vec<f32>,
    emit: Vec<[f32; N_TAGS]>,
    log_z: f64,
}

impl Pass {
    /// Runs forward and backward; `weights` are exponentials of the step weights.
    fn run(&mut self, items: &[Item], logits: &[[f32; N_TAGS]], weights: &[[f32; N_STEPS]; N_CONTEXTS], bound: bool) {
        let n = items.len();
        self.forward.clear();
        self.scale.clear();
        self.emit.clear();
        self.log_z = 0.0;
        let mut state = [0.0; N_TAGS];
        state[OUTSIDE as usize] = 1.0;
        for (item, logits) in items.iter().zip(logits) {
            let top = logits.iter().copied().fold(f32::MIN, f32::max);
            let mut emit = [0.0; N_TAGS];
            for (tag, (emit, logit)) in emit.iter_mut().zip(logits).enumerate() {
                if !bound || item.allowed >> tag & 1 == 1 {
                    *emit = libm::expf((logit - top).max(-60.0));
                }
            }
            let mut next = [0.0; N_TAGS];
            for (&(from, to), weight) in STEPS.iter().zip(&weights[item.context as usize]) {
                next[to as usize] += state[from as usize] * weight;
            }
            let mut sum = 0.0;
            for (next, emit) in next.iter_mut().zip(&emit) {
                *next *= emit;
                sum += *next;
            }
            let sum = sum.max(1e-30);
            for next in &mut next {
                *next /= sum;
            }
            self.log_z += f64::from(libm::logf(sum) + top);
            self.scale.push(sum);
            self.emit.push(emit);
            self.forward.push(next);
            state = next;
        }
        self.backward.clear();
        self.backward.resize(n, [0.0; N_TAGS]);
        let mut last = 0.0;
        for (&(from, to), weight) in STEPS.iter().zip(&weights[END as usize]) {
            if to == OUTSIDE {
                self.backward[n - 1][from as usize] = *weight;
                last += state[from as usize] * weight;
            }
        }
        self.log_z += f64::from(libm::logf(last.max(1e-30)));
        for value in &mut self.backward[n - 1] {
            *value /= last.max(1e-30);
        }
        for t in (1..n).rev() {
            let mut previous = [0.0; N_TAGS];
            let (emit, backward) = (&self.emit[t], &self.backward[t]);
            for (&(from, to), weight) in STEPS.iter().zip(&weights[items[t].context as usize]) {
                previous[from as usize] += weight * emit[to as usize] * backward[to as usize];
            }
            for value in &mut previous {
                *value /= self.scale[t];
            }
            self.backward[t - 1] = previous;
        }
    }

    /// Adds expectations of states and steps, times `sign`.
    fn expect(
        &self,
        items: &[Item],
        weights: &[[f32; N_STEPS]; N_CONTEXTS],
        sign: f32,
        states: &mut [[f32; N_TAGS]],
        steps: &mut [[f32; N_STEPS]; N_CONTEXTS],
    ) {
        let mut before = [0.0; N_TAGS];
        before[OUTSIDE as usize] = 1.0;
        for (t, item) in items.iter().enumerate() {
            for (state, (forward, backward)) in states[t].iter_mut().zip(self.forward[t].iter().zip(&self.backward[t]))
            {
                *state += sign * forward * backward;
            }
            let context = item.context as usize;
            for (i, &(from, to)) in STEPS.iter().enumerate() {
                let flow = before[from as usize] * weights[context][i] * self.emit[t][to as usize];
                steps[context][i] += sign * flow * self.backward[t][to as usize] / self.scale[t];
            }
            before = self.forward[t];
        }
        let total: f32 = STEPS
            .iter()
            .zip(&weights[END as usize])
            .filter(|((_, to), _)| *to == OUTSIDE)
            .map(|((from, _), w)| before[*from as usize] * w)
            .sum();
        for (i, &(from, to)) in STEPS.iter().enumerate() {
            if to == OUTSIDE {
                steps[END as usize][i] += sign * before[from as usize] * weights[END as usize][i] / total.max(1e-30);
            }
        }
    }
}

impl Crf {
    /// Weights of zero for so many features.
    pub(crate) fn new(features: usize) -> Self {
        Self { rows: vec![[0.0; N_SCORED]; features], steps: [[0.0; N_STEPS]; N_CONTEXTS] }
    }

    /// Trains on the examples, without those of one fold; `lexical[t]` tells which templates are hidden by dropout. Returns the average of the weights after each epoch of the second half.
    pub(crate) fn train(
        mut self,
        examples: &Examples,
        plan: Plan,
        lexical: &[bool],
        left_out: Option<u8>,
        mut report: impl FnMut(usize, f64),
    ) -> Self {
        let mut rng = Rng(20_260_101);
        let mut squares =
            Optimiser { rows: vec![[1e-3; N_SCORED]; self.rows.len()], steps: [[1e-2; N_STEPS]; N_CONTEXTS] };
        let mut order: Vec<u32> = examples
            .stretches
            .iter()
            .enumerate()
            .filter(|(_, s)| Some(s.fold) != left_out)
            .flat_map(|(i, s)| std::iter::repeat_n(i as u32, usize::from(s.times)))
            .collect();
        let mut mean = Self::new(self.rows.len());
        let mut averaged = 0.0;
        let (mut free, mut bound) = (Pass::default(), Pass::default());
        let mut logits: Vec<[f32; N_TAGS]> = Vec::new();
        let mut gradients: Vec<[f32; N_TAGS]> = Vec::new();
        let mut used: Vec<u32> = Vec::new();
        let mut spans: Vec<(usize, usize)> = Vec::new();
        let mut weights = self.steps;
        let mut visits = 0u64;
        for epoch in 0..plan.epochs {
            rng.shuffle(&mut order);
            let mut loss = 0.0;
            for &stretch in &order {
                let Stretch { from, to, .. } = examples.stretches[stretch as usize];
                let items = &examples.items[from as usize..to as usize];
                used.clear();
                spans.clear();
                logits.clear();
                for (n, item) in items.iter().enumerate() {
                    let hide = plan.dropout > 0.0 && rng.unit() < plan.dropout;
                    let start = used.len();
                    let mut logit = [0.0; N_TAGS];
                    if let Some(base) = examples.base.get(from as usize + n) {
                        logit[1..].copy_from_slice(base);
                    }
                    for &f in &examples.features[item.features.0 as usize..item.features.1 as usize] {
                        if hide && lexical[(f >> FEATURE_BITS) as usize] {
                            continue;
                        }
                        used.push(f & FEATURE_MASK);
                        for (logit, weight) in logit[1..].iter_mut().zip(&self.rows[(f & FEATURE_MASK) as usize]) {
                            *logit += weight;
                        }
                    }
                    spans.push((start, used.len()));
                    logits.push(logit);
                }
                if visits.is_multiple_of(REFRESH) {
                    weights = self.steps;
                    for weight in weights.iter_mut().flatten() {
                        *weight = libm::expf(*weight);
                    }
                }
                visits += 1;
                gradients.clear();
                gradients.resize(items.len(), [0.0; N_TAGS]);
                let mut steps = [[0.0; N_STEPS]; N_CONTEXTS];
                bound.run(items, &logits, &weights, true);
                if bound.scale.iter().any(|s| *s <= IMPOSSIBLE) {
                    continue;
                }
                free.run(items, &logits, &weights, false);
                loss += free.log_z - bound.log_z;
                bound.expect(items, &weights, 1.0, &mut gradients, &mut steps);
                free.expect(items, &weights, -1.0, &mut gradients, &mut steps);
                for (&(start, end), gradient) in spans.iter().zip(&gradients) {
                    if gradient.iter().all(|g| g.abs() < LEAST_GRADIENT) {
                        continue;
                    }
                    for &f in &used[start..end] {
                        let (row, square) = (&mut self.rows[f as usize], &mut squares.rows[f as usize]);
                        for k in 0..N_SCORED {
                            let g = gradient[k + 1] - plan.decay * row[k];
                            square[k] += g * g;
                            row[k] += plan.rate * g / square[k].sqrt();
                        }
                    }
                }
                let weights = self.steps.iter_mut().flatten().zip(squares.steps.iter_mut().flatten());
                for ((weight, square), &g) in weights.zip(steps.iter().flatten()).filter(|(_, g)| **g != 0.0) {
                    *square += g * g;
                    *weight += plan.rate * g / square.sqrt();
                }
            }
            if 2 * (epoch + 1) > plan.epochs {
                averaged += 1.0;
                add(&mut mean, &self);
            }
            report(epoch, loss / order.len() as f64);
        }
        for value in mean.rows.iter_mut().flatten().chain(mean.steps.iter_mut().flatten()) {
            *value /= averaged;
        }
        mean
    }
}

fn add(mean: &mut Crf, crf: &Crf) {
    let from = crf.rows.iter().flatten().chain(crf.steps.iter().flatten());
    for (to, from) in mean.rows.iter_mut().flatten().chain(mean.steps.iter_mut().flatten()).zip(from) {
        *to += from;
    }
}
