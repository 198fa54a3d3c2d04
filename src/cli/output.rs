//! Standard output: data and summaries, through one writer that a closed pipe ends quietly.

use std::io::{self, BufWriter, Stdout, Write};

use super::failure::Failure;

/// Standard output.
pub(super) struct Output {
    inner: BufWriter<Stdout>,
}

impl Output {
    pub(super) fn new() -> Self {
        Self { inner: BufWriter::new(io::stdout()) }
    }

    /// Writes text as it is.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.inner.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
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
