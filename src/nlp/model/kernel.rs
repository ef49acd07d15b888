//! The inner loops, for the widest vectors the machine has. The one file with `unsafe`: calls of functions compiled
//! for a vector extension, each after a check that the machine has it.
//!
//! Integers are exact in any order, and the floating-point loop treats every lane alone without fused operations, so
//! every level gives the same bits.

#![expect(clippy::many_single_char_names, reason = "the letters of the formulas")]
#![expect(unsafe_code, reason = "vector extensions; every call is guarded by the detected level")]

use super::math::{sigmoid, tanh};

/// Outputs are padded to this many, so that no loop has a tail.
pub const LANES: usize = 16;

/// Vector extensions of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Whatever the target guarantees.
    Plain,
    /// 256-bit vectors.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 512-bit vectors with dot products.
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Level {
    /// The best level of this machine.
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                return Self::Vnni;
            }
            if is_x86_feature_detected!("avx2") {
                return Self::Avx2;
            }
        }
        Self::Plain
    }
}

/// A product of a few rows with a packed matrix.
#[derive(Debug, Clone, Copy)]
pub struct Product<'a> {
    /// Rows of inputs; row `t` starts at `t * stride`.
    pub x: &'a [i16],
    /// Distance between rows.
    pub stride: usize,
    /// Number of rows.
    pub rows: usize,
    /// `[pairs][outputs][2]` weights.
    pub packed: &'a [i16],
    /// Half the number of inputs.
    pub pairs: usize,
    /// Number of outputs, a multiple of [`LANES`].
    pub outputs: usize,
}

/// `out[t][o] = Σ x[t][k] · w[k][o]`.
///
/// # Panics
/// When a slice is shorter than the sizes say.
pub fn multiply(level: Level, p: &Product<'_>, out: &mut [i32]) {
    assert!(
        p.outputs.is_multiple_of(LANES) && p.packed.len() >= p.pairs * p.outputs * 2 && out.len() >= p.rows * p.outputs
    );
    assert!(p.rows == 0 || p.x.len() >= (p.rows - 1) * p.stride + p.pairs * 2);
    match level {
        Level::Plain => multiply_plain(p, out),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the level says that the extension is there; the asserts above cover every access.
        Level::Avx2 => unsafe { x86::multiply_avx2(p, out) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Level::Vnni => unsafe { x86::multiply_vnni(p, out) },
    }
}

fn multiply_plain(p: &Product<'_>, out: &mut [i32]) {
    for t in 0..p.rows {
        let x = &p.x[t * p.stride..][..p.pairs * 2];
        for (block, out) in out[t * p.outputs..(t + 1) * p.outputs].chunks_exact_mut(LANES).enumerate() {
            let mut sum = [0_i32; LANES];
            for (k, x) in x.chunks_exact(2).enumerate() {
                let w = &p.packed[(k * p.outputs + block * LANES) * 2..][..LANES * 2];
                for (s, w) in sum.iter_mut().zip(w.chunks_exact(2)) {
                    *s += i32::from(x[0]) * i32::from(w[0]) + i32::from(x[1]) * i32::from(w[1]);
                }
            }
            out.copy_from_slice(&sum);
        }
    }
}

/// Biases and cell weights of the gates of one direction.
#[derive(Debug, Clone, Default)]
pub struct Gates {
    /// Bias of the forget gate.
    pub bias_f: Vec<f32>,
    /// Bias of the output gate.
    pub bias_r: Vec<f32>,
    /// Weight of the previous cell in the forget gate.
    pub cell_f: Vec<f32>,
    /// Weight of the previous cell in the output gate.
    pub cell_r: Vec<f32>,
}

/// One step of recurrence: `u` is `[z f r]`, `c` the cell, `h` is added to.
pub fn recur(level: Level, u: &[f32], gates: &Gates, c: &mut [f32], h: &mut [f32]) {
    match level {
        Level::Plain => recur_lanes(u, gates, c, h),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the level says that the extension is there.
        Level::Avx2 => unsafe { x86::recur_avx2(u, gates, c, h) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Level::Vnni => unsafe { x86::recur_vnni(u, gates, c, h) },
    }
}

#[inline]
fn recur_lanes(u: &[f32], gates: &Gates, c: &mut [f32], h: &mut [f32]) {
    let n = c.len();
    let (z, rest) = u.split_at(n);
    let (uf, ur) = rest.split_at(n);
    let (ur, h) = (&ur[..n], &mut h[..n]);
    let (bf, br, vf, vr) = (&gates.bias_f[..n], &gates.bias_r[..n], &gates.cell_f[..n], &gates.cell_r[..n]);
    for i in 0..n {
        let f = sigmoid(uf[i] + vf[i] * c[i] + bf[i]);
        let r = sigmoid(ur[i] + vr[i] * c[i] + br[i]);
        c[i] = f * c[i] + (1.0 - f) * tanh(z[i]);
        h[i] += r * c[i];
    }
}

/// `to[i] += from[i] * scale`
pub fn add_scaled(level: Level, to: &mut [f32], from: &[i8], scale: f32) {
    match level {
        Level::Plain => add_scaled_lanes(to, from, scale),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the level says that the extension is there.
        Level::Avx2 | Level::Vnni => unsafe { x86::add_scaled_avx2(to, from, scale) },
    }
}

#[inline]
fn add_scaled_lanes(to: &mut [f32], from: &[i8], scale: f32) {
    for (t, &f) in to.iter_mut().zip(from) {
        *t += f32::from(f) * scale;
    }
}

/// `out[i] = sums[i] * scale[i] + bias[i]`, row after row of `scale.len()`; rows of `sums` are `padded` long.
pub fn rescale(level: Level, sums: &[i32], padded: usize, scale: &[f32], bias: &[f32], out: &mut [f32]) {
    match level {
        Level::Plain => rescale_lanes(sums, padded, scale, bias, out),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the level says that the extension is there.
        Level::Avx2 | Level::Vnni => unsafe { x86::rescale_avx2(sums, padded, scale, bias, out) },
    }
}

#[inline]
fn rescale_lanes(sums: &[i32], padded: usize, scale: &[f32], bias: &[f32], out: &mut [f32]) {
    let n = scale.len();
    let bias = &bias[..n];
    for (sums, out) in sums.chunks_exact(padded).zip(out.chunks_exact_mut(n)) {
        let sums = &sums[..n];
        for i in 0..n {
            out[i] = sums[i] as f32 * scale[i] + bias[i];
        }
    }
}

/// Rounds `from[i] * scale` to integers within `±limit`.
pub fn quantise(level: Level, from: &[f32], scale: f32, limit: f32, to: &mut [i16]) {
    match level {
        Level::Plain => quantise_lanes(from, scale, limit, to),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the level says that the extension is there.
        Level::Avx2 | Level::Vnni => unsafe { x86::quantise_avx2(from, scale, limit, to) },
    }
}

#[inline]
fn quantise_lanes(from: &[f32], scale: f32, limit: f32, to: &mut [i16]) {
    // Adding 1.5 · 2^23 leaves the rounded integer in the low bits.
    const MAGIC: f32 = 12_582_912.0;
    for (t, &f) in to.iter_mut().zip(from) {
        let x = (f * scale).clamp(-limit, limit) + MAGIC;
        *t = x.to_bits() as i16;
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Gates, LANES, Product, add_scaled_lanes, quantise_lanes, recur_lanes, rescale_lanes};
    use std::arch::x86_64::{
        _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
        _mm256_storeu_si256, _mm512_dpwssd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512,
        _mm512_storeu_si512,
    };

    #[target_feature(enable = "avx2")]
    pub(super) fn recur_avx2(u: &[f32], gates: &Gates, c: &mut [f32], h: &mut [f32]) {
        recur_lanes(u, gates, c, h);
    }

    #[target_feature(enable = "avx2,avx512f,avx512vl")]
    pub(super) fn recur_vnni(u: &[f32], gates: &Gates, c: &mut [f32], h: &mut [f32]) {
        recur_lanes(u, gates, c, h);
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn add_scaled_avx2(to: &mut [f32], from: &[i8], scale: f32) {
        add_scaled_lanes(to, from, scale);
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn rescale_avx2(sums: &[i32], padded: usize, scale: &[f32], bias: &[f32], out: &mut [f32]) {
        rescale_lanes(sums, padded, scale, bias, out);
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn quantise_avx2(from: &[f32], scale: f32, limit: f32, to: &mut [i16]) {
        quantise_lanes(from, scale, limit, to);
    }

    /// Two inputs of a row as the 32 bits that are broadcast.
    #[inline]
    fn pair(x: &[i16], at: usize) -> i32 {
        i32::from(x[at] as u16) | i32::from(x[at + 1]) << 16
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn multiply_avx2(p: &Product<'_>, out: &mut [i32]) {
        let mut t = 0;
        while t < p.rows {
            let rows = (p.rows - t).min(4);
            match rows {
                4 => tile_avx2::<4>(p, t, out),
                3 => tile_avx2::<3>(p, t, out),
                2 => tile_avx2::<2>(p, t, out),
                _ => tile_avx2::<1>(p, t, out),
            }
            t += rows;
        }
    }

    #[target_feature(enable = "avx2")]
    fn tile_avx2<const R: usize>(p: &Product<'_>, t: usize, out: &mut [i32]) {
        let x: [&[i16]; R] = std::array::from_fn(|r| &p.x[(t + r) * p.stride..][..p.pairs * 2]);
        for block in (0..p.outputs).step_by(LANES) {
            let mut sum = [[_mm256_setzero_si256(); 2]; R];
            for k in 0..p.pairs {
                let w: &[i16] = &p.packed[(k * p.outputs + block) * 2..][..LANES * 2];
                // SAFETY: `w` holds 32 numbers, two vectors.
                let (w0, w1) = unsafe {
                    (_mm256_loadu_si256(w.as_ptr().cast()), _mm256_loadu_si256(w.as_ptr().add(LANES).cast()))
                };
                for r in 0..R {
                    let x = _mm256_set1_epi32(pair(x[r], k * 2));
                    sum[r][0] = _mm256_add_epi32(sum[r][0], _mm256_madd_epi16(x, w0));
                    sum[r][1] = _mm256_add_epi32(sum[r][1], _mm256_madd_epi16(x, w1));
                }
            }
            for (r, sum) in sum.iter().enumerate() {
                let out = &mut out[(t + r) * p.outputs + block..][..LANES];
                // SAFETY: `out` holds 16 numbers, two vectors.
                unsafe {
                    _mm256_storeu_si256(out.as_mut_ptr().cast(), sum[0]);
                    _mm256_storeu_si256(out.as_mut_ptr().add(8).cast(), sum[1]);
                }
            }
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    pub(super) fn multiply_vnni(p: &Product<'_>, out: &mut [i32]) {
        let mut t = 0;
        while t < p.rows {
            let rows = (p.rows - t).min(6);
            match rows {
                6 => tile_vnni::<6>(p, t, out),
                5 => tile_vnni::<5>(p, t, out),
                4 => tile_vnni::<4>(p, t, out),
                3 => tile_vnni::<3>(p, t, out),
                2 => tile_vnni::<2>(p, t, out),
                _ => tile_vnni::<1>(p, t, out),
            }
            t += rows;
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    fn tile_vnni<const R: usize>(p: &Product<'_>, t: usize, out: &mut [i32]) {
        let x: [&[i16]; R] = std::array::from_fn(|r| &p.x[(t + r) * p.stride..][..p.pairs * 2]);
        let mut block = 0;
        while block < p.outputs {
            // Two vectors of sixteen outputs where there are two left.
            if block + 2 * LANES <= p.outputs {
                let mut sum = [[_mm512_setzero_si512(); 2]; R];
                for k in 0..p.pairs {
                    let w: &[i16] = &p.packed[(k * p.outputs + block) * 2..][..LANES * 4];
                    // SAFETY: `w` holds 64 numbers, two vectors.
                    let (w0, w1) = unsafe {
                        (_mm512_loadu_si512(w.as_ptr().cast()), _mm512_loadu_si512(w.as_ptr().add(LANES * 2).cast()))
                    };
                    for r in 0..R {
                        let x = _mm512_set1_epi32(pair(x[r], k * 2));
                        sum[r][0] = _mm512_dpwssd_epi32(sum[r][0], x, w0);
                        sum[r][1] = _mm512_dpwssd_epi32(sum[r][1], x, w1);
                    }
                }
                for (r, sum) in sum.iter().enumerate() {
                    let out = &mut out[(t + r) * p.outputs + block..][..LANES * 2];
                    // SAFETY: `out` holds 32 numbers, two vectors.
                    unsafe {
                        _mm512_storeu_si512(out.as_mut_ptr().cast(), sum[0]);
                        _mm512_storeu_si512(out.as_mut_ptr().add(LANES).cast(), sum[1]);
                    }
                }
                block += 2 * LANES;
            } else {
                let mut sum = [_mm512_setzero_si512(); R];
                for k in 0..p.pairs {
                    let w: &[i16] = &p.packed[(k * p.outputs + block) * 2..][..LANES * 2];
                    // SAFETY: `w` holds 32 numbers, one vector.
                    let w0 = unsafe { _mm512_loadu_si512(w.as_ptr().cast()) };
                    for r in 0..R {
                        sum[r] = _mm512_dpwssd_epi32(sum[r], _mm512_set1_epi32(pair(x[r], k * 2)), w0);
                    }
                }
                for (r, sum) in sum.iter().enumerate() {
                    let out = &mut out[(t + r) * p.outputs + block..][..LANES];
                    // SAFETY: `out` holds 16 numbers, one vector.
                    unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
                }
                block += LANES;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels() -> Vec<Level> {
        let best = Level::detect();
        let mut all = vec![Level::Plain];
        #[cfg(target_arch = "x86_64")]
        all.extend([Level::Avx2, Level::Vnni].into_iter().filter(|l| *l <= best));
        all
    }

    #[test]
    fn every_level_gives_the_same_bits() {
        for rows in [1, 2, 5, 6, 7, 13] {
            let (pairs, outputs) = (24, 48);
            let numbers = |n: usize, step: i32, span: i32| -> Vec<i16> {
                (0_i32..).take(n).map(|i| ((i * step) % (2 * span + 1) - span) as i16).collect()
            };
            let x = numbers(rows * 48, 7919, 2000);
            let packed = numbers(pairs * outputs * 2, 10_007, 127);
            let p = Product { x: &x, stride: 48, rows, packed: &packed, pairs, outputs };
            let results: Vec<Vec<i32>> = levels()
                .into_iter()
                .map(|level| {
                    let mut out = vec![0; rows * outputs];
                    multiply(level, &p, &mut out);
                    out
                })
                .collect();
            assert!(results.iter().all(|r| *r == results[0]));
        }
        let u: Vec<f32> = (0..96).map(|i| (i as f32 - 48.0) * 0.11).collect();
        let row: Vec<f32> = (0..32).map(|i| 0.3 - i as f32 * 0.02).collect();
        let gates = Gates { bias_f: row.clone(), bias_r: row.clone(), cell_f: row.clone(), cell_r: row };
        let results: Vec<Vec<u32>> = levels()
            .into_iter()
            .map(|level| {
                let (mut c, mut h) = (vec![0.25; 32], vec![0.5; 32]);
                for _ in 0..3 {
                    recur(level, &u, &gates, &mut c, &mut h);
                }
                let mut q = vec![0; 32];
                quantise(level, &h, 1024.0, 32_000.0, &mut q);
                h.iter().map(|v| v.to_bits()).chain(q.iter().map(|&v| v as u32)).collect()
            })
            .collect();
        assert!(results.iter().all(|r| *r == results[0]));
    }
}
