//! A trained matrix with its gradient and Adam's moments.

use crate::rng::Rng;

/// Adam's decay of the mean and the square.
const BETA1: f32 = 0.9;
const BETA2: f32 = 0.98;

#[derive(Clone)]
pub(crate) struct Param {
    pub(crate) w: Vec<f32>,
    pub(crate) g: Vec<f32>,
    m: Vec<f32>,
    v: Vec<f32>,
    pub(crate) columns: usize,
    /// Rows with a gradient, for tables of which a batch touches few; `None` means all.
    touched: Option<(Vec<u32>, Vec<bool>)>,
}

impl Param {
    /// A weight matrix, drawn for activations of unit scale.
    pub(crate) fn new(rows: usize, columns: usize, gain: f32, rng: &mut Rng) -> Self {
        let scale = gain / (rows.max(1) as f32).sqrt();
        Self::filled((0..rows * columns).map(|_| rng.normal() * scale).collect(), columns)
    }

    /// A row of equal numbers.
    pub(crate) fn constant(columns: usize, value: f32) -> Self {
        Self::filled(vec![value; columns], columns)
    }

    /// An embedding table.
    pub(crate) fn table(rows: usize, columns: usize, scale: f32, rng: &mut Rng) -> Self {
        let mut table = Self::filled((0..rows * columns).map(|_| rng.normal() * scale).collect(), columns);
        table.touched = Some((Vec::new(), vec![false; rows]));
        table
    }

    fn filled(w: Vec<f32>, columns: usize) -> Self {
        let n = w.len();
        Self { w, g: vec![0.0; n], m: vec![0.0; n], v: vec![0.0; n], columns, touched: None }
    }

    pub(crate) fn row(&self, i: usize) -> &[f32] {
        &self.w[i * self.columns..(i + 1) * self.columns]
    }

    /// Adds to the gradient of row `i`.
    pub(crate) fn add_row(&mut self, i: usize, g: &[f32]) {
        if let Some((rows, seen)) = &mut self.touched
            && !seen[i]
        {
            seen[i] = true;
            rows.push(i as u32);
        }
        for (to, from) in self.g[i * self.columns..(i + 1) * self.columns].iter_mut().zip(g) {
            *to += from;
        }
    }

    /// Sum of squares of the gradient.
    pub(crate) fn square(&self) -> f32 {
        match &self.touched {
            None => self.g.iter().map(|g| g * g).sum(),
            Some((rows, _)) => rows
                .iter()
                .map(|&r| self.g[r as usize * self.columns..][..self.columns].iter().map(|g| g * g).sum::<f32>())
                .sum(),
        }
    }

    /// One step of Adam with the gradient times `scale`, which is then cleared.
    pub(crate) fn step(&mut self, rate: f32, scale: f32, t: u32) {
        let rate = rate * (1.0 - libm::powf(BETA2, t as f32)).sqrt() / (1.0 - libm::powf(BETA1, t as f32));
        let Self { w, g, m, v, columns, touched } = self;
        let all = w.len();
        let mut update = |from: usize, to: usize| {
            for (((w, g), m), v) in
                w[from..to].iter_mut().zip(&mut g[from..to]).zip(&mut m[from..to]).zip(&mut v[from..to])
            {
                let x = *g * scale;
                *m += (1.0 - BETA1) * (x - *m);
                *v += (1.0 - BETA2) * (x * x - *v);
                *w -= rate * *m / (v.sqrt() + 1e-7);
                *g = 0.0;
            }
        };
        match touched {
            None => update(0, all),
            Some((rows, seen)) => {
                for &r in rows.iter() {
                    seen[r as usize] = false;
                    update(r as usize * *columns, (r as usize + 1) * *columns);
                }
                rows.clear();
            }
        }
    }
}
