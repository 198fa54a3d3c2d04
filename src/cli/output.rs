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
        let terminal = terminal_size::terminal_size_of(io::stdout());
        let terminal = terminal.map(|(width, _)| usize::from(width.0));
        let width = told(std::env::var("COLUMNS").ok().as_deref()).or(terminal);
        Self { inner: BufWriter::new(io::stdout()), width }
    }

    /// How many letters a line of the terminal holds; none where whole lines are wanted.
    pub(super) fn width(&self) -> Option<usize> {
        self.width
    }

    /// Writes a row of a table: what stands in its columns, and words that go on below
    /// themselves where the terminal ends.
    pub(super) fn row(&mut self, columns: &str, words: &str) -> Result<(), Failure> {
        for line in hanging(columns, words, self.width) {
            self.line(&line)?;
        }
        Ok(())
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
        self.exactly(&escaped(&format!("{value:#}\n")))
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

/// JSON in which whatever would steer a terminal is escaped; such characters stand in its
/// strings alone.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if character != '\n' && touchstone::report::steers(character) {
            let code = u32::from(character);
            escaped.extend(format!("\\u{code:04x}").chars());
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// A number of things, in the singular or the plural.
pub(super) fn counted(count: impl Into<u64>, one: &str, many: &str) -> String {
    let count = count.into();
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A width that the environment tells, as shells do.
fn told(columns: Option<&str>) -> Option<usize> {
    columns?.trim().parse().ok().filter(|width| 0 < *width)
}

/// Words behind columns, in lines that fit; one line where there is no terminal, or where it
/// is too narrow for both.
fn hanging(columns: &str, words: &str, width: Option<usize>) -> Vec<String> {
    const LEAST: usize = 20;
    let margin = columns.chars().count();
    let room = width.map_or(usize::MAX, |width| width.saturating_sub(margin));
    if room < LEAST {
        return vec![format!("{columns}{words}")];
    }
    let mut lines = vec![columns.to_owned()];
    let mut taken = 0;
    for word in words.split(' ') {
        let long = word.chars().count();
        if 0 < taken && room < taken + 1 + long {
            lines.push(" ".repeat(margin));
            taken = 0;
        }
        let line = lines.last_mut().expect("there is one line at least");
        if 0 < taken {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        taken += long;
    }
    lines
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
    fn words_of_a_row_go_on_below_themselves() {
        let words = "Every touch gets the same credit.";
        assert_eq!(
            hanging("linear  ", words, Some(32)),
            ["linear  Every touch gets the", "        same credit."]
        );
        assert_eq!(hanging("linear  ", words, None), [format!("linear  {words}")]);
        assert_eq!(hanging("linear  ", words, Some(9)), [format!("linear  {words}")]);
    }

    #[test]
    fn the_environment_tells_a_width_where_it_is_one() {
        assert_eq!(told(Some("60")), Some(60));
        for none in [None, Some(""), Some("0"), Some("wide"), Some("-1")] {
            assert_eq!(told(none), None, "{none:?}");
        }
    }
}
