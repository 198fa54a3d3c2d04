//! Axes: values become places, with ticks that people read.

/// A number as text for SVG, to a tenth.
pub(super) fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A rank correlation, to a hundredth.
pub(super) fn rank(correlation: f64) -> String {
    let text = format!("{correlation:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replace('-', "−") }
}

/// A whole number as a float; beyond 2^53 it is rounded, which no picture shows.
#[expect(clippy::cast_precision_loss, reason = "a place in a picture is rounded anyway")]
pub(super) fn float(number: i64) -> f64 {
    number as f64
}

/// A part of a whole in percent, from 0 to 100.
pub(super) fn percent(part: f64, whole: f64) -> f64 {
    if whole <= 0.0 { 0.0 } else { (part / whole * 100.0).clamp(0.0, 100.0) }
}

/// Where a value stands between 0 and `most` on a square-root axis, from 0 to 1.
pub(super) fn root_place(value: i64, most: i64) -> f64 {
    let whole = float(most.max(1));
    (float(value.clamp(0, most.max(1))) / whole).sqrt()
}

/// Ticks of a square-root axis from 0 to `most`: 1, 2 or 5 times a power of ten, far enough
/// apart to be read.
pub(super) fn root_ticks(most: i64, least_gap: f64) -> Vec<i64> {
    let mut ticks = vec![0];
    let mut last = 0.0;
    let mut power = 1_i64;
    while power <= most.max(1) {
        for step in [1, 2, 5] {
            let tick = power.saturating_mul(step);
            let place = root_place(tick, most);
            if tick <= most && last + least_gap <= place {
                ticks.push(tick);
                last = place;
            }
        }
        let Some(next) = power.checked_mul(10) else { break };
        power = next;
    }
    ticks
}

/// The first round number that is not below a value.
pub(super) fn round_up(value: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        for step in [1, 2, 3, 4, 5, 6, 8] {
            let round = power.saturating_mul(step);
            if value <= round {
                return round;
            }
        }
        let Some(next) = power.checked_mul(10) else { return i64::MAX };
        power = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_apart_and_within() {
        assert_eq!(root_ticks(30, 0.15), [0, 1, 5, 10, 20]);
        assert_eq!(root_ticks(0, 0.1), [0]);
        for most in [1, 7, 99, 1_000_000] {
            let ticks = root_ticks(most, 0.12);
            assert!(ticks.iter().all(|tick| *tick <= most), "{ticks:?}");
            assert!(ticks.len() <= 9, "{ticks:?}");
        }
    }

    #[test]
    fn a_round_number_is_not_below() {
        assert_eq!([0, 1, 7, 41, 99, 101].map(round_up), [1, 1, 8, 50, 100, 200]);
        assert_eq!(round_up(i64::MAX), i64::MAX);
    }

    #[test]
    fn numbers_of_a_picture_are_short() {
        assert_eq!([short(1.0), short(0.26), short(-0.01)], ["1", "0.3", "0"]);
    }
}
