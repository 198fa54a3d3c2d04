//! Numbers by chance, instants and cells.

use jiff::Timestamp;

/// Milliseconds of a day.
pub(crate) const DAY: i64 = 86_400_000;

/// A small generator (splitmix64) whose numbers are the same on every machine.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    /// A number from `low` up to, and not including, `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = (high - low).unsigned_abs().max(1);
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// A place in a list.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        let length = i64::try_from(length).unwrap_or(1);
        usize::try_from(self.between(0, length)).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 100) < percent
    }
}

/// An instant in the words of a format.
pub(crate) fn moment(ms: i64, format: &str) -> String {
    Timestamp::from_millisecond(ms)
        .map(|at| at.strftime(format).to_string())
        .unwrap_or_default()
}

/// A row whose cells are quoted where they must be.
pub(crate) fn row(cells: &[&str]) -> String {
    let cell = |cell: &&str| {
        if cell.contains([',', '"', '\n']) { quoted(cell) } else { (*cell).to_owned() }
    };
    cells.iter().map(cell).collect::<Vec<_>>().join(",") + "\n"
}

/// A row whose cells are all quoted.
pub(crate) fn quoted_row(cells: &[&str]) -> String {
    cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n"
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}
