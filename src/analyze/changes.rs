//! What a run moved: leads, deals and credits, field by field.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Word;

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum ChangeKind {
    Lead,
    Deal,
    Credit,
}

impl Word for ChangeKind {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Lead, "lead"), (Self::Deal, "deal"), (Self::Credit, "credit")];

    fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Deal => "deal",
            Self::Credit => "credit",
        }
    }
}

/// The results as they stand: by kind, system, record and field, the value.
pub type State = BTreeMap<(ChangeKind, String, String, String), String>;

/// The files that are new and speak of a record, by kind (`lead`, `deal`), system and id.
pub type NewSources = BTreeMap<(String, String, String), BTreeSet<String>>;

/// One value that a run moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub kind: ChangeKind,
    /// The CRM.
    pub source_system: String,
    /// The CRM's own id of the lead or deal.
    pub remote_id: String,
    /// The field; model and post of a credit.
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
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    keys.into_iter()
        .filter(|key| old.get(key) != new.get(key))
        .map(|key| {
            let (kind, source_system, remote_id, what) = key.clone();
            let of = match kind {
                ChangeKind::Lead => "lead",
                ChangeKind::Deal | ChangeKind::Credit => "deal",
            };
            let record = (of.to_owned(), source_system.clone(), remote_id.clone());
            let files = sources.get(&record).map(|files| {
                files.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
            });
            Change {
                kind,
                source_system,
                remote_id,
                what,
                old_value: old.get(key).cloned(),
                new_value: new.get(key).cloned(),
                source_file: files,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(values: &[(&str, &str)]) -> State {
        let key = |what: &str| {
            (ChangeKind::Deal, "crm".to_owned(), "7".to_owned(), what.to_owned())
        };
        values.iter().map(|(what, value)| (key(what), (*value).to_owned())).collect()
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
}
