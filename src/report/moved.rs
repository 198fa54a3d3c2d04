//! What runs moved, as people read it.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{money, words::harmless};
use crate::{
    analyze::{Change, ChangeKind},
    domain::Word,
    store::{Store, StoreError},
};

/// A credit that several models moved alike stands in one line.
struct Line<'a> {
    run_id: i64,
    change: &'a Change,
    what: String,
    models: Vec<&'a str>,
}

/// The changes in lines, run by run, what matters most first; the last line counts them.
pub fn changes(
    store: &Store,
    changes: &[(i64, Change)],
    since: i64,
) -> Result<Vec<String>, StoreError> {
    let mut currencies: BTreeMap<Record<'_>, String> = BTreeMap::new();
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut places: BTreeMap<(i64, Record<'_>, String, Values<'_>), usize> =
        BTreeMap::new();
    let mut counts: BTreeMap<ChangeKind, i64> = BTreeMap::new();
    for (run_id, change) in changes {
        *counts.entry(change.kind).or_default() += 1;
        let (model, what) = match (change.kind, change.what.split_once(' ')) {
            (ChangeKind::Credit, Some((model, post))) => (Some(model), post.to_owned()),
            _ => (None, change.what.clone()),
        };
        let record = (change.source_system.as_str(), change.remote_id.as_str());
        if model.is_some() && !currencies.contains_key(&record) {
            let deals = store.deals_of_id(&change.remote_id)?.into_iter();
            let own = deals.filter(|deal| deal.source_system == change.source_system);
            let own = own.map(|deal| deal.currency).next().unwrap_or_default();
            currencies.insert(record, own);
        }
        let values = (change.old_value.as_deref(), change.new_value.as_deref());
        let key = (*run_id, record, what.clone(), values);
        let same = places.get(&key).filter(|_| model.is_some());
        if let Some(at) = same {
            lines[*at].models.extend(model);
        } else {
            places.insert(key, lines.len());
            let models = model.into_iter().collect();
            lines.push(Line { run_id: *run_id, change, what, models });
        }
    }
    lines.sort_by_key(|line| {
        (line.run_id, weight(line.change.kind), Reverse(moved_minor(line.change)))
    });
    let mut told: Vec<String> = lines
        .iter()
        .map(|line| {
            let Change { source_system, remote_id, .. } = line.change;
            let own = currencies.get(&(source_system.as_str(), remote_id.as_str()));
            line.text(own.map(String::as_str))
        })
        .collect();
    told.push(counted(&counts, since));
    Ok(told)
}

/// What matters most comes first: what came of deals and leads, what the data say of it, and
/// last how credit is shared, what moved most of it before the cents by which a fit differs.
fn weight(kind: ChangeKind) -> u8 {
    match kind {
        ChangeKind::Deal => 0,
        ChangeKind::Lead => 1,
        ChangeKind::Finding => 2,
        ChangeKind::Credit => 3,
    }
}

/// How many minor units moved of a credit; none of all else.
fn moved_minor(change: &Change) -> u64 {
    let minor = |value: &Option<String>| {
        value.as_deref().and_then(|value| value.parse::<i64>().ok()).unwrap_or(0)
    };
    match change.kind {
        ChangeKind::Credit => minor(&change.old_value).abs_diff(minor(&change.new_value)),
        ChangeKind::Finding | ChangeKind::Deal | ChangeKind::Lead => 0,
    }
}

/// A system and an id: two CRMs may give the same.
type Record<'a> = (&'a str, &'a str);

/// What was there and what is there.
type Values<'a> = (Option<&'a str>, Option<&'a str>);

impl Line<'_> {
    fn text(&self, currency: Option<&str>) -> String {
        let one = self.change;
        let amount = |minor: &str, currency: &str| {
            let minor: Option<i64> = minor.parse().ok();
            minor.map(|minor| money::amount(minor, currency))
        };
        let told = |value: &Option<String>| {
            let Some(value) = value.as_deref() else { return "nothing".to_owned() };
            let known = match (one.kind, self.what.as_str(), value.split_once(' ')) {
                (ChangeKind::Credit, ..) => amount(value, currency.unwrap_or("XXX")),
                (ChangeKind::Deal, "amount", Some((minor, own))) => amount(minor, own),
                (ChangeKind::Lead, "match basis", _) => Some(value.replace('_', " ")),
                _ => None,
            };
            known.unwrap_or_else(|| value.to_owned())
        };
        let models = match self.models.as_slice() {
            [] => String::new(),
            models => format!(" under {}", models.join(", ")),
        };
        let source = one.source_file.as_deref();
        harmless(&format!(
            "run {}  {} {}  {}: {} → {}{models}{}",
            self.run_id,
            one.kind.word(),
            one.remote_id,
            self.what,
            told(&one.old_value),
            told(&one.new_value),
            source.map(|file| format!("  ({file})")).unwrap_or_default()
        ))
    }
}

/// `874 changes: 14 of deals, 860 of credits.`
fn counted(counts: &BTreeMap<ChangeKind, i64>, since: i64) -> String {
    let all: i64 = counts.values().sum();
    if all == 0 {
        return match since {
            0 => "Nothing moved: the first run has none before it.".to_owned(),
            _ => format!("Nothing moved since run {since}."),
        };
    }
    let each: Vec<String> = counts
        .iter()
        .map(|(kind, count)| {
            format!("{} of {}s", money::grouped(count.unsigned_abs()), kind.word())
        })
        .collect();
    format!("{}: {}.", money::counted(all, "change", "changes"), each.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: ChangeKind, what: &str, old: Option<&str>, new: &str) -> Change {
        Change {
            kind,
            source_system: "hubspot".to_owned(),
            remote_id: "7".to_owned(),
            what: what.to_owned(),
            old_value: old.map(str::to_owned),
            new_value: Some(new.to_owned()),
            source_file: None,
        }
    }

    #[test]
    fn models_that_move_a_credit_alike_stand_in_one_line() {
        let one = change(ChangeKind::Credit, "linear urn:li:share:1", None, "12345");
        let line = Line {
            run_id: 2,
            change: &one,
            what: "urn:li:share:1".to_owned(),
            models: vec!["linear", "markov"],
        };
        assert_eq!(
            line.text(Some("EUR")),
            "run 2  credit 7  urn:li:share:1: nothing → EUR 123.45 under linear, markov"
        );
    }

    #[test]
    fn of_credits_what_moved_most_stands_first() {
        let moved = |old, new| {
            moved_minor(&change(ChangeKind::Credit, "linear no post", old, new))
        };
        assert_eq!((moved(Some("100"), "99"), moved(None, "-7")), (1, 7));
        assert_eq!(moved_minor(&change(ChangeKind::Deal, "amount", None, "5 EUR")), 0);
        let limits = (i64::MIN.to_string(), i64::MAX.to_string());
        assert_eq!(moved(Some(&limits.0), &limits.1), u64::MAX);
    }

    #[test]
    fn amounts_read_as_amounts_and_counts_in_the_plural() {
        let one = change(ChangeKind::Deal, "amount", Some("5 EUR"), "30000 EUR");
        let what = "amount".to_owned();
        let line = Line { run_id: 3, change: &one, what, models: Vec::new() };
        assert_eq!(line.text(None), "run 3  deal 7  amount: EUR 0.05 → EUR 300.00");
        let counts =
            BTreeMap::from([(ChangeKind::Deal, 14), (ChangeKind::Credit, 1_860)]);
        assert_eq!(counted(&counts, 1), "1,874 changes: 14 of deals, 1,860 of credits.");
        assert_eq!(counted(&BTreeMap::new(), 4), "Nothing moved since run 4.");
    }
}
