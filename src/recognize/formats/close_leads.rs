//! Close: Leads → Export. A lead is a company, with its first contact and opportunity.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, amount, cents, crm, day, moment,
    needed, text,
};

const CRM: Crm = Crm {
    words: crm::COMMON,
    // Opportunities have the other columns, too.
    needs: &[&[
        Field::FullName,
        Field::FirstName,
        Field::LastName,
        Field::Email,
        Field::Status,
        Field::Stage,
        Field::Amount,
    ]],
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "close-leads",
    summary: "Close: leads with their first contact and opportunity",
    takes: Takes::Crm(Record::ContactWithDeal, &CRM),
    columns: &[
        needed(Field::RemoteId, &["id"]),
        needed(Field::Company, &["lead_name", "display_name"]),
        text(Field::FirstName, &["primary_contact_first_name"]),
        text(Field::LastName, &["primary_contact_last_name"]),
        text(Field::FullName, &["primary_contact_name"]),
        text(Field::Email, &["primary_contact_primary_email"]),
        text(Field::EmailAliases, &["primary_contact_other_emails"]),
        text(
            Field::Phone,
            &["primary_contact_primary_phone", "primary_contact_other_phones"],
        ),
        text(Field::ProfileUrl, &["primary_contact_primary_url", "custom.*linkedin*"]),
        needed(Field::LeadStatus, &["status_label"]),
        moment(Field::CreatedAt, &["date_created"]),
        moment(Field::ChangedAt, &["date_updated"]),
        text(Field::Status, &["primary_opportunity_status_type"]),
        text(Field::Stage, &["primary_opportunity_status_label"]),
        cents(Field::Amount, &["primary_opportunity_value"]),
        text(Field::Period, &["primary_opportunity_value_period"]),
        text(Field::Currency, &["primary_opportunity_value_currency"]),
        day(
            Field::ClosedAt,
            &["primary_opportunity_date_won", "primary_opportunity_date_lost"],
        ),
        text(Field::RepEnteredSource, &["custom.Lead Source", "custom.*source*"]),
        amount(
            Field::LoanAmount,
            &["custom.Loan Amount", "custom.*loan*amount*", "custom.*loan size*"],
        ),
        text(Field::SelfReportedSource, &["custom.*hear*about*", "custom.*find*us*"]),
        text(Field::TrackedSource, &["custom.utm_*", "utm_*"]),
        text(
            Field::Unused,
            &[
                "description",
                "url",
                "primary_contact_title",
                "primary_contact_primary_email_type",
                "num_opportunities",
            ],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
