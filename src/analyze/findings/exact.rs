//! Exact tests and intervals in closed form.

/// The 97.5 % point of the normal distribution.
pub(super) const Z_95: f64 = 1.959_963_984_540_054;

/// The Wilson 95 % interval of a share seen in so many trials; the number of trials may be
/// an effective one.
pub(super) fn wilson(share: f64, trials: f64) -> (f64, f64) {
    let z_squared = Z_95 * Z_95;
    let scale = 1.0 + z_squared / trials;
    let center = share + z_squared / (2.0 * trials);
    let spread = share * (1.0 - share) / trials + z_squared / (4.0 * trials * trials);
    let margin = Z_95 * spread.max(0.0).sqrt();
    // The share lies between them, which rounding must not change where it is all or nothing.
    let (low, high) = ((center - margin) / scale, (center + margin) / scale);
    (low.max(0.0).min(share), high.min(1.0).max(share))
}

/// How many equal parts weigh as much as these unequal ones: (Σ w)² ÷ Σ w² (Kish).
pub(super) fn effective(weights: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut squares) = (0.0, 0.0);
    for weight in weights {
        sum += weight;
        squares += weight * weight;
    }
    if squares == 0.0 { 0.0 } else { sum * sum / squares }
}

/// The probability that of `drawn` out of `population`, `marked` of which are marked, at
/// least `hits` are marked. For some ten drawn: larger draws would overflow.
pub(super) fn hypergeometric_tail(
    population: u64,
    marked: u64,
    drawn: u64,
    hits: u64,
) -> f64 {
    let ways: f64 = (hits..=drawn.min(marked))
        .filter(|hits| drawn - hits <= population - marked)
        .map(|hits| choose(marked, hits) * choose(population - marked, drawn - hits))
        .sum();
    (ways / choose(population, drawn)).min(1.0)
}

/// How many ways there are to choose so many out of so many.
#[expect(clippy::cast_precision_loss, reason = "counts of posts are far below 2^53")]
fn choose(from: u64, count: u64) -> f64 {
    (0..count).fold(1.0, |ways, at| ways * (from - at) as f64 / (at + 1) as f64)
}

/// The normal distribution function.
pub(super) fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// The point of the normal distribution below which a probability strictly between 0 and 1
/// lies: Acklam's rational approximation, then one step of Halley's method.
pub(super) fn normal_point(probability: f64) -> f64 {
    let rough = rough_point(probability);
    let density = libm::exp(-rough * rough / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    let error = (normal(rough) - probability) / density;
    rough - error / (1.0 + rough * error / 2.0)
}

fn rough_point(probability: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    let polynomial = |factors: &[f64], x: f64| {
        factors.iter().fold(0.0, |sum, factor| sum * x + factor)
    };
    let tail = |probability: f64| {
        let q = (-2.0 * libm::log(probability)).sqrt();
        polynomial(&C, q) / polynomial(&D, q)
    };
    if probability < 0.02425 {
        tail(probability)
    } else if probability <= 1.0 - 0.02425 {
        let q = probability - 0.5;
        q * polynomial(&A, q * q) / polynomial(&B, q * q)
    } else {
        -tail(1.0 - probability)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn wilson_agrees_with_published_values() {
        // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        let check = |hits: f64, trials: f64, expected: (f64, f64)| {
            let (low, high) = wilson(hits / trials, trials);
            assert!((low - expected.0).abs() < 5e-5, "{low}");
            assert!((high - expected.1).abs() < 5e-5, "{high}");
        };
        check(81.0, 263.0, (0.2553, 0.3662));
        check(15.0, 148.0, (0.0624, 0.1605));
        check(0.0, 20.0, (0.0, 0.1611));
        check(1.0, 29.0, (0.0061, 0.1718));
    }

    #[test]
    fn the_interval_of_a_share_holds_it() {
        for trials in (1_u32..200).map(f64::from) {
            let (nothing, all) = (wilson(0.0, trials), wilson(1.0, trials));
            assert!(nothing.0 <= 0.0 && 1.0 <= all.1, "{trials}");
        }
    }

    #[test]
    fn the_hypergeometric_tail_counts_ways() {
        near(hypergeometric_tail(52, 4, 5, 0), 1.0);
        // At least one ace in five cards; all four aces in five.
        near(hypergeometric_tail(52, 4, 5, 1), 1.0 - 1_712_304.0 / 2_598_960.0);
        near(hypergeometric_tail(52, 4, 5, 4), 48.0 / 2_598_960.0);
        near(hypergeometric_tail(20, 10, 10, 10), 1.0 / 184_756.0);
        near(hypergeometric_tail(12, 10, 10, 8), 1.0);
    }

    #[test]
    fn unequal_parts_weigh_as_much_as_fewer_equal_ones() {
        near(effective([2.0, 2.0, 2.0].into_iter()), 3.0);
        near(effective([3.0, 1.0].into_iter()), 1.6);
        near(effective([].into_iter()), 0.0);
    }

    #[test]
    fn points_and_probabilities_of_the_normal_distribution_agree() {
        near(normal_point(0.975), Z_95);
        near(normal_point(0.001), -3.090_232_306_167_813);
        near(normal(1.0), 0.841_344_746_068_543);
        for at in 1..200 {
            let probability = f64::from(at) / 200.0;
            near(normal(normal_point(probability)), probability);
        }
    }
}
