//! Bootstrap over records: how far a score would move with other records of the same kind.

use super::Tally;

/// Samples drawn; the ends of a 95 % interval are then steady to the second decimal.
const SAMPLES: usize = 1000;

/// The middle 95 % of the samples.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Interval {
    /// 2.5th percentile.
    pub low: f64,
    /// 97.5th percentile.
    pub high: f64,
}

/// A fixed generator (`SplitMix64`), so that a report can be reproduced.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// Interval of `score` over samples of `records` drawn with replacement.
pub(super) fn interval(records: &[Tally], score: impl Fn(&Tally) -> f64) -> Interval {
    if records.is_empty() {
        return Interval::default();
    }
    let mut dice = Dice(2026);
    let mut scores: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let mut sum = Tally::default();
            (0..records.len()).for_each(|_| sum += records[dice.below(records.len())]);
            score(&sum)
        })
        .collect();
    scores.sort_unstable_by(f64::total_cmp);
    Interval { low: scores[SAMPLES / 40], high: scores[SAMPLES - 1 - SAMPLES / 40] }
}
