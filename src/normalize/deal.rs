//! Deals of a CRM.

use super::{
    RowResult, amount, contact,
    context::{Context, UNKNOWN_CURRENCIES},
    crm, currency, email,
    fold::fold,
    null,
};
use crate::{
    decode::Row,
    domain::{AmountKind, Currency, Deal, DealStatus, LinkKind, Moment, Subject},
    recognize::{DEAL_FIELDS, Field},
};

/// The part of a line that is a deal beside a person.
const BESIDE_PERSON: u8 = 15;

/// One deal with the persons and companies that it names.
pub(super) fn deal(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    crm::refuse_subtotal(&row)?;
    let created_at = context.moment(&row, Field::CreatedAt);
    let remote_id = match crm::own_id(context, &row)? {
        Some(id) => id,
        None => nameless(context, &row, created_at)?,
    };
    if contact::is_gone(context, &row, Subject::Deal, &remote_id) {
        return Ok(());
    }
    record(context, &row, 0, remote_id, created_at);
    links(context, &row, 0);
    contact::links(context, &row, 0, Field::MergedIds, LinkKind::MergedId);
    for id in crm::other_ids(context, &row) {
        contact::link(context, &row, 0, LinkKind::OtherId, &id);
    }
    contact::evidence(context, &row);
    Ok(())
}

/// A person, and the deal of theirs that stands in the same row, if one does.
pub(super) fn of_contact(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let Some((remote_id, created_at)) = contact::record(context, &row)? else {
        return Ok(());
    };
    if DEAL_FIELDS.iter().any(|field| context.value(&row, *field).is_some()) {
        record(context, &row, BESIDE_PERSON, remote_id.clone(), created_at);
        contact::link(context, &row, BESIDE_PERSON, LinkKind::ContactId, &remote_id);
    }
    Ok(())
}

/// What is noted of deals without an id.
const NAMELESS: &str = "{deal has|deals have} no id: a deal's name stands for it, so that \
                        one that is called otherwise in another export is another deal";

/// What stands for a deal without an id: its name, and when it was made.
fn nameless(
    context: &mut Context<'_>,
    row: &Row<'_>,
    created_at: Option<Moment>,
) -> Result<Box<str>, String> {
    let name = context.value(row, Field::Name).ok_or("the record has no id")?;
    let name = match created_at {
        Some(created_at) => format!("{name}, {}", created_at.text()),
        None => name.to_owned(),
    };
    context.note_counted(NAMELESS, 1);
    Ok(crm::stand_in(context, &name))
}

fn record(
    context: &mut Context<'_>,
    row: &Row<'_>,
    part: u8,
    remote_id: Box<str>,
    created_at: Option<Moment>,
) {
    let row_currency = row_currency(context, row);
    let (status, is_status_inferred) = status(context, row);
    let loan = context.minor(row, Field::LoanAmount, row_currency);
    let (measured, amount_kind) = measured(context, row, status, row_currency, loan);
    let period = context.value(row, Field::Period).map(crm::stage_key);
    let is_recurring = period.is_some_and(|period| {
        ["monthly", "annual", "annually", "yearly", "quarterly"]
            .contains(&period.as_str())
    });
    let amount_kind = if is_recurring { AmountKind::Recurring } else { amount_kind };
    let changed_at = context.moment(row, Field::ChangedAt);
    let funded_at = context.moment(row, Field::FundedAt);
    let close = context.moment(row, Field::ClosedAt);
    context.saw(created_at.map(Moment::start));
    context.saw(changed_at.map(Moment::start));
    // A deal beside a person may have no name of its own.
    let company = (part == BESIDE_PERSON).then(|| context.value(row, Field::Company));
    let name = context.value(row, Field::Name).or(company.flatten());
    let is_over = matches!(status, DealStatus::Won | DealStatus::Lost);
    let deal = Deal {
        place: context.place(row, part),
        remote_id,
        name: name.map(Into::into),
        stage: stage(context, row).map(Into::into),
        status,
        is_status_inferred,
        amount_minor: measured.map(|(minor, _)| minor),
        currency: measured
            .or(loan)
            .map(|(_, currency)| currency)
            .or(row_currency)
            .unwrap_or(Currency::UNKNOWN),
        amount_kind,
        loan_minor: loan.map(|(minor, _)| minor),
        created_at,
        closed_at: funded_at.or(close).filter(|_| is_over),
        changed_at,
        owner: contact::owner(context, row),
    };
    context.batch.facts.deals.push(deal);
}

/// The row's currency, by its code or name.
fn row_currency(context: &mut Context<'_>, row: &Row<'_>) -> Option<Currency> {
    let cell = context.value(row, Field::Currency)?;
    let named = currency::named(cell);
    // A dollar sign is known, and leaves open which dollar.
    let is_shared = amount::symbol(cell) == Some(None);
    if named.is_none_or(|named| named == Currency::UNKNOWN) && !is_shared {
        context.note_counted(UNKNOWN_CURRENCIES, 1);
    }
    named
}

/// The amount that the deal counts by, and what it measures. A file without revenue counts
/// by what it has; amounts of two kinds never stand for one another.
fn measured(
    context: &mut Context<'_>,
    row: &Row<'_>,
    status: DealStatus,
    row_currency: Option<Currency>,
    loan: Option<(i64, Currency)>,
) -> (Option<(i64, Currency)>, AmountKind) {
    const OTHERS: [(Field, AmountKind); 4] = [
        (Field::Commission, AmountKind::Commission),
        (Field::Recurring, AmountKind::Recurring),
        (Field::LoanAmount, AmountKind::Loan),
        (Field::PropertyPrice, AmountKind::PropertyPrice),
    ];
    if context.has(Field::Amount) || context.has(Field::ActualAmount) {
        let actual = (status == DealStatus::Won)
            .then(|| context.minor(row, Field::ActualAmount, row_currency))
            .flatten();
        let amount = actual.or_else(|| context.minor(row, Field::Amount, row_currency));
        return (amount, context.crm().amount_kind);
    }
    match OTHERS.iter().find(|(field, _)| context.has(*field)) {
        Some((Field::LoanAmount, kind)) => (loan, *kind),
        Some((field, kind)) => (context.minor(row, *field, row_currency), *kind),
        None => (None, context.crm().amount_kind),
    }
}

/// The persons and companies that a deal names.
fn links(context: &mut Context<'_>, row: &Row<'_>, part: u8) {
    let ids = crm::ids(context, row, Field::ContactIds);
    for id in &ids {
        contact::link(context, row, part, LinkKind::ContactId, id);
    }
    contact::links(context, row, part, Field::AccountIds, LinkKind::AccountId);
    for address in contact::addresses(context, row, Field::ContactEmails) {
        contact::link(context, row, part, LinkKind::ContactEmail, &address);
    }
    let names = context.value(row, Field::ContactNames).unwrap_or("");
    // A comma stands between names only where there are as many ids.
    let several = names.matches(',').count() + 1 == ids.len();
    let between = |c: char| c == ';' || (c == ',' && several);
    for name in names.split(between).map(str::trim) {
        if let Some(address) = address_of(name) {
            contact::link(context, row, part, LinkKind::ContactEmail, &address);
        } else if !null::is_null_word(name) {
            contact::link(context, row, part, LinkKind::ContactName, name);
        }
    }
    let accounts = context.value(row, Field::AccountNames).unwrap_or("");
    for account in accounts.split(';').map(without_domain).filter(|name| !name.is_empty())
    {
        contact::link(context, row, part, LinkKind::AccountName, account);
    }
}

/// Open, won or lost, and whether that is inferred: flags decide; then the day on which the
/// money went out; then the words of a status, and what the user says of it; then those of a
/// stage and of a forecast, and what the user says of the stage. A probability of 1 or 0 only
/// where the vendor couples it to the stage, and there is no flag.
fn status(context: &mut Context<'_>, row: &Row<'_>) -> (DealStatus, bool) {
    if let Some(status) = flagged(context, row) {
        return (status, false);
    }
    let told = |text: &str| context.stages.get(&crm::stage_key(text)).copied();
    let words = crm_words(context, row, Field::Status)
        .or_else(|| context.value(row, Field::Status).and_then(told));
    let is_funded = context.value(row, Field::FundedAt).is_some_and(|text| text != "//");
    // Loans keep their milestone after the money went out; in a table of nobody's own a deal
    // that was won may be lost since.
    if is_funded && !(words == Some(DealStatus::Lost) && context.crm().is_generic) {
        return (DealStatus::Won, false);
    }
    if let Some(status) = words {
        return (status, false);
    }
    let probability: Option<f64> =
        context.value(row, Field::Probability).and_then(|text| text.parse().ok());
    match probability {
        Some(1.0) => return (DealStatus::Won, true),
        Some(0.0) => return (DealStatus::Lost, true),
        Some(between) if 0.0 < between && between < 1.0 => {
            return (DealStatus::Open, true);
        }
        _ => {}
    }
    let stage = stage(context, row);
    let inferred = crm_words(context, row, Field::Stage)
        .or_else(|| crm_words(context, row, Field::Forecast))
        .or_else(|| told(stage?));
    // Where the day on which money goes out is missing that the format has, an open loan
    // cannot be told.
    let mut columns = context.known.format.columns.iter();
    let tells_funding = columns.any(|column| column.field == Field::FundedAt);
    let otherwise = match context.crm().otherwise {
        DealStatus::Open if tells_funding && !context.has(Field::FundedAt) => {
            DealStatus::Unknown
        }
        otherwise => otherwise,
    };
    if inferred.is_none() && otherwise == DealStatus::Unknown {
        let stage = stage.or_else(|| context.value(row, Field::Status)).unwrap_or("");
        *context.unknown_stages.entry(stage.into()).or_default() += 1;
    }
    (inferred.unwrap_or(otherwise), true)
}

/// The status that flags tell.
fn flagged(context: &Context<'_>, row: &Row<'_>) -> Option<DealStatus> {
    let flags = [Field::IsWon, Field::IsLost, Field::IsClosed];
    let [is_won, is_lost, is_closed] = flags.map(|field| context.flag(row, field));
    if is_won == Some(true) {
        Some(DealStatus::Won)
    } else if is_lost == Some(true) || (is_closed == Some(true) && is_won == Some(false))
    {
        Some(DealStatus::Lost)
    } else if is_closed == Some(false) || (is_won.is_some() && is_lost.is_some()) {
        Some(DealStatus::Open)
    } else {
        None
    }
}

/// The status that a cell of a field tells in the vendor's words, or in the user's.
fn crm_words(context: &Context<'_>, row: &Row<'_>, field: Field) -> Option<DealStatus> {
    let pipeline = context.value(row, Field::Pipeline);
    let words = |text: &str| crm::status_of(context.crm(), text);
    context
        .cells(row, field)
        .find_map(|(_, text)| words(text).or_else(|| words(bare_stage(text, pipeline))))
}

/// The stage of a deal, by its own name; as it stands there where the user says what that means.
fn stage<'r>(context: &Context<'_>, row: &Row<'r>) -> Option<&'r str> {
    let stage = context.value(row, Field::Stage)?;
    let bare = bare_stage(stage, context.value(row, Field::Pipeline));
    let is_known = || {
        context.stages.contains_key(&crm::stage_key(stage))
            || crm::status_of(context.crm(), stage).is_some()
    };
    Some(if bare == stage || is_known() { stage } else { bare })
}

/// `Closed won (Sales Pipeline)` in the Sales Pipeline, or `Closed won (2)` above two rows,
/// without what stands in parentheses.
fn bare_stage<'r>(stage: &'r str, pipeline: Option<&str>) -> &'r str {
    let Some((name, inside)) = crm::beside_parentheses(stage) else { return stage };
    let is_count = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
    let is_pipeline = pipeline.is_some_and(|pipeline| fold(pipeline) == fold(inside));
    if is_count || is_pipeline { name } else { stage }
}

/// The address in `Name (address)`, or the whole text where it is one.
fn address_of(text: &str) -> Option<String> {
    let inside = text.trim().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    email::key(inside.map_or(text, |(_, address)| address))
}

/// `Company (domain)` without the domain.
fn without_domain(text: &str) -> &str {
    let text = text.trim();
    match crm::beside_parentheses(text) {
        Some((name, domain)) if domain.contains('.') && !domain.contains(' ') => name,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_called_without_its_pipeline_and_count() {
        let check = |stage, pipeline, expected| {
            assert_eq!(bare_stage(stage, pipeline), expected, "{stage:?}");
        };
        check("Closed won (Sales Pipeline)", Some("Sales pipeline"), "Closed won");
        check(
            "Closed won (Sales Pipeline)",
            Some("Partners"),
            "Closed won (Sales Pipeline)",
        );
        check("Closed Won (2)", None, "Closed Won");
        check("Negotiation (legal)", None, "Negotiation (legal)");
        check("Phase (three)", Some("Sales"), "Phase (three)");
    }
}
