//! HubSpot: property history of deals. At most the last twenty values are kept, so it proves
//! that a deal was at a stage, never that it was not.

use super::{
    Amounts, Crm, Dates, Field, Format, Record, Takes, crm, moment, needed, text,
};

const CRM: Crm = Crm { words: crm::CLOSED, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "hubspot-property-history",
    summary: "HubSpot: the stages that deals went through",
    takes: Takes::Crm(Record::PropertyHistory, &CRM),
    columns: &[
        needed(Field::DealId, &["Record ID", "Object ID", "Deal ID"]),
        needed(Field::Property, &["Property name", "Property", "Name"]),
        needed(Field::Value, &["Value", "Property value"]),
        moment(Field::HappenedAt, &["Timestamp", "Date", "Changed at"]),
        text(
            Field::Unused,
            &["Source type", "Source details", "Source detail", "Updated by"],
        ),
    ],
    dates: Dates::ACCOUNT,
    amounts: Amounts::PointWithoutGroups,
};
