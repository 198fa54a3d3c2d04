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

    /// Writes text as it is.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
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
        self.line(&format!("{value:#}"))
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
    fn rows_are_cut_on_a_terminal_alone() {
        assert_eq!(cut("linear  Every touch", Some(11)), "linear  Ev…");
        assert_eq!(cut("linear  Every touch", Some(9)), "linear…");
        assert_eq!(cut("linear  Every touch", Some(19)), "linear  Every touch");
        assert_eq!(cut("linear  Every touch", None), "linear  Every touch");
    }
}
