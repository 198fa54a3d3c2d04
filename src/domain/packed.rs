//! Whole numbers in few bytes: seven bits a byte, the lowest first.

/// Adds a number.
#[inline]
pub(crate) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while 0x80 <= number {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Takes the next number, which was put whole.
#[inline]
pub(crate) fn take(bytes: &mut &[u8]) -> u64 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first().expect("a number was put whole");
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return number;
        }
        shift += 7;
    }
}

/// Takes the next eight bytes.
#[inline]
pub(crate) fn take_eight(bytes: &mut &[u8]) -> [u8; 8] {
    let (eight, rest) = bytes.split_first_chunk().expect("eight were put");
    *bytes = rest;
    *eight
}

/// Numbers near 0, whatever their sign, as small ones without.
#[inline]
pub(crate) fn folded(number: i64) -> u64 {
    (number.cast_unsigned() << 1) ^ (number >> 63).cast_unsigned()
}

/// The number that was folded.
#[inline]
pub(crate) fn unfolded(number: u64) -> i64 {
    ((number >> 1) ^ (number & 1).wrapping_neg()).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_near_0_become_small_ones_and_come_back() {
        for (number, small) in [(0, 0), (-1, 1), (1, 2), (-2, 3), (i64::MIN, u64::MAX)] {
            assert_eq!((folded(number), unfolded(small)), (small, number));
        }
    }
}
