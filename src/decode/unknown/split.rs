//! One record of a text, split into cells.
//!
//! By the rule, a quote at the start of a cell opens it, a doubled one stands for itself,
//! and one before a delimiter or the end of the line closes it; any other is a letter. Files
//! break the rule in single places, so each decision can be taken the other way: [`Ways`].

use super::dialect::Dialect;
use crate::decode::Quoting;

/// A record of more cells is none of a table.
pub(super) const MOST_CELLS: usize = 1 << 20;

/// The cells of a record, end to end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cells {
    pub(super) text: Vec<u8>,
    pub(super) ends: Vec<usize>,
    quoted: Vec<bool>,
    spaced: Vec<bool>,
    /// Quotes inside quoted cells that neither close nor are doubled.
    pub(super) stray: usize,
}

impl Cells {
    /// Cells that were none of a text.
    pub(super) fn of(each: impl IntoIterator<Item = String>) -> Self {
        let mut cells = Self::default();
        for cell in each {
            cells.text.extend_from_slice(cell.as_bytes());
            cells.end(false, false);
        }
        cells
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn cell(&self, column: usize) -> &[u8] {
        let Some(&end) = self.ends.get(column) else { return b"" };
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..end]
    }

    /// All cells, and whether quotes stood around them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], bool)> {
        (0..self.len()).map(|column| (self.cell(column), self.quoted[column]))
    }

    /// Whether a space stood before the cell.
    pub(super) fn is_spaced(&self, column: usize) -> bool {
        self.spaced[column]
    }

    pub(super) fn filled(&self) -> usize {
        self.iter().filter(|(cell, _)| !cell.trim_ascii().is_empty()).count()
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.quoted.clear();
        self.spaced.clear();
        self.stray = 0;
    }

    fn end(&mut self, is_quoted: bool, is_spaced: bool) {
        self.ends.push(self.text.len());
        self.quoted.push(is_quoted);
        self.spaced.push(is_spaced);
    }
}

/// How a decision about a quote can be taken against the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The quote is a letter.
    Letter,
    /// A delimiter is missing before it: it opens a cell of its own.
    NewCell,
}

/// Where quotes are read against the rule, by their place in the record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ways<'a>(pub(super) &'a [(usize, Way)]);

impl Ways<'_> {
    pub(super) const NONE: Self = Ways(&[]);

    fn has(self, at: usize, way: Way) -> bool {
        self.0.contains(&(at, way))
    }
}

/// The length of a line end at the start of a text; 0 where there is none.
pub(super) fn line_end(text: &[u8]) -> usize {
    match text {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Reads the first record of a text into `cells` and gives its length with its line end;
/// none where the text ends before the record does, or where it has too many. At the end of a whole text a record
/// ends too, unless a quote is open. `choices` takes the decisions that have another way.
pub(super) fn record(
    text: &[u8],
    dialect: Dialect,
    is_whole: bool,
    ways: Ways<'_>,
    cells: &mut Cells,
    mut choices: Option<&mut Vec<(usize, Way)>>,
) -> Option<usize> {
    cells.clear();
    let mut at = 0;
    loop {
        let start = at;
        at += spaces_before_quote(&text[at..], dialect);
        let mut is_quoted = false;
        let mut is_spaced = at != start;
        if text.get(at) == Some(&dialect.quote) {
            note(&mut choices, at, Way::Letter);
            is_quoted = !ways.has(at, Way::Letter);
        }
        if is_quoted {
            at = quoted(text, at + 1, dialect, is_whole, ways, cells, &mut choices)?;
        } else {
            at = start;
            is_spaced = text.get(at) == Some(&b' ');
            at += usize::from(is_spaced && dialect.is_spaced);
            at = bare(text, at, dialect, is_whole, ways, cells, &mut choices)?;
        }
        cells.end(is_quoted, is_spaced);
        if MOST_CELLS < cells.len() {
            return None;
        }
        match text.get(at) {
            None => return is_whole.then_some(at),
            Some(byte) if *byte == dialect.delimiter => at += 1,
            // A lone return at the end of what is seen may be half a line end.
            Some(b'\r') if at + 1 == text.len() && !is_whole => return None,
            Some(b'\r' | b'\n') => return Some(at + line_end(&text[at..])),
            // A cell begins without a delimiter before it.
            Some(_) => {}
        }
    }
}

fn note(choices: &mut Option<&mut Vec<(usize, Way)>>, at: usize, way: Way) {
    if let Some(choices) = choices {
        choices.push((at, way));
    }
}

/// Spaces between a delimiter and a quote mean nothing.
fn spaces_before_quote(text: &[u8], dialect: Dialect) -> usize {
    if dialect.delimiter == b' ' {
        return 0;
    }
    let spaces = text.iter().take_while(|byte| **byte == b' ').count();
    if text.get(spaces) == Some(&dialect.quote) { spaces } else { 0 }
}

/// A cell without quotes around it: everything up to a delimiter or a line end.
fn bare(
    text: &[u8],
    start: usize,
    dialect: Dialect,
    is_whole: bool,
    ways: Ways<'_>,
    cells: &mut Cells,
    choices: &mut Option<&mut Vec<(usize, Way)>>,
) -> Option<usize> {
    let rest = &text[start.min(text.len())..];
    let found = memchr::memchr3(dialect.delimiter, b'\n', b'\r', rest);
    let mut end = match found {
        Some(length) => start + length,
        None if is_whole => text.len(),
        None => return None,
    };
    if choices.is_some() || !ways.0.is_empty() {
        // Quotes matter inside only where somebody looks for missing delimiters.
        for quote in memchr::memchr_iter(dialect.quote, &text[start..end]) {
            let at = start + quote;
            if 0 < quote {
                note(choices, at, Way::NewCell);
                if ways.has(at, Way::NewCell) {
                    end = at;
                    break;
                }
            }
        }
    }
    cells.text.extend_from_slice(&text[start.min(end)..end]);
    Some(end)
}

/// A quoted cell, from behind its opening quote to behind its closing one.
fn quoted(
    text: &[u8],
    start: usize,
    dialect: Dialect,
    is_whole: bool,
    ways: Ways<'_>,
    cells: &mut Cells,
    choices: &mut Option<&mut Vec<(usize, Way)>>,
) -> Option<usize> {
    let escape =
        if dialect.quoting == Quoting::Backslash { b'\\' } else { dialect.quote };
    let mut at = start;
    loop {
        let next = at + memchr::memchr2(dialect.quote, escape, text.get(at..)?)?;
        cells.text.extend_from_slice(&text[at..next]);
        let follower = text.get(next + 1).copied();
        if text[next] != dialect.quote {
            // What a backslash protects is no sign.
            let is_protected =
                follower == Some(dialect.quote) || follower == Some(escape);
            cells.text.push(if is_protected { text[next + 1] } else { text[next] });
            at = next + 1 + usize::from(is_protected);
            continue;
        }
        let behind = &text[next + 1..];
        if !is_whole && behind.iter().all(|byte| *byte == b' ') {
            return None;
        }
        let closes = closing(behind, dialect);
        match (follower == Some(dialect.quote), closes) {
            (true, _) => {
                note(choices, next, Way::Letter);
                note(choices, next + 1, Way::NewCell);
                if ways.has(next + 1, Way::NewCell) {
                    return Some(next + 1);
                }
                cells.text.push(dialect.quote);
                at = next + 1 + usize::from(!ways.has(next, Way::Letter));
            }
            (false, Some(spaces)) => {
                note(choices, next, Way::Letter);
                if !ways.has(next, Way::Letter) {
                    return Some(next + 1 + spaces);
                }
                cells.text.push(dialect.quote);
                at = next + 1;
            }
            (false, None) => {
                cells.stray += 1;
                cells.text.push(dialect.quote);
                at = next + 1;
            }
        }
    }
}

/// Whether a cell ends behind a quote, and the spaces that stand between.
fn closing(behind: &[u8], dialect: Dialect) -> Option<usize> {
    let spaces = if dialect.delimiter == b' ' {
        0
    } else {
        behind.iter().take_while(|byte| **byte == b' ').count()
    };
    match behind.get(spaces) {
        None | Some(b'\r' | b'\n') => Some(spaces),
        Some(byte) if *byte == dialect.delimiter => Some(spaces),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, dialect: Dialect, ways: &[(usize, Way)]) -> Option<Vec<String>> {
        let mut cells = Cells::default();
        let read = record(text.as_bytes(), dialect, true, Ways(ways), &mut cells, None)?;
        assert_eq!(read, text.len(), "{text}");
        let each =
            cells.iter().map(|(cell, _)| String::from_utf8_lossy(cell).into_owned());
        Some(each.collect())
    }

    #[test]
    fn cells_are_read_by_the_rule_first() {
        let check = |text: &str, expected: &[&str]| {
            let found = cells(text, Dialect::USUAL, &[]);
            assert_eq!(
                found.as_deref(),
                Some(&expected.iter().map(ToString::to_string).collect::<Vec<_>>()[..]),
                "{text}"
            );
        };
        check("a,b\n", &["a", "b"]);
        check("a,\"b, c\"\r\n", &["a", "b, c"]);
        check("a,\"b\nc\",\r", &["a", "b\nc", ""]);
        check("\"\",\"\"\"a\"\"\"", &["", "\"a\""]);
        check("a, \"b, c\" ,d", &["a", "b, c", "d"]);
        check("\"6\" nails\",b", &["6\" nails", "b"]);
        check("a 6\" nail,b", &["a 6\" nail", "b"]);
    }

    #[test]
    fn backslashes_protect_quotes_where_the_dialect_says_so() {
        let dialect = Dialect { quoting: Quoting::Backslash, ..Dialect::USUAL };
        let found = cells("\"a \\\"b\\\", c\",\"d\\\\\",\"C:\\temp\"", dialect, &[]);
        assert_eq!(found.unwrap(), ["a \"b\", c", "d\\", "C:\\temp"]);
    }

    #[test]
    fn a_decision_can_be_taken_the_other_way() {
        let check = |text: &str, ways: &[(usize, Way)], expected: &[&str]| {
            assert_eq!(cells(text, Dialect::USUAL, ways).unwrap(), expected, "{text}");
        };
        assert_eq!(cells("\"a,b", Dialect::USUAL, &[]), None);
        check("\"a,b", &[(0, Way::Letter)], &["\"a", "b"]);
        check("\"24\"\",\"b\"", &[(3, Way::Letter)], &["24\"", "b"]);
        check("ab\"c, d\",e", &[(2, Way::NewCell)], &["ab", "c, d", "e"]);
        check("\"a\"\"b\",c", &[(3, Way::NewCell)], &["a", "b", "c"]);
    }
}
