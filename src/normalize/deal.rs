//! Deals of a CRM.

use super::{RowResult, contact, context::Context, email};
use crate::{
    decode::Row,
    domain::{AmountKind, Currency, Deal, DealStatus, LinkKind, Moment},
    recognize::Field,
};

/// One deal with the persons and companies that it names.
pub(super) fn deal(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let remote_id = contact::remote_id(context, &row)?;
    let row_currency = context.value(&row, Field::Currency).and_then(Currency::from_code);
    let amount = context.minor(&row, Field::Amount, row_currency);
    let loan = context.minor(&row, Field::LoanAmount, row_currency);
    let (status, is_status_inferred) = status(context, &row);
    let created_at = context.moment(&row, Field::CreatedAt);
    let changed_at = context.moment(&row, Field::ChangedAt);
    let close = context.moment(&row, Field::ClosedAt);
    context.saw(created_at.map(Moment::start));
    context.saw(changed_at.map(Moment::start));
    // A file with a loan and no other amount measures loans.
    let (measured, amount_kind) = match (amount, loan) {
        (None, Some(loan)) if !context.has(Field::Amount) => {
            (Some(loan), AmountKind::Loan)
        }
        _ => (amount, AmountKind::Revenue),
    };
    let deal = Deal {
        place: context.place(&row, 0),
        remote_id,
        name: context.text(&row, Field::Name).map(Into::into),
        stage: context.text(&row, Field::Stage).map(Into::into),
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
        closed_at: close.filter(|_| matches!(status, DealStatus::Won | DealStatus::Lost)),
        changed_at,
        owner: context.value(&row, Field::Owner).map(Into::into),
    };
    context.batch.facts.deals.push(deal);
    contact::links(context, &row, Field::ContactIds, LinkKind::ContactId);
    contact::links(context, &row, Field::AccountIds, LinkKind::AccountId);
    contact::links(context, &row, Field::MergedIds, LinkKind::MergedId);
    let names = context.value(&row, Field::ContactNames).unwrap_or("");
    for address in names.split(';').filter_map(address_of) {
        contact::link(context, &row, LinkKind::ContactEmail, &address);
    }
    let accounts = context.value(&row, Field::AccountNames).unwrap_or("");
    for account in accounts.split(';').map(without_domain).filter(|name| !name.is_empty())
    {
        contact::link(context, &row, LinkKind::AccountName, account);
    }
    contact::evidence(context, &row);
    Ok(())
}

/// Open, won or lost, and whether that is inferred: flags decide; without any, a
/// probability of 1 or 0; without that, the vendor's own stage names.
fn status(context: &Context<'_>, row: &Row<'_>) -> (DealStatus, bool) {
    let flags = [Field::IsWon, Field::IsLost, Field::IsClosed];
    let [is_won, is_lost, is_closed] = flags.map(|field| context.flag(row, field));
    if is_won == Some(true) {
        return (DealStatus::Won, false);
    }
    if is_lost == Some(true) || (is_closed == Some(true) && is_won == Some(false)) {
        return (DealStatus::Lost, false);
    }
    if is_closed == Some(false) || (is_won.is_some() && is_lost.is_some()) {
        return (DealStatus::Open, false);
    }
    let probability: Option<f64> =
        context.value(row, Field::Probability).and_then(|text| text.parse().ok());
    let stage = context.value(row, Field::Stage).unwrap_or("").to_lowercase();
    match (probability, stage.as_str()) {
        (Some(1.0), _) | (None, "closed won" | "closedwon") => (DealStatus::Won, true),
        (Some(0.0), _) | (None, "closed lost" | "closedlost") => (DealStatus::Lost, true),
        (Some(between), _) if 0.0 < between && between < 1.0 => (DealStatus::Open, true),
        _ => (DealStatus::Unknown, true),
    }
}

/// The address in `Name (address)`, or the whole text where it is one.
fn address_of(text: &str) -> Option<String> {
    let inside = text.trim().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    email::key(inside.map_or(text, |(_, address)| address))
}

/// `Company (domain)` without the domain.
fn without_domain(text: &str) -> &str {
    let text = text.trim();
    match text.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        Some((name, domain)) if domain.contains('.') && !domain.contains(' ') => name,
        _ => text,
    }
}
