//! The names of channels as numbers.

use rustc_hash::FxHashMap;

/// Numbers names in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Names {
    // Looked up, never walked.
    numbers: FxHashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl Names {
    /// The number of a name.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).expect("names fit 32 bits");
        self.numbers.insert(name.into(), number);
        self.names.push(name.into());
        number
    }

    /// All names, by number.
    pub(super) fn all(&self) -> &[Box<str>] {
        &self.names
    }

    /// The names ascending, and the place of each number among them.
    pub(super) fn sorted(self) -> (Vec<Box<str>>, Vec<u32>) {
        let mut order: Vec<(Box<str>, u32)> = self.names.into_iter().zip(0..).collect();
        order.sort_unstable();
        let mut places = vec![0; order.len()];
        for (place, (_, number)) in (0..).zip(&order) {
            places[*number as usize] = place;
        }
        (order.into_iter().map(|(name, _)| name).collect(), places)
    }
}

/// The channels of a path; none for a blank one.
pub(super) fn split(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = (!path.trim_ascii().is_empty()).then_some(path);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = separator(text.as_bytes());
        rest = end.map(|end| &text[end + 3..]);
        Some(text[..end.unwrap_or(text.len())].trim_ascii())
    })
}

/// Where ` > ` begins.
fn separator(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'>', bytes)
        .find(|at| 0 < *at && bytes[at - 1] == b' ' && bytes.get(at + 1) == Some(&b' '))
        .map(|at| at - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_joined_by_an_arrow_between_spaces() {
        let check = |path: &str, expected: &[&str]| {
            assert_eq!(split(path).collect::<Vec<_>>(), expected, "{path:?}");
        };
        check("A", &["A"]);
        check("A > B > A", &["A", "B", "A"]);
        check("A>B > C, \"D\"", &["A>B", "C, \"D\""]);
        check("  A  >  B ", &["A", "B"]);
        check("Über uns > 微信 > א", &["Über uns", "微信", "א"]);
        check("", &[]);
        check("  ", &[]);
        check("A >  > B", &["A", "", "B"]);
        check("A > ", &["A", ""]);
        check(">", &[">"]);
    }
}
