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
    pub fn append(&mut self, mut next: Self) {
        self.identities.append(&next.identities);
        self.post_names.append(&mut next.post_names);
        self.claims.append(&mut next.claims);
        self.connections.append(&mut next.connections);
        self.shares.append(&mut next.shares);
        self.own_comments.append(&mut next.own_comments);
        self.given_reactions.append(&mut next.given_reactions);
        self.messages.append(&mut next.messages);
        self.invitations.append(&mut next.invitations);
        self.engagements.append(&mut next.engagements);
        self.labels.append(&mut next.labels);
        self.accounts.append(&mut next.accounts);
        self.contacts.append(&mut next.contacts);
        self.deals.append(&mut next.deals);
        self.links.append(&mut next.links);
        self.statements.append(&mut next.statements);
        self.evidence.append(&mut next.evidence);
        self.post_numbers.append(&mut next.post_numbers);
        self.name_pairs.append(&mut next.name_pairs);
        self.ad_days.append(&mut next.ad_days);
        self.lead_forms.append(&mut next.lead_forms);
        self.articles.append(&mut next.articles);
    }

    /// Brings facts of whole files into the order in which a database gives them.
    pub fn sort(&mut self) {
        self.identities.sort();
        self.post_names.sort_by_key(|(id, _)| *id);
        self.claims.sort_by_key(|one| one.place);
        self.connections.sort_by_key(|one| one.place);
        self.shares.sort_by_key(|one| one.place);
        self.own_comments.sort_by_key(|one| one.place);
        self.given_reactions.sort_by_key(|one| one.place);
        self.messages.sort_by_key(|one| one.place);
        self.invitations.sort_by_key(|one| one.place);
        self.engagements.sort_by_key(|one| one.place);
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
