//! What a run moved: leads, deals, credits and findings, field by field.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::State;
use crate::{
    attribute,
    domain::{Word, words},
};

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum ChangeKind {
    Lead,
    Deal,
    Credit,
    Finding,
}

words! {
    ChangeKind {
        Lead = "lead",
        Deal = "deal",
        Credit = "credit",
        Finding = "finding",
    }
}

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

/// Two states, and what moved between them: told by where it stands in them, as a night that
/// brings many deals moves some million credits.
#[derive(Debug)]
pub struct Comparison {
    old: State,
    new: State,
    sources: NewSources,
    /// The models of both states, by name.
    models: Vec<String>,
    moved: Vec<Moved>,
}

/// A field or a credit that moved.
#[derive(Clone, Copy, Debug)]
struct Moved {
    /// Where it is in the old state, and in the new one.
    at: [Option<u32>; 2],
    /// Of a credit the place of its model.
    model: Option<u8>,
}

/// A place in a list of a state.
fn place(at: usize) -> u32 {
    u32::try_from(at).expect("a state has fewer than 2^32 fields or credits")
}

impl Comparison {
    /// Compares two states.
    pub fn new(old: State, new: State, sources: NewSources) -> Self {
        let models: BTreeSet<&String> = old.models.iter().chain(&new.models).collect();
        let models = models.into_iter().cloned().collect();
        let mut own = Self { old, new, sources, models, moved: Vec::new() };
        let mut moved = own.moved_fields();
        own.add_moved_credits(&mut moved);
        moved.par_sort_unstable_by_key(|one| own.key(*one));
        own.moved = moved;
        own
    }

    /// What moved, in the order of kind, record and field.
    pub fn changes(&self) -> impl Iterator<Item = Change> {
        self.moved.iter().map(|one| self.change(*one))
    }

    /// Whether the same moved up to another state.
    pub fn is_up_to(&self, new: State) -> bool {
        let other = Self::new(self.old.clone(), new, self.sources.clone());
        other.changes().eq(self.changes())
    }

    /// The fields that moved, in no order.
    fn moved_fields(&self) -> Vec<Moved> {
        let (before, after) = (self.old.values(), self.new.values());
        let field = |old: Option<usize>, new: Option<usize>| Moved {
            at: [old, new].map(|at| at.map(place)),
            model: None,
        };
        let came = after.iter().filter_map(|(key, (at, value))| {
            let old = before.get(key);
            let is_same = old.is_some_and(|(_, before)| before == value);
            (!is_same).then(|| field(old.map(|(at, _)| *at), Some(*at)))
        });
        let went = before.iter().filter(|(key, _)| !after.contains_key(*key));
        came.chain(went.map(|(_, (at, _))| field(Some(*at), None))).collect()
    }

    /// Adds the credits that moved, by model and post, in no order.
    fn add_moved_credits(&self, moved: &mut Vec<Moved>) {
        let (old, new) = (&self.old, &self.new);
        let are_models_same = old.models == new.models;
        let deals = old.deals.iter();
        let deals: FxHashMap<[&str; 2], i64> = deals
            .map(|(number, key)| (key.map(|span| old.text(span)), *number))
            .collect();
        let posts: FxHashMap<&str, i64> =
            old.posts.iter().map(|(number, urn)| (old.text(*urn), *number)).collect();
        let mut left: FxHashMap<(i64, Option<i64>), usize> =
            (0..).zip(&old.credits).map(|(at, one)| ((one.deal, one.post), at)).collect();
        let mut compare = |at: [Option<usize>; 2]| {
            for (model, name) in (0_u8..).zip(&self.models) {
                if has_moved(name, self.minor(at, name)) {
                    let at = at.map(|at| at.map(place));
                    moved.push(Moved { at, model: Some(model) });
                }
            }
        };
        for (at, one) in new.credits.iter().enumerate() {
            let before = new.named(one).and_then(|(deal, post)| {
                let post = match post {
                    Some(urn) => Some(*posts.get(urn)?),
                    None => None,
                };
                left.remove(&(*deals.get(&deal)?, post))
            });
            let is_same =
                |before: usize| old.parts(&old.credits[before]) == new.parts(one);
            if !(are_models_same && before.is_some_and(is_same)) {
                compare([before, Some(at)]);
            }
        }
        for at in left.into_values() {
            compare([Some(at), None]);
        }
    }

    /// What a model credits, before and after.
    fn minor(&self, at: [Option<usize>; 2], model: &str) -> (Option<i64>, Option<i64>) {
        let [old, new] = at;
        let credit = |state: &State, at: Option<usize>| state.credit(at?, model);
        (credit(&self.old, old), credit(&self.new, new))
    }

    /// What it is about, for the order; of a credit the field is the model, then the post.
    fn key(&self, moved: Moved) -> (ChangeKind, [&str; 4]) {
        let [old, new] = moved.at;
        let state = if new.is_some() { &self.new } else { &self.old };
        let at = new.or(old).expect("what moved stands in a state") as usize;
        let Some(model) = moved.model else {
            let (kind, [system, id, what]) = state.fields[at].key(state);
            return (kind, [system, id, what, ""]);
        };
        let ([system, id], post) = state.named(&state.credits[at]).unwrap_or_default();
        let model = &self.models[usize::from(model)];
        (ChangeKind::Credit, [system, id, model, post.unwrap_or("no post")])
    }

    fn change(&self, moved: Moved) -> Change {
        let (kind, [system, id, what, post]) = self.key(moved);
        let at = moved.at.map(|at| at.map(|at| at as usize));
        let (old_value, new_value) = if moved.model.is_some() {
            let (old, new) = self.minor(at, what);
            let text = |minor: i64| minor.to_string();
            (old.map(text), new.map(text))
        } else {
            let value = |state: &State, at: Option<usize>| {
                Some(state.text(state.fields[at?].value).to_owned())
            };
            (value(&self.old, at[0]), value(&self.new, at[1]))
        };
        let of = if kind == ChangeKind::Credit { ChangeKind::Deal } else { kind };
        let record = (of.word().to_owned(), system.to_owned(), id.to_owned());
        let names = |files: &BTreeSet<String>| {
            files.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
        };
        let what =
            if post.is_empty() { what.to_owned() } else { format!("{what} {post}") };
        Change {
            kind,
            source_file: self.sources.get(&record).map(names),
            source_system: record.1,
            remote_id: record.2,
            what,
            old_value,
            new_value,
        }
    }
}

/// Whether a credit has moved. Under a model that learns from all journeys each of them moves
/// all credits a little: less than a hundredth has not moved.
fn has_moved(model: &str, minor: (Option<i64>, Option<i64>)) -> bool {
    match minor {
        (Some(old), Some(new)) if attribute::learns(model) => {
            let most = old.unsigned_abs().max(new.unsigned_abs());
            most < old.abs_diff(new).saturating_mul(100)
        }
        (old, new) => old != new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(old: &State, new: &State, sources: &NewSources) -> Vec<Change> {
        Comparison::new(old.clone(), new.clone(), sources.clone()).changes().collect()
    }

    fn state(values: &[(&str, &str)]) -> State {
        let mut state = State::default();
        for (what, value) in values {
            state.add(ChangeKind::Deal, ["crm", "7", what], value);
        }
        state
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
            let models = models.iter().map(|&name| name.to_owned()).collect();
            let mut state = State::of(models);
            state.add_deal(1, ["crm", "7"], ("won", None, None));
            state.add_post(1, "urn:1");
            state.add_credits((1, Some(1)), credits.iter().copied());
            state
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

    #[test]
    fn what_a_model_learns_anew_moves_a_credit_by_a_hundredth_or_not_at_all() {
        for (model, [before, after], expected) in [
            ("linear", [10_000, 10_001], true),
            ("markov", [10_000, 10_000], false),
            ("markov", [10_000, 10_099], false),
            ("markov", [10_000, 10_102], true),
            ("shapley", [-10_000, -9_950], false),
            ("incremental", [0, 1], true),
        ] {
            let minor = (Some(before), Some(after));
            assert_eq!(has_moved(model, minor), expected, "{model} {minor:?}");
        }
        assert!(has_moved("markov", (None, Some(0))));
    }

    #[test]
    fn credits_are_compared_by_deal_and_post_whatever_their_numbers() {
        let state = |posts: &[&str], credits: &[(Option<i64>, i64)]| {
            let mut state = State::of(vec!["linear".to_owned()]);
            state.add_deal(1, ["crm", "7"], ("won", None, None));
            (1..).zip(posts).for_each(|(number, urn)| state.add_post(number, urn));
            for (post, minor) in credits {
                state.add_credits((1, *post), [Some(*minor)]);
            }
            state
        };
        let old = state(&["urn:2", "urn:3"], &[(Some(1), 5), (Some(2), 6), (None, 7)]);
        let new =
            state(&["urn:1", "urn:2", "urn:3"], &[(Some(1), 4), (Some(2), 5), (None, 8)]);
        let told = |one: Change| (one.what, one.old_value, one.new_value);
        let moved = changes(&old, &new, &NewSources::new());
        let expected = [
            ("linear no post".to_owned(), Some("7".to_owned()), Some("8".to_owned())),
            ("linear urn:1".to_owned(), None, Some("4".to_owned())),
            ("linear urn:3".to_owned(), Some("6".to_owned()), None),
        ];
        assert_eq!(moved.into_iter().map(told).collect::<Vec<_>>(), expected);
    }
}
