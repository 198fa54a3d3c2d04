//! Encompass: the pipeline of loans. Only released funds prove that a loan was made: the day it
//! closes repeats the estimate.

use super::{
    Amounts, Crm, Dates, DealStatus, Field, Format, NameOrder, Record, Takes, amount,
    crm, day, needed, needed_amount, text,
};

const CRM: Crm = Crm {
    words: crm::REFUSED_LOANS,
    otherwise: DealStatus::Open,
    needs: &[&[Field::FullName, Field::LastName], &[Field::FundedAt, Field::Status]],
    currency: "USD",
    names: NameOrder::LastFirst,
    ..Crm::PLAIN
};

pub(super) const FORMAT: Format = Format {
    name: "encompass-pipeline",
    summary: "Encompass: loans and their borrowers",
    takes: Takes::Crm(Record::ContactWithDeal, &CRM),
    columns: &[
        needed(Field::RemoteId, &["LoanNumber", "Loan Number"]),
        text(Field::FullName, &["BorrowerName", "Borrower Name"]),
        text(Field::FirstName, &["BorrowerFirstName", "Borrower First Name"]),
        text(Field::LastName, &["BorrowerLastName", "Borrower Last Name"]),
        text(Field::Email, &["BorrowerEmail", "Borrower Email"]),
        text(Field::Owner, &["LoanOfficerName", "Loan Officer", "Loan Officer Name"]),
        text(
            Field::Status,
            &["LoanFolderName", "Loan Folder", "CurrentMilestone", "Current Milestone"],
        ),
        needed_amount(
            Field::LoanAmount,
            &["TotalLoanAmount", "LoanAmount", "Loan Amount", "Total Loan Amount"],
        ),
        amount(Field::PropertyPrice, &["PurchasePrice", "Purchase Price"]),
        day(Field::CreatedAt, &["ApplicationDate", "Application Date"]),
        day(Field::FundedAt, &["FundingFundsReleased", "Funds Released"]),
        text(Field::RepEnteredSource, &["ReferralSource", "Referral Source"]),
        text(
            Field::Unused,
            &["LoanPurpose", "LoanType", "EstClosingDate", "ClosedDate", "InterestRate"],
        ),
    ],
    dates: Dates::MONTH_FIRST,
    amounts: Amounts::ByColumn,
};
