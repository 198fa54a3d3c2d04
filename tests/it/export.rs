//! What other tools read: each format gives back what the database holds, and no text is
//! ever a formula.

use std::{
    collections::BTreeMap, fmt::Write as _, fs, path::Path, process::Stdio,
    sync::LazyLock,
};

use calamine::{Data, Reader, Xlsx};
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};
use touchstone::{
    domain::Moment,
    store::{Cell, ColumnKind, Store, StoreError, VIEWS},
};

use crate::binary::{Place, errors, files, samples};

/// Texts that a spreadsheet must not run.
const HOSTILE: &[&str] = &[
    "=HYPERLINK(\"http://evil.example\",\"pay\")",
    "+1+cmd|'/C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "＝1+1",
    "<script>alert(1)</script> & _x0041_ \"quoted\"",
];

/// A database of the samples, and of deals with hostile names; it is made once.
fn place() -> Place {
    static DATABASE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let place = Place::new();
        fill(&place);
        fs::read(place.database()).unwrap()
    });
    let place = Place::new();
    fs::write(place.database(), &*DATABASE).unwrap();
    place
}

fn fill(place: &Place) {
    let mut rows =
        "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,\
                    Is Closed Won\n"
            .to_owned();
    let long = "long ".repeat(8_000);
    for (number, name) in (1..).zip(HOSTILE.iter().copied().chain([long.as_str()])) {
        let quoted = name.replace('"', "\"\"");
        writeln!(
            rows,
            "66600{number},\"{quoted}\",Closed won,1234.{number}0,AUD,2025-03-04 10:00,\
             2025-02-04 10:00,true"
        )
        .unwrap();
    }
    // No digits after the point, and a kind of amount of its own.
    rows.push_str(
        "666099,Yen,Closed won,1235,JPY,2025-03-04 10:00,2025-02-04 10:00,true\n",
    );
    let hostile = place.path("hostile.csv");
    fs::write(&hostile, rows).unwrap();
    place.import(&[&samples(), &hostile]);
}

fn export(place: &Place, words: &[&str]) -> String {
    let output = place.run(&[&["export"], words].concat());
    assert!(output.status.success(), "{}", errors(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Calls `each` with the columns and all rows of every view.
fn each_view(place: &Place, mut each: impl FnMut(&str, &[(String, ColumnKind)], &Rows)) {
    let store = Store::open_to_read(&place.database()).unwrap();
    for view in VIEWS {
        let columns: Vec<_> = store
            .columns(view)
            .unwrap()
            .into_iter()
            .map(|column| (column.name, column.kind))
            .collect();
        let mut rows = Vec::new();
        store
            .each_row::<StoreError>(view, |cells| {
                rows.push(cells.iter().map(Known::of).collect());
                Ok(())
            })
            .unwrap();
        each(view.trim_start_matches("v_"), &columns, &rows);
    }
}

type Rows = Vec<Vec<Known>>;

/// A cell that outlives its row.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
}

impl Known {
    fn of(cell: &Cell<'_>) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Integer(number) => Self::Integer(*number),
            Cell::Real(number) => Self::Real(*number),
            Cell::Text(text) => Self::Text((*text).to_owned()),
        }
    }
}

#[test]
fn cells_are_what_their_columns_hold() {
    each_view(&place(), |view, columns, rows| {
        for row in rows {
            for ((name, kind), cell) in columns.iter().zip(row) {
                let fits = match (kind, cell) {
                    (_, Known::Null)
                    | (ColumnKind::Integer, Known::Integer(_))
                    | (ColumnKind::Real, Known::Real(_))
                    | (ColumnKind::Text, Known::Text(_))
                    | (ColumnKind::Flag, Known::Integer(0..=1)) => true,
                    (ColumnKind::Day | ColumnKind::Moment, Known::Text(text)) => {
                        Moment::from_text(text).is_some()
                    }
                    _ => false,
                };
                assert!(fits, "{view}.{name}: {cell:?} is no {kind:?}");
            }
        }
    });
}

#[test]
fn json_lines_hold_every_cell() {
    let place = place();
    export(&place, &["--format", "json"]);
    each_view(&place, |view, columns, rows| {
        let path = place.path(&format!("touchstone-export/{view}.jsonl"));
        let text = fs::read_to_string(path).unwrap();
        assert_eq!(text.lines().count(), rows.len(), "{view}");
        for (line, row) in text.lines().zip(rows) {
            let found: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(line).unwrap();
            assert_eq!(found.len(), columns.len());
            for ((name, kind), cell) in columns.iter().zip(row) {
                let expected = match cell {
                    Known::Null => serde_json::Value::Null,
                    Known::Integer(flag) if *kind == ColumnKind::Flag => {
                        (*flag == 1).into()
                    }
                    Known::Integer(number) => (*number).into(),
                    Known::Real(number) => (*number).into(),
                    Known::Text(text) => text.as_str().into(),
                };
                // The reader of the test rounds the last digit of a fraction.
                let near =
                    |found: f64, own: f64| (found - own).abs() <= own.abs() * 1e-15;
                let is_near = found[name]
                    .as_f64()
                    .zip(expected.as_f64())
                    .is_some_and(|(found, own)| near(found, own));
                assert!(is_near || found[name] == expected, "{view}.{name}: {cell:?}");
            }
        }
    });
}

#[test]
fn parquet_holds_every_cell_under_its_type() {
    let place = place();
    export(&place, &["--format", "parquet"]);
    each_view(&place, |view, columns, rows| {
        let path = place.path(&format!("touchstone-export/{view}.parquet"));
        let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
        let found: Vec<_> = reader.get_row_iter(None).unwrap().collect();
        assert_eq!(found.len(), rows.len(), "{view}");
        for (found, row) in found.into_iter().zip(rows) {
            for (((name, kind), cell), (column, field)) in
                columns.iter().zip(row).zip(found.unwrap().get_column_iter())
            {
                assert_eq!(name, column);
                assert_eq!(*field, parquet_field(*kind, cell), "{view}.{name}");
            }
        }
    });
}

fn parquet_field(kind: ColumnKind, cell: &Known) -> Field {
    match cell {
        Known::Null => Field::Null,
        Known::Integer(flag) if kind == ColumnKind::Flag => Field::Bool(*flag == 1),
        Known::Integer(number) => Field::Long(*number),
        Known::Real(number) => Field::Double(*number),
        Known::Text(text) => match kind {
            ColumnKind::Moment => {
                let moment = Moment::from_text(text).unwrap();
                Field::TimestampMillis(moment.start().as_millisecond())
            }
            ColumnKind::Day => {
                let at = Moment::from_text(text).unwrap().start().as_second();
                Field::Date(i32::try_from(at / 86_400).unwrap())
            }
            _ => Field::Str(text.clone()),
        },
    }
}

#[test]
fn a_workbook_holds_every_cell_and_no_formula() {
    let place = place();
    export(&place, &["--format", "xlsx"]);
    let bytes = fs::read(place.path("touchstone-export/touchstone.xlsx")).unwrap();
    let mut workbook = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    each_view(&place, |view, columns, rows| {
        let sheet = workbook.worksheet_range(view).unwrap();
        assert_eq!(sheet.rows().count(), rows.len() + 1, "{view}");
        let header: BTreeMap<String, usize> = (0..)
            .zip(sheet.rows().next().unwrap())
            .map(|(at, name)| (name.to_string(), at))
            .collect();
        for (found, row) in sheet.rows().skip(1).zip(rows) {
            for ((name, kind), cell) in columns.iter().zip(row) {
                check_cell(&found[header[name]], *kind, cell, &format!("{view}.{name}"));
            }
        }
        assert!(workbook.worksheet_formula(view).unwrap().is_empty(), "{view}");
    });
}

fn check_cell(found: &Data, kind: ColumnKind, cell: &Known, place: &str) {
    match (found, cell) {
        (Data::Empty, Known::Null) => {}
        (Data::Empty, Known::Text(text)) => assert_eq!(text, "", "{place}"),
        (Data::Bool(flag), Known::Integer(number)) => {
            assert_eq!(i64::from(*flag), *number, "{place}");
        }
        #[expect(clippy::cast_precision_loss, reason = "such numbers are exact")]
        (Data::Float(found), Known::Integer(number)) => {
            assert!((found - *number as f64).abs() < 1e-9, "{place}");
        }
        (Data::Float(found), Known::Real(number)) => {
            assert!((found - number).abs() <= number.abs() * 1e-14, "{place}");
        }
        (Data::DateTime(at), Known::Text(text)) => {
            assert!(matches!(kind, ColumnKind::Day | ColumnKind::Moment), "{place}");
            let start = Moment::from_text(text).unwrap().start();
            // Excel counts days from the end of 1899.
            #[expect(clippy::cast_precision_loss, reason = "milliseconds are exact")]
            let days = start.as_millisecond() as f64 / 86_400_000.0 + 25_569.0;
            assert!((at.as_f64() - days).abs() < 1e-7, "{place}: {text}");
        }
        (Data::String(found), Known::Text(text)) if text.len() < 32_000 => {
            assert_eq!(found, &text.replace("\r\n", "\n"), "{place}");
        }
        (Data::String(found), Known::Text(text)) => {
            assert!(found.encode_utf16().count() <= 32_767, "{place}");
            assert!(text.starts_with(found.strip_suffix('…').unwrap()), "{place}");
        }
        other => assert_eq!(format!("{other:?}"), "", "{place}"),
    }
}

#[test]
fn money_in_a_workbook_stands_in_whole_units_too() {
    let place = place();
    export(&place, &["--format", "xlsx", "--view", "deals"]);
    let bytes = fs::read(place.path("touchstone-export/touchstone.xlsx")).unwrap();
    let mut workbook = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(workbook.sheet_names(), ["deals"]);
    let sheet = workbook.worksheet_range("deals").unwrap();
    let amount = |id: &str| {
        let row = sheet.rows().find(|row| row[2] == Data::String(id.to_owned()));
        row.unwrap()[5..7].to_vec()
    };
    assert_eq!(sheet.rows().next().unwrap()[5], Data::String("amount".to_owned()));
    assert_eq!(amount("666001"), [Data::Float(1234.1), Data::Float(123_410.0)]);
    assert_eq!(amount("666099"), [Data::Float(1235.0), Data::Float(1235.0)]);
}

#[test]
fn what_a_cell_of_a_workbook_cannot_hold_is_said() {
    let place = place();
    let output = place.run(&["export", "--format", "xlsx"]);
    let said = errors(&output);
    assert!(said.contains("deals: 1 text is cut"), "{said}");
}

#[test]
fn no_text_of_a_csv_begins_as_a_formula() {
    let place = place();
    export(&place, &["--format", "csv"]);
    let text = fs::read_to_string(place.path("touchstone-export/deals.csv")).unwrap();
    let names: Vec<String> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|row| row.unwrap()[3].to_owned())
        .collect();
    for name in HOSTILE {
        let neutral = if name.starts_with('<') { String::new() } else { "'".to_owned() };
        assert!(names.contains(&(neutral + name)), "{name}");
    }
}

#[test]
fn every_csv_is_its_view_whether_it_is_read_whole_or_in_parts() {
    let place = place();
    export(&place, &["--format", "csv"]);
    let store = Store::open_to_read(&place.database()).unwrap();
    for view in VIEWS {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(store.view_columns(view).unwrap()).unwrap();
        store
            .each_row::<StoreError>(view, |cells| {
                let text = |cell: &Cell<'_>| match cell {
                    Cell::Null => String::new(),
                    Cell::Integer(number) => number.to_string(),
                    Cell::Real(real) if *real != 0.0 && real.abs() < 1e-4 => {
                        format!("{real:e}")
                    }
                    Cell::Real(real) => real.to_string(),
                    Cell::Text(text) => {
                        let signs = [
                            '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠',
                        ];
                        let mark = if text.starts_with(signs) { "'" } else { "" };
                        format!("{mark}{text}")
                    }
                };
                table.write_record(cells.iter().map(text)).unwrap();
                Ok(())
            })
            .unwrap();
        let expected = table.into_inner().unwrap();
        let name = view.trim_start_matches("v_");
        let found = fs::read(place.path(&format!("touchstone-export/{name}.csv")));
        assert!(found.unwrap() == expected, "{view}");
    }
}

#[test]
fn the_same_database_gives_the_same_bytes() {
    let place = place();
    for format in ["csv", "json", "xlsx", "parquet"] {
        let folder = |name: &str| place.path(&format!("{name}-{format}"));
        for name in ["one", "two"] {
            let folder = folder(name);
            export(&place, &["--format", format, "--out", folder.to_str().unwrap()]);
        }
        let one = files(&folder("one"));
        assert!(!one.is_empty());
        assert!(one == files(&folder("two")), "{format} differs");
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_an_export() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let place = place();
    for format in ["csv", "json", "xlsx", "parquet"] {
        let folder = place.path(format);
        export(&place, &["--format", format, "--out", format]);
        assert_eq!(mode(&folder), 0o700, "{format}");
        for (name, _) in files(&folder) {
            assert_eq!(mode(&folder.join(&name)), 0o600, "{name}");
        }
    }
}

#[test]
fn one_view_goes_to_standard_output_in_every_format() {
    let place = place();
    for format in ["csv", "json", "xlsx", "parquet"] {
        export(&place, &["--format", format]);
        let words = ["export", "--format", format, "--view", "v_funnel", "--out", "-"];
        let output = place.run(&words);
        assert!(output.status.success(), "{}", errors(&output));
        let ending = if format == "json" { "jsonl" } else { format };
        let (_, file) = files(&place.path("touchstone-export"))
            .into_iter()
            .find(|(name, _)| *name == format!("funnel.{ending}"))
            .unwrap_or_default();
        // A workbook of one view has one sheet, not all.
        assert!(format == "xlsx" || output.stdout == file, "{format}");
        assert!(!output.stdout.is_empty(), "{format}");
    }
}

#[test]
fn a_view_that_does_not_exist_is_told_with_the_nearest() {
    let place = place();
    let output = place.run(&["export", "--view", "touchs"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("did you mean \"touches\"?"), "{}", errors(&output));
    let output = place.run(&["export", "--out", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("takes one view"), "{}", errors(&output));
}

#[test]
fn a_closed_pipe_ends_an_export_quietly() {
    let place = place();
    for format in ["csv", "json", "xlsx", "parquet"] {
        let words =
            ["export", "--format", format, "--view", "lead_credits", "--out", "-"];
        let mut child = place.command(&words).stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", errors(&output));
        assert_eq!(errors(&output), "", "{words:?}");
    }
}
