//! The best sequence of states for a stretch of active words, and how sure it is.
//!
//! A first-order chain over 17 states; the words before and after the stretch are outside of names. Scores are
//! integers in units of the model, so that every machine finds the same names.

use super::tags::{N_SCORED, N_STEPS, N_TAGS, OUTSIDE, STEPS};
use super::words::Case;

/// Scores of the states of one word; "outside" scores 0.
pub type Scores = [i16; N_SCORED];
/// What the word stepped to is like; each context has its own step scores. The last is the end of the stretch.
pub const N_CONTEXTS: usize = 4;
/// Context of the step out of the stretch.
pub const END: u8 = 3;
/// Scores of the steps of [`STEPS`], for each context.
pub type Steps = [[i16; N_STEPS]; N_CONTEXTS];

const NEVER: i32 = i32::MIN / 2;

/// Context of a step to a word written so.
pub fn context(case: Case) -> u8 {
    match case {
        Case::Lower => 1,
        Case::Number | Case::Mark => 2,
        _ => 0,
    }
}

/// Memory of the decoder, reused.
#[derive(Debug, Default)]
pub struct Lattice {
    back: Vec<[u8; N_TAGS]>,
    forward: Vec<[f32; N_TAGS]>,
    backward: Vec<[f32; N_TAGS]>,
}

impl Lattice {
    /// Writes the best states of a stretch into `tags`.
    pub fn decode(&mut self, scores: &[Scores], contexts: &[u8], steps: &Steps, tags: &mut [u8]) {
        let mut best = [NEVER; N_TAGS];
        best[OUTSIDE as usize] = 0;
        self.back.clear();
        for (scores, &context) in scores.iter().zip(contexts) {
            let mut next = [NEVER; N_TAGS];
            let mut back = [0u8; N_TAGS];
            for (&(from, to), &step) in STEPS.iter().zip(&steps[context as usize]) {
                let score = best[from as usize] + i32::from(step);
                if score > next[to as usize] {
                    next[to as usize] = score;
                    back[to as usize] = from;
                }
            }
            for (next, &score) in next[1..].iter_mut().zip(scores) {
                *next += i32::from(score);
            }
            best = next;
            self.back.push(back);
        }
        let mut tag = OUTSIDE;
        let mut top = NEVER;
        for (&(from, to), &step) in STEPS.iter().zip(&steps[END as usize]) {
            if to == OUTSIDE && best[from as usize] + i32::from(step) > top {
                top = best[from as usize] + i32::from(step);
                tag = from;
            }
        }
        for (slot, back) in tags.iter_mut().zip(&self.back).rev() {
            *slot = tag;
            tag = back[tag as usize];
        }
    }

    /// Calls `each` with every word's position and the probabilities of its states; `unit` turns scores into logits.
    pub fn marginals(
        &mut self,
        scores: &[Scores],
        contexts: &[u8],
        steps: &Steps,
        unit: f32,
        mut each: impl FnMut(usize, &[f32; N_TAGS]),
    ) {
        let n = scores.len();
        self.forward.clear();
        self.forward.resize(n + 1, [0.0; N_TAGS]);
        self.backward.clear();
        self.backward.resize(n + 1, [0.0; N_TAGS]);
        self.forward[0][OUTSIDE as usize] = 1.0;
        let weight = |context: u8, step: usize| libm::expf(f32::from(steps[context as usize][step]) * unit);
        let emit = |t: usize, tag: u8| {
            if tag == OUTSIDE {
                1.0
            } else {
                libm::expf((f32::from(scores[t][tag as usize - 1]) * unit).clamp(-30.0, 30.0))
            }
        };
        for (t, &context) in contexts.iter().enumerate() {
            let mut next = [0.0; N_TAGS];
            for (step, &(from, to)) in STEPS.iter().enumerate() {
                next[to as usize] += self.forward[t][from as usize] * weight(context, step);
            }
            for (tag, next) in next.iter_mut().enumerate() {
                *next *= emit(t, tag as u8);
            }
            normalise(&mut next);
            self.forward[t + 1] = next;
        }
        for (step, &(from, to)) in STEPS.iter().enumerate() {
            if to == OUTSIDE {
                self.backward[n][from as usize] += weight(END, step);
            }
        }
        for t in (1..n).rev() {
            let mut previous = [0.0; N_TAGS];
            for (step, &(from, to)) in STEPS.iter().enumerate() {
                previous[from as usize] += self.backward[t + 1][to as usize] * emit(t, to) * weight(contexts[t], step);
            }
            normalise(&mut previous);
            self.backward[t] = previous;
        }
        for t in 0..n {
            let mut both = [0.0; N_TAGS];
            for (tag, both) in both.iter_mut().enumerate() {
                *both = self.forward[t + 1][tag] * self.backward[t + 1][tag];
            }
            normalise(&mut both);
            each(t, &both);
        }
    }
}

fn normalise(values: &mut [f32; N_TAGS]) {
    let sum: f32 = values.iter().sum();
    if sum > 0.0 {
        for value in values {
            *value /= sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::doc::NameKind;
    use crate::nlp::names::tags::{Place, tag};

    #[test]
    fn the_best_path_is_a_whole_name() {
        let mut scores = vec![[-60i16; N_SCORED]; 3];
        let (begin, end) = (tag(NameKind::Org, Place::Begin), tag(NameKind::Org, Place::End));
        scores[0][begin as usize - 1] = 40;
        scores[1][tag(NameKind::Per, Place::Single) as usize - 1] = 50;
        scores[1][end as usize - 1] = 30;
        let steps = [[0i16; N_STEPS]; N_CONTEXTS];
        let mut lattice = Lattice::default();
        let mut tags = [9; 3];
        lattice.decode(&scores, &[0; 3], &steps, &mut tags);
        assert_eq!(tags, [begin, end, OUTSIDE]);
        let mut sums = vec![];
        lattice.marginals(&scores, &[0; 3], &steps, 0.1, |t, p| {
            assert!(p[tags[t] as usize] > 0.3);
            sums.push(p.iter().sum::<f32>());
        });
        assert!(sums.iter().all(|s| (s - 1.0).abs() < 1e-4));
    }
}
