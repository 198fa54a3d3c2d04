//! What LinkedIn and the tools around it export reads as it says.

mod analytics;
mod people;

use std::path::PathBuf;

use touchstone::{
    discover::Limits,
    domain::{Facts, Metric, Numbers, PostName, PostNameId, Rejection, UnixMs, iso},
    normalize,
    pipeline::{self, Inspection},
    recognize::{Registry, Verdict},
};

use crate::{
    binary,
    network::{self, Network, formats, settings, silent},
};

/// All that one file states.
#[derive(Default)]
struct Read {
    facts: Facts,
    rejections: Vec<Rejection>,
    notes: Vec<String>,
    rows: u64,
    formats: Vec<String>,
    places: Vec<String>,
}

fn data(path: &str) -> PathBuf {
    network::data("formats").join(path)
}

fn inspect(paths: &[&str]) -> Inspection {
    inspect_paths(&formats(paths))
}

fn inspect_paths(paths: &[PathBuf]) -> Inspection {
    pipeline::inspect(paths, &Registry::default(), Limits::default(), &silent).unwrap()
}

/// Reads the tables of one file that are known.
fn read(path: &str) -> Read {
    let mut read = Read::default();
    for one in inspect(&[path]).files {
        let known = match &one.verdict {
            Verdict::Known(known) => known,
            Verdict::Ignored(_) => continue,
            other => unreachable!("{}: {other:?}", one.file.name),
        };
        read.formats.push(known.format.name.to_owned());
        read.places.push(one.file.name.clone());
        let mut emit = |mut batch: normalize::Batch| {
            read.facts.identities.append(batch.facts.identities);
            read.facts.post_names.append(&mut batch.facts.post_names);
            read.facts.engagements.append(batch.facts.engagements);
            read.facts.contacts.append(&mut batch.facts.contacts);
            read.facts.post_numbers.append(&mut batch.facts.post_numbers);
            read.facts.name_pairs.append(&mut batch.facts.name_pairs);
            read.facts.ad_days.append(&mut batch.facts.ad_days);
            read.facts.lead_forms.append(&mut batch.facts.lead_forms);
            read.facts.articles.append(&mut batch.facts.articles);
            read.facts.shares.append(&mut batch.facts.shares);
            read.rejections.append(&mut batch.rejections);
        };
        let id = u32::try_from(read.formats.len()).unwrap();
        let limits = Limits::default();
        let outcome =
            normalize::file(&one.file.source, limits, known, id, &settings(), &mut emit);
        let outcome = outcome.unwrap();
        read.rows += outcome.rows_read;
        read.notes.extend(outcome.notes);
    }
    read
}

impl Read {
    fn name(&self, id: PostNameId) -> String {
        let (_, name) = self.facts.post_names.iter().find(|(one, _)| *one == id).unwrap();
        name.to_string()
    }

    /// The numbers of a post under the name that the file uses.
    fn numbers(&self, name: &str) -> Numbers {
        let mut numbers = Numbers::default();
        for one in &self.facts.post_numbers {
            if self.name(one.post_name) == name {
                numbers.update(&one.numbers);
            }
        }
        assert!(!numbers.is_empty(), "nothing is known of {name}");
        numbers
    }

    fn posts(&self) -> usize {
        let mut names: Vec<String> =
            self.facts.post_numbers.iter().map(|one| self.name(one.post_name)).collect();
        names.sort();
        names.dedup();
        names.len()
    }
}

/// Runs the pipeline over paths and asks one view.
fn ask(paths: &[&str], sql: &str) -> Vec<String> {
    ask_paths(&formats(paths), sql)
}

fn ask_paths(paths: &[PathBuf], sql: &str) -> Vec<String> {
    let network = Network::new();
    network.run(paths);
    binary::rows(&network.database(), sql, "|")
}

const MIRA: &str = "urn:li:activity:7175981868172295581";
const AMARA: &str = "urn:li:activity:7424567489747591168";
