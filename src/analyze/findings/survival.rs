//! Kaplan-Meier: how long until it happens, where for some it has not happened yet.

use super::exact::Z_95;

/// A time under observation, and whether it ended with what was waited for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wait {
    /// How long.
    pub(super) days: f64,
    /// It happened; otherwise the observation ended without it.
    pub(super) has_ended: bool,
}

/// When half of all have converted, and the 95 % interval of that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Median {
    /// None while more than half have not.
    pub(super) days: Option<f64>,
    /// Its lower bound.
    pub(super) low: Option<f64>,
    /// Its upper bound; none where the data set no end to it.
    pub(super) high: Option<f64>,
}

/// The curve is a product of fractions: one half may come out so much over it, at most.
const ROUNDING: f64 = 1e-9;

/// The median by Kaplan and Meier; its bounds are where the log-log 95 % bounds of the
/// curve cross one half (Brookmeyer and Crowley), with Greenwood's variance.
pub(super) fn median(waits: &mut [Wait]) -> Median {
    // Who leaves on the day of an event was still there for it.
    waits.sort_by(|a, b| a.days.total_cmp(&b.days).then(b.has_ended.cmp(&a.has_ended)));
    let mut median = Median { days: None, low: None, high: None };
    let (mut survival, mut variance) = (1.0, 0.0);
    let mut from = 0;
    while from < waits.len() {
        let day = waits[from].days;
        let at_risk = count(waits.len() - from);
        let same = waits[from..].iter().take_while(|wait| wait.days <= day);
        let to = from + same.count();
        let ended = count(waits[from..to].iter().filter(|wait| wait.has_ended).count());
        from = to;
        if ended == 0.0 {
            continue;
        }
        survival *= 1.0 - ended / at_risk;
        if ended < at_risk {
            variance += ended / (at_risk * (at_risk - ended));
        }
        let (low, high) = bounds(survival, variance);
        let reach = |bound: f64| (bound <= 0.5 + ROUNDING).then_some(day);
        median.low = median.low.or_else(|| reach(low));
        median.days = median.days.or_else(|| reach(survival));
        median.high = median.high.or_else(|| reach(high));
    }
    median
}

/// The 95 % bounds of the curve, by the log-log transformation.
fn bounds(survival: f64, variance: f64) -> (f64, f64) {
    if survival <= 0.0 {
        return (0.0, 0.0);
    }
    let log = libm::log(survival);
    let margin = libm::exp(Z_95 * variance.sqrt() / -log);
    (libm::exp(log * margin), libm::exp(log / margin))
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^53")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(ended: &[i32], open: &[i32]) -> Vec<Wait> {
        let wait = |days: &i32, has_ended| Wait { days: f64::from(*days), has_ended };
        let ended = ended.iter().map(|days| wait(days, true));
        ended.chain(open.iter().map(|days| wait(days, false))).collect()
    }

    #[test]
    fn the_textbook_example_has_its_median() {
        // Acute myelogenous leukemia, Miller 1981: with and without maintenance.
        let mut with = waits(&[9, 13, 18, 23, 31, 34, 48], &[13, 28, 45, 161]);
        let found = median(&mut with);
        assert_eq!((found.days, found.low, found.high), (Some(31.0), Some(13.0), None));
        let mut without = waits(&[5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], &[16]);
        let found = median(&mut without);
        assert_eq!(
            (found.days, found.low, found.high),
            (Some(23.0), Some(5.0), Some(33.0))
        );
    }

    #[test]
    fn the_median_is_where_exactly_one_half_have_converted() {
        for half in 1..200 {
            let ended: Vec<i32> = (1..=half).chain([1000]).collect();
            let open = vec![2000; usize::try_from(half - 1).unwrap()];
            let found = median(&mut waits(&ended, &open));
            assert_eq!(found.days, Some(f64::from(half)), "of {}", 2 * half);
        }
        // 14 of 16, then 4 of the 7 who are left.
        let found = median(&mut waits(&[1, 1, 5, 5, 5, 9, 9, 9, 9], &[2; 7]));
        assert_eq!(found.days, Some(5.0));
    }

    #[test]
    fn where_most_have_not_converted_there_is_no_median() {
        let found = median(&mut waits(&[1, 2], &[9, 9, 9, 9, 9, 9]));
        assert_eq!((found.days, found.high), (None, None));
    }

    #[test]
    fn the_censored_wait_longer_than_they_were_seen() {
        let all = median(&mut waits(&[1, 2, 3, 4, 5, 6, 7], &[]));
        let some = median(&mut waits(&[1, 2, 3, 4, 5, 6, 7], &[5, 5, 5, 5]));
        assert!(all.days < some.days);
    }
}
