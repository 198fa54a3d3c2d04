//! Where a fact was read.

/// The file, line and part of a line that a stored fact comes from, in one integer.
///
/// 22 bits of file, 37 bits of line, 4 bits of part: it is the row id of the fact in the
/// database, so that a fact costs no index to find its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(i64);

impl Place {
    const LINE_BITS: u32 = 37;
    const PART_BITS: u32 = 4;

    /// The `part`-th fact (0 to 15) of a line of a file. Lines count from 1.
    pub fn new(source_file_id: u32, line: u64, part: u8) -> Self {
        debug_assert!(line < 1 << Self::LINE_BITS && part < 1 << Self::PART_BITS);
        let line = i64::try_from(line).unwrap_or(i64::MAX) & ((1 << Self::LINE_BITS) - 1);
        Self(
            i64::from(source_file_id) << (Self::LINE_BITS + Self::PART_BITS)
                | line << Self::PART_BITS
                | i64::from(part),
        )
    }

    /// The place that a row id of the database stands for.
    pub fn from_row_id(row_id: i64) -> Self {
        Self(row_id)
    }

    /// The row id of the fact in the database.
    pub fn row_id(self) -> i64 {
        self.0
    }

    /// The file that holds the fact.
    pub fn source_file_id(self) -> u32 {
        u32::try_from(self.0 >> (Self::LINE_BITS + Self::PART_BITS)).unwrap_or(0)
    }

    /// The line of the file at which the record begins, from 1.
    pub fn line(self) -> u64 {
        ((self.0 >> Self::PART_BITS) & ((1 << Self::LINE_BITS) - 1)).unsigned_abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_and_line_come_back() {
        for (file, line, part) in [(1, 1, 0), (200, 4_000_000_000, 15), (4_194_303, 7, 3)]
        {
            let place = Place::new(file, line, part);
            assert_eq!((place.source_file_id(), place.line()), (file, line));
            assert_eq!(Place::from_row_id(place.row_id()), place);
        }
    }

    #[test]
    fn places_sort_by_file_then_line() {
        assert!(Place::new(1, 900, 2) < Place::new(2, 1, 0));
        assert!(Place::new(2, 1, 1) < Place::new(2, 2, 0));
    }
}
