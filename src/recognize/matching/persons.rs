//! Tables of persons that are nobody's own: which are of leads, and which are of something else
//! that only says whom it is for.

use super::{Columns, Fitting, take, take_bare, width};
use crate::recognize::{
    AMOUNTS, CLOSED, Field, Format, Kind, Record, Registry,
    spelling::{Header, Reading},
    things::{
        BILLED, DAYS, DEALS, DOCUMENTS, DUE, LEADS, NUMBERS, PERSONAL, PERSONS,
        PRIORITIES, REFERENCES, ROLES, SUBJECTS,
    },
};

/// Whether a table names persons and whether they were converted, as only a lead is: what
/// else it says of deals is what came of them.
pub(super) fn are_leads((format, columns): &Fitting) -> bool {
    format.record() == Some(Record::Contact)
        && are_named(columns)
        && columns.first(Field::IsConverted).is_some()
}

/// Whether persons have first and last names.
fn are_named(columns: &Columns) -> bool {
    [Field::FirstName, Field::LastName]
        .iter()
        .all(|field| columns.first(*field).is_some())
}

/// Whether a table of leads says of a deal what came of one alone: not its stage, nor, where
/// the leads have no ids, its id.
pub(super) fn came_of(leads: &Columns, (format, columns): &Fitting) -> bool {
    let is_own = leads.first(Field::RemoteId).is_none()
        && columns.first(Field::RemoteId).is_some();
    let has_stage = columns.first(Field::Stage).is_some();
    format.record() == Some(Record::Deal) && !is_own && !has_stage
}

/// Whether a table that has less of a vendor's list of contacts, and no header of that vendor's
/// own, is one of leads, with ids of their own beside those of the contacts that they became.
pub(super) fn is_of_leads(exact: &[Fitting], generic: &[Fitting]) -> bool {
    let is_other = |leads: &Columns, (format, columns): &Fitting| {
        format.record() == Some(Record::Contact)
            && format.crm().own.is_empty()
            && columns.first(Field::IsConverted).is_none()
            && columns.first(Field::RemoteId) != leads.first(Field::RemoteId)
    };
    let mut leads = generic.iter().filter(|one| are_leads(one));
    width(exact) < width(generic)
        && leads.any(|(_, leads)| exact.iter().all(|one| is_other(leads, one)))
}

/// Whether a table of something else was taken for one of persons.
pub(super) fn are_others(
    registry: &Registry,
    header: &Header<'_>,
    one: &Fitting,
) -> bool {
    let formats = registry.formats().iter();
    let mut of_deals =
        formats.filter(|it| it.crm().is_generic && it.record() == Some(Record::Deal));
    one.0.record() == Some(Record::Contact)
        && (is_for_somebody(header, &one.1)
            || are_tickets(header, &one.1)
            || is_billed(header)
            || are_documents(header, &one.1)
            || of_deals.any(|deals| {
                are_things(deals, header, &one.1) || are_deals(deals, header, one)
            }))
}

/// Whether a header tells tickets, invoices or their like, which name persons and may be
/// proposed as no list of them, but where they say how these are reached, as attendees with
/// numbers of orders are: that may be either.
pub fn tells_documents(registry: &Registry, cells: &[String]) -> bool {
    let header = Header::of(cells);
    let is_such = |format: &&Format| {
        let columns = said(format, &header);
        are_tickets(&header, &columns)
            || (is_billed(&header) || are_documents(&header, &columns))
                && !are_reached(&header, &columns)
    };
    let formats = registry.formats().iter().copied();
    let mut persons =
        formats.filter(|it| it.crm().is_generic && it.record() == Some(Record::Contact));
    persons.any(|format| is_such(&format))
}

/// Whether a table names its persons only as what they are to somebody, as invoices, tickets
/// and tasks do.
fn is_for_somebody(header: &Header<'_>, columns: &Columns) -> bool {
    const TELLING: [Field; 4] =
        [Field::Email, Field::FirstName, Field::ProfileUrl, Field::Phone];
    let is_told = TELLING.iter().any(|field| columns.first(*field).is_some())
        || is_personal(header)
        || columns.all(Field::RemoteId).any(|at| header.is_about(at, PERSONS))
        || header.written.iter().any(|at| header.is_about(*at, LEADS));
    let mut names =
        columns.all(Field::FullName).chain(columns.all(Field::LastName)).peekable();
    !is_told && names.peek().is_some() && names.all(|at| header.is_about(at, ROLES))
}

/// Whether a table has a column that only persons have.
fn is_personal(header: &Header<'_>) -> bool {
    says(header, PERSONAL)
}

/// Whether a header has one of some words.
fn says(header: &Header<'_>, words: &[&str]) -> bool {
    header.written.iter().any(|at| header.is_one_of(*at, words))
}

/// Whether a table names its rows as anything may be called, products and tasks too: by a bare
/// name alone, beside an id of anybody's or something that persons do not have.
fn are_things(deals: &Format, header: &Header<'_>, columns: &Columns) -> bool {
    const TELLING: [Field; 8] = [
        Field::Email,
        Field::ProfileUrl,
        Field::Phone,
        Field::Company,
        Field::IsConverted,
        Field::RepEnteredSource,
        Field::SelfReportedSource,
        Field::TrackedSource,
    ];
    let is_told = TELLING.iter().any(|field| columns.first(*field).is_some())
        || is_personal(header)
        || columns.all(Field::RemoteId).any(|at| header.is_about(at, PERSONS))
        || header.written.iter().any(|at| header.is_about(*at, LEADS));
    let said = said(deals, header);
    let is_bare = |at: usize| said.all(Field::Name).any(|it| it == at);
    let names = [Field::FullName, Field::FirstName, Field::LastName];
    let mut names = names.iter().flat_map(|field| columns.all(*field));
    // Who does a task is a `Person` beside what it is called.
    let has_bare = columns.all(Field::FullName).any(is_bare);
    let may_be_called = |at: usize| {
        is_bare(at)
            || header.is_about(at, ROLES)
            || has_bare && header.is_one_of(at, PERSONS)
    };
    let has_more = columns.first(Field::RemoteId).is_some()
        || header.written.iter().any(|at| is_free(columns, *at));
    !is_told && has_more && names.all(may_be_called)
}

/// Whether a table has the numbers of invoices, orders or their like, or begins with what these
/// are called: they are its own where no person's id stands before them and nothing tells leads.
fn are_documents(header: &Header<'_>, columns: &Columns) -> bool {
    let is_of_leads = columns.first(Field::RepEnteredSource).is_some()
        || columns.first(Field::SelfReportedSource).is_some()
        || header.written.iter().any(|at| header.is_about(*at, LEADS));
    let mut persons =
        columns.all(Field::RemoteId).filter(|at| header.is_about(*at, PERSONS));
    let number = number(header);
    !is_of_leads && number.is_some_and(|number| persons.all(|person| number < person))
}

/// The first column with numbers of invoices or their like, or with these.
fn number(header: &Header<'_>) -> Option<usize> {
    let first = header.written.first();
    let is_number = |at: &usize| {
        Some(at) == first && header.is_one_of(*at, DOCUMENTS)
            || header.bare_of(*at, DOCUMENTS).any(|it| NUMBERS.contains(&it.as_str()))
    };
    header.written.iter().copied().find(is_number)
}

/// Lets the number of an invoice or its like stand for the reference that several may share, in
/// tables that say nothing of deals.
pub(super) fn by_number(
    header: &Header<'_>,
    is_taken: &[bool],
    bound: &mut [(Field, usize, Kind)],
) {
    let is_of_deals = header.written.iter().any(|at| header.is_about(*at, DEALS));
    let id = bound.iter_mut().find(|(field, ..)| *field == Field::RemoteId);
    if let (Some((_, at, _)), Some(number)) = (id, number(header))
        && !is_of_deals
        && !is_taken[number]
        && header.is_one_of(*at, REFERENCES)
    {
        *at = number;
    }
}

/// Whether a table says by which address persons are reached, and who they are: with both names,
/// or by telephone too.
fn are_reached(header: &Header<'_>, columns: &Columns) -> bool {
    let has = |field| columns.first(field).is_some();
    let is_called =
        has(Field::Phone) && !are_customers(header, columns) && !is_billed(header);
    has(Field::Email) && (are_named(columns) || is_called)
}

/// Whether persons have names only as what they are to somebody.
fn are_customers(header: &Header<'_>, columns: &Columns) -> bool {
    let mut names = columns.all(Field::FullName).peekable();
    names.peek().is_some() && names.all(|at| header.is_about(at, ROLES))
}

/// Whether a table is of what somebody wrote for help: it says by which id, about what and how
/// urgent it is, or by which number of a ticket and one of these. A form that persons filled in
/// has no id.
fn are_tickets(header: &Header<'_>, columns: &Columns) -> bool {
    let has = |words| says(header, words);
    let is_of_leads = header.written.iter().any(|at| header.is_about(*at, LEADS));
    let (subject, priority) = (has(SUBJECTS), has(PRIORITIES));
    let is_numbered = number(header).is_some_and(|number| {
        header.written.iter().all(|at| *at >= number || !header.is_about(*at, PERSONS))
    });
    let has_id = columns.first(Field::RemoteId).is_some();
    !is_of_leads
        && (has_id && subject && priority || is_numbered && (subject || priority))
}

/// Whether a table says what is to be paid until when.
fn is_billed(header: &Header<'_>) -> bool {
    let is_of_leads = header.written.iter().any(|at| header.is_about(*at, LEADS));
    !is_of_leads && says(header, DUE) && says(header, BILLED)
}

/// Whether a header says that a row is an invoice or its like: by its name, number or day.
fn tells_document(header: &Header<'_>, at: usize) -> bool {
    let is_of_it =
        |rest: String| NUMBERS.contains(&rest.as_str()) || DAYS.contains(&rest.as_str());
    header.is_one_of(at, DOCUMENTS) || header.bare_of(at, DOCUMENTS).any(is_of_it)
}

/// Whether a table says until when something must be paid: somebody may be asked again until
/// a day, too, where no word tells an invoice or its like, and no customer.
fn is_due(header: &Header<'_>, columns: &Columns) -> bool {
    let is_of_it = |at: &usize| header.is_about(*at, DOCUMENTS);
    says(header, DUE)
        && (are_customers(header, columns) || header.written.iter().any(is_of_it))
}

/// Whether nothing is taken from a column.
fn is_free(columns: &Columns, at: usize) -> bool {
    columns.bound.iter().all(|(_, other, _)| *other != at)
}

/// Whether a table tells more of deals than whose they are: without any person, what something
/// is worth, or which deal it is before which lead; beside persons, what that deal is worth of
/// which it says which it is, how it stands or when it closed. What a lead is worth, or came to,
/// makes no deal of one.
fn are_deals(deals: &Format, header: &Header<'_>, one: &Fitting) -> bool {
    const PERSON: [Field; 6] = [
        Field::Email,
        Field::FullName,
        Field::FirstName,
        Field::LastName,
        Field::ProfileUrl,
        Field::Phone,
    ];
    let (persons, columns) = one;
    let things = deals.crm().things;
    let said = said(deals, header);
    let has = |fields: &[Field]| fields.iter().any(|it| said.first(*it).is_some());
    let is_person = PERSON.iter().any(|field| columns.first(*field).is_some());
    let has_status = columns.all(Field::LeadStatus).any(|at| header.is_about(at, LEADS));
    let own_id = |words| {
        columns.all(Field::RemoteId).filter(|at| header.is_about(*at, words)).min()
    };
    if !is_person {
        let lead_id = own_id(LEADS);
        let is_of_row =
            |at: &usize| lead_id.is_none_or(|lead_id| *at < lead_id && !has_status);
        let is_id = |at: &usize| {
            is_of_row(at) && header.bare_of(*at, things).any(|it| it == "id")
        };
        return has(&AMOUNTS) || header.written.iter().any(is_id);
    }
    if has_status || columns.first(Field::IsConverted).is_some() || !has(&AMOUNTS) {
        return false;
    }
    let person_id = own_id(persons.crm().things);
    let is_own = |at: usize| person_id.is_none_or(|person_id| at < person_id);
    let is_called = |at| is_own(at) && header.is_about(at, things);
    // An order names its buyer, too.
    let is_order = has(&[Field::Currency])
        && !are_named(columns)
        && columns.first(Field::Lifecycle).is_none();
    let is_document = |at: &usize| is_own(*at) && tells_document(header, *at);
    has(&CLOSED)
        || is_order
        || is_due(header, columns)
        || header.written.iter().any(is_document)
        || said.all(Field::RemoteId).chain(said.all(Field::Name)).any(is_called)
        || said.all(Field::Stage).any(|at| is_free(columns, at))
}

/// What a format knows of a header, whatever it lacks.
fn said(format: &Format, header: &Header<'_>) -> Columns {
    let mut bound = Vec::new();
    let mut is_taken = vec![false; header.cells.len()];
    take(format, header, Reading::Generic, &mut is_taken, &mut bound);
    take_bare(format, header, &mut is_taken, &mut bound);
    Columns { bound }
}
