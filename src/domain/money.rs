//! Money in whole minor units, and how it is shared out exactly.

use std::fmt;

/// An ISO 4217 currency code; `XXX` where none is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// No currency is stated or given.
    pub const UNKNOWN: Self = Self(*b"XXX");

    /// A code of three ASCII letters, in any case.
    pub fn from_code(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Self(bytes.map(|byte| byte.to_ascii_uppercase())))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Its code; none where it is unknown.
    pub fn known(&self) -> Option<&str> {
        Some(self.code()).filter(|_| *self != Self::UNKNOWN)
    }

    /// Whether it is a currency that ISO 4217 lists, or listed until a few years ago.
    pub fn is_listed(&self) -> bool {
        Self::listed().any(|listed| listed == self.code())
    }

    /// The codes that ISO 4217 lists, or listed until a few years ago.
    pub fn listed() -> impl Iterator<Item = &'static str> {
        LISTED.split_ascii_whitespace()
    }

    /// How many decimal digits a minor unit has: 2 for most currencies.
    pub fn minor_digits(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW"
            | b"PYG" | b"RWF" | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

const LISTED: &str = "\
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN \
    BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD \
    FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD \
    JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT \
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG \
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB \
    TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF \
    XPF YER ZAR ZMW ZWG ZWL";

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// An amount in whole minor units (cents) of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Whole minor units; negative for a refund.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// Shares the amount out by weights, so that the shares add up to it exactly.
    ///
    /// Largest remainder: each share is rounded toward zero, and the units left over go to
    /// the largest remainders, the earlier one first where they are equal. Weights must be
    /// finite, not negative, and not all 0; refunds split too.
    pub fn split(self, weights: &[f64]) -> Vec<i64> {
        let parts = proportions(weights);
        assert!(parts.iter().any(|part| 0 < *part), "a split needs a weight over 0");
        self.by_parts(&parts)
    }

    /// Shares the amount out as `parts` share another one, so that it adds up exactly, too:
    /// an amount that is converted keeps its credits' proportions. All parts have one sign.
    pub fn like(self, parts: &[i64]) -> Vec<i64> {
        let parts: Vec<i128> =
            parts.iter().map(|part| i128::from(part.unsigned_abs())).collect();
        self.by_parts(&parts)
    }

    /// Nothing where all parts are 0.
    fn by_parts(self, parts: &[i128]) -> Vec<i64> {
        let total: i128 = parts.iter().sum();
        if total == 0 {
            return vec![0; parts.len()];
        }
        let amount = i128::from(self.minor.unsigned_abs());
        let mut shares: Vec<i128> =
            parts.iter().map(|part| amount * part / total).collect();
        let rest = amount - shares.iter().sum::<i128>();
        let remainder = |(index, (part, share)): (usize, (&i128, &i128))| {
            (std::cmp::Reverse(amount * part - share * total), index)
        };
        let mut order: Vec<_> =
            parts.iter().zip(&shares).enumerate().map(remainder).collect();
        order.sort_unstable();
        // Fewer units are left over than there are shares.
        for (_, index) in order.into_iter().take(usize::try_from(rest).unwrap_or(0)) {
            shares[index] += 1;
        }
        let sign = i128::from(self.minor.signum());
        shares
            .into_iter()
            .map(|share| {
                i64::try_from(share * sign).expect("a share is no larger than the amount")
            })
            .collect()
    }
}

/// Scales weights to integers, so that no rounding of floats can reach the money: by a power of
/// two, so that whole weights keep their proportions.
fn proportions(weights: &[f64]) -> Vec<i128> {
    // 53 bits are a weight's own precision; a part times an i64 still fits an i128.
    const BITS: i32 = 53;
    let (_, exponent) = libm::frexp(weights.iter().copied().fold(0.0_f64, f64::max));
    weights
        .iter()
        .map(|weight| {
            assert!(
                weight.is_finite() && 0.0 <= *weight,
                "a weight is finite and not negative"
            );
            let scaled = libm::scalbn(*weight, BITS - exponent);
            #[expect(clippy::cast_possible_truncation, reason = "it lies in 0..2^53")]
            let part = scaled.round() as i64;
            i128::from(part)
        })
        .collect()
}

/// Rounds `digits × 10^-scale` to minor units, half away from zero; says whether digits
/// were lost. None where it does not fit 64 bits.
pub fn round_to_minor(
    digits: i128,
    scale: u32,
    currency: Currency,
) -> Option<(i64, bool)> {
    let minor_digits = currency.minor_digits();
    let (minor, is_rounded) = if scale <= minor_digits {
        (digits.checked_mul(10_i128.checked_pow(minor_digits - scale)?)?, false)
    } else {
        let unit = 10_i128.checked_pow(scale - minor_digits)?;
        let (whole, rest) = (digits / unit, digits % unit);
        let up = if unit <= rest.abs() * 2 { digits.signum() } else { 0 };
        (whole + up, rest != 0)
    };
    Some((i64::try_from(minor).ok()?, is_rounded))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn euro(minor: i64) -> Money {
        Money { minor, currency: Currency::from_code("eur").unwrap() }
    }

    #[test]
    fn the_unit_left_over_goes_to_the_earlier_touch() {
        assert_eq!(euro(100).split(&[1.0, 1.0, 1.0]), [34, 33, 33]);
        assert_eq!(euro(2).split(&[1.0, 1.0, 1.0]), [1, 1, 0]);
        assert_eq!(euro(0).split(&[1.0, 0.0]), [0, 0]);
    }

    #[test]
    fn whole_weights_are_shared_out_without_rounding() {
        assert_eq!(euro(1_234_550).split(&[3.0, 1.0]), [925_913, 308_637]);
        assert_eq!(euro(1_234_550).split(&[1.0, 3.0]), [308_638, 925_912]);
        // 3 of 7, 1 of 7 and 3 of 7: the middle one has the largest remainder.
        assert_eq!(euro(10).split(&[3.0, 1.0, 3.0]), [4, 2, 4]);
        let smallest = f64::from_bits(1);
        assert_eq!(euro(10).split(&[3.0 * smallest, smallest]), [8, 2]);
        assert_eq!(euro(10).split(&[f64::MAX, smallest]), [10, 0]);
    }

    #[test]
    fn a_refund_splits_too() {
        assert_eq!(euro(-100).split(&[1.0, 1.0, 1.0]), [-34, -33, -33]);
        assert_eq!(euro(i64::MIN + 1).split(&[1.0]), [i64::MIN + 1]);
    }

    #[test]
    fn halves_round_away_from_zero() {
        let check = |digits, scale, code, expected| {
            let currency = Currency::from_code(code).unwrap();
            assert_eq!(round_to_minor(digits, scale, currency), expected);
        };
        check(9_225_225, 3, "AUD", Some((922_523, true)));
        check(-9_225_225, 3, "AUD", Some((-922_523, true)));
        check(12_345, 1, "JPY", Some((1235, true)));
        check(1234, 0, "KWD", Some((1_234_000, false)));
        check(450_359_962_737_049_701, 2, "XXX", Some((450_359_962_737_049_701, false)));
        check(99_999_999_999_999_999_999, 0, "XXX", None);
    }

    #[test]
    fn a_converted_amount_is_shared_out_as_its_own_was() {
        assert_eq!(euro(152).like(&[34, 33, 33]), [52, 50, 50]);
        assert_eq!(euro(-152).like(&[-34, -33, -33]), [-52, -50, -50]);
        assert_eq!(euro(0).like(&[1, 1]), [0, 0]);
        assert_eq!(euro(0).like(&[0, 0]), [0, 0]);
        assert_eq!(euro(7).like(&[]), [0_i64; 0]);
    }

    #[test]
    fn codes_are_listed_once_and_in_order() {
        let listed: Vec<&str> = Currency::listed().collect();
        assert!(listed.is_sorted_by(|one, next| one < next));
        assert!(listed.iter().all(|code| Currency::from_code(code).unwrap().is_listed()));
        assert!(!Currency::UNKNOWN.is_listed());
    }

    #[test]
    fn minor_units_are_those_of_iso_4217() {
        let with = |digits| {
            let listed = Currency::listed();
            let codes: Vec<&str> = listed
                .filter(|code| {
                    Currency::from_code(code).unwrap().minor_digits() == digits
                })
                .collect();
            codes.join(" ")
        };
        assert_eq!(
            with(0),
            "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
        );
        assert_eq!(with(3), "BHD IQD JOD KWD LYD OMR TND");
        let others = Currency::listed().count() - with(2).split(' ').count();
        assert_eq!(others, 16 + 7, "all others have two");
    }

    proptest! {
        #[test]
        fn converted_shares_add_up_too(
            minor in -(1_i64 << 62)..(1_i64 << 62),
            parts in prop::collection::vec(0_i64..1 << 50, 1..40),
        ) {
            prop_assume!(parts.iter().any(|part| 0 < *part));
            let shares = euro(minor).like(&parts);
            prop_assert_eq!(shares.iter().map(|share| i128::from(*share)).sum::<i128>(), i128::from(minor));
        }

        #[test]
        fn shares_add_up_to_the_amount(
            minor in -(1_i64 << 62)..(1_i64 << 62),
            weights in prop::collection::vec(0.0_f64..1e6, 1..40),
        ) {
            prop_assume!(weights.iter().any(|weight| 0.0 < *weight));
            let shares = euro(minor).split(&weights);
            prop_assert_eq!(shares.iter().map(|share| i128::from(*share)).sum::<i128>(), i128::from(minor));
            prop_assert!(shares.iter().all(|share| *share == 0 || share.signum() == minor.signum()));
        }

        #[test]
        fn a_larger_weight_never_gets_less(minor in 0_i64..1_000_000, small in 0.0_f64..10.0, more in 0.0_f64..10.0) {
            prop_assume!(0.0 < small + more);
            let shares = euro(minor).split(&[small + more, small]);
            prop_assert!(shares[1] <= shares[0]);
        }
    }
}
