//! The binary in a folder of its own, as a night job runs it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use rusqlite::types::ValueRef;
use tempfile::TempDir;
use touchstone::store::{Cell, Store, StoreError, VIEWS};

/// A folder in which the binary runs.
pub(crate) struct Place {
    folder: TempDir,
}

/// The exports that come with the project.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

impl Place {
    /// An empty folder but for settings: few draws, as what figures they come to is for other
    /// tests, and a run would be busy with them most of its time.
    pub(crate) fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(place.path("touchstone.toml"), "bootstrap = 20\nplacebo = 20\n")
            .unwrap();
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path("touchstone.db")
    }

    /// A command that runs here, silent and without configuration of the machine.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        command.args(words).current_dir(self.folder.path()).env("NO_COLOR", "1");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// A run over paths; it must end well.
    pub(crate) fn import(&self, paths: &[&Path]) -> Output {
        let mut words = vec!["run"];
        words.extend(paths.iter().map(|path| path.to_str().unwrap()));
        let output = self.run(&words);
        assert!(output.status.success(), "{}", errors(&output));
        output
    }

    /// Every public table but that of runs; none where there is no database.
    pub(crate) fn views(&self) -> Option<String> {
        use std::fmt::Write as _;
        let store = match Store::open_to_read(&self.database()) {
            Err(StoreError::Missing { .. }) => return None,
            other => other.unwrap(),
        };
        let mut text = String::new();
        for view in VIEWS.into_iter().filter(|view| !view.ends_with("_runs")) {
            writeln!(text, "== {view}").unwrap();
            store
                .each_row::<StoreError>(view, |cells: &[Cell<'_>]| {
                    writeln!(text, "{cells:?}").unwrap();
                    Ok(())
                })
                .unwrap();
        }
        Some(text)
    }

    /// All rows of a query, cells joined by a bar.
    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        rows(&self.database(), sql, "|")
    }

    /// A single number.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        count(&self.database(), sql)
    }

    /// What SQLite itself says of the file.
    pub(crate) fn soundness(&self) -> String {
        let connection = rusqlite::Connection::open(self.database()).unwrap();
        let read = |sql| connection.query_row(sql, [], |row| row.get::<_, String>(0));
        let dangling =
            connection.prepare("pragma foreign_key_check").unwrap().exists([]).unwrap();
        format!("{}, dangling: {dangling}", read("pragma integrity_check").unwrap())
    }

    /// The files of the report, by name.
    pub(crate) fn report(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = files(&self.path("touchstone-report"));
        files.retain(|(name, _)| name != "runs.csv");
        files
    }
}

/// All rows of a query in a database, cells joined; unknown is a dash.
pub(crate) fn rows(database: &Path, sql: &str, between: &str) -> Vec<String> {
    let connection = rusqlite::Connection::open(database).unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cell = |column| match row.get_ref(column).unwrap() {
            ValueRef::Null => "-".to_owned(),
            ValueRef::Integer(integer) => integer.to_string(),
            ValueRef::Real(real) => format!("{real:?}"),
            ValueRef::Text(text) | ValueRef::Blob(text) => {
                String::from_utf8_lossy(text).into_owned()
            }
        };
        Ok((0..columns).map(cell).collect::<Vec<_>>().join(between))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// A single number of a database.
pub(crate) fn count(database: &Path, sql: &str) -> i64 {
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The files of a folder with their bytes, sorted; none where there is no folder.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// What a process said on standard error.
pub(crate) fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
