//! What only a whole column can tell: the order of its dates, its decimal mark, how its
//! quotes are quoted, whether its line breaks are wrapped.

use jiff::tz::TimeZone;

use super::{
    Settings,
    amount::{AmountRules, AmountSurvey, DecimalMark},
    date::{self, ColumnDates, DateOrder, DateRules, DateSurvey},
};
use crate::{
    decode::{self, Layout, Quoting, Row, RowFault},
    discover::{Limits, Source},
    recognize::{Amounts, Field, Kind, Known},
};

/// The rules of a file's columns.
pub(super) struct Survey {
    /// How quotes are quoted.
    pub(super) quoting: Quoting,
    /// What was found, as sentences.
    pub(super) notes: Vec<String>,
    dates: Vec<Option<ColumnDates>>,
    amounts: Vec<Option<AmountRules>>,
    wrapped: Vec<usize>,
    any_date: ColumnDates,
    any_amount: AmountRules,
}

impl Survey {
    /// The rules of a column's dates.
    pub(super) fn dates(&self, column: usize) -> &ColumnDates {
        self.dates.get(column).and_then(Option::as_ref).unwrap_or(&self.any_date)
    }

    /// The rules of a column's amounts.
    pub(super) fn amounts(&self, column: usize) -> AmountRules {
        self.amounts.get(column).copied().flatten().unwrap_or(self.any_amount)
    }

    /// Whether every line break inside the column's cells stands between quotes.
    pub(super) fn is_wrapped(&self, column: usize) -> bool {
        self.wrapped.contains(&column)
    }
}

/// Surveys a file; reads it only where its columns leave something to decide.
pub(super) fn file(
    source: &Source,
    limits: Limits,
    known: &Known,
    settings: &Settings,
) -> Survey {
    let mut layout = known.layout.clone();
    let mut pass = Pass::new(known);
    if pass.is_needed() || layout.has_backslash_quote {
        pass.run(source, limits, &layout);
    }
    if layout.has_backslash_quote && 0 < pass.misfits {
        layout.quoting = Quoting::Backslash;
        let mut other = Pass::new(known);
        other.run(source, limits, &layout);
        if other.misfits < pass.misfits {
            pass = other;
        } else {
            layout.quoting = Quoting::Doubled;
        }
    }
    pass.survey(layout.quoting, settings)
}

/// What one reading of a file gathers.
struct Pass<'a> {
    known: &'a Known,
    dates: Vec<(usize, DateSurvey)>,
    amounts: Vec<(usize, AmountSurvey)>,
    wraps: Vec<(usize, Wraps)>,
    /// The column that dates every row, which text in the wrong cell would not fit.
    dated: Option<usize>,
    /// Records that are no rows, and rows whose date is none.
    misfits: u64,
}

/// Line breaks inside the cells of a column.
#[derive(Clone, Copy, Default)]
struct Wraps {
    breaks: u64,
    wrapped: u64,
}

impl<'a> Pass<'a> {
    fn new(known: &'a Known) -> Self {
        let format = known.format;
        let columns = |wanted: &dyn Fn(Kind) -> bool| -> Vec<usize> {
            let bound = known.columns.bound().iter();
            bound
                .filter(|(.., kind)| wanted(*kind))
                .map(|(_, column, _)| *column)
                .collect()
        };
        let is_date = |kind| matches!(kind, Kind::Day | Kind::Moment);
        let dates =
            if format.dates.is_month_first { Vec::new() } else { columns(&is_date) };
        let amounts = match style(known) {
            Amounts::ByColumn
            | Amounts::Abbreviated
            | Amounts::Point
            | Amounts::Comma
            | Amounts::PointWithoutGroups => columns(&|kind| kind == Kind::Amount),
            Amounts::PointOrExponent => Vec::new(),
        };
        let wraps = columns(&|kind| kind == Kind::WrappedText);
        Self {
            known,
            dates: dates
                .into_iter()
                .map(|column| (column, DateSurvey::default()))
                .collect(),
            amounts: amounts
                .into_iter()
                .map(|at| (at, AmountSurvey::default()))
                .collect(),
            wraps: wraps.into_iter().map(|column| (column, Wraps::default())).collect(),
            dated: known.columns.first(Field::Date),
            misfits: 0,
        }
    }

    fn is_needed(&self) -> bool {
        !(self.dates.is_empty() && self.amounts.is_empty() && self.wraps.is_empty())
    }

    /// Surveys the file as far as it can be read; whoever reads it next meets the fault.
    fn run(&mut self, source: &Source, limits: Limits, layout: &Layout) {
        let mut each = |row: Result<Row<'_>, RowFault>| match row {
            Ok(row) => self.row(row),
            Err(_) => self.misfits += 1,
        };
        let surveyed = decode::rows_of(source, limits, layout, &mut each);
        drop(surveyed);
    }

    fn row(&mut self, row: Row<'_>) {
        for (column, survey) in &mut self.dates {
            survey.observe(row.cell(*column));
        }
        for (column, survey) in &mut self.amounts {
            survey.observe(row.cell(*column));
        }
        for (column, wraps) in &mut self.wraps {
            let text = row.cell(*column);
            wraps.breaks += text.matches('\n').count() as u64;
            wraps.wrapped += text.matches("\"\n\"").count() as u64;
            wraps.wrapped += text.matches("\"\r\n\"").count() as u64;
        }
        if let Some(column) = self.dated {
            let month_first = ColumnDates::fixed(DateOrder::MonthDayYear);
            let rules =
                DateRules { column: &month_first, zone: &TimeZone::UTC, is_day: false };
            self.misfits += u64::from(date::read(row.cell(column), &rules).is_err());
        }
    }

    fn survey(self, quoting: Quoting, settings: &Settings) -> Survey {
        let format = self.known.format;
        let width = self.known.layout.header.len();
        let header = &self.known.layout.header;
        // LinkedIn writes the month first in most accounts; a column that says otherwise
        // is believed.
        let usual =
            format.name.starts_with("linkedin-").then_some(DateOrder::MonthDayYear);
        let order = format.dates.order.or(settings.date_order).or(usual);
        let mut notes = Vec::new();
        if quoting == Quoting::Backslash {
            notes.push("quotes inside cells stand behind a backslash".to_owned());
        }
        let mut dates = vec![None; width];
        for (column, survey) in self.dates {
            let decided = survey.decide(order);
            notes.extend(
                decided.notes.iter().map(|note| format!("{}: {note}", header[column])),
            );
            dates[column] = Some(decided);
        }
        let vendor = match style(self.known) {
            Amounts::PointWithoutGroups => AmountRules::POINT_WITHOUT_GROUPS,
            Amounts::PointOrExponent => {
                let plain = AmountRules::POINT_WITHOUT_GROUPS;
                AmountRules { allows_exponent: true, ..plain }
            }
            Amounts::Abbreviated => AmountRules {
                decimal: Some(DecimalMark::Point),
                allows_abbreviation: true,
                ..AmountRules::UNKNOWN
            },
            Amounts::ByColumn => AmountRules::UNKNOWN,
            Amounts::Point => {
                AmountRules { decimal: Some(DecimalMark::Point), ..AmountRules::UNKNOWN }
            }
            Amounts::Comma => {
                AmountRules { decimal: Some(DecimalMark::Comma), ..AmountRules::UNKNOWN }
            }
        };
        let mut amounts = vec![None; width];
        for (column, survey) in self.amounts {
            amounts[column] = match survey.decision() {
                // The vendor's rule stands until a cell shows that others wrote it.
                decimal if !vendor.has_groups => survey
                    .is_foreign()
                    .then_some(AmountRules { decimal, ..AmountRules::UNKNOWN }),
                decision => {
                    decision.map(|mark| AmountRules { decimal: Some(mark), ..vendor })
                }
            };
        }
        let wrapped: Vec<usize> = self
            .wraps
            .iter()
            .filter(|(_, wraps)| 0 < wraps.breaks && wraps.breaks == wraps.wrapped)
            .map(|(column, _)| *column)
            .collect();
        if !wrapped.is_empty() {
            notes.push(
                "line breaks inside cells are wrapped in quotes; unwrapped".to_owned(),
            );
        }
        let any_date = if format.dates.is_month_first {
            ColumnDates::fixed(DateOrder::MonthDayYear)
        } else {
            DateSurvey::default().decide(order)
        };
        Survey { quoting, notes, dates, amounts, wrapped, any_date, any_amount: vendor }
    }
}

/// How amounts are written. A spreadsheet that put semicolons between the cells put its own
/// marks into the numbers too, whatever the vendor writes.
fn style(known: &Known) -> Amounts {
    match known.format.amounts {
        Amounts::PointWithoutGroups if known.layout.delimiter == b';' => {
            Amounts::ByColumn
        }
        style => style,
    }
}
