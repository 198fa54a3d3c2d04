//! The ids that facts state: those of their own records, and of those that they name.

use super::{Facts, LinkKind, Place, RecordLink, Statement, StatementKind, Subject};

impl Statement {
    /// The kind of record whose id the object is; none where it is words or nothing.
    pub fn object_kind(&self) -> Option<Subject> {
        match self.kind {
            StatementKind::MergedInto => Some(self.about),
            StatementKind::Role | StatementKind::Activity => Some(Subject::Contact),
            StatementKind::Campaign => Some(Subject::Campaign),
            StatementKind::Deleted | StatementKind::Named | StatementKind::Stage => None,
        }
    }

    /// The ids of the contacts that it names.
    pub fn contacts(&self) -> impl Iterator<Item = &str> {
        let named =
            [(Some(self.about), &*self.subject), (self.object_kind(), &*self.object)];
        let contacts =
            named.into_iter().filter(|(kind, _)| *kind == Some(Subject::Contact));
        contacts.map(|(_, id)| id)
    }
}

/// An id that facts state.
#[derive(Clone, Copy, Debug)]
pub struct StatedId<'a> {
    /// The table that holds it.
    pub table: &'static str,
    /// The table's column.
    pub column: &'static str,
    /// Where.
    pub place: Place,
    /// The kind of record that it is of.
    pub about: Subject,
    /// The id.
    pub id: &'a str,
    /// Whether it is the row's own, not a reference to another record.
    pub is_own: bool,
    /// What the row calls its record, where that is words.
    pub name: Option<&'a str>,
}

impl Facts {
    /// The kind of record whose id a link is; none where it is no id of a record of its CRM.
    pub fn linked_kind(&self, link: &RecordLink) -> Option<Subject> {
        match link.kind {
            LinkKind::ContactId | LinkKind::ConvertedContact => Some(Subject::Contact),
            LinkKind::DealId | LinkKind::ConvertedDeal => Some(Subject::Deal),
            LinkKind::AccountId => Some(Subject::Account),
            // Another id of the row's own record.
            LinkKind::MergedId => Some(self.kind_at(link.place)),
            LinkKind::ContactEmail
            | LinkKind::ContactName
            | LinkKind::AccountName
            | LinkKind::AliasEmail
            | LinkKind::Phone
            | LinkKind::OtherId => None,
        }
    }

    /// The kind of record that a row which has links is.
    fn kind_at(&self, place: Place) -> Subject {
        if self.deals.binary_search_by_key(&place, |one| one.place).is_ok() {
            Subject::Deal
        } else if self.accounts.binary_search_by_key(&place, |one| one.place).is_ok() {
            Subject::Account
        } else {
            Subject::Contact
        }
    }

    /// All ids that facts state.
    pub fn stated_ids(&self) -> impl Iterator<Item = StatedId<'_>> {
        let own = |table, about, place, id, name| {
            let column = "remote_id";
            StatedId { table, column, place, about, id, is_own: true, name }
        };
        let reference = |(table, column), about, place, id| StatedId {
            table,
            column,
            place,
            about,
            id,
            is_own: false,
            name: None,
        };
        let contacts = self.contacts.iter().map(move |one| {
            own("contacts", Subject::Contact, one.place, &*one.remote_id, None)
        });
        let deals = self.deals.iter().map(move |one| {
            let name = one.name.as_deref();
            own("deal_records", Subject::Deal, one.place, &one.remote_id, name)
        });
        let accounts = self.accounts.iter().flat_map(move |one| {
            let (about, name) = (Subject::Account, one.name.as_deref());
            let parent = one.parent_id.as_deref();
            let parent = parent
                .map(|id| reference(("accounts", "parent_id"), about, one.place, id));
            [own("accounts", about, one.place, &one.remote_id, name)]
                .into_iter()
                .chain(parent)
        });
        let links = self.links.iter().filter_map(move |one| {
            let about = self.linked_kind(one)?;
            Some(reference(("record_links", "text"), about, one.place, &one.text))
        });
        let statements = self.statements.iter().flat_map(move |one| {
            let object = one.object_kind().map(|about| {
                reference(("statements", "object"), about, one.place, &one.object)
            });
            let subject =
                reference(("statements", "subject"), one.about, one.place, &one.subject);
            [subject].into_iter().chain(object)
        });
        contacts.chain(deals).chain(accounts).chain(links).chain(statements)
    }
}
