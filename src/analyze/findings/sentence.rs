//! Numbers as a broker reads them.

/// How the sentence of a finding begins that the data cannot carry.
pub const TOO_LITTLE: &str = "Too little data";

/// What cannot be said, and what it would take.
pub(super) fn too_little(what: &str) -> String {
    format!("{TOO_LITTLE}: {what}.")
}

/// A share as a percentage.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A share with its interval.
pub(super) fn share(share: f64, (low, high): (f64, f64)) -> String {
    let (share, low, high) = (percent(share), percent(low), percent(high));
    if low == high { share } else { format!("{share} (between {low} and {high})") }
}

/// A rank correlation, to a hundredth.
pub(super) fn rank(correlation: f64) -> String {
    let text = format!("{correlation:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replace('-', "−") }
}

/// How surprising it would be by chance alone.
pub(super) fn chance(p_value: f64) -> String {
    if p_value < 0.001 {
        "chance alone does as much less than once in 1,000 times".to_owned()
    } else {
        format!("chance alone does as much in {:.1} % of cases", p_value * 100.0)
    }
}

pub(super) use crate::domain::{count, grouped};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_a_person_writes_them() {
        assert_eq!((rank(-0.0047), rank(-0.2)), ("0.00".to_owned(), "−0.20".to_owned()));
        assert_eq!(share(0.5, (0.25, 0.755)), "50 % (between 25 % and 76 %)");
        assert_eq!(share(0.0, (0.0, 0.001)), "0 %");
    }
}
