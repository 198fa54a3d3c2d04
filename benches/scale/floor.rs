//! The floor: what it costs to read the files with `csv` and to insert every cell as text,
//! on one thread, in one transaction, and nothing else.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs::{self, File},
    io::{BufReader, Read},
    path::Path,
};

use rusqlite::Connection;
use zip::ZipArchive;

use super::{Failure, measure::Figures};

/// Reads all exports of a folder into a new database.
pub(crate) fn run(
    exports: &Path,
    database: &Path,
    figures: &mut Figures,
) -> Result<(), Failure> {
    drop(fs::remove_file(database));
    let connection = Connection::open(database)?;
    connection.execute_batch(
        "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -64000; begin",
    )?;
    let mut tables =
        Tables { connection: &connection, known: BTreeMap::new(), text: 0, rows: 0 };
    let mut paths: Vec<_> = fs::read_dir(exports)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension() != Some(OsStr::new("zip")) {
            tables.add(&name, File::open(&path)?)?;
            continue;
        }
        let mut archive = ZipArchive::new(BufReader::new(File::open(&path)?))?;
        for index in 0..archive.len() {
            let entry = archive.by_index(index)?;
            let name = entry.name()?.into_owned();
            tables.add(&name, entry)?;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a few billions fit")]
    {
        figures.insert("text".to_owned(), tables.text as f64);
        figures.insert("rows".to_owned(), tables.rows as f64);
    }
    connection.execute_batch("commit")?;
    #[expect(clippy::cast_precision_loss, reason = "a few billions fit")]
    figures.insert("database".to_owned(), fs::metadata(database)?.len() as f64);
    Ok(())
}

struct Tables<'a> {
    connection: &'a Connection,
    /// By file name: how many columns.
    known: BTreeMap<String, usize>,
    text: u64,
    rows: u64,
}

impl Tables<'_> {
    fn add(&mut self, name: &str, bytes: impl Read) -> Result<(), Failure> {
        let mut table = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        let mut record = csv::StringRecord::new();
        // The header is the first record as wide as the second last: behind any preamble.
        while table.read_record(&mut record)? && record.len() < 3 {}
        let width = record.len();
        if !self.known.contains_key(name) {
            let columns: Vec<String> = (0..width).map(|at| format!("c{at}")).collect();
            let columns = columns.join(", ");
            self.connection
                .execute_batch(&format!("create table \"{name}\" ({columns})"))?;
            self.known.insert(name.to_owned(), width);
        }
        let marks = vec!["?"; width].join(", ");
        let sql = format!("insert into \"{name}\" values ({marks})");
        let mut statement = self.connection.prepare_cached(&sql)?;
        while table.read_record(&mut record)? {
            self.rows += 1;
            for (at, cell) in (1..=width).zip(&record) {
                statement.raw_bind_parameter(at, cell)?;
            }
            statement.raw_execute()?;
        }
        self.text += table.position().byte();
        Ok(())
    }
}
