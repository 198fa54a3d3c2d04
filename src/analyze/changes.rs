//! What a run moved: leads, deals, credits and findings, field by field.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Word;

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum ChangeKind {
    Lead,
    Deal,
    Credit,
    Finding,
}

impl Word for ChangeKind {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Lead, "lead"),
        (Self::Deal, "deal"),
        (Self::Credit, "credit"),
        (Self::Finding, "finding"),
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Deal => "deal",
            Self::Credit => "credit",
            Self::Finding => "finding",
        }
    }
}

/// The results as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// By kind, system, record and field: the value.
    pub fields: BTreeMap<Key, String>,
    /// The models, in the order of the credits.
    pub models: Vec<String>,
    /// By system, deal and post, or no post: the credit of each model in minor units.
    pub credits: BTreeMap<(String, String, Option<String>), Vec<Option<i64>>>,
}

/// A kind, the CRM, the CRM's own id of the record, and a field.
type Key = (ChangeKind, String, String, String);

/// The files that are new and speak of a record, by kind (`lead`, `deal`), system and id.
pub type NewSources = BTreeMap<(String, String, String), BTreeSet<String>>;

/// One value that a run moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub kind: ChangeKind,
    /// The CRM; of a finding, our own name.
    pub source_system: String,
    /// The CRM's own id of the lead or deal; a finding's name.
    pub remote_id: String,
    /// The field; model and post of a credit; statistic, model and theme of a finding.
    pub what: String,
    /// What was there; none where nothing was.
    pub old_value: Option<String>,
    /// What is there; none where nothing is.
    pub new_value: Option<String>,
    /// The new files that speak of the record; none where the cause lies elsewhere.
    pub source_file: Option<String>,
}

/// Compares two states; changes stand in the order of kind, record and field.
pub fn changes(old: &State, new: &State, sources: &NewSources) -> Vec<Change> {
    let fields: BTreeSet<_> = old.fields.keys().chain(new.fields.keys()).collect();
    let moved = fields
        .into_iter()
        .map(|key| (key.clone(), old.fields.get(key), new.fields.get(key)))
        .filter(|(_, old, new)| old != new)
        .map(|(key, old, new)| (key, (old.cloned(), new.cloned())));
    let all: BTreeMap<_, _> = moved.chain(moved_credits(old, new)).collect();
    let change = |(key, (old_value, new_value))| {
        let (kind, source_system, remote_id, what): Key = key;
        let of = if kind == ChangeKind::Credit { ChangeKind::Deal } else { kind };
        let record = (of.word().to_owned(), source_system.clone(), remote_id.clone());
        let names = |files: &BTreeSet<String>| {
            files.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
        };
        let source_file = sources.get(&record).map(names);
        Change { kind, source_system, remote_id, what, old_value, new_value, source_file }
    };
    all.into_iter().map(change).collect()
}

/// A value before and after; none where nothing is.
type Moved = (Option<String>, Option<String>);

/// The credits that moved, by model and post.
fn moved_credits(old: &State, new: &State) -> Vec<(Key, Moved)> {
    let are_models_same = old.models == new.models;
    let models: BTreeSet<&String> = old.models.iter().chain(&new.models).collect();
    let posts: BTreeSet<_> = old.credits.keys().chain(new.credits.keys()).collect();
    let mut moved = Vec::new();
    for key in posts {
        let (old_row, new_row) = (old.credits.get(key), new.credits.get(key));
        if are_models_same && old_row == new_row {
            continue;
        }
        let (source_system, remote_id, post) = key;
        for model in &models {
            let values = (old.credit(old_row, model), new.credit(new_row, model));
            if values.0 != values.1 {
                let what = format!("{model} {}", post.as_deref().unwrap_or("no post"));
                let (system, id) = (source_system.clone(), remote_id.clone());
                moved.push(((ChangeKind::Credit, system, id, what), values));
            }
        }
    }
    moved
}

impl State {
    /// What a model credits, of a row of credits.
    fn credit(&self, row: Option<&Vec<Option<i64>>>, model: &str) -> Option<String> {
        let at = self.models.iter().position(|name| name == model)?;
        Some(row?.get(at)?.as_ref()?.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(values: &[(&str, &str)]) -> State {
        let key = |what: &str| {
            (ChangeKind::Deal, "crm".to_owned(), "7".to_owned(), what.to_owned())
        };
        let field = |(what, value): &(&str, &str)| (key(what), (*value).to_owned());
        State { fields: values.iter().map(field).collect(), ..State::default() }
    }

    #[test]
    fn what_came_went_or_moved_is_a_change_and_what_stayed_is_none() {
        let old =
            state(&[("status", "open"), ("amount", "100"), ("lead 1", "contact id")]);
        let new = state(&[("status", "won"), ("amount", "100"), ("closed at", "2024")]);
        let file = BTreeSet::from(["deals.csv".to_owned()]);
        let record = ("deal".to_owned(), "crm".to_owned(), "7".to_owned());
        let found = changes(&old, &new, &NewSources::from([(record, file)]));
        let told: Vec<_> = found
            .iter()
            .map(|one| {
                (one.what.as_str(), one.old_value.as_deref(), one.new_value.as_deref())
            })
            .collect();
        let expected = [
            ("closed at", None, Some("2024")),
            ("lead 1", Some("contact id"), None),
            ("status", Some("open"), Some("won")),
        ];
        assert_eq!(told, expected);
        assert!(found.iter().all(|one| one.source_file.as_deref() == Some("deals.csv")));
        assert_eq!(changes(&new, &new, &NewSources::new()), []);
    }

    #[test]
    fn credits_are_compared_by_model_whatever_its_place() {
        let state = |models: &[&str], credits: &[Option<i64>]| {
            let key = ("crm".to_owned(), "7".to_owned(), Some("urn:1".to_owned()));
            let models = models.iter().map(|&name| name.to_owned()).collect();
            let credits = BTreeMap::from([(key, credits.to_vec())]);
            State { models, credits, ..State::default() }
        };
        let old = state(&["linear", "markov"], &[Some(5), Some(7)]);
        let moved = |new: &State| {
            let changes = changes(&old, new, &NewSources::new());
            let told = |one: Change| (one.what, one.old_value, one.new_value);
            changes.into_iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(moved(&state(&["markov", "linear"], &[Some(7), Some(5)])), []);
        let expected = [("markov urn:1".to_owned(), Some("7".to_owned()), None)];
        assert_eq!(moved(&state(&["linear"], &[Some(5)])), expected);
        let expected = [("linear urn:1".into(), Some("5".into()), Some("6".into()))];
        assert_eq!(moved(&state(&["linear", "markov"], &[Some(6), Some(7)])), expected);
    }
}
