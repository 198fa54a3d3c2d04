//! Everything that was imported.

use super::{Facts, SourceFile};

/// All files and their facts.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The files, by number.
    pub files: Vec<SourceFile>,
    /// The facts of all files, by place.
    pub facts: Facts,
}

impl Facts {
    /// Adds the facts of the same or a later file.
    pub fn append(&mut self, next: Self) {
        self.identities.append(next.identities);
        add(&mut self.post_names, next.post_names);
        add(&mut self.claims, next.claims);
        add(&mut self.connections, next.connections);
        add(&mut self.shares, next.shares);
        add(&mut self.own_comments, next.own_comments);
        add(&mut self.messages, next.messages);
        add(&mut self.invitations, next.invitations);
        self.engagements.append(next.engagements);
        add(&mut self.labels, next.labels);
        add(&mut self.accounts, next.accounts);
        add(&mut self.contacts, next.contacts);
        add(&mut self.deals, next.deals);
        add(&mut self.links, next.links);
        add(&mut self.statements, next.statements);
        add(&mut self.evidence, next.evidence);
        add(&mut self.post_numbers, next.post_numbers);
        add(&mut self.name_pairs, next.name_pairs);
        add(&mut self.ad_days, next.ad_days);
        add(&mut self.lead_forms, next.lead_forms);
        add(&mut self.articles, next.articles);
    }

    /// Brings facts of whole files into the order in which a database gives them.
    pub fn sort(&mut self) {
        self.identities.sort();
        self.post_names.sort_by_key(|(id, _)| *id);
        self.claims.sort_by_key(|one| one.place);
        self.connections.sort_by_key(|one| one.place);
        self.shares.sort_by_key(|one| one.place);
        self.own_comments.sort_by_key(|one| one.place);
        self.messages.sort_by_key(|one| one.place);
        self.invitations.sort_by_key(|one| one.place);
        self.engagements.sort();
        self.labels.sort_by_key(|one| one.place);
        self.accounts.sort_by_key(|one| one.place);
        self.contacts.sort_by_key(|one| one.place);
        self.deals.sort_by_key(|one| one.place);
        self.links.sort_by_key(|one| one.place);
        self.statements.sort_by_key(|one| one.place);
        self.evidence.sort_by_key(|one| one.place);
        self.post_numbers.sort_by_key(|one| one.place);
        self.name_pairs.sort_by_key(|one| one.place);
        self.ad_days.sort_by_key(|one| one.place);
        self.lead_forms.sort_by_key(|one| one.place);
        self.articles.sort_by_key(|one| one.place);
    }
}

/// A list without room becomes the other one.
fn add<T>(list: &mut Vec<T>, mut next: Vec<T>) {
    if list.capacity() == 0 {
        *list = next;
    } else {
        list.append(&mut next);
    }
}
