//! Salesforce: Task or Event, an activity that names a person and what it is about.

use super::{
    Amounts, Crm, Dates, Field, Format, Ids, Record, Takes, flag, moment, needed, text,
};

const CRM: Crm = Crm { ids: Ids::Salesforce, ..Crm::PLAIN };

pub(super) const FORMAT: Format = Format {
    name: "salesforce-task",
    summary: "Salesforce: tasks and events",
    takes: Takes::Crm(Record::Activity, &CRM),
    columns: &[
        needed(Field::ContactId, &["WhoId"]),
        needed(Field::DealId, &["WhatId"]),
        flag(Field::IsDeleted, &["IsDeleted"]),
        moment(Field::HappenedAt, &["CreatedDate", "ActivityDate"]),
        text(
            Field::Unused,
            &["Id", "Subject", "Status", "Description", "ActivityDateTime"],
        ),
    ],
    dates: Dates::UTC,
    amounts: Amounts::PointOrExponent,
};
