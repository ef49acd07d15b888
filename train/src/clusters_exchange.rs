//! Exchange clustering: items are moved between classes while the likelihood of a class bigram model grows.
//!
//! Method: Kneser and Ney's exchange algorithm (Martin, Liermann, Ney 1998) for the objective of Brown et al. 1992,
//! Σ F(N(c,d)) − Σ F(N(c,·)) − Σ F(N(·,d)) with F(n) = n ln n. Deterministic: items are visited from the most
//! frequent to the rarest, and of equal gains the lowest class wins.

/// Bigram counts of items, both ways, as compressed rows.
#[derive(Debug)]
pub(crate) struct Bigrams {
    next: Rows,
    previous: Rows,
    /// Times each item occurs on the left of a bigram (which is as often as on the right, give or take one).
    pub(crate) count: Vec<f32>,
}

#[derive(Debug, Default)]
struct Rows {
    start: Vec<u32>,
    cells: Vec<(u32, u32)>,
}

impl Rows {
    fn of(n: usize, sorted: &[(u32, u32, u32)]) -> Self {
        let mut start = vec![0u32; n + 1];
        for &(a, _, _) in sorted {
            start[a as usize + 1] += 1;
        }
        for i in 0..n {
            start[i + 1] += start[i];
        }
        Self { start, cells: sorted.iter().map(|&(_, b, k)| (b, k)).collect() }
    }

    fn row(&self, i: usize) -> &[(u32, u32)] {
        &self.cells[self.start[i] as usize..self.start[i + 1] as usize]
    }
}

impl Bigrams {
    /// Bigrams of `n` items from triples of first item, second item, count; each pair occurs once.
    pub(crate) fn new(n: usize, mut triples: Vec<(u32, u32, u32)>) -> Self {
        let mut count = vec![0.0; n];
        for &(a, _, k) in &triples {
            count[a as usize] += k as f32;
        }
        triples.sort_unstable();
        let next = Rows::of(n, &triples);
        for triple in &mut triples {
            *triple = (triple.1, triple.0, triple.2);
        }
        triples.sort_unstable();
        let previous = Rows::of(n, &triples);
        Self { next, previous, count }
    }

    /// The bigrams of classes of the items.
    pub(crate) fn of_classes(&self, class: &[u16], n_classes: usize) -> Self {
        let mut matrix = vec![0u32; n_classes * n_classes];
        for (i, &c) in class.iter().enumerate() {
            for &(j, k) in self.next.row(i) {
                matrix[usize::from(c) * n_classes + usize::from(class[j as usize])] += k;
            }
        }
        let triples = matrix
            .iter()
            .enumerate()
            .filter(|(_, k)| **k > 0)
            .map(|(at, &k)| ((at / n_classes) as u32, (at % n_classes) as u32, k));
        Self::new(n_classes, triples.collect())
    }
}

/// Natural logarithm to about 1e-6, in operations that vectorise; arguments are at least 1.
#[inline]
fn ln(x: f32) -> f32 {
    let bits = x.to_bits().cast_signed();
    // Take the mantissa into [√½, √2), where the series converges fast.
    let exponent = (bits - 0x3f35_04f3) >> 23;
    let m = f32::from_bits((bits - (exponent << 23)) as u32);
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let series = 2.0 * s * (1.0 + z * (1.0 / 3.0 + z * (0.2 + z * (1.0 / 7.0 + z / 9.0))));
    series + exponent as f32 * std::f32::consts::LN_2
}

/// F(n + k) − F(n), without the loss of digits of the plain difference.
#[inline]
fn gain(n: f32, k: f32) -> f32 {
    k * ln(n + k) + n * ln(1.0 + k / n.max(1e-3))
}

/// The state of a clustering.
struct State {
    n: usize,
    /// `after[d * n + c]` = N(c, d) and `before[d * n + c]` = N(d, c): rows run over the candidate class.
    after: Vec<f32>,
    before: Vec<f32>,
    left: Vec<f32>,
    right: Vec<f32>,
}

/// Puts the items into `n_classes` classes in at most `rounds` rounds, reporting each round's moves.
pub(crate) fn cluster(
    bigrams: &Bigrams,
    n_classes: usize,
    rounds: usize,
    mut report: impl FnMut(usize, usize),
) -> Vec<u16> {
    let items = bigrams.count.len();
    let mut order: Vec<usize> = (0..items).collect();
    order.sort_by(|&a, &b| bigrams.count[b].total_cmp(&bigrams.count[a]).then(a.cmp(&b)));
    let mut class = vec![0u16; items];
    for (rank, &item) in order.iter().enumerate() {
        class[item] = (rank % n_classes) as u16;
    }
    let mut size = vec![0usize; n_classes];
    let n = n_classes;
    let mut state =
        State { n, after: vec![0.0; n * n], before: vec![0.0; n * n], left: vec![0.0; n], right: vec![0.0; n] };
    for i in 0..items {
        let c = usize::from(class[i]);
        size[c] += 1;
        for &(j, k) in bigrams.next.row(i) {
            let (d, k) = (usize::from(class[j as usize]), k as f32);
            state.after[d * n + c] += k;
            state.before[c * n + d] += k;
            state.left[c] += k;
            state.right[d] += k;
        }
    }
    let mut scratch = Scratch { next: vec![0.0; n], previous: vec![0.0; n], score: vec![0.0; n] };
    for round in 0..rounds {
        let mut moves = 0;
        for &item in &order {
            let old = usize::from(class[item]);
            if size[old] == 1 {
                continue;
            }
            let own = scratch.fill(bigrams, &class, item);
            state.add(&scratch, own, old, -1.0);
            let new = state.best(&mut scratch, own, old);
            state.add(&scratch, own, new, 1.0);
            if new != old {
                class[item] = new as u16;
                size[old] -= 1;
                size[new] += 1;
                moves += 1;
            }
        }
        report(round, moves);
        if moves * 500 < items {
            break;
        }
    }
    class
}

struct Scratch {
    next: Vec<f32>,
    previous: Vec<f32>,
    score: Vec<f32>,
}

impl Scratch {
    /// Counts the item's neighbours by class, itself left out, and returns how often it follows itself.
    fn fill(&mut self, bigrams: &Bigrams, class: &[u16], item: usize) -> f32 {
        let mut own = 0.0;
        self.next.fill(0.0);
        self.previous.fill(0.0);
        for &(j, k) in bigrams.next.row(item) {
            if j as usize == item {
                own = k as f32;
            } else {
                self.next[usize::from(class[j as usize])] += k as f32;
            }
        }
        for &(j, k) in bigrams.previous.row(item) {
            if j as usize != item {
                self.previous[usize::from(class[j as usize])] += k as f32;
            }
        }
        own
    }
}

impl State {
    /// Puts an item into class `c` (`sign` 1) or takes it out (-1).
    fn add(&mut self, item: &Scratch, own: f32, c: usize, sign: f32) {
        let n = self.n;
        for d in 0..n {
            let (next, previous) = (sign * item.next[d], sign * item.previous[d]);
            if next != 0.0 {
                self.after[d * n + c] += next;
                self.before[c * n + d] += next;
                self.left[c] += next;
                self.right[d] += next;
            }
            if previous != 0.0 {
                self.before[d * n + c] += previous;
                self.after[c * n + d] += previous;
                self.left[d] += previous;
                self.right[c] += previous;
            }
        }
        self.after[c * n + c] += sign * own;
        self.before[c * n + c] += sign * own;
        self.left[c] += sign * own;
        self.right[c] += sign * own;
    }

    /// The class in which the item, now in none, does most good.
    fn best(&self, item: &mut Scratch, own: f32, old: usize) -> usize {
        let n = self.n;
        let score = &mut item.score;
        let (total_next, total_previous) =
            (item.next.iter().sum::<f32>() + own, item.previous.iter().sum::<f32>() + own);
        for (c, score) in score.iter_mut().enumerate() {
            // What the item adds to its neighbours' classes comes back wherever it goes.
            let (left, right) = (self.left[c] + item.previous[c], self.right[c] + item.next[c]);
            *score = -gain(left, total_next) - gain(right, total_previous);
        }
        for d in 0..n {
            if item.next[d] > 0.0 {
                add_gains(score, &self.after[d * n..(d + 1) * n], item.next[d]);
            }
            if item.previous[d] > 0.0 {
                add_gains(score, &self.before[d * n..(d + 1) * n], item.previous[d]);
            }
        }
        let mut best = old;
        for (c, score) in score.iter_mut().enumerate() {
            // Within the class itself the two sides and the item's own repetitions fall into one cell.
            let cell = self.after[c * n + c];
            let (a, b) = (item.next[c], item.previous[c]);
            if a > 0.0 {
                *score -= gain(cell, a);
            }
            if b > 0.0 {
                *score -= gain(cell, b);
            }
            if a + b + own > 0.0 {
                *score += gain(cell, a + b + own);
            }
        }
        for c in 0..n {
            if score[c] > score[best] + 1e-3 {
                best = c;
            }
        }
        best
    }
}

fn add_gains(score: &mut [f32], cells: &[f32], k: f32) {
    for (score, &cell) in score.iter_mut().zip(cells) {
        *score += gain(cell, k);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_close() {
        for x in [1.0f32, 1.5, 2.0, 3.0, 10.0, 1e3, 123_456.0, 1e7] {
            assert!((ln(x) - x.ln()).abs() < 1e-5 * x.ln().max(1.0), "{x}");
        }
    }

    #[test]
    fn interchangeable_items_share_a_class() {
        // 0 and 1 precede 2 and 3 in any combination.
        let triples = vec![(0, 2, 9), (0, 3, 8), (1, 2, 8), (1, 3, 9), (2, 0, 9), (2, 1, 8), (3, 0, 8), (3, 1, 9)];
        let class = cluster(&Bigrams::new(4, triples), 2, 10, |_, _| {});
        assert_eq!(class[0], class[1]);
        assert_eq!(class[2], class[3]);
        assert_ne!(class[0], class[2]);
    }
}
