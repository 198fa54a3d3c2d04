//! How large the sheets of an old binary workbook are, before they are laid out in memory.
//!
//! The library that reads them makes a full grid of each sheet, so that two cells in
//! opposite corners cost as much as all between them. The container's streams are followed
//! here, and the corners of each sheet found, without believing what it says of itself.

/// What a cell of a grid takes.
const CELL_BYTES: u64 = 32;

const FREE_SECTORS: u32 = 0xffff_fffa;

/// Whether all sheets together fit into so many bytes; none where the container is damaged.
pub(super) fn fits(bytes: &[u8], limit: u64) -> Option<bool> {
    let stream = Container::open(bytes)?.workbook()?;
    Some(cells(&stream) <= limit / CELL_BYTES)
}

/// The cells of all grids, from the corners of each sheet.
fn cells(stream: &[u8]) -> u64 {
    let mut total = 0_u64;
    let mut sheet = Corners::default();
    let mut rest = stream;
    while let [kind @ .., _, _] = rest.get(..4).unwrap_or_default()
        && let Some(body) = rest.get(4..)
    {
        let kind = u16::from_le_bytes([kind[0], kind[1]]);
        let length = usize::from(u16::from_le_bytes([rest[2], rest[3]]));
        let record = body.get(..length).unwrap_or(body);
        match kind {
            // Room for all cells that a sheet claims to have is made before any is read.
            0x0200 if MOST_CELLS < claimed(record) => return u64::MAX,
            // A sheet begins or ends.
            0x0009 | 0x0209 | 0x0409 | 0x0809 | 0x000a => {
                total = total.saturating_add(std::mem::take(&mut sheet).area());
            }
            // Cells: formulas, numbers, texts, flags, and rows of numbers.
            0x0006
            | 0x0002..=0x0005
            | 0x0201..=0x0206
            | 0x027e
            | 0x00fd
            | 0x00bd
            | 0x00d6
            | 0x0406 => {
                if let [
                    row_low,
                    row_high,
                    column_low,
                    column_high,
                    ..,
                    last_low,
                    last_high,
                ] = record
                {
                    let row = u16::from_le_bytes([*row_low, *row_high]);
                    sheet.add(row, u16::from_le_bytes([*column_low, *column_high]));
                    if kind == 0x00bd {
                        sheet.add(row, u16::from_le_bytes([*last_low, *last_high]));
                    }
                }
            }
            _ => {}
        }
        rest = body.get(length..).unwrap_or_default();
    }
    total.saturating_add(sheet.area())
}

/// The cells that a sheet can have.
const MOST_CELLS: u64 = 65_536 * 256;

/// The cells that a sheet claims to have.
fn claimed(record: &[u8]) -> u64 {
    let four = |at| u32_at(record, at).map_or(0, u64::from);
    let two = |at| u16_at(record, at).map_or(0, u64::from);
    let [top, bottom, left, right] = if record.len() < 14 {
        [two(0), two(2), two(4), two(6)]
    } else {
        [four(0), four(4), two(8), two(10)]
    };
    // The library takes a first column that cannot be for the very first.
    let left = if 0xff < left || right < left { 0 } else { left };
    if bottom == 0 || right == 0 {
        return 1;
    }
    bottom.checked_sub(top).map_or(u64::MAX, |rows| rows * (right - left))
}

/// The corners of a sheet so far.
#[derive(Default)]
struct Corners {
    /// First and last row, first and last column.
    known: Option<[u16; 4]>,
}

impl Corners {
    fn add(&mut self, row: u16, column: u16) {
        let [top, bottom, left, right] = self.known.unwrap_or([row, row, column, column]);
        self.known =
            Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
    }

    fn area(&self) -> u64 {
        self.known.map_or(0, |[top, bottom, left, right]| {
            (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
        })
    }
}

/// A compound file: sectors in chains, and a directory of streams.
struct Container<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    mini_sector_bytes: usize,
    mini_cutoff: u64,
    chains: Vec<u32>,
    mini_chains: Vec<u32>,
    directory: Vec<u8>,
}

impl<'a> Container<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = |at| u32::from(u16_at(bytes, at).unwrap_or(0));
        if !matches!(shift(30), 9 | 12) || shift(32) != 6 {
            return None;
        }
        let mut container = Self {
            bytes,
            sector_bytes: 1 << shift(30),
            mini_sector_bytes: 1 << shift(32),
            mini_cutoff: u64::from(u32_at(bytes, 56)?),
            chains: Vec::new(),
            mini_chains: Vec::new(),
            directory: Vec::new(),
        };
        container.chains = container.chain_table()?;
        let mini_chains = container.stream(u32_at(bytes, 60)?)?;
        container.mini_chains =
            mini_chains.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect();
        container.directory = container.stream(u32_at(bytes, 48)?)?;
        Some(container)
    }

    /// The table of chains, whose sectors the header lists, and further sectors.
    fn chain_table(&self) -> Option<Vec<u32>> {
        let mut listed: Vec<u32> =
            (0..109).filter_map(|index| u32_at(self.bytes, 76 + index * 4)).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector_bytes;
        while next < FREE_SECTORS && listed.len() <= most + 109 {
            let sector = self.sector(next)?;
            let (numbers, last) = sector.split_at(self.sector_bytes - 4);
            listed.extend(numbers.chunks_exact(4).filter_map(|four| u32_at(four, 0)));
            next = u32_at(last, 0)?;
        }
        let mut chains = Vec::new();
        for number in listed.into_iter().filter(|number| *number < FREE_SECTORS) {
            if self.bytes.len() < chains.len() * 4 {
                return None;
            }
            let sector = self.sector(number)?;
            chains.extend(sector.chunks_exact(4).filter_map(|four| u32_at(four, 0)));
        }
        Some(chains)
    }

    /// A sector; the last of a file may be cut.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let from = (usize::try_from(number).ok()? + 1).checked_mul(self.sector_bytes)?;
        self.bytes.get(from..from + self.sector_bytes)
    }

    /// The bytes of a chain of sectors; a chain longer than the file runs in a circle.
    fn stream(&self, first: u32) -> Option<Vec<u8>> {
        let mut stream = Vec::new();
        let mut next = first;
        while next < FREE_SECTORS {
            if self.bytes.len() < stream.len() {
                return None;
            }
            let from =
                (usize::try_from(next).ok()? + 1).checked_mul(self.sector_bytes)?;
            let to = (from + self.sector_bytes).min(self.bytes.len());
            // Right behind the end nothing is left of a sector; a chain of such never grows.
            let sector = self.bytes.get(from..to).filter(|rest| !rest.is_empty())?;
            stream.extend_from_slice(sector);
            next = *self.chains.get(next as usize)?;
        }
        Some(stream)
    }

    /// The stream that holds the workbook.
    fn workbook(&self) -> Option<Vec<u8>> {
        let entries = || self.directory.chunks_exact(128);
        let named = |wanted: &str| {
            entries().find(|entry| {
                let length = usize::from(u16_at(entry, 64).unwrap_or(0)).min(64);
                let units = entry[..length].chunks_exact(2);
                let units = units.map(|two| u16::from_le_bytes([two[0], two[1]]));
                let name: String =
                    char::decode_utf16(units.take_while(|unit| *unit != 0))
                        .map(|unit| unit.unwrap_or(' '))
                        .collect();
                name.eq_ignore_ascii_case(wanted)
            })
        };
        let entry = named("Workbook").or_else(|| named("Book"))?;
        let (first, size) = (u32_at(entry, 116)?, u64::from(u32_at(entry, 120)?));
        if self.mini_cutoff <= size {
            return self.stream(first);
        }
        let whole = self.stream(u32_at(entries().next()?, 116)?)?;
        let mut stream = Vec::new();
        let mut next = first;
        while next < FREE_SECTORS && stream.len() <= whole.len() {
            let from = usize::try_from(next).ok()? * self.mini_sector_bytes;
            stream.extend_from_slice(whole.get(from..from + self.mini_sector_bytes)?);
            next = *self.mini_chains.get(next as usize)?;
        }
        Some(stream)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(row: u16, column: u16) -> Vec<u8> {
        let mut record = vec![0x03, 0x02, 14, 0];
        record.extend(row.to_le_bytes());
        record.extend(column.to_le_bytes());
        record.extend([0; 10]);
        record
    }

    #[test]
    fn two_cells_in_opposite_corners_cost_the_grid_between_them() {
        const END: [u8; 4] = [0x0a, 0, 0, 0];
        let mut stream = number(0, 0);
        stream.extend(number(65_535, 255));
        stream.extend(END);
        stream.extend(number(9, 9));
        stream.extend(END);
        assert_eq!(cells(&stream), 65_536 * 256 + 1);
        assert!((256 << 20) / CELL_BYTES < cells(&stream));
    }

    #[test]
    fn a_sheet_that_claims_more_cells_than_there_can_be_does_not_fit() {
        let check = |rows: [u32; 2], columns: [u16; 2], expected| {
            let mut record = vec![0x00, 0x02, 14, 0];
            record.extend(rows.iter().flat_map(|row| row.to_le_bytes()));
            record.extend(columns.iter().flat_map(|column| column.to_le_bytes()));
            record.extend([0, 0]);
            record.extend(number(3, 3));
            assert_eq!(cells(&record), expected, "{rows:?} {columns:?}");
        };
        check([0, 65_536], [0, 256], 1);
        check([0, 0], [0, 0], 1);
        check([0, 4_000_000_000], [0, 60_000], u64::MAX);
        check([9, 8], [0, 5], u64::MAX);
    }

    #[test]
    fn a_chain_that_goes_on_behind_the_end_of_the_file_ends() {
        let mut bytes = vec![0xff; 512 * 3];
        let mut set = |at: usize, number: u32| {
            bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
        };
        // Sectors of 512 and 64 bytes.
        set(30, 9 | 6 << 16);
        // The first sector of the directory is the one behind the last, and follows itself.
        set(48, 2);
        set(56, 4096);
        set(76, 0);
        set(512 + 2 * 4, 2);
        assert_eq!(fits(&bytes, 1 << 20), None);
    }

    #[test]
    fn what_is_no_container_does_not_fit() {
        assert_eq!(fits(b"\xd0\xcf\x11\xe0", 1 << 20), None);
        assert_eq!(fits(&[0; 4096], 1 << 20), None);
    }
}
