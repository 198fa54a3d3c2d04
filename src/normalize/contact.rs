//! Leads and contacts of a CRM.

use super::{
    RowResult,
    context::{self, Context},
    email, name,
};
use crate::{
    decode::Row,
    domain::{
        Contact, EvidenceKind, Identity, LeadStatus, LinkKind, RecordLink, SourceEvidence,
    },
    recognize::Field,
};

/// One contact with all that it names and says about its source.
pub(super) fn contact(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    let remote_id = remote_id(context, &row)?;
    let url = person_url(context, &row);
    let cell = context.value(&row, Field::Email).unwrap_or("");
    let addresses = email::all(cell);
    let full_name = full_name(context, &row);
    let company = context
        .value(&row, Field::Company)
        .or_else(|| context.value(&row, Field::AccountNames))
        .unwrap_or("");
    let own = addresses.first().filter(|address| !email::is_role(address)).cloned();
    let identity = context
        .identity([url, cell, &full_name, company], || {
            context::person(url, own.clone(), &full_name, Some(company))
        })
        // A record that names nobody is a lead all the same, known by its id.
        .or_else(|| {
            context.identity([&remote_id, "id", "", ""], || Some(Identity::default()))
        })
        .ok_or("the record names nobody")?;
    let created_at = context.moment(&row, Field::CreatedAt);
    let changed_at = context.moment(&row, Field::ChangedAt);
    context.saw(created_at.map(crate::domain::Moment::start));
    context.saw(changed_at.map(crate::domain::Moment::start));
    let contact = Contact {
        place: context.place(&row, 0),
        remote_id,
        identity,
        created_at,
        changed_at,
        status: status(context, &row),
        owner: context.value(&row, Field::Owner).map(Into::into),
    };
    context.batch.facts.contacts.push(contact);
    let aliases = context.value(&row, Field::EmailAliases).unwrap_or("");
    for address in addresses.into_iter().skip(1).chain(email::all(aliases)) {
        link(context, &row, LinkKind::AliasEmail, &address);
    }
    links(context, &row, Field::AccountIds, LinkKind::AccountId);
    links(context, &row, Field::DealIds, LinkKind::DealId);
    links(context, &row, Field::MergedIds, LinkKind::MergedId);
    evidence(context, &row);
    Ok(())
}

/// The record's own id, as text; a spreadsheet's exponent has lost its digits.
pub(super) fn remote_id(
    context: &Context<'_>,
    row: &Row<'_>,
) -> Result<Box<str>, String> {
    let id = context.value(row, Field::RemoteId).ok_or("the record has no id")?;
    let is_exponent = id.contains(['E', 'e'])
        && id.bytes().all(|byte| byte.is_ascii_digit() || b".,+-Ee".contains(&byte))
        && id.starts_with(|first: char| first.is_ascii_digit());
    if is_exponent {
        return Err(format!("a spreadsheet has cut the digits of the id \"{id}\""));
    }
    Ok(id.into())
}

/// The first LinkedIn cell that names a person.
fn person_url<'r>(context: &Context<'_>, row: &Row<'r>) -> &'r str {
    context
        .cells(row, Field::ProfileUrl)
        .map(|(_, text)| text)
        .find(|text| super::link::person(text).is_some())
        .unwrap_or("")
}

fn full_name(context: &Context<'_>, row: &Row<'_>) -> String {
    let joined = name::join(
        context.value(row, Field::FirstName).unwrap_or(""),
        context.value(row, Field::LastName).unwrap_or(""),
    );
    if joined.is_empty() {
        context.value(row, Field::FullName).unwrap_or("").to_owned()
    } else {
        joined
    }
}

/// Where the lead stands, in the CRM's own words for it.
fn status(context: &Context<'_>, row: &Row<'_>) -> LeadStatus {
    let words = [Field::LeadStatus, Field::Lifecycle]
        .map(|field| context.value(row, field).unwrap_or("").to_lowercase());
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if says(&["junk", "disqualified", "unqualified", "trash", "closed - not converted"]) {
        LeadStatus::Disqualified
    } else if says(&["qualified", "converted", "customer", "sales qualified lead"]) {
        LeadStatus::Qualified
    } else {
        LeadStatus::Open
    }
}

/// Adds a reference for every id in a cell that may hold several.
pub(super) fn links(
    context: &mut Context<'_>,
    row: &Row<'_>,
    field: Field,
    kind: LinkKind,
) {
    let cell = context.value(row, field).unwrap_or("");
    for id in cell.split(';').map(str::trim).filter(|id| !id.is_empty()) {
        link(context, row, kind, id);
    }
}

/// Adds one reference.
pub(super) fn link(context: &mut Context<'_>, row: &Row<'_>, kind: LinkKind, text: &str) {
    let place = context.place(row, 0);
    context.batch.facts.links.push(RecordLink { place, kind, text: text.into() });
}

/// Keeps every cell that says where the record came from, one fact a column.
pub(super) fn evidence(context: &mut Context<'_>, row: &Row<'_>) {
    const KINDS: [(Field, EvidenceKind); 5] = [
        (Field::TrackedSource, EvidenceKind::Tracked),
        (Field::TrackedDetail, EvidenceKind::Tracked),
        (Field::TrackedUrl, EvidenceKind::Tracked),
        (Field::SelfReportedSource, EvidenceKind::SelfReported),
        (Field::RepEnteredSource, EvidenceKind::RepEntered),
    ];
    let mut part = 1;
    for (field, kind) in KINDS {
        let cells: Vec<(usize, &str)> = context.cells(row, field).collect();
        for (column, text) in cells {
            if super::null::is_null_word(text) || 15 < part {
                continue;
            }
            let place = context.place(row, part);
            let column = context.header(column).into();
            let text = text.into();
            context.batch.facts.evidence.push(SourceEvidence {
                place,
                kind,
                column,
                text,
            });
            part += 1;
        }
    }
}
