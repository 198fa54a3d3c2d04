//! What proposed formats are called.

use std::collections::BTreeSet;

use super::Proposal;
use crate::{
    normalize::stage_key,
    recognize::{Own, OwnKind, Registry},
};

/// Makes one configuration of what is proposed for tables that lie together: each format has a
/// name of its own, and tables of the same columns have one format.
pub fn together(registry: &Registry, proposals: &mut [Option<Proposal>]) {
    let mut names: BTreeSet<String> =
        registry.formats().iter().map(|format| format.name.to_owned()).collect();
    let mut seen: Vec<Own> = Vec::new();
    for Proposal { own, text } in proposals.iter_mut().flatten() {
        let is_same = |one: &&Own| one.kind == own.kind && one.columns == own.columns;
        if let Some(one) = seen.iter().find(is_same) {
            own.name.clone_from(&one.name);
            *text = format!("# The format {} above reads this table, too.\n", own.name);
            continue;
        }
        let name = free_name(&own.name, |name| names.contains(name));
        let line = |name: &str| format!("\nname = \"{name}\"  #");
        *text = text.replacen(&line(&own.name), &line(&name), 1);
        own.name.clone_from(&name);
        names.insert(name);
        seen.push(own.clone());
    }
}

/// A name from that of the file, and the kind: `sales_2024.csv` gives `sales-deals`.
pub(super) fn named(file: &str, kind: &OwnKind) -> String {
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = stem.split('.').next().unwrap_or(stem);
    let words = stage_key(stem);
    let words: Vec<&str> = words
        .split(' ')
        .filter(|word| {
            !word.is_empty()
                && word.is_ascii()
                && !word.bytes().all(|b| b.is_ascii_digit())
        })
        .take(3)
        .collect();
    let words = match words.first() {
        None => "my".to_owned(),
        Some(first) if first.starts_with("linkedin") => format!("my_{}", words.join("_")),
        _ => words.join("_"),
    };
    format!("{words}-{}s", kind.word)
}

/// The name, or the first with a number behind it that is free.
pub(super) fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(name) {
        return name.to_owned();
    }
    let mut numbered = (2..).map(|number: u32| format!("{name}-{number}"));
    numbered.find(|name| !is_taken(name)).unwrap_or_default()
}
