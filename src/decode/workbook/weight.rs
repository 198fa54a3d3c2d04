//! What a workbook would take in memory, weighed before anything of it is parsed.

use std::io::{self, Cursor, Read, Write};

use memchr::{memchr_iter, memmem};
use zip::ZipArchive;

use super::{broken, says, too_large};

/// Inflates every entry against the budget, and gives what all of them take; what an entry
/// says of its size may be a lie.
pub(super) fn inflated(whole: &[u8], limit: u64) -> io::Result<u64> {
    let mut archive =
        ZipArchive::new(Cursor::new(whole)).map_err(|error| says(&error))?;
    let mut left = limit;
    let mut is_workbook = false;
    let over = || too_large(limit, "it inflates to more than");
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| says(&error))?;
        let name = entry.name().map_err(|error| says(&error))?.to_ascii_lowercase();
        is_workbook = is_workbook || name.starts_with("xl/");
        let mut weight = Weight {
            each_element: element_bytes(&name),
            text: name.strip_suffix(".xml").map(|_| 0),
            strings: is_shared_strings(&name).then(Vec::new),
            left,
        };
        io::copy(&mut entry.take(left + 1), &mut weight)
            .map_err(|error| if weight.left == 0 { over() } else { says(&error) })?;
        left = weight.left;
    }
    if is_workbook {
        Ok(limit - left)
    } else {
        Err(broken("it is no XLSX; save it as XLSX or CSV and name that file"))
    }
}

/// What an element of a part takes in memory, beside its text: sheets are read cell by cell,
/// all else becomes lists, of which those of styles are the heaviest.
fn element_bytes(part: &str) -> u64 {
    let own_name = part.rsplit('/').next().unwrap_or(part);
    if is_shared_strings(part) {
        return STRING_BYTES;
    }
    let is_sheet = part.starts_with("xl/worksheets/") && own_name != "styles.xml";
    if is_sheet { 0 } else { 160 }
}

fn is_shared_strings(part: &str) -> bool {
    part.rsplit('/').next() == Some("sharedstrings.xml")
}

/// What a shared string takes beside its text.
const STRING_BYTES: u64 = 16;

/// The longest text of a cell, with room for all of it being escaped.
const MOST_TEXT_BYTES: usize = 1 << 20;

/// Weighs what is written to it, and refuses more than is left.
struct Weight {
    each_element: u64,
    /// How long the text between two elements is so far, where the part has elements.
    text: Option<usize>,
    /// The end of what came so far, where the part is of shared strings.
    strings: Option<Vec<u8>>,
    left: u64,
}

impl Weight {
    /// Weighs how many strings the part claims to have: room for them is made before the
    /// first of them is read.
    fn claims(&mut self, bytes: &[u8]) {
        const NAME: &[u8] = b"uniqueCount";
        // The name, signs around the equal sign, and the digits of any number.
        const REACH: usize = 64;
        let Some(carried) = &mut self.strings else { return };
        // In UTF-16 every other byte is nought.
        carried.extend(bytes.iter().copied().filter(|byte| *byte != 0));
        let is_before = |byte: &u8| {
            matches!(byte, b'=' | b'"' | b'\'' | b'+') || byte.is_ascii_whitespace()
        };
        let claims = memmem::find_iter(carried, NAME).map(|at| {
            let behind = &carried[at + NAME.len()..];
            let behind = &behind[..behind.len().min(REACH)];
            let is_endless = behind.len() == REACH
                && behind.iter().all(|byte| is_before(byte) || byte.is_ascii_digit());
            let digits = behind
                .iter()
                .skip_while(|byte| is_before(byte))
                .take_while(|byte| byte.is_ascii_digit());
            let number = digits.fold(0_u64, |number, digit| {
                number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
            });
            if is_endless { u64::MAX } else { number }
        });
        let room = claims.max().unwrap_or(0).saturating_mul(size_of::<String>() as u64);
        if self.left < room {
            self.left = 0;
        }
        let done = carried.len().saturating_sub(NAME.len() + REACH);
        carried.drain(..done);
    }
}

impl Write for Weight {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut elements = 0;
        let mut start = 0;
        for at in memchr_iter(b'<', bytes) {
            elements += 1;
            self.text = self.text.map(|_| 0);
            start = at;
        }
        self.text = self.text.map(|text| text + bytes.len() - start);
        if self.text.is_some_and(|text| MOST_TEXT_BYTES < text) {
            return Err(io::Error::other("a text in it is longer than any cell can be"));
        }
        let weight = bytes.len() as u64 + elements * self.each_element;
        self.left = self.left.saturating_sub(weight);
        self.claims(bytes);
        if self.left == 0 {
            Err(io::ErrorKind::OutOfMemory.into())
        } else {
            Ok(bytes.len())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
