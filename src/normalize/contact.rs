//! Leads and contacts of a CRM.

use std::collections::HashSet;

use super::{
    RowResult,
    context::{self, Context},
    crm, email, name, null, phone, profile,
};
use crate::{
    decode::Row,
    domain::{
        Contact, EvidenceKind, Identity, LeadStatus, LinkKind, Moment, RecordLink,
        SourceEvidence, Statement, StatementKind, Subject,
    },
    recognize::{self, FORMATS, Field, NameOrder},
};

/// One contact with all that it names and says about its source.
pub(super) fn contact(context: &mut Context<'_>, row: Row<'_>) -> RowResult {
    record(context, &row).map(drop)
}

/// A contact's id and when it was made.
type Recorded = (Box<str>, Option<Moment>);

/// Reads a contact; its id and creation, or none where the row deletes it.
pub(super) fn record(
    context: &mut Context<'_>,
    row: &Row<'_>,
) -> Result<Option<Recorded>, String> {
    crm::refuse_subtotal(row)?;
    let own_id = crm::own_id(context, row)?;
    // What else a deleted record says is asked no more.
    if let Some(id) = &own_id
        && is_gone(context, row, Subject::Contact, id)
    {
        return Ok(None);
    }
    let url = person_url(context, row);
    let cells: Vec<&str> =
        context.cells(row, Field::Email).map(|(_, text)| text).collect();
    let cell = cells.join(";");
    let addresses = addresses(context, row, Field::Email);
    let full_name = full_name(context, row);
    let company = context
        .value(row, Field::Company)
        .or_else(|| context.value(row, Field::AccountNames))
        .map_or("", crm::without_address);
    let has_id = own_id.is_some();
    let remote_id = match own_id {
        Some(id) => id,
        None => nameless(context, &addresses, &full_name, company)?,
    };
    if !has_id && is_gone(context, row, Subject::Contact, &remote_id) {
        return Ok(None);
    }
    let own = addresses.first().filter(|address| !email::is_role(address)).cloned();
    let identity = context
        .identity([url, &cell, &full_name, company], || {
            context::person(url, own.clone(), &full_name, Some(company))
        })
        // A record that names nobody is a lead all the same, known by its id.
        .or_else(|| {
            context.identity([&remote_id, "id", "", ""], || Some(Identity::default()))
        })
        .ok_or("the record names nobody")?;
    let created_at = context.moment(row, Field::CreatedAt);
    let changed_at = context.moment(row, Field::ChangedAt);
    let converted_at = context.moment(row, Field::ConvertedAt);
    for moment in [created_at, changed_at, converted_at] {
        context.saw(moment.map(Moment::start));
    }
    let is_converted = is_converted(context, row) || converted_at.is_some();
    let contact = Contact {
        place: context.place(row, 0),
        remote_id: remote_id.clone(),
        identity,
        created_at,
        changed_at,
        status: if is_converted { LeadStatus::Qualified } else { status(context, row) },
        owner: owner(context, row),
        is_converted,
        converted_at,
    };
    context.batch.facts.contacts.push(contact);
    let aliases = self::addresses(context, row, Field::EmailAliases);
    for address in addresses.into_iter().skip(1).chain(aliases) {
        link(context, row, 0, LinkKind::AliasEmail, &address);
    }
    contact_links(context, row);
    phones(context, row);
    evidence(context, row);
    Ok(Some((remote_id, created_at)))
}

fn contact_links(context: &mut Context<'_>, row: &Row<'_>) {
    const LINKS: [(Field, LinkKind); 6] = [
        (Field::AccountIds, LinkKind::AccountId),
        (Field::ConvertedAccountId, LinkKind::AccountId),
        (Field::DealIds, LinkKind::DealId),
        (Field::ConvertedDealId, LinkKind::ConvertedDeal),
        (Field::ConvertedContactId, LinkKind::ConvertedContact),
        (Field::MergedIds, LinkKind::MergedId),
    ];
    for (field, kind) in LINKS {
        links(context, row, 0, field, kind);
    }
}

/// The addresses in the cells of a field, each once; a cell that means one and holds none is
/// rejected.
pub(super) fn addresses(
    context: &mut Context<'_>,
    row: &Row<'_>,
    field: Field,
) -> Vec<String> {
    let cells: Vec<(usize, &str)> = context.cells(row, field).collect();
    let are_several = 1 < cells.len();
    let mut found = Vec::new();
    for (column, cell) in cells {
        let own = email::all(cell);
        if own.is_empty() && email::is_meant(cell) && !null::is_no_address(cell) {
            context.reject_cell(row, column, "is no e-mail address");
        } else if own.is_empty() {
            note_words(context, cell);
        }
        found.extend(own);
    }
    if are_several {
        let mut seen = HashSet::new();
        found.retain(|address| seen.insert(address.clone()));
    }
    found
}

/// Notes a cell that says in words that there is no address or number.
fn note_words(context: &mut Context<'_>, cell: &str) {
    if !null::is_no_address(cell) {
        let words = "{cell of an e-mail address or telephone number holds|cells of e-mail \
                     addresses and telephone numbers hold} words alone; \
                     nothing is taken";
        context.note_counted(words, 1);
    }
}

/// The telephone numbers of a record, each once; a cell may hold several, and one with digits
/// that holds none is rejected.
pub(super) fn phones(context: &mut Context<'_>, row: &Row<'_>) {
    let country = context.value(row, Field::Country).and_then(phone::Country::of);
    let cells: Vec<(usize, &str)> = context.cells(row, Field::Phone).collect();
    let mut seen = HashSet::new();
    for (column, cell) in cells {
        let numbers = phone::all(cell, country);
        let has_digits = cell.contains(char::is_numeric);
        if numbers.is_empty() && has_digits && !null::is_no_address(cell) {
            context.reject_cell(row, column, "is no telephone number");
        } else if numbers.is_empty() {
            note_words(context, cell);
        }
        for number in numbers.into_iter().filter(|it| seen.insert(it.clone())) {
            link(context, row, 0, LinkKind::Phone, &number);
        }
    }
}

/// What stands for a record without an id: its address, else its name and company.
fn nameless(
    context: &mut Context<'_>,
    addresses: &[String],
    full_name: &str,
    company: &str,
) -> Result<Box<str>, String> {
    let name = match addresses.first() {
        Some(address) => address.clone(),
        None if full_name.is_empty() => return Err("the record has no id".to_owned()),
        None if company.is_empty() => full_name.to_owned(),
        None => format!("{full_name}, {company}"),
    };
    Ok(crm::stand_in(context, &name))
}

/// Whether the row deletes its record; if so, says that, and what it was merged into.
pub(super) fn is_gone(
    context: &mut Context<'_>,
    row: &Row<'_>,
    about: Subject,
    remote_id: &str,
) -> bool {
    if !crm::is_deleted(context, row) {
        return false;
    }
    let words =
        "{record is|records are} deleted in the CRM; read as {a deletion|deletions}";
    context.note_counted(words, 1);
    let happened_at = context.moment(row, Field::ChangedAt);
    context.saw(happened_at.map(Moment::start));
    let master = crm::ids(context, row, Field::MasterId).into_iter().next();
    let merged = master.map(|master| (StatementKind::MergedInto, master));
    let deleted = (StatementKind::Deleted, "".into());
    for (part, (kind, object)) in (0_u8..).zip([deleted].into_iter().chain(merged)) {
        context.batch.facts.statements.push(Statement {
            place: context.place(row, part),
            about,
            subject: remote_id.into(),
            kind,
            object,
            detail: None,
            happened_at,
        });
    }
    true
}

/// Whose record it is: the owner's name, else the owner's id.
pub(super) fn owner(context: &mut Context<'_>, row: &Row<'_>) -> Option<Box<str>> {
    let named = context.value(row, Field::Owner).map(Into::into);
    named.or_else(|| crm::ids(context, row, Field::OwnerId).into_iter().next())
}

fn is_converted(context: &Context<'_>, row: &Row<'_>) -> bool {
    let made =
        [Field::ConvertedAccountId, Field::ConvertedContactId, Field::ConvertedDealId];
    context.flag(row, Field::IsConverted) == Some(true)
        || made.iter().any(|field| crm::has_id(context, row, *field))
}

/// The first LinkedIn cell that names a person; where a column is there for profiles, a URL
/// of LinkedIn's that names none is rejected.
pub(super) fn person_url<'r>(context: &mut Context<'_>, row: &Row<'r>) -> &'r str {
    let cells: Vec<(usize, &str)> = context.cells(row, Field::ProfileUrl).collect();
    let mut named = None;
    for (column, cell) in cells {
        let url = profile::named(cell);
        // A column that is taken for one of profiles by a word in its name may hold a text.
        let url =
            url.filter(|url| cell.starts_with(url) || is_of_profiles(context, column));
        if url.is_some() {
            named = named.or(url);
        } else if profile::is_meant(cell) && is_of_profiles(context, column) {
            context.reject_cell(row, column, "names no LinkedIn profile");
        } else if !null::is_no_address(cell) {
            *context.no_profiles.entry(column).or_default() += 1;
        }
    }
    named.unwrap_or("")
}

/// Whether a column is one of profiles by its whole name, in any format; compared once a file.
fn is_of_profiles(context: &mut Context<'_>, column: usize) -> bool {
    if let Some(known) = context.of_profiles.get(&column) {
        return *known;
    }
    let squeezed = |name: &str| recognize::squeeze_header(&recognize::fold_header(name));
    let header = squeezed(context.header(column));
    let formats = FORMATS.iter().copied().chain([context.known.format]);
    let mut columns = formats.flat_map(|format| format.columns);
    let is_so = columns.any(|column| {
        let mut names = column.names.iter().filter(|name| !name.contains('*'));
        column.field == Field::ProfileUrl && names.any(|name| squeezed(name) == header)
    });
    context.of_profiles.insert(column, is_so);
    is_so
}

fn full_name(context: &Context<'_>, row: &Row<'_>) -> String {
    let value = |field| context.value(row, field).unwrap_or("");
    let (first, last) = (value(Field::FirstName), value(Field::LastName));
    let full = value(Field::FullName).trim();
    let is_part = last.is_empty() && !full.is_empty();
    let is_whole = is_part && format!(" {full} ").contains(&format!(" {first} "));
    // One word beside a first name is the last one, `Vorname,Name`, if not a customer's.
    let is_last = || {
        let column = context.column_with_value(row, Field::FullName);
        is_part
            && !full.contains(char::is_whitespace)
            && column.is_some_and(|column| !recognize::is_role(context.header(column)))
    };
    if !first.is_empty() && !is_whole {
        return name::join(first, if is_last() { full } else { last });
    }
    if !last.is_empty() {
        return name::join(first, last);
    }
    match context.crm().names {
        NameOrder::FirstLast => full.to_owned(),
        NameOrder::LastFirst => turned(full),
    }
}

/// `Quill, Jr., Ada` as Ada Quill.
fn turned(full: &str) -> String {
    let parts: Vec<&str> = full.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [last, .., first] => name::join(first, last),
        _ => full.to_owned(),
    }
}

const DISQUALIFIED: [&str; 10] = [
    "junk",
    "junk lead",
    "disqualified",
    "unqualified",
    "not qualified",
    "trash",
    "closed not converted",
    "lost lead",
    "disqualifiziert",
    "descalificado",
];

const QUALIFIED: [&str; 9] = [
    "qualified",
    "converted",
    "closed converted",
    "customer",
    "sales qualified lead",
    "qualifiziert",
    "kunde",
    "cliente",
    "calificado",
];

/// What a lead is called that is worked on, or will be.
const OPEN: [&str; 44] = [
    "new",
    "open",
    "open deal",
    "open not contacted",
    "working",
    "working contacted",
    "in progress",
    "assigned",
    "active",
    "connected",
    "contacted",
    "not contacted",
    "attempted to contact",
    "attempted contact",
    "contact in future",
    "bad timing",
    "nurture",
    "nurturing",
    "engaged",
    "interested",
    "pre qualified",
    "prospect",
    "lead",
    "mql",
    "marketing qualified lead",
    "subscriber",
    "opportunity",
    "hot",
    "warm",
    "cold",
    "neu",
    "offen",
    "kontaktiert",
    "in bearbeitung",
    "nuevo",
    "abierto",
    "contactado",
    "nouveau",
    "ouvert",
    "en cours",
    "nuovo",
    "aperto",
    "novo",
    "aberto",
];

/// Where the lead stands, in the CRM's own words for it.
fn status(context: &mut Context<'_>, row: &Row<'_>) -> LeadStatus {
    let words: Vec<String> = [Field::LeadStatus, Field::Lifecycle]
        .into_iter()
        .flat_map(|field| context.cells(row, field))
        .map(|(_, text)| crm::stage_key(text))
        .collect();
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if says(&DISQUALIFIED) {
        LeadStatus::Disqualified
    } else if says(&QUALIFIED) {
        LeadStatus::Qualified
    } else {
        note_unknown(context, row);
        LeadStatus::Open
    }
}

/// Notes the words of a lead's status that nobody knows: they may tell more than open.
fn note_unknown(context: &mut Context<'_>, row: &Row<'_>) {
    let Some(text) = context.value(row, Field::LeadStatus) else { return };
    if !OPEN.contains(&crm::stage_key(text).as_str()) {
        *context.unknown_statuses.entry(text.into()).or_default() += 1;
    }
}

/// Adds a reference for every id in the cells of a field.
pub(super) fn links(
    context: &mut Context<'_>,
    row: &Row<'_>,
    part: u8,
    field: Field,
    kind: LinkKind,
) {
    for id in crm::ids(context, row, field) {
        link(context, row, part, kind, &id);
    }
}

/// Adds one reference of the record that is the row's `part`-th.
pub(super) fn link(
    context: &mut Context<'_>,
    row: &Row<'_>,
    part: u8,
    kind: LinkKind,
    text: &str,
) {
    let place = context.place(row, part);
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
    // A line has places for 16 facts: the first is the person, the last a deal beside them.
    const MOST: usize = 14;
    let mut said: Vec<(EvidenceKind, usize, &str)> = Vec::new();
    for (field, kind) in KINDS {
        let cells = context.cells(row, field);
        let is_said =
            |column, text| !context.is_twin(row, column) && !null::is_null_word(text);
        let cells = cells.filter(|(column, text)| is_said(*column, text));
        said.extend(cells.map(|(column, text)| (kind, column, text)));
    }
    // What people say themselves is in few columns; what was tracked may be in many.
    let told = said.iter().filter(|(kind, ..)| *kind != EvidenceKind::Tracked).count();
    let tracked = said.len() - told;
    let left_out = said.len().saturating_sub(MOST).min(tracked);
    said.drain(tracked - left_out..tracked);
    let more = said.len().saturating_sub(MOST);
    said.truncate(MOST);
    if 0 < left_out + more {
        let words = "{cell says|cells say} where a record came from beyond the 14 that a \
                     row has places for; not kept";
        context.note_counted(words, (left_out + more) as u64);
    }
    for (part, (kind, column, text)) in (1_u8..).zip(said) {
        let place = context.place(row, part);
        let column = context.header(column).into();
        let text = text.into();
        let evidence = SourceEvidence { place, kind, column, text };
        context.batch.facts.evidence.push(evidence);
    }
}
