//! From scores of every possible head to one tree with one root.

/// Buckets of the signed distance from a word to its head; the last is the root's.
pub const DISTANCES: usize = 23;

/// Bucket of the arc from `dependent` to `head`.
pub const fn distance(dependent: usize, head: usize) -> usize {
    let (gap, side) = if head > dependent { (head - dependent, 11) } else { (dependent - head, 0) };
    let step = match gap {
        0..=6 => gap.saturating_sub(1),
        7..=8 => 6,
        9..=12 => 7,
        13..=18 => 8,
        19..=30 => 9,
        _ => 10,
    };
    side + step
}

/// Bucket of the arc from the root.
pub const ROOT_DISTANCE: usize = DISTANCES - 1;

/// Mark of a word that reaches the root.
const ROOTED: u32 = u32::MAX;

/// Buffers of [`decode`].
#[derive(Debug, Default)]
pub struct TreeScratch {
    mark: Vec<u32>,
}

/// Chooses heads. `scores[i * (n + 1) + j]` is the score of word `j` as head of word `i`; column `n` is the root.
///
/// Every word takes its best head. When that gives several roots, the surest one stays; when it gives a cycle, the
/// word that loses least by it takes its best head outside what hangs on the cycle. The result is a tree; a root is
/// its own head. Quadratic in `n`, in the worst case once per cycle.
pub fn decode(scores: &[f32], n: usize, heads: &mut Vec<u32>, scratch: &mut TreeScratch) {
    heads.clear();
    if n == 0 {
        return;
    }
    let row = |i: usize| &scores[i * (n + 1)..(i + 1) * (n + 1)];
    // The root: the word that gains most by being it.
    let mut root = 0;
    let mut best_gain = f32::NEG_INFINITY;
    for i in 0..n {
        let row = row(i);
        let mut best = f32::NEG_INFINITY;
        let mut head = if i == 0 { n - 1 } else { 0 };
        for (j, &s) in row[..n].iter().enumerate() {
            if s > best && j != i {
                best = s;
                head = j;
            }
        }
        heads.push(head as u32);
        let gain = row[n] - best;
        if gain > best_gain {
            best_gain = gain;
            root = i;
        }
    }
    heads[root] = root as u32;
    // Break cycles. `mark[i]` is 0 unvisited, else the number of the walk that reached it; ROOTED reaches the root.
    let mark = &mut scratch.mark;
    mark.clear();
    mark.resize(n, 0);
    mark[root] = ROOTED;
    let mut walk = 0;
    for start in 0..n {
        loop {
            if mark[start] == ROOTED {
                break;
            }
            walk += 1;
            let mut at = start;
            while mark[at] != ROOTED && mark[at] != walk {
                mark[at] = walk;
                at = heads[at] as usize;
            }
            if mark[at] == ROOTED {
                let mut back = start;
                while mark[back] != ROOTED {
                    mark[back] = ROOTED;
                    back = heads[back] as usize;
                }
                break;
            }
            // `at` is on a cycle. Only heads known to reach the root are safe.
            let mut cheapest: Option<(f32, usize, usize)> = None;
            let mut member = at;
            loop {
                let row = row(member);
                let now = row[heads[member] as usize];
                for (j, &s) in row[..n].iter().enumerate() {
                    if j != member && mark[j] != walk && reaches_root(heads, mark, j, walk) {
                        let loss = now - s;
                        if cheapest.is_none_or(|(least, ..)| loss < least) {
                            cheapest = Some((loss, member, j));
                        }
                    }
                }
                member = heads[member] as usize;
                if member == at {
                    break;
                }
            }
            let (_, member, head) = cheapest.unwrap_or((0.0, at, root));
            heads[member] = head as u32;
        }
    }
}

/// True when the chain of heads of `j` does not end in the cycle of this walk.
fn reaches_root(heads: &[u32], mark: &[u32], j: usize, walk: u32) -> bool {
    let mut at = j;
    for _ in 0..heads.len() {
        if mark[at] == ROOTED {
            return true;
        }
        if mark[at] == walk {
            return false;
        }
        at = heads[at] as usize;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_scores_give_a_tree(n in 1_usize..30, seed in proptest::collection::vec(-5.0_f32..5.0, 30 * 31)) {
            let mut heads = Vec::new();
            decode(&seed[..n * (n + 1)], n, &mut heads, &mut TreeScratch::default());
            prop_assert_eq!(heads.iter().enumerate().filter(|&(i, &h)| i == h as usize).count(), 1);
            for i in 0..n {
                let mut at = i;
                for _ in 0..n {
                    at = heads[at] as usize;
                }
                prop_assert_eq!(heads[at] as usize, at, "word {} is on a cycle", i);
            }
        }
    }

    #[test]
    fn good_scores_are_followed() {
        // 0 <- 1 (root) -> 2
        let s = [0.0, 9.0, 0.0, 1.0, 1.0, 0.0, 1.0, 9.0, 0.0, 9.0, 0.0, 1.0];
        let mut heads = Vec::new();
        decode(&s, 3, &mut heads, &mut TreeScratch::default());
        assert_eq!(heads, [1, 1, 1]);
    }

    #[test]
    fn distances_fit_their_table() {
        assert!((0..300).all(|j| j == 150 || distance(150, j) < ROOT_DISTANCE));
        assert_ne!(distance(3, 4), distance(4, 3));
    }
}
