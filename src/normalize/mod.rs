//! Cells and a format become facts and rejections.
//!
//! [`file()`] reads one recognized file to its end. Where a column decides how its cells read
//! (the order of dates, the decimal mark), a first pass surveys it; the second makes facts.
//! A cell that cannot be read is rejected and the row kept without it; a row is lost only
//! where it cannot be told what it speaks of.

pub mod amount;
pub mod company;
pub mod date;
pub mod email;
pub mod fold;
pub mod link;
pub mod name;
pub mod null;
pub mod phone;

mod account;
mod advertising;
mod archive;
mod cells;
mod contact;
mod context;
mod count;
mod crm;
mod currency;
mod deal;
mod engager;
mod interned;
mod label;
mod long_cells;
mod message;
mod named;
mod post_numbers;
mod profile;
mod statement;
mod survey;

use std::{collections::BTreeMap, io, sync::Arc};

use jiff::tz::TimeZone;

use crate::{
    decode::{self, Listed, Row, RowFault},
    discover::{Limits, Source},
    domain::{Currency, DealStatus, Facts, Rejection, Unused, Word},
    recognize::{Format, Known, Record, Registry},
};

pub use crm::{ERASED, erased_id, is_erased_id, is_made_of, stage_key, usual_status};
pub use named::is_rounded;

use self::{context::Context, date::DateOrder};

/// What the user says about exports that do not say it themselves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The zone of times that state none.
    pub zone: TimeZone,
    /// The order of dates in columns that do not decide it.
    pub date_order: Option<DateOrder>,
    /// The currency of amounts that state none.
    pub currency: Option<Currency>,
    /// How deals stand at stages that no flag and no word of the vendor tells, by the
    /// stage's name in lower case, without punctuation ([`stage_key`]).
    pub stages: BTreeMap<String, DealStatus>,
    /// The formats that are known, those of the user's own among them.
    pub registry: Registry,
}

impl Settings {
    /// Nothing is said: UTC, and what the exports tell themselves.
    pub fn plain() -> Self {
        Self {
            zone: TimeZone::UTC,
            date_order: None,
            currency: None,
            stages: BTreeMap::new(),
            registry: Registry::default(),
        }
    }

    /// Names what decides how a file of a format reads, so that it is read again where that
    /// has changed.
    pub fn fingerprint(&self, format: &Format, limits: &Limits) -> String {
        let zone = self.zone.iana_name().unwrap_or("fixed");
        let order = self.date_order.map_or("column", DateOrder::word);
        let currency = self.currency.unwrap_or(Currency::UNKNOWN);
        // Raise the number when a release reads more or otherwise from the same bytes.
        let stages: Vec<String> = self
            .stages
            .iter()
            .map(|(stage, status)| format!(" {stage}={}", status.word()))
            .collect();
        let configured = self.registry.mark(format);
        let configured = configured
            .map(|mark| format!(" as {} {mark}", format.name))
            .unwrap_or_default();
        let Limits { record_bytes, cell_bytes, rejections, .. } = limits;
        let limits = format!("{record_bytes} {cell_bytes} {rejections}");
        format!("8 {zone} {order} {currency} {limits}{}{configured}", stages.concat())
    }
}

/// A part of what a file states, handed on while it is read.
#[derive(Debug, Default)]
pub struct Batch {
    /// The facts.
    pub facts: Facts,
    /// What else is written.
    pub unused: Unused,
    /// What could not be used.
    pub rejections: Vec<Rejection>,
}

impl Batch {
    /// How many facts and rejections it holds.
    pub fn len(&self) -> usize {
        self.facts.len() + self.unused.given_reactions.len() + self.rejections.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What is known of a file once it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rows below the header.
    pub rows_read: u64,
    /// Rows that became facts.
    pub rows_kept: u64,
    /// Rows that were rejected whole.
    pub rows_rejected: u64,
    /// The newest instant at which something is recorded as having happened, in Unix
    /// milliseconds.
    pub newest_ms: Option<i64>,
    /// What was assumed or passed over, as sentences.
    pub notes: Vec<String>,
    /// Why nothing was read behind the last row, where the file breaks off.
    pub fault: Option<String>,
}

impl Outcome {
    /// Says that the file breaks off, where it does.
    pub fn broken_off(&self) -> Option<Rejection> {
        let fault = self.fault.as_ref()?;
        let reason = format!("the file breaks off: {fault}; what stands before was read");
        Some(Rejection { line: 0, column: None, text: "".into(), reason: reason.into() })
    }
}

/// Facts handed on at once: enough to keep the writer busy, little enough to hold.
const BATCH_FACTS: usize = 4096;

/// Reads a file and hands its facts on in batches, in the order of its lines.
///
/// A file that breaks off is read so far; where the system cannot read it, nothing of what
/// was handed on is to be kept.
pub fn file(
    source: &Source,
    limits: Limits,
    known: &Known,
    source_file_id: u32,
    settings: &Settings,
    emit: &mut dyn FnMut(Batch),
) -> io::Result<Outcome> {
    let survey = survey::file(source, limits, known, settings);
    let mut layout = known.layout.clone();
    layout.quoting = survey.quoting;
    let context = Context::new(known, source_file_id, settings, &survey);
    let mut reading =
        Reading { context, cell_bytes: limits.cell_bytes, rows_rejected: 0, emit };
    let read = decode::rows_of(source, limits, &layout, &mut reading);
    let Reading { mut context, rows_rejected, emit, .. } = reading;
    let fault = match read {
        Ok(passed_over) => {
            context.note_passed_over(passed_over);
            None
        }
        Err(error) if error.raw_os_error().is_some() => return Err(error),
        Err(error) => Some(error.to_string()),
    };
    archive::finish(&mut context);
    emit(context.take_batch());
    Ok(Outcome { fault, ..context.outcome(rows_rejected) })
}

/// A file whose rows are read.
struct Reading<'a> {
    context: Context<'a>,
    cell_bytes: u64,
    rows_rejected: u64,
    emit: &'a mut dyn FnMut(Batch),
}

impl<'a> decode::Reader for Reading<'a> {
    type Told = engager::Told;

    fn read(&mut self, record: Result<Row<'_>, RowFault>, told: Option<engager::Told>) {
        let context = &mut self.context;
        if crm::is_passed_over(context, &record) {
            return;
        }
        context.rows_read += 1;
        if !one_row(context, self.cell_bytes, record, told) {
            self.rows_rejected += 1;
        }
        if BATCH_FACTS <= context.batch.len() {
            (self.emit)(context.take_batch());
        }
    }

    fn teller(&self) -> impl Fn(&Row<'_>) -> Option<engager::Told> + Send + use<'a> {
        let is_engager = self.context.known.format.record() == Some(Record::Engager);
        let (fields, most_bytes) = (Arc::clone(self.context.fields()), self.cell_bytes);
        // A row of which cells may be left out tells nothing.
        move |row| {
            (is_engager && row.bytes() <= most_bytes)
                .then(|| engager::Told::of(&fields, row))
        }
    }

    fn expect(&mut self, told: impl Iterator<Item = engager::Told>) {
        engager::expect(&self.context, told);
    }
}

/// Reads one row; false where it is rejected whole.
fn one_row(
    context: &mut Context<'_>,
    cell_bytes: u64,
    row: Result<Row<'_>, RowFault>,
    told: Option<engager::Told>,
) -> bool {
    let row = match row {
        Ok(row) => row,
        Err(fault) => {
            context.reject_row(fault.line, &fault.text, &fault.reason);
            return false;
        }
    };
    let Some(record) = context.known.format.record() else { return true };
    let mut kept = Listed::default();
    let row = long_cells::leave_out(context, row, cell_bytes, &mut kept);
    context.note_twins(&row);
    match read(record, context, row, told) {
        Ok(()) => true,
        Err(reason) => {
            let text = row.cells().collect::<Vec<_>>().join(",");
            context.reject_row(row.line, &text, &reason);
            false
        }
    }
}

/// Takes from a row what its kind of record holds.
fn read(
    record: Record,
    context: &mut Context<'_>,
    row: Row<'_>,
    told: Option<engager::Told>,
) -> RowResult {
    match record {
        Record::Profile => archive::profile(context, row),
        Record::EmailAddress => archive::email_address(context, row),
        Record::Position => {
            archive::position(context, row);
            Ok(())
        }
        Record::Connection => {
            archive::connection(context, row);
            Ok(())
        }
        Record::Share => archive::share(context, row),
        Record::OwnComment => {
            archive::own_comment(context, row);
            Ok(())
        }
        Record::GivenReaction => {
            archive::given_reaction(context, row);
            Ok(())
        }
        Record::Invitation => archive::invitation(context, row),
        Record::Message => {
            message::message(context, row);
            Ok(())
        }
        Record::Engager => engager::engager(context, row, told),
        Record::Label => label::label(context, row),
        Record::Contact => contact::contact(context, row),
        Record::Deal => deal::deal(context, row),
        Record::PostNumbers => post_numbers::post(context, row),
        Record::TopPosts => {
            post_numbers::top_posts(context, row);
            Ok(())
        }
        Record::Period => {
            post_numbers::period(context, row);
            Ok(())
        }
        Record::AdDay => {
            advertising::ad_day(context, row);
            Ok(())
        }
        Record::FormLead => advertising::form_lead(context, row),
        Record::Article => advertising::article(context, row),
        Record::ContactWithDeal => deal::of_contact(context, row),
        Record::Account => account::account(context, row),
        Record::User
        | Record::Campaign
        | Record::CampaignMember
        | Record::ContactRole
        | Record::Activity
        | Record::StageHistory
        | Record::PropertyHistory => statement::statement(context, record, row),
    }
}

/// A row rejected whole: why.
type RowResult = Result<(), String>;

#[cfg(test)]
mod tests;
