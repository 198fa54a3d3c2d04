//! Zoho CRM: Contacts → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, moment, needed, text,
};

const CRM: Crm = Crm {
    ids: Ids::Zoho,
    needs: &[&[Field::AccountIds, Field::AccountNames, Field::Owner]],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "zoho-contacts",
    summary: "Zoho CRM: contacts",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Record Id", "CONTACTID"]),
        text(Field::Owner, &["Contact Owner"]),
        text(Field::OwnerId, &["Contact Owner.id"]),
        text(Field::FirstName, &["First Name"]),
        needed(Field::LastName, &["Last Name"]),
        text(Field::FullName, &["Full Name"]),
        text(Field::Email, &["Email"]),
        text(Field::EmailAliases, &["Secondary Email"]),
        text(Field::Phone, &["Mobile", "Phone", "Home Phone", "Other Phone"]),
        text(Field::Country, &["Mailing Country", "Other Country"]),
        text(Field::RepEnteredSource, &["Lead Source"]),
        moment(Field::CreatedAt, &["Created Time"]),
        moment(Field::ChangedAt, &["Modified Time"]),
        text(Field::ProfileUrl, &["LinkedIn", "*linkedin*"]),
        text(
            Field::SelfReportedSource,
            &["Where did you find us", "*hear*about*", "*find*us*"],
        ),
        text(Field::TrackedSource, &["utm_*"]),
        text(Field::AccountNames, &["Account Name"]),
        text(Field::AccountIds, &["Account Name.id"]),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
