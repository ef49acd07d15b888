//! Plain products of row-major matrices, written so that the compiler keeps a tile of the result in registers.
//! Sums run in a fixed order and without fused multiplication, so that the result is the same to the bit in every
//! build, on every machine and with any number of threads.

#![expect(clippy::many_single_char_names, reason = "the letters of linear algebra")]

use rayon::prelude::*;

/// Columns of a register tile.
const TILE: usize = 32;

/// `c[m,n] += a[m,k] · b[k,n]`
pub(crate) fn mul(a: &[f32], b: &[f32], c: &mut [f32], m: usize, k: usize, n: usize) {
    product(a, k, 1, b, c, m, k, n);
}

/// `c[k,n] += a[m,k]ᵀ · b[m,n]`
pub(crate) fn mul_left_transposed(a: &[f32], b: &[f32], c: &mut [f32], m: usize, k: usize, n: usize) {
    product(a, 1, k, b, c, k, m, n);
}

/// `c[m,k] += a[m,n] · b[k,n]ᵀ`
pub(crate) fn mul_right_transposed(a: &[f32], b: &[f32], c: &mut [f32], m: usize, n: usize, k: usize) {
    let mut turned = vec![0.0; n * k];
    for (i, row) in b.chunks_exact(n).enumerate() {
        for (j, &v) in row.iter().enumerate() {
            turned[j * k + i] = v;
        }
    }
    product(a, n, 1, &turned, c, m, n, k);
}

/// Rows of the result a thread computes at a time: a multiple of four, the height of a tile.
const BAND: usize = 64;
/// Products smaller than this many multiplications are not worth a second thread.
const SMALL: usize = 1 << 20;

/// `c[m,n] += a · b[k,n]`, where element `(i, p)` of `a` is at `i * down + p * across`. Threads share the rows of the
/// result, so that every element is summed in the same order however many there are.
#[expect(clippy::too_many_arguments, reason = "three matrices and their sizes")]
fn product(a: &[f32], down: usize, across: usize, b: &[f32], c: &mut [f32], m: usize, k: usize, n: usize) {
    if m * k * n < SMALL {
        band(a, down, across, b, &mut c[..m * n], 0, k, n);
        return;
    }
    let height = if m > 4 * BAND { BAND } else { 16 };
    c[..m * n]
        .par_chunks_mut(height * n)
        .enumerate()
        .for_each(|(at, c)| band(a, down, across, b, c, at * height, k, n));
}

/// The rows of the product from `first` on that fill `c`.
#[expect(clippy::too_many_arguments, reason = "three matrices and their sizes")]
fn band(a: &[f32], down: usize, across: usize, b: &[f32], c: &mut [f32], first: usize, k: usize, n: usize) {
    let m = c.len() / n;
    let mut i = 0;
    while i < m {
        let rows = (m - i).min(4);
        let mut j = 0;
        while j < n {
            let columns = (n - j).min(TILE);
            if rows == 4 && columns == TILE {
                let mut sum = [[0.0_f32; TILE]; 4];
                for p in 0..k {
                    let row: &[f32; TILE] = b[p * n + j..][..TILE].try_into().expect("a tile");
                    for (r, sum) in sum.iter_mut().enumerate() {
                        let x = a[(first + i + r) * down + p * across];
                        for (s, &y) in sum.iter_mut().zip(row) {
                            *s += x * y;
                        }
                    }
                }
                for (r, sum) in sum.iter().enumerate() {
                    for (c, s) in c[(i + r) * n + j..][..TILE].iter_mut().zip(sum) {
                        *c += s;
                    }
                }
            } else {
                for r in i..i + rows {
                    let mut sum = [0.0_f32; TILE];
                    for p in 0..k {
                        let x = a[(first + r) * down + p * across];
                        for (s, &y) in sum.iter_mut().zip(&b[p * n + j..][..columns]) {
                            *s += x * y;
                        }
                    }
                    for (c, s) in c[r * n + j..][..columns].iter_mut().zip(&sum) {
                        *c += s;
                    }
                }
            }
            j += columns;
        }
        i += rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_agree_with_the_definition() {
        let (m, k, n) = (6, 5, 37);
        let a: Vec<f32> = (0..m * k).map(|i| (i % 7) as f32 - 3.0).collect();
        let b: Vec<f32> = (0..k * n).map(|i| (i % 5) as f32 - 2.0).collect();
        let mut want = vec![0.0; m * n];
        for i in 0..m {
            for j in 0..n {
                want[i * n + j] = (0..k).map(|p| a[i * k + p] * b[p * n + j]).sum();
            }
        }
        let mut c = vec![0.0; m * n];
        mul(&a, &b, &mut c, m, k, n);
        assert_eq!(c, want);
        let turn = |x: &[f32], r: usize, c: usize| -> Vec<f32> { (0..r * c).map(|i| x[(i % r) * c + i / r]).collect() };
        let mut c = vec![0.0; m * n];
        mul_left_transposed(&turn(&a, m, k), &b, &mut c, k, m, n);
        assert_eq!(c, want);
        let mut c = vec![0.0; m * n];
        mul_right_transposed(&a, &turn(&b, k, n), &mut c, m, k, n);
        assert_eq!(c, want);
    }
}
