//! Standard output: data and summaries, through one writer that a closed pipe ends quietly.

use std::{
    borrow::Cow,
    io::{self, BufWriter, Stdout, Write},
};

use super::failure::Failure;

/// Standard output.
pub(super) struct Output {
    inner: BufWriter<Stdout>,
    /// How many letters a line of the terminal holds; none where it is no terminal.
    width: Option<usize>,
}

impl Output {
    pub(super) fn new() -> Self {
        let width = terminal_size::terminal_size_of(io::stdout())
            .map(|(width, _)| usize::from(width.0));
        Self { inner: BufWriter::new(io::stdout()), width }
    }

    /// How many letters a line of the terminal holds; none where whole lines are wanted.
    pub(super) fn width(&self) -> Option<usize> {
        self.width
    }

    /// Writes a row of a table, which is cut where the terminal ends.
    pub(super) fn row(&mut self, text: &str) -> Result<(), Failure> {
        self.line(&cut(text, self.width))
    }

    /// Writes text, without what would steer a terminal, whatever it is about.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.exactly(&harmless_lines(text))
    }

    fn exactly(&mut self, text: &str) -> Result<(), Failure> {
        self.inner.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
    }

    /// The writer itself, for whole tables.
    pub(super) fn writer(&mut self) -> &mut impl Write {
        &mut self.inner
    }

    /// Writes a line.
    pub(super) fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.text(text)?;
        self.text("\n")
    }

    /// Writes a value as indented JSON.
    pub(super) fn json(&mut self, value: &serde_json::Value) -> Result<(), Failure> {
        self.exactly(&format!("{value:#}\n"))
    }

    /// Where bytes of any kind are written, for whoever writes them a piece at a time.
    pub(super) fn bytes(&mut self) -> &mut (dyn Write + Send) {
        &mut self.inner
    }

    /// Hands on what is buffered.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.inner.flush().map_err(|error| Failure::output(&error))
    }
}

/// Lines without what would steer a terminal or turn the direction of what follows.
pub(super) fn harmless_lines(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| matches!(c, '\n' | '\t') || !touchstone::report::steers(c);
    if text.chars().all(is_kept) {
        return text.into();
    }
    text.chars().filter(|c| is_kept(*c)).collect::<String>().into()
}

/// A number of things, in the singular or the plural.
pub(super) fn counted(count: impl Into<u64>, one: &str, many: &str) -> String {
    let count = count.into();
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A line without what does not fit.
fn cut(text: &str, width: Option<usize>) -> Cow<'_, str> {
    match width {
        Some(width) if width < text.chars().count() => {
            let kept: String = text.chars().take(width.saturating_sub(1)).collect();
            format!("{}…", kept.trim_end()).into()
        }
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(harmless_lines("a\n\tb"), "a\n\tb");
        let hostile = "\u{1b}[2Ja\u{9b}31m\u{8}\u{202e}b\u{61c}\u{7f}\r\nc";
        assert_eq!(harmless_lines(hostile), "[2Ja31mb\nc");
    }

    #[test]
    fn rows_are_cut_on_a_terminal_alone() {
        assert_eq!(cut("linear  Every touch", Some(11)), "linear  Ev…");
        assert_eq!(cut("linear  Every touch", Some(9)), "linear…");
        assert_eq!(cut("linear  Every touch", Some(19)), "linear  Every touch");
        assert_eq!(cut("linear  Every touch", None), "linear  Every touch");
    }
}
