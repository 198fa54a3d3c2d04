//! The public views as one workbook, a sheet a view.
//!
//! Money stands twice: in whole units with its currency's digits, and in the minor units
//! that the view has, which are exact.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
};

use jiff::{civil::DateTime, tz::Offset};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};

use super::{Export, ExportedView, misfit, plain_name};
use crate::{
    decode::guard,
    domain::{Currency, Moment, count},
    report::{ReportError, csv_tables::is_formula},
    store::{Cell, Column, ColumnKind, Store},
};

/// Rows of a sheet under its header, and UTF-16 units of a cell: Excel has no more.
const MOST_ROWS: u32 = 1_048_575;
const MOST_UNITS: usize = 32_767;

/// Above this Excel rounds whole numbers: they are written as text.
const MOST_EXACT: u64 = 999_999_999_999_999;

/// Writes views as sheets; `path` is what the file is called.
pub(super) fn write(
    store: &Store,
    views: &[&'static str],
    target: &mut (dyn Write + Send),
    path: &Path,
) -> Result<Export, ReportError> {
    // The library gives up by a panic where its own temporary files cannot be written.
    guard::guarded(|| sheets(store, views, target, path)).unwrap_or_else(|| {
        let source = io::Error::other("its sheets cannot be written; is there room?");
        Err(ReportError::Write { path: path.to_path_buf(), source })
    })
}

fn sheets(
    store: &Store,
    views: &[&'static str],
    target: &mut (dyn Write + Send),
    path: &Path,
) -> Result<Export, ReportError> {
    let cannot = |error: XlsxError| {
        let source = match error {
            XlsxError::IoError(error) => error,
            other => io::Error::other(other),
        };
        ReportError::Write { path: path.to_path_buf(), source }
    };
    let mut workbook = Workbook::new();
    // Where the data say nothing else, a file made twice is the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(cannot)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    if let Some(folder) = path.parent().filter(|folder| folder.is_dir()) {
        workbook.set_tempdir(folder).map_err(cannot)?;
    }
    let mut styles = Styles::new();
    let mut export = Export::default();
    for view in views.iter().copied() {
        let mut sheets =
            Sheets::new(&mut workbook, &mut styles, store.columns(view)?, view);
        store.each_row(view, |cells| sheets.row(cells, MOST_ROWS, &cannot))?;
        let rows = sheets.finish().map_err(cannot)?;
        export.notes.append(&mut sheets.notes());
        export.views.push(ExportedView { view, path: path.to_path_buf(), rows });
    }
    workbook.save_to_writer(target).map_err(cannot)?;
    Ok(export)
}

/// How cells look.
struct Styles {
    header: Format,
    count: Format,
    day: Format,
    instant: Format,
    /// Text that must stay text when somebody edits it.
    quoted: Format,
    money: BTreeMap<String, Format>,
}

impl Styles {
    fn new() -> Self {
        let number = |format: &str| Format::new().set_num_format(format);
        Self {
            header: Format::new().set_bold(),
            count: number("#,##0"),
            day: number("yyyy-mm-dd"),
            instant: number("yyyy-mm-dd hh:mm:ss"),
            quoted: Format::new().set_quote_prefix(),
            money: BTreeMap::new(),
        }
    }

    fn money(&mut self, currency: Currency) -> &Format {
        self.money.entry(currency.code().to_owned()).or_insert_with(|| {
            let digits = currency.minor_digits() as usize;
            let number = match digits {
                0 => "#,##0".to_owned(),
                _ => format!("#,##0.{:0<digits$}", ""),
            };
            Format::new().set_num_format(if currency == Currency::UNKNOWN {
                number
            } else {
                format!("[${}] {number}", currency.code())
            })
        })
    }
}

/// A column of a sheet.
struct SheetColumn {
    name: String,
    /// Which cell of the view it shows.
    cell: usize,
    shows: Shows,
}

#[derive(Clone, Copy)]
enum Shows {
    /// The cell as it is.
    Cell(ColumnKind),
    /// Whole units of the currency that another cell names.
    Money(usize),
}

/// The sheets of one view: one, and another for each million rows more.
struct Sheets<'a> {
    workbook: &'a mut Workbook,
    styles: &'a mut Styles,
    columns: Vec<SheetColumn>,
    name: &'a str,
    /// Rows of all sheets, and of the last one; there is none before the first row.
    rows: u64,
    on_sheet: u32,
    count: usize,
    cut: u64,
}

impl<'a> Sheets<'a> {
    fn new(
        workbook: &'a mut Workbook,
        styles: &'a mut Styles,
        columns: Vec<Column>,
        view: &'a str,
    ) -> Self {
        let columns = sheet_columns(columns);
        let name = plain_name(view);
        Self { workbook, styles, columns, name, rows: 0, on_sheet: 0, count: 0, cut: 0 }
    }

    fn row(
        &mut self,
        cells: &[Cell<'_>],
        most: u32,
        cannot: &impl Fn(XlsxError) -> ReportError,
    ) -> Result<(), ReportError> {
        if self.count == 0 || self.on_sheet == most {
            self.begin().map_err(cannot)?;
        }
        self.on_sheet += 1;
        self.rows += 1;
        let at = self.on_sheet;
        let sheet = last(self.workbook).map_err(cannot)?;
        for (number, column) in (0..).zip(&self.columns) {
            let place = (at, number);
            let cell = &cells[column.cell];
            match column.shows {
                Shows::Money(currency) => {
                    let code =
                        if let Cell::Text(code) = cells[currency] { code } else { "" };
                    money(sheet, self.styles, place, cell, code).map_err(cannot)?;
                }
                Shows::Cell(kind) => {
                    let written = plain(sheet, self.styles, place, cell, column, kind)?;
                    self.cut += u64::from(written.map_err(cannot)?);
                }
            }
        }
        Ok(())
    }

    /// Begins a sheet, with a header that stays in sight.
    fn begin(&mut self) -> Result<(), XlsxError> {
        self.end()?;
        self.count += 1;
        self.on_sheet = 0;
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(match self.count {
            1 => self.name.to_owned(),
            number => format!("{} {number}", self.name),
        })?;
        sheet.set_freeze_panes(1, 0)?;
        for (number, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(number, width(column))?;
            sheet.write_string_with_format(
                0,
                number,
                &column.name,
                &self.styles.header,
            )?;
        }
        Ok(())
    }

    /// Ends the last sheet: its rows can be filtered.
    fn end(&mut self) -> Result<(), XlsxError> {
        if 0 < self.count {
            let width = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
            let sheet = last(self.workbook)?;
            sheet.autofilter(0, 0, self.on_sheet, width.saturating_sub(1))?;
        }
        Ok(())
    }

    /// A view without rows has a sheet too. Returns the number of rows.
    fn finish(&mut self) -> Result<u64, XlsxError> {
        if self.count == 0 {
            self.begin()?;
        }
        self.end()?;
        Ok(self.rows)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if 1 < self.count {
            notes.push(format!(
                "{}: {} rows stand on {} sheets, since a sheet holds 1,048,576",
                self.name, self.rows, self.count
            ));
        }
        if 0 < self.cut {
            notes.push(format!(
                "{}: {} cut, since a cell holds 32,767 characters; csv, json and parquet hold \
                 all of it",
                self.name,
                count(self.cut, "text is", "texts are")
            ));
        }
        notes
    }
}

fn last(workbook: &mut Workbook) -> Result<&mut Worksheet, XlsxError> {
    let count = workbook.worksheets().len();
    workbook.worksheet_from_index(count.saturating_sub(1))
}

/// Every column of the view, and whole units before those of money.
fn sheet_columns(columns: Vec<Column>) -> Vec<SheetColumn> {
    let named = |name: &str| columns.iter().position(|column| column.name == name);
    // Amounts in a currency of their own name it: `counted_minor` and `counted_currency`.
    let currency_of = |column: &Column| {
        let units = column.name.strip_suffix("_minor")?;
        let own = named(&format!("{units}_currency")).or_else(|| named("currency"))?;
        Some((units.to_owned(), own))
    };
    let money: Vec<_> = columns.iter().map(currency_of).collect();
    let mut all = Vec::new();
    for (cell, (column, money)) in columns.into_iter().zip(money).enumerate() {
        if let Some((name, currency)) = money {
            all.push(SheetColumn { name, cell, shows: Shows::Money(currency) });
        }
        let shows = Shows::Cell(column.kind);
        all.push(SheetColumn { name: column.name, cell, shows });
    }
    all
}

fn width(column: &SheetColumn) -> f64 {
    let long = ["text", "sentence", "reason", "evidence", "counts"];
    let links = ["url", "post_urn", "source_file", "sha256"];
    let least = match column.shows {
        Shows::Money(_) => 16.0,
        Shows::Cell(ColumnKind::Moment) => 19.0,
        Shows::Cell(ColumnKind::Day) => 11.0,
        Shows::Cell(ColumnKind::Text) if long.contains(&column.name.as_str()) => 60.0,
        Shows::Cell(ColumnKind::Text) if links.contains(&column.name.as_str()) => 38.0,
        Shows::Cell(ColumnKind::Text) => 18.0,
        Shows::Cell(_) => 9.0,
    };
    // The arrow of the filter takes the room of three letters.
    let header = u16::try_from(column.name.len() + 3).map_or(least, f64::from);
    header.max(least)
}

fn money(
    sheet: &mut Worksheet,
    styles: &mut Styles,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    code: &str,
) -> Result<(), XlsxError> {
    let Cell::Integer(minor) = *cell else { return Ok(()) };
    let currency = Currency::from_code(code).unwrap_or(Currency::UNKNOWN);
    #[expect(clippy::cast_precision_loss, reason = "it is shown; minor stands beside it")]
    let units = minor as f64 / f64::from(10_u32.pow(currency.minor_digits()));
    sheet.write_number_with_format(row, column, units, styles.money(currency))?;
    Ok(())
}

/// Writes a cell as what its column holds, and says whether it had to be cut.
fn plain(
    sheet: &mut Worksheet,
    styles: &Styles,
    (row, at): (u32, u16),
    cell: &Cell<'_>,
    column: &SheetColumn,
    kind: ColumnKind,
) -> Result<Result<bool, XlsxError>, ReportError> {
    let done = |written: Result<&mut Worksheet, XlsxError>| Ok(written.map(|_| false));
    match (kind, cell) {
        (_, Cell::Null) => Ok(Ok(false)),
        (ColumnKind::Flag, Cell::Integer(flag @ 0..=1)) => {
            done(sheet.write_boolean(row, at, *flag == 1))
        }
        (_, Cell::Integer(number)) if MOST_EXACT < number.unsigned_abs() => {
            done(sheet.write_string(row, at, number.to_string()))
        }
        (_, Cell::Integer(number)) => {
            #[expect(clippy::cast_precision_loss, reason = "larger ones are text")]
            let number = *number as f64;
            if is_count(&column.name) {
                done(sheet.write_number_with_format(row, at, number, &styles.count))
            } else {
                done(sheet.write_number(row, at, number))
            }
        }
        // Excel knows no infinity.
        (_, Cell::Real(number)) if !number.is_finite() => {
            done(sheet.write_string(row, at, number.to_string()))
        }
        (_, Cell::Real(number)) => done(sheet.write_number(row, at, *number)),
        (ColumnKind::Day | ColumnKind::Moment, Cell::Text(text)) => {
            let moment = Moment::from_text(text).ok_or_else(|| misfit("moment", text))?;
            Ok(instant(sheet, styles, (row, at), moment, text).map(|()| false))
        }
        (_, Cell::Text(text)) => {
            let (text, is_cut) = fitting(text);
            let written = if is_formula(&text) {
                sheet.write_string_with_format(row, at, text, &styles.quoted)
            } else {
                sheet.write_string(row, at, text)
            };
            Ok(written.map(|_| is_cut))
        }
    }
}

/// Whether digits are grouped: ids and lines are names rather than counts.
fn is_count(name: &str) -> bool {
    !name.ends_with("_id") && !name.ends_with("line")
}

/// A day or an instant as Excel's own, which begin in 1900; others as text.
fn instant(
    sheet: &mut Worksheet,
    styles: &Styles,
    (row, column): (u32, u16),
    moment: Moment,
    text: &str,
) -> Result<(), XlsxError> {
    let format = match moment {
        Moment::Day(_) => &styles.day,
        Moment::Instant(_) => &styles.instant,
    };
    match excel(Offset::UTC.to_datetime(moment.start())) {
        Some(at) => sheet.write_datetime_with_format(row, column, &at, format)?,
        None => sheet.write_string(row, column, text)?,
    };
    Ok(())
}

fn excel(at: DateTime) -> Option<ExcelDateTime> {
    let year =
        u16::try_from(at.year()).ok().filter(|year| (1901..=9999).contains(year))?;
    let part = |number: i8| u8::try_from(number).unwrap_or(0);
    let day = ExcelDateTime::from_ymd(year, part(at.month()), part(at.day())).ok()?;
    let milliseconds = u16::try_from(at.millisecond()).unwrap_or(0);
    let hour = u16::from(part(at.hour()));
    day.and_hms_milli(hour, part(at.minute()), part(at.second()), milliseconds).ok()
}

/// As much of a text as a cell holds, and whether it was cut.
fn fitting(text: &str) -> (String, bool) {
    if text.len() <= MOST_UNITS || text.encode_utf16().count() <= MOST_UNITS {
        return (text.to_owned(), false);
    }
    let mut units = 1;
    let kept = text.chars().take_while(|character| {
        units += character.len_utf16();
        units <= MOST_UNITS
    });
    (kept.chain(['…']).collect(), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_a_cell_ends() {
        let check = |text: &str, units, is_cut| {
            let (fitted, was_cut) = fitting(text);
            assert_eq!((fitted.encode_utf16().count(), was_cut), (units, is_cut));
        };
        check("short", 5, false);
        check(&"x".repeat(MOST_UNITS), MOST_UNITS, false);
        check(&"x".repeat(MOST_UNITS + 1), MOST_UNITS, true);
        // Two units each: the last one that would stick out is left out whole.
        check(&"🏠".repeat(20_000), MOST_UNITS, true);
    }

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        let mut styles = Styles::new();
        let mut check = |code, expected| {
            let currency = Currency::from_code(code).unwrap();
            let format = Format::new().set_num_format(expected);
            assert_eq!(styles.money(currency), &format, "{code}");
        };
        check("AUD", "[$AUD] #,##0.00");
        check("JPY", "[$JPY] #,##0");
        check("KWD", "[$KWD] #,##0.000");
        check("XXX", "#,##0.00");
    }

    #[test]
    fn a_view_of_more_rows_than_a_sheet_holds_goes_on_on_another() {
        let (mut workbook, mut styles) = (Workbook::new(), Styles::new());
        let column = Column { name: "step".to_owned(), kind: ColumnKind::Text };
        let mut sheets =
            Sheets::new(&mut workbook, &mut styles, vec![column], "v_funnel");
        let cannot = |error: XlsxError| ReportError::Write {
            path: "funnel".into(),
            source: io::Error::other(error),
        };
        for _ in 0..5 {
            sheets.row(&[Cell::Text("read")], 2, &cannot).unwrap();
        }
        assert_eq!(sheets.finish().unwrap(), 5);
        let notes = sheets.notes();
        assert!(notes[0].starts_with("funnel: 5 rows stand on 3 sheets"), "{notes:?}");
        let names: Vec<String> =
            workbook.worksheets().iter().map(Worksheet::name).collect();
        assert_eq!(names, ["funnel", "funnel 2", "funnel 3"]);
    }
}
