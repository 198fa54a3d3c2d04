//! Zoho CRM: Leads → Export.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, flag, moment, needed, text,
};

const CRM: Crm = Crm {
    ids: Ids::Zoho,
    needs: &[&[Field::LeadStatus, Field::ConvertedAt, Field::IsConverted]],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "zoho-leads",
    summary: "Zoho CRM: leads",
    takes: Takes::Crm(Record::Contact, &CRM),
    columns: &[
        needed(Field::RemoteId, &["Record Id", "LEADID"]),
        text(Field::Owner, &["Lead Owner"]),
        text(Field::OwnerId, &["Lead Owner.id"]),
        text(Field::FirstName, &["First Name"]),
        needed(Field::LastName, &["Last Name"]),
        text(Field::FullName, &["Full Name"]),
        text(Field::Email, &["Email"]),
        text(Field::EmailAliases, &["Secondary Email"]),
        text(Field::Phone, &["Mobile", "Phone"]),
        text(Field::Country, &["Country"]),
        text(Field::RepEnteredSource, &["Lead Source"]),
        moment(Field::CreatedAt, &["Created Time"]),
        moment(Field::ChangedAt, &["Modified Time"]),
        text(Field::ProfileUrl, &["LinkedIn", "*linkedin*"]),
        text(
            Field::SelfReportedSource,
            &["Where did you find us", "*hear*about*", "*find*us*"],
        ),
        text(Field::TrackedSource, &["utm_*"]),
        text(Field::Company, &["Company"]),
        text(Field::LeadStatus, &["Lead Status"]),
        flag(Field::IsConverted, &["Converted", "Is Converted"]),
        moment(Field::ConvertedAt, &["Converted Date Time"]),
        text(Field::ConvertedAccountId, &["Converted Account.id"]),
        text(Field::ConvertedContactId, &["Converted Contact.id"]),
        text(Field::ConvertedDealId, &["Converted Deal.id", "Converted Potential.id"]),
        text(
            Field::Unused,
            &[
                "Converted Account",
                "Converted Contact",
                "Converted Deal",
                "Lead Conversion Time",
                "Tag",
            ],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
