//! A linear map with small integer weights, packed for the kernels.

use super::container::{ModelError, Reader, Writer};
use super::kernel::{LANES, Level, Product, multiply, rescale};

/// Units of an input: states are rounded to 1/1024. With weights below 128 and at most 1,000 inputs no sum overflows.
pub const UNIT: f32 = 1024.0;
/// Largest input in units, about ±16.
pub const LIMIT: f32 = 16_383.0;

/// `y = W x + b`
#[derive(Debug, Clone, Default)]
pub struct Linear {
    /// Number of inputs, even.
    pub inputs: usize,
    /// Number of outputs.
    pub outputs: usize,
    packed: Vec<i16>,
    padded: usize,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Number of inputs and outputs, then the weights `[input][output]`, a scale and a bias per output.
    ///
    /// # Errors
    /// When the payload is damaged.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let (inputs, outputs) = (reader.count()?, reader.count()?);
        let weights = reader.i8s()?;
        let scale = reader.f32s()?;
        let bias = reader.f32s()?;
        if inputs % 2 != 0
            || inputs > 1024
            || outputs == 0
            || Some(weights.len()) != inputs.checked_mul(outputs)
            || scale.len() != outputs
            || bias.len() != outputs
        {
            return Err(reader.damaged("sizes of a layer disagree"));
        }
        Ok(Self::pack(inputs, outputs, &weights, scale, bias, UNIT))
    }

    /// Packs weights `[input][output]` for inputs in 1/`unit`.
    pub fn pack(inputs: usize, outputs: usize, weights: &[i8], scale: Vec<f32>, bias: Vec<f32>, unit: f32) -> Self {
        let padded = outputs.next_multiple_of(LANES);
        let mut packed = vec![0; inputs * padded];
        for (i, row) in weights.chunks_exact(outputs).enumerate() {
            for (o, &w) in row.iter().enumerate() {
                packed[((i / 2) * padded + o) * 2 + i % 2] = i16::from(w);
            }
        }
        let scale = scale.into_iter().map(|s| s / unit).collect();
        Self { inputs, outputs, packed, padded, scale, bias }
    }

    /// The map for inputs in other units.
    #[must_use]
    pub fn with_unit(mut self, unit: f32) -> Self {
        self.scale.iter_mut().for_each(|s| *s *= UNIT / unit);
        self
    }

    /// Puts several maps of the same inputs side by side into one.
    pub fn side_by_side(parts: &[Self]) -> Self {
        let inputs = parts[0].inputs;
        let outputs: usize = parts.iter().map(|p| p.outputs).sum();
        let padded = outputs.next_multiple_of(LANES);
        let mut packed = vec![0; inputs * padded];
        let (mut scale, mut bias) = (Vec::new(), Vec::new());
        for part in parts {
            let at = scale.len();
            for pair in 0..inputs / 2 {
                packed[(pair * padded + at) * 2..][..part.outputs * 2]
                    .copy_from_slice(&part.packed[pair * part.padded * 2..][..part.outputs * 2]);
            }
            scale.extend(&part.scale);
            bias.extend(&part.bias);
        }
        Self { inputs, outputs, packed, padded, scale, bias }
    }

    /// Applies the map to `rows` rows of `x`, `stride` apart. `out` becomes `[rows][outputs]`.
    pub fn apply(&self, level: Level, x: &[i16], stride: usize, rows: usize, sums: &mut Vec<i32>, out: &mut [f32]) {
        sums.resize(rows * self.padded, 0);
        let pairs = self.inputs / 2;
        let product = Product { x, stride, rows, packed: &self.packed, pairs, outputs: self.padded };
        multiply(level, &product, sums);
        rescale(level, sums, self.padded, &self.scale, &self.bias, &mut out[..rows * self.outputs]);
    }

    /// Bytes held.
    pub fn memory(&self) -> usize {
        self.packed.len() * 2 + self.scale.len() * 8
    }
}

/// Rounds a matrix `[input][output]` to small integers with a scale per output, and writes it as [`Linear::read`] reads.
pub fn write(writer: &mut Writer, inputs: usize, outputs: usize, weights: &[f32], bias: &[f32]) {
    let mut scale = vec![1e-9_f32; outputs];
    for row in weights.chunks_exact(outputs) {
        for (s, w) in scale.iter_mut().zip(row) {
            *s = s.max(w.abs() / 127.0);
        }
    }
    let small: Vec<i8> = weights
        .chunks_exact(outputs)
        .flat_map(|row| row.iter().zip(&scale).map(|(w, s)| (w / s).round() as i8))
        .collect();
    writer.u32(inputs as u32);
    writer.u32(outputs as u32);
    writer.i8s(&small);
    writer.f32s(&scale);
    writer.f32s(bias);
}

/// An embedding table with one scale.
#[derive(Debug, Clone, Default)]
pub struct Table {
    values: Vec<i8>,
    columns: usize,
    scale: f32,
}

impl Table {
    /// Reads a table of `columns`.
    ///
    /// # Errors
    /// When the payload is damaged.
    pub fn read(reader: &mut Reader<'_>, columns: usize) -> Result<Self, ModelError> {
        let scale = f32::from_bits(reader.u32()?);
        let values = reader.i8s()?;
        if columns == 0 || !values.len().is_multiple_of(columns) {
            return Err(reader.damaged("sizes of a table disagree"));
        }
        Ok(Self { values, columns, scale })
    }

    /// Rounds and writes a table. The largest thousandth of its numbers is cut, so that the rest stays sharp.
    pub fn write(writer: &mut Writer, values: &[f32]) {
        let mut sizes: Vec<f32> = values.iter().map(|v| v.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 5000)).copied().unwrap_or(1.0);
        let scale = top.max(1e-9) / 127.0;
        writer.u32(scale.to_bits());
        writer.i8s(&values.iter().map(|v| (v / scale).round().clamp(-127.0, 127.0) as i8).collect::<Vec<_>>());
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns
    }

    /// Row `i`.
    pub fn row(&self, i: usize) -> &[i8] {
        &self.values[i * self.columns..(i + 1) * self.columns]
    }

    /// What one unit of a row stands for.
    pub const fn scale(&self) -> f32 {
        self.scale
    }
}
