//! The two curves of the network, as ratios of polynomials: exact to the bit on every machine, quick in vectors.

/// Close to the hyperbolic tangent; reaches 1 at 3.
#[inline(always)]
#[expect(clippy::inline_always, reason = "must be compiled inside the vector loops that call it")]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    let s = x * x;
    x * (27.0 + s) / (27.0 + 9.0 * s)
}

/// Close to the logistic curve; reaches 0 and 1 at −6 and 6.
#[inline(always)]
#[expect(clippy::inline_always, reason = "must be compiled inside the vector loops that call it")]
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// Slope of [`tanh`].
pub fn tanh_slope(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    let s = x * x;
    let d = 27.0 + 9.0 * s;
    ((27.0 + 3.0 * s) * d - 18.0 * s * (27.0 + s)) / (d * d)
}

/// Slope of [`sigmoid`].
pub fn sigmoid_slope(x: f32) -> f32 {
    0.25 * tanh_slope(0.5 * x)
}
