//! Whole numbers of people and views, with whatever separates their groups.

/// More than any network has of anything, and little enough to be added up.
const MOST: u64 = 1_000_000_000_000;

/// Reads one cell; none where it is empty or says so.
pub(super) fn read(cell: &str) -> Result<Option<u64>, &'static str> {
    const NO_NUMBER: &str = "is no whole number";
    let text = cell.trim();
    if super::null::is_null_word(text) {
        return Ok(None);
    }
    if text.starts_with('-') {
        return Err("is less than nothing");
    }
    let text = text.strip_suffix(".0").unwrap_or(text);
    let groups: Vec<&str> =
        text.split([',', '.', '\'', '’', ' ', '\u{a0}', '\u{202f}']).collect();
    let is_digits =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !groups.iter().all(is_digits) {
        return Err(NO_NUMBER);
    }
    let is_grouped =
        groups[0].len() <= 3 && groups[1..].iter().all(|part| part.len() == 3);
    if 1 < groups.len() && !is_grouped {
        return Err(NO_NUMBER);
    }
    groups
        .concat()
        .parse()
        .ok()
        .filter(|number| *number <= MOST)
        .map(Some)
        .ok_or("is more than there can be")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_no_fractions() {
        let check = |cell, expected| assert_eq!(read(cell), Ok(expected), "{cell:?}");
        check("1702", Some(1702));
        check("1,702", Some(1702));
        check("1.702", Some(1702));
        check("1'702", Some(1702));
        check("1\u{202f}702 000", Some(1_702_000));
        check("12.0", Some(12));
        check("0", Some(0));
        check("", None);
        check("-", None);
        for cell in
            ["-28", "2.86", "1,70", "12 %", "1.7K", "7.42E+18", "1,,000", "1000000000001"]
        {
            assert!(read(cell).is_err(), "{cell:?}");
        }
    }
}
