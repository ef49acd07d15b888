//! One direction of a simple recurrent unit: the only recurrence is elementwise, so the products run over whole
//! batches. With `z, f, r` from the input: `c = f·c' + (1−f)·tanh z`, `h = r·c`; the gates also see `c'`.

#![expect(clippy::many_single_char_names, reason = "the letters of the formulas")]

use tidings::nlp::model::math::{sigmoid, sigmoid_slope, tanh, tanh_slope};

/// What the backward pass needs.
pub(crate) struct Trace {
    cells: Vec<f32>,
}

/// Weights of the gates: bias and weight of the previous cell, for `f` and `r`.
pub(crate) struct Gates<'a> {
    pub(crate) bias_f: &'a [f32],
    pub(crate) bias_r: &'a [f32],
    pub(crate) cell_f: &'a [f32],
    pub(crate) cell_r: &'a [f32],
}

/// Gradients of [`Gates`].
pub(crate) struct GateGrads<'a> {
    pub(crate) bias_f: &'a mut [f32],
    pub(crate) bias_r: &'a mut [f32],
    pub(crate) cell_f: &'a mut [f32],
    pub(crate) cell_r: &'a mut [f32],
}

/// Positions of a sentence in the order of the direction.
fn order(start: usize, end: usize, backward: bool) -> impl Iterator<Item = usize> {
    (0..end - start).map(move |i| if backward { end - 1 - i } else { start + i })
}

/// `u` holds `[z f r]` for each token (`3 * size` numbers, from `at` in rows of `stride`); writes `h` into `out`.
#[expect(clippy::too_many_arguments, reason = "layout of two matrices")]
pub(crate) fn forward(
    u: &[f32],
    size: usize,
    sentences: &[(usize, usize)],
    backward: bool,
    gates: &Gates<'_>,
    out: &mut [f32],
    width: usize,
    at: usize,
) -> Trace {
    let tokens = u.len() / (3 * size);
    let mut cells = vec![0.0; tokens * size];
    let mut c = vec![0.0; size];
    for &(start, end) in sentences {
        c.fill(0.0);
        for t in order(start, end, backward) {
            let u = &u[t * 3 * size..(t + 1) * 3 * size];
            let h = &mut out[t * width + at..][..size];
            for i in 0..size {
                let f = sigmoid(u[size + i] + gates.cell_f[i] * c[i] + gates.bias_f[i]);
                let r = sigmoid(u[2 * size + i] + gates.cell_r[i] * c[i] + gates.bias_r[i]);
                c[i] = f * c[i] + (1.0 - f) * tanh(u[i]);
                h[i] = r * c[i];
            }
            cells[t * size..(t + 1) * size].copy_from_slice(&c);
        }
    }
    Trace { cells }
}

/// Gradient of [`forward`]: reads `dh`, writes `du`, adds to the gates' gradients.
#[expect(clippy::too_many_arguments, reason = "layout of two matrices")]
pub(crate) fn backward(
    u: &[f32],
    size: usize,
    sentences: &[(usize, usize)],
    backward: bool,
    gates: &Gates<'_>,
    trace: &Trace,
    dh: &[f32],
    width: usize,
    at: usize,
    du: &mut [f32],
    grads: &mut GateGrads<'_>,
) {
    let mut dc = vec![0.0_f32; size];
    let zero = vec![0.0_f32; size];
    for &(start, end) in sentences {
        dc.fill(0.0);
        let steps: Vec<usize> = order(start, end, backward).collect();
        for (s, &t) in steps.iter().enumerate().rev() {
            let before = if s == 0 { &zero[..] } else { &trace.cells[steps[s - 1] * size..][..size] };
            let cell = &trace.cells[t * size..][..size];
            let u = &u[t * 3 * size..(t + 1) * 3 * size];
            let du = &mut du[t * 3 * size..(t + 1) * 3 * size];
            let dh = &dh[t * width + at..][..size];
            for i in 0..size {
                let in_f = u[size + i] + gates.cell_f[i] * before[i] + gates.bias_f[i];
                let in_r = u[2 * size + i] + gates.cell_r[i] * before[i] + gates.bias_r[i];
                let f = sigmoid(in_f);
                let r = sigmoid(in_r);
                let z = tanh(u[i]);
                let d_r = dh[i] * cell[i] * sigmoid_slope(in_r);
                let d_c = dc[i] + dh[i] * r;
                let d_f = d_c * (before[i] - z) * sigmoid_slope(in_f);
                du[i] = d_c * (1.0 - f) * tanh_slope(u[i]);
                du[size + i] = d_f;
                du[2 * size + i] = d_r;
                dc[i] = d_c * f + d_f * gates.cell_f[i] + d_r * gates.cell_r[i];
                grads.bias_f[i] += d_f;
                grads.bias_r[i] += d_r;
                grads.cell_f[i] += d_f * before[i];
                grads.cell_r[i] += d_r * before[i];
            }
        }
    }
}
