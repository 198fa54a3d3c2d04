//! Dates and amounts by the rules of their columns.

use jiff::{Timestamp, civil::Date};

use super::Context;
use crate::{
    decode::Row,
    domain::{Currency, Moment},
    normalize::{
        amount::{self, Amount, AmountFault},
        date::{self, DateNote},
    },
    recognize::{Field, Kind},
};

/// What is noted of amounts in a currency that is not listed.
pub(in crate::normalize) const UNKNOWN_CURRENCIES: &str = "{currency is|currencies are} none \
     that is known; {its amount has|their amounts have} none";

/// A cell that was read as a date, without anything to note.
pub(super) struct LastDate {
    column: usize,
    is_day: bool,
    cell: String,
    moment: Moment,
}

impl Context<'_> {
    /// Reads the date of a field; one that cannot be read is rejected.
    pub(in crate::normalize) fn moment(
        &mut self,
        row: &Row<'_>,
        field: Field,
    ) -> Option<Moment> {
        self.date(row, field, false)
    }

    /// Reads the instant of a field; a day alone is its midnight in UTC.
    pub(in crate::normalize) fn instant(
        &mut self,
        row: &Row<'_>,
        field: Field,
    ) -> Option<Timestamp> {
        self.moment(row, field).map(Moment::start)
    }

    /// Reads the day of a field; a time beside it says nothing.
    pub(in crate::normalize) fn day(
        &mut self,
        row: &Row<'_>,
        field: Field,
    ) -> Option<Date> {
        self.date(row, field, true).map(Moment::day)
    }

    fn date(&mut self, row: &Row<'_>, field: Field, is_day: bool) -> Option<Moment> {
        let column = self.fields.taken(row, field)?;
        let rules = self.fields.date_rules(column, is_day);
        let (is_day, cell) = (rules.is_day, row.cell(column));
        if let Some(last) = &self.last_date
            && (last.column, last.is_day, last.cell.as_str()) == (column, is_day, cell)
        {
            return Some(last.moment);
        }
        match date::read(cell, &rules) {
            Ok(read) => {
                let read = read?;
                if let Some(note) = read.note {
                    let (count, _) = self
                        .date_notes
                        .entry(DateNote::words(note))
                        .or_insert((0, row.line));
                    *count += 1;
                } else {
                    // Its room is used again: most rows of some lists have dates of their own.
                    let last = self.last_date.take();
                    let mut kept = last.map(|last| last.cell).unwrap_or_default();
                    cell.clone_into(&mut kept);
                    let moment = read.moment;
                    self.last_date =
                        Some(LastDate { column, is_day, cell: kept, moment });
                }
                Some(read.moment)
            }
            Err(fault) => {
                self.reject_cell(row, column, &fault.to_string());
                None
            }
        }
    }

    /// Reads the amount of a field; one that cannot be read is rejected.
    pub(in crate::normalize) fn amount(
        &mut self,
        row: &Row<'_>,
        field: Field,
        row_currency: Option<Currency>,
    ) -> Option<Amount> {
        let column = self.fields.taken(row, field)?;
        let hundredths = if self.fields.kind(column) == Kind::Cents { 2 } else { 0 };
        match amount::read(
            row.cell(column),
            self.fields.survey.amounts(column),
            row_currency,
        ) {
            Ok(amount) => {
                amount.map(|one| Amount { scale: one.scale + hundredths, ..one })
            }
            Err(fault) => {
                self.reject_cell(row, column, &fault.to_string());
                None
            }
        }
    }

    /// Minor units and currency of an amount: its own, the row's, or the one given.
    pub(in crate::normalize) fn minor(
        &mut self,
        row: &Row<'_>,
        field: Field,
        row_currency: Option<Currency>,
    ) -> Option<(i64, Currency)> {
        let amount = self.amount(row, field, row_currency)?;
        let column = self.fields.taken(row, field);
        let named = column.and_then(|at| self.header_currency.get(at).copied()?);
        if let Some(named) = named {
            if let Some(other) =
                amount.currency.or(row_currency).filter(|it| *it != named)
            {
                let fault = AmountFault::OtherHeader(other, named);
                self.reject_cell(row, column?, &fault.to_string());
                return None;
            }
            let words =
                "{amount has|amounts have} the currency that {its|their} header names";
            self.note_counted(words, u64::from(amount.currency.is_none()));
        }
        let currency = amount
            .currency
            .or(named)
            .or(row_currency)
            .or_else(|| Currency::from_code(self.crm().currency))
            .or(self.given_currency)
            .unwrap_or(Currency::UNKNOWN);
        if amount.currency == Some(Currency::UNKNOWN) {
            self.note_counted(UNKNOWN_CURRENCIES, 1);
        }
        let Some((minor, is_rounded)) = amount.minor(currency) else {
            self.reject_cell(row, column?, &AmountFault::TooLarge.to_string());
            return None;
        };
        if is_rounded {
            self.note_counted(
                "{amount|amounts} had more digits than {its|their} currency; rounded",
                1,
            );
        }
        Some((minor, currency))
    }
}
