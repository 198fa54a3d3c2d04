//! Rows that speak of records that stand elsewhere: users, campaigns and their members,
//! roles of contacts in deals, activities, histories.

use super::{RowResult, context::Context, crm, name};
use crate::{
    decode::Row,
    domain::{Moment, Statement, StatementKind, Subject, Word},
    recognize::{Field, Record},
};

/// What one row says.
pub(super) fn statement(
    context: &mut Context<'_>,
    record: Record,
    row: Row<'_>,
) -> RowResult {
    if crm::is_deleted(context, &row) {
        context.note_counted("{row is|rows are} deleted in the CRM; nothing is taken", 1);
        return Ok(());
    }
    match record {
        Record::User => user(context, &row),
        Record::Campaign => campaign(context, &row),
        Record::CampaignMember => member(context, &row),
        Record::ContactRole => pairs(context, &row, StatementKind::Role),
        Record::Activity => pairs(context, &row, StatementKind::Activity),
        Record::PropertyHistory => property(context, &row),
        _ => stage(context, &row, context.value(&row, Field::Stage).unwrap_or("")),
    }
}

/// A user of the CRM: whose contacts and deals these are.
fn user(context: &mut Context<'_>, row: &Row<'_>) -> RowResult {
    let id = crm::own_id(context, row)?.ok_or("the user has no id")?;
    let joined = name::join(
        context.value(row, Field::FirstName).unwrap_or(""),
        context.value(row, Field::LastName).unwrap_or(""),
    );
    let full_name = match joined.as_str() {
        "" => context.value(row, Field::FullName).ok_or("the user has no name")?,
        joined => joined,
    };
    push(context, row, 0, Subject::User, id, StatementKind::Named, full_name, None, None);
    Ok(())
}

fn campaign(context: &mut Context<'_>, row: &Row<'_>) -> RowResult {
    let id = crm::own_id(context, row)?.ok_or("the campaign has no id")?;
    let name = context.value(row, Field::Name).ok_or("the campaign has no name")?;
    push(context, row, 0, Subject::Campaign, id, StatementKind::Named, name, None, None);
    Ok(())
}

/// A person whom a campaign reached; it proves something only where they answered.
fn member(context: &mut Context<'_>, row: &Row<'_>) -> RowResult {
    let campaign = crm::ids(context, row, Field::CampaignId).into_iter().next();
    let campaign = campaign.ok_or("the member of a campaign names no campaign")?;
    let happened_at = context.moment(row, Field::HappenedAt);
    if context.flag(row, Field::HasResponded) != Some(true) {
        let words =
            "{member of a campaign|members of campaigns} did not respond; no evidence";
        context.note_counted(words, 1);
        return Ok(());
    }
    let persons = crm::ids(context, row, Field::ContactId);
    if persons.is_empty() {
        return Err("the member of a campaign names no person".to_owned());
    }
    let kind = StatementKind::Campaign;
    note_left_out(context, persons.len());
    for (part, person) in MOST_PARTS.zip(persons) {
        push(
            context,
            row,
            part,
            Subject::Contact,
            person,
            kind,
            &campaign,
            None,
            happened_at,
        );
    }
    Ok(())
}

/// A row that names contacts and a deal.
fn pairs(context: &mut Context<'_>, row: &Row<'_>, kind: StatementKind) -> RowResult {
    let deals = crm::ids(context, row, Field::DealId);
    let contacts = crm::ids(context, row, Field::ContactId);
    let happened_at = context.moment(row, Field::HappenedAt);
    let role: Option<Box<str>> = context.value(row, Field::Role).map(Into::into);
    let is_deal = |id: &str| {
        context.crm().ids != crate::recognize::Ids::Salesforce || id.starts_with("006")
    };
    // An activity may be about an account or a case, and its person may be missing.
    let deals: Vec<Box<str>> = deals.into_iter().filter(|id| is_deal(id)).collect();
    if deals.is_empty() || contacts.is_empty() {
        if kind == StatementKind::Role {
            return Err("the row does not name a deal and a contact".to_owned());
        }
        let words = "{activity does|activities do} not name both a deal and a person; \
                     nothing is taken";
        context.note_counted(words, 1);
        return Ok(());
    }
    note_left_out(context, deals.len() * contacts.len());
    let pairs = deals
        .iter()
        .flat_map(|deal| contacts.iter().map(move |contact| (deal.clone(), contact)));
    for (part, (deal, contact)) in MOST_PARTS.zip(pairs) {
        push(
            context,
            row,
            part,
            Subject::Deal,
            deal,
            kind,
            contact,
            role.clone(),
            happened_at,
        );
    }
    Ok(())
}

/// The facts that a line has places for.
const MOST_PARTS: std::ops::Range<u8> = 0..16;

/// Counts what a row names beyond that.
fn note_left_out(context: &mut Context<'_>, named: usize) {
    let left_out = named.saturating_sub(MOST_PARTS.len());
    if 0 < left_out {
        let words = "{person of a campaign or deal stands|persons of campaigns or deals stand} \
                     in one row beyond the 16 that it has places for; not kept";
        context.note_counted(words, left_out as u64);
    }
}

/// One value that a deal's property had.
fn property(context: &mut Context<'_>, row: &Row<'_>) -> RowResult {
    let property = crm::stage_key(context.value(row, Field::Property).unwrap_or(""));
    if matches!(property.as_str(), "deal stage" | "dealstage" | "dealphase") {
        return stage(context, row, context.value(row, Field::Value).unwrap_or(""));
    }
    let words = "{value of a property|values of properties} other than the deal's stage; \
                 nothing is taken";
    context.note_counted(words, 1);
    Ok(())
}

/// A stage that a deal entered.
fn stage(context: &mut Context<'_>, row: &Row<'_>, stage: &str) -> RowResult {
    let deals = crm::ids(context, row, Field::DealId);
    let deal = deals.into_iter().next().ok_or("the row names no deal")?;
    if stage.is_empty() {
        return Err("the row names no stage".to_owned());
    }
    let entered_at = context.moment(row, Field::HappenedAt);
    context.saw(entered_at.map(Moment::start));
    let forecast = context.value(row, Field::Forecast).unwrap_or("");
    let status = crm::status_of(context.crm(), stage)
        .or_else(|| context.stages.get(&crm::stage_key(stage)).copied())
        .or_else(|| crm::status_of(context.crm(), forecast));
    let detail = status.map(|status| status.word().into());
    let kind = StatementKind::Stage;
    push(context, row, 0, Subject::Deal, deal, kind, stage, detail, entered_at);
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "they are the fields of a statement")]
fn push(
    context: &mut Context<'_>,
    row: &Row<'_>,
    part: u8,
    about: Subject,
    subject: Box<str>,
    kind: StatementKind,
    object: &str,
    detail: Option<Box<str>>,
    happened_at: Option<Moment>,
) {
    let place = context.place(row, part);
    let object = object.into();
    let statement =
        Statement { place, about, subject, kind, object, detail, happened_at };
    context.batch.facts.statements.push(statement);
}
