//! BNTouch: Contacts → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, crm, day, moment, needed,
    needed_amount, text,
};

const CRM: Crm = Crm { words: crm::LOANS, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "bntouch-contacts",
    summary: "BNTouch: contacts with their loan",
    takes: Takes::Crm(Record::ContactWithDeal, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Contact ID", "ID"]),
        needed(Field::FirstName, &["First Name"]),
        needed(Field::LastName, &["Last Name"]),
        text(Field::Email, &["E-mail", "Email"]),
        text(Field::Phone, &["Cell Phone"]),
        text(Field::LeadStatus, &["Status", "Contact Type"]),
        text(Field::RepEnteredSource, &["Lead Source"]),
        needed(Field::Stage, &["Loan Status"]),
        needed_amount(Field::LoanAmount, &["Loan Amount"]),
        day(Field::ClosedAt, &["Closed Date", "Funded Date"]),
        moment(Field::CreatedAt, &["Date Added", "Created Date"]),
        text(Field::Owner, &["Loan Officer", "Owner"]),
        text(Field::Unused, &["Referred By"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::ByColumn,
};
