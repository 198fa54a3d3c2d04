//! Errors as people read them: the thing, the place, the way out; and the exit code.

use std::{error::Error, fmt, io, process::ExitCode};

use touchstone::{
    config::{self, ConfigError},
    pipeline::PipelineError,
    report::ReportError,
    store::{Cause, StoreError},
};

/// Nothing was changed.
pub(super) const FAILED: u8 = 1;
/// What was typed, or a setting, makes no sense.
pub(super) const USAGE: u8 = 2;
/// Done, but something was rejected and `--strict` was given.
pub(super) const REJECTED: u8 = 3;
/// Another run holds the database.
const HELD: u8 = 4;

/// Why a command ends without having done its work.
#[derive(Debug)]
pub(super) struct Failure {
    message: String,
    hint: Option<String>,
    code: u8,
    is_closed_pipe: bool,
    is_of_output: bool,
    is_for_programs: bool,
}

impl Failure {
    /// Wrong usage.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { code: USAGE, ..Self::other(message) }
    }

    /// Anything else.
    pub(super) fn other(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
            code: FAILED,
            is_closed_pipe: false,
            is_of_output: false,
            is_for_programs: false,
        }
    }

    /// Standard output cannot be written.
    pub(super) fn output(error: &io::Error) -> Self {
        let is_closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self {
            is_closed_pipe,
            is_of_output: true,
            ..Self::other(format!("cannot write to standard output: {error}"))
        }
    }

    /// Adds the way out.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says, where words alone could not be written, that the work before them is done.
    pub(super) fn after_work(self) -> Self {
        if self.is_of_output {
            self.hint("only these words are missing; database and files are written")
        } else {
            self
        }
    }

    /// Says it as a line of JSON, where progress is told so.
    pub(super) fn for_programs(self, is_so: bool) -> Self {
        Self { is_for_programs: is_so, ..self }
    }

    /// Whoever read standard output has seen enough.
    pub(super) fn is_closed_pipe(&self) -> bool {
        self.is_closed_pipe
    }

    /// The code that the process ends with.
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_for_programs {
            let Self { message, hint, code, .. } = self;
            let told =
                serde_json::json!({ "error": message, "hint": hint, "code": code });
            return writeln!(formatter, "{told}");
        }
        writeln!(formatter, "error: {}", self.message)?;
        match &self.hint {
            Some(hint) => writeln!(formatter, "hint: {hint}"),
            None => Ok(()),
        }
    }
}

impl From<PipelineError> for Failure {
    fn from(error: PipelineError) -> Self {
        let failure = Self::other(chain(&error));
        match &error {
            PipelineError::Missing(_) => {
                failure.hint("name a file, a folder or a ZIP of exports")
            }
            PipelineError::Empty { .. } => failure.hint(
                "put your exports there: the LinkedIn archive (ZIP or folder), lists of \
                 engagers, and the CRM's contacts and deals as CSV",
            ),
            PipelineError::NoTable { .. } => failure.hint(
                "name one file that holds a table: CSV or other delimited text, a workbook, \
                 or JSON records",
            ),
            PipelineError::Store(error)
            | PipelineError::Report(ReportError::Store(error)) => failure.about_store(error),
            PipelineError::Report(error) => failure.about_report(error),
            PipelineError::Person { .. } => failure.hint(
                "give an e-mail address, a LinkedIn URL, or a CRM's id such as hubspot:1201; \
                 nothing was changed",
            ),
            PipelineError::Model(error) => {
                let unknown = Self { code: USAGE, ..failure };
                unknown.hint(config::model_names(&error.name))
            }
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let (message, hint) = error.into_parts();
        Self { hint, ..Self::usage(message) }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::other(chain(&error)).about_store(&error)
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        let failure = Self::other(chain(&error));
        match &error {
            ReportError::Store(error) => failure.about_store(error),
            _ => failure.about_report(&error),
        }
    }
}

impl Failure {
    fn about_report(self, error: &ReportError) -> Self {
        if matches!(error, ReportError::Publish { .. }) {
            return self.hint(
                "the database is as it should be, but the folder may hold files of two runs; \
                 write them again, with --out into another folder",
            );
        }
        Self { is_closed_pipe: is_closed_pipe(error), ..self }
            .hint("choose another folder with --out; nothing was changed")
    }

    fn about_store(self, error: &StoreError) -> Self {
        match error {
            StoreError::Missing { .. } => {
                self.hint("import something first: touchstone run PATH...")
            }
            StoreError::Sql { .. } | StoreError::Open { .. }
                if error.cause() == Cause::Busy =>
            {
                self.hint(
                    "another program reads or writes the database; nothing was changed; \
                     close it there, and run again",
                )
            }
            StoreError::Sql { .. } if error.cause() == Cause::Damaged => self.hint(
                "the file is damaged; nothing was changed; take a backup, or start a new \
                 one with --db",
            ),
            StoreError::Sql { .. } if error.cause() == Cause::ReadOnly => self.hint(
                "nothing was changed; whoever runs this must be able to write the database \
                 and its folder",
            ),
            StoreError::Open { .. } | StoreError::Foreign { .. } => {
                self.hint("name another file with --db; this one was left as it is")
            }
            StoreError::Newer { .. } => self.hint(
                "it was written by a newer release; upgrade, or start a new file with --db",
            ),
            StoreError::Held { .. } => {
                let held = Self { code: HELD, ..self };
                held.hint("wait until it ends, or name another database with --db")
            }
            StoreError::Create { .. } | StoreError::Lock { .. } => {
                self.hint("name a file in a folder that you may write to with --db")
            }
            StoreError::Sql { .. } => {
                self.hint("nothing was changed; is there room on the disk?")
            }
            StoreError::Kept { .. } => self.hint("nothing was changed; run again"),
            StoreError::Value { .. } => self.hint(
                "the file was changed by another program; start a new one with --db",
            ),
        }
    }
}

/// Whether the first cause of an error is that nobody reads any more.
fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let own = error.downcast_ref::<io::Error>();
        if own.is_some_and(|own| own.kind() == io::ErrorKind::BrokenPipe) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// An error with what caused it, in one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        let words = source.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        cause = source.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_a_line_of_json_for_programs() {
        let failure = Failure::usage("a \"b\"").hint("c");
        assert_eq!(failure.to_string(), "error: a \"b\"\nhint: c\n");
        let told = failure.for_programs(true).to_string();
        assert_eq!(told, "{\"code\":2,\"error\":\"a \\\"b\\\"\",\"hint\":\"c\"}\n");
    }
}
