//! The numbers of a row.

use crate::attribute::Block;

use super::names::Names;

/// What a row states; what it does not state is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Numbers {
    pub(super) conversions: f64,
    pub(super) value: f64,
    pub(super) nulls: f64,
}

/// A number as text: digits with a decimal point, a sign, an exponent.
#[inline]
pub(super) fn number(column: &str, text: &str) -> Result<f64, String> {
    let bytes = text.as_bytes();
    if !bytes.is_empty() && bytes.len() < 10 && bytes.iter().all(u8::is_ascii_digit) {
        let digits = bytes.iter().map(|byte| u32::from(byte - b'0'));
        return Ok(f64::from(digits.fold(0, |number, digit| number * 10 + digit)));
    }
    match text.trim_ascii().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(format!("{column}: {text:?} is not a number")),
    }
}

/// The most that a row may state: sums of more could be no number.
const MOST: f64 = 1e100;

/// Refuses what no journeys can be.
pub(super) fn check(numbers: &Numbers, has_channel: bool) -> Result<(), String> {
    for (column, number) in
        [("conversions", numbers.conversions), ("nulls", numbers.nulls)]
    {
        if number < 0.0 {
            return Err(format!("{column}: {number} is less than 0"));
        }
    }
    for (column, number) in [
        ("conversions", numbers.conversions),
        ("value", numbers.value),
        ("nulls", numbers.nulls),
    ] {
        if MOST < number.abs() {
            return Err(format!("{column}: {number:e} is more than {MOST:e}"));
        }
    }
    if !has_channel && (numbers.conversions != 0.0 || numbers.value != 0.0) {
        return Err("conversions without a channel: the path is empty".to_owned());
    }
    Ok(())
}

/// Some rows of a file, read.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Their paths, with channels as numbers of [`Part::names`].
    pub(super) block: Block,
    /// The names of their channels.
    pub(super) names: Names,
    pub(super) rows: u64,
    pub(super) lines: u64,
    pub(super) totals: Numbers,
    /// The first rows that cannot be used, and how many there are.
    pub(super) faults: Vec<Fault>,
    pub(super) refused: u64,
}

impl Part {
    /// Notes a row that cannot be used.
    pub(super) fn refuse(&mut self, at: usize, reason: String) {
        self.refused += 1;
        if self.faults.len() < super::MOST_BAD_ROWS {
            self.faults.push(Fault { at, reason });
        }
    }

    /// Adds a row.
    pub(super) fn push(
        &mut self,
        channels: &[u32],
        numbers: &Numbers,
    ) -> Result<(), String> {
        check(numbers, !channels.is_empty())?;
        let Numbers { conversions, value, nulls } = *numbers;
        self.block.push(&crate::attribute::Path { channels, conversions, value, nulls });
        self.rows += 1;
        self.totals.conversions += conversions;
        self.totals.value += value;
        self.totals.nulls += nulls;
        Ok(())
    }

    /// The channels of names; none of them may be empty.
    #[inline]
    pub(super) fn number<'n>(
        &mut self,
        names: impl Iterator<Item = &'n str>,
        channels: &mut Vec<u32>,
    ) -> Result<(), String> {
        channels.clear();
        for name in names {
            if name.is_empty() {
                return Err("path: a channel without a name".to_owned());
            }
            channels.push(self.names.number(name));
        }
        Ok(())
    }
}

/// What is wrong with a row, and where it is in the text of its part.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) reason: String,
}
