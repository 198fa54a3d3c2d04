//! What a cell looks like: enough to tell columns of numbers and dates from words.

/// The look of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing, or a word for nothing.
    Empty,
    /// A number, with or without groups, a percent sign or a currency.
    Number,
    /// A day, with or without a time.
    Date,
    /// A time of day.
    Time,
    /// A web or e-mail address.
    Address,
    /// Yes or no.
    Flag,
    /// Anything else.
    Words,
}

/// How a cell looks.
pub(super) fn look(cell: &[u8]) -> Look {
    let cell = cell.trim_ascii();
    // Long cells are words; only their beginning would be looked at.
    if 40 < cell.len() {
        return if is_address(cell) { Look::Address } else { Look::Words };
    }
    let lower = cell.to_ascii_lowercase();
    match lower.as_slice() {
        b"" | b"-" | b"--" | b"n/a" | b"na" | b"nan" | b"null" | b"none" | b"\\n"
        | b"unknown" | b"?" | b"." => Look::Empty,
        b"true" | b"false" | b"yes" | b"no" => Look::Flag,
        _ if is_time(cell) => Look::Time,
        _ if is_date(cell) => Look::Date,
        _ if is_number(cell) => Look::Number,
        _ if is_address(cell) => Look::Address,
        _ => Look::Words,
    }
}

/// Digits with signs, groups and a currency around them: `-1.234,50 €`, `$3`, `12 %`.
fn is_number(cell: &[u8]) -> bool {
    let first = cell.iter().position(u8::is_ascii_digit);
    let last = cell.iter().rposition(u8::is_ascii_digit);
    let (Some(first), Some(last)) = (first, last) else { return false };
    let is_inside = |(at, byte): (usize, &u8)| match byte {
        b'-' | b'+' => 0 < at && matches!(cell[first + at - 1], b'e' | b'E'),
        b'e' | b'E' => true,
        _ => {
            byte.is_ascii_digit()
                || matches!(
                    byte,
                    b'.' | b',' | b'\'' | b' ' | 0xa0 | 0xc2 | 0xe2 | 0x80 | 0xaf
                )
        }
    };
    // A currency is a sign, or three letters.
    let is_around = |around: &[u8]| {
        let around = around.trim_ascii();
        let letters = around.iter().filter(|byte| byte.is_ascii_uppercase()).count();
        around.len() <= 5
            && matches!(letters, 0 | 3)
            && around.iter().all(|byte| {
                !byte.is_ascii()
                    || b"$%()+-. ".contains(byte)
                    || byte.is_ascii_uppercase()
            })
    };
    // `MG-8769` is a name, `USD 8769` an amount.
    let is_glued = |around: &[u8], edge: Option<&u8>| {
        around.iter().any(u8::is_ascii_uppercase)
            && edge.is_some_and(|byte| *byte == b'-')
    };
    let (before, behind) = (&cell[..first], &cell[last + 1..]);
    cell[first..=last].iter().enumerate().all(is_inside)
        && is_around(before)
        && is_around(behind)
        && !is_glued(before, before.last())
}

/// `2024-05-31`, `31.5.24`, `5/31/2024`, `20240531` is a number; a time may follow.
fn is_date(cell: &[u8]) -> bool {
    let end =
        cell.iter().position(|byte| matches!(byte, b' ' | b'T')).unwrap_or(cell.len());
    let (day, rest) = cell.split_at(end);
    let Some(&separator) = day.iter().find(|byte| matches!(byte, b'-' | b'/' | b'.'))
    else {
        return false;
    };
    let parts: Vec<&[u8]> = day.split(|byte| *byte == separator).collect();
    let is_part = |part: &[u8]| {
        (1..=4).contains(&part.len()) && part.iter().all(u8::is_ascii_digit)
    };
    let is_month =
        |part: &[u8]| part.len() == 3 && part.iter().all(u8::is_ascii_alphabetic);
    parts.len() == 3
        && is_part(parts[0])
        && (is_part(parts[1]) || is_month(parts[1]))
        && is_part(parts[2])
        && (rest.is_empty() || rest[1..].first().is_some_and(u8::is_ascii_digit))
}

/// `9:30`, `09:30:12.5`, `9:30 PM`.
fn is_time(cell: &[u8]) -> bool {
    let clock = cell.strip_suffix(b"M").or_else(|| cell.strip_suffix(b"m"));
    let clock =
        clock.map_or(cell, |rest| &rest[..rest.len().saturating_sub(1)]).trim_ascii_end();
    let mut parts = clock.split(|byte| *byte == b':');
    let is_part = |part: &[u8]| {
        (1..=2).contains(&part.len()) && part.iter().all(u8::is_ascii_digit)
    };
    let is_seconds = |part: &[u8]| {
        !part.is_empty() && part.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
    };
    parts.next().is_some_and(is_part)
        && parts.next().is_some_and(is_part)
        && parts.next().is_none_or(is_seconds)
        && parts.next().is_none()
}

fn is_address(cell: &[u8]) -> bool {
    let has_space = cell.iter().any(u8::is_ascii_whitespace);
    let is_web = [&b"http://"[..], b"https://", b"www."]
        .iter()
        .any(|start| cell.starts_with(start));
    let is_mail = || {
        let at = cell.iter().position(|byte| *byte == b'@');
        at.is_some_and(|at| 0 < at && cell[at + 1..].contains(&b'.'))
    };
    !has_space && (is_web || is_mail())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_look_like_what_they_are() {
        let check = |cells: &[&str], expected| {
            for cell in cells {
                assert_eq!(look(cell.as_bytes()), expected, "{cell}");
            }
        };
        check(&["", " ", "-", "N/A", "null"], Look::Empty);
        check(&["0", "-1.5", "1,234.50", "1 234,5", "12 %", "$74.69"], Look::Number);
        check(&["EUR 12", "1.234,50 €", "1.5E4", "(12.00)", "£3"], Look::Number);
        check(&["2024-05-31", "31.5.24", "5/31/2024", "31-May-2024"], Look::Date);
        check(&["2024-05-31 09:30", "2024-05-31T09:30:00Z"], Look::Date);
        check(&["9:30", "09:30:12", "9:30 PM"], Look::Time);
        check(&["https://a.example/b", "ada@example.com"], Look::Address);
        check(&["yes", "FALSE"], Look::Flag);
        check(
            &["Ada", "MG-8769", "Q1", "col1", "3 rooms", "a:b", "1-2-3-4"],
            Look::Words,
        );
    }
}
