//! Exports of CRMs read as what they say: every sample file against its expectations, and
//! whole imports of several exports of one truth.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail a test"
)]

mod formats;
mod joins;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use jiff::tz::TimeZone;
use touchstone::{
    discover::{self, Limits},
    domain::{Deal, DealStatus, Facts, Identity, LinkKind, Rejection, StatementKind},
    normalize::{self, Outcome, Settings},
    recognize::{self, Known, Verdict},
};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats/crm")
}

fn settings() -> Settings {
    Settings {
        zone: TimeZone::UTC,
        date_order: None,
        currency: None,
        stages: BTreeMap::new(),
        registry: recognize::Registry::default(),
    }
}

/// What reading one file gives.
struct Read {
    known: Box<Known>,
    outcome: Outcome,
    facts: Facts,
    rejections: Vec<Rejection>,
}

fn verdict(path: &Path) -> (discover::Source, Verdict) {
    let source = discover::Source::Path(path.to_path_buf());
    let scan = discover::scan(&mut fs::File::open(path).unwrap()).unwrap();
    let verdict = recognize::file(
        &recognize::Registry::default(),
        &path.display().to_string(),
        &scan,
    );
    (source, verdict)
}

fn read_path(path: &Path) -> Read {
    read_with(path, &settings())
}

fn read_with(path: &Path, settings: &Settings) -> Read {
    let (source, verdict) = verdict(path);
    let Verdict::Known(known) = verdict else {
        panic!("{}: {verdict:?}", path.display())
    };
    let (mut facts, mut rejections) = (Facts::default(), Vec::new());
    let mut emit = |batch: normalize::Batch| {
        facts.identities.append(batch.facts.identities);
        facts.accounts.extend(batch.facts.accounts);
        facts.contacts.extend(batch.facts.contacts);
        facts.deals.extend(batch.facts.deals);
        facts.links.extend(batch.facts.links);
        facts.statements.extend(batch.facts.statements);
        facts.evidence.extend(batch.facts.evidence);
        rejections.extend(batch.rejections);
    };
    let outcome =
        normalize::file(&source, Limits::default(), &known, 1, settings, &mut emit)
            .unwrap();
    Read { known, outcome, facts, rejections }
}

fn read(name: &str) -> Read {
    read_path(&samples().join(name))
}

/// Reads a table that is not on disk yet.
fn read_text(name: &str, text: &str) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    read_path(&path)
}

impl Read {
    fn status(&self, status: DealStatus) -> u64 {
        self.facts.deals.iter().filter(|deal| deal.status == status).count() as u64
    }

    fn deleted(&self) -> u64 {
        let is_deletion = |kind| kind == StatementKind::Deleted;
        self.facts.statements.iter().filter(|one| is_deletion(one.kind)).count() as u64
    }

    fn won(&self, amount: impl Fn(&Deal) -> Option<i64>) -> BTreeMap<String, i64> {
        let mut sums = BTreeMap::new();
        for deal in self.facts.deals.iter().filter(|deal| deal.status == DealStatus::Won)
        {
            if let Some(minor) = amount(deal) {
                *sums.entry(deal.currency.code().to_owned()).or_default() += minor;
            }
        }
        sums
    }

    fn deal(&self, id: &str) -> &Deal {
        let mut deals = self.facts.deals.iter();
        deals
            .find(|deal| &*deal.remote_id == id)
            .unwrap_or_else(|| panic!("no deal {id}"))
    }

    fn identity(&self, id: &str) -> Identity<&str> {
        let mut contacts = self.facts.contacts.iter();
        let contact = contacts.find(|one| &*one.remote_id == id).unwrap();
        self.facts.identities.get(contact.identity).unwrap()
    }

    fn links(&self, id: &str, kind: LinkKind) -> Vec<&str> {
        let deals = self.facts.deals.iter().map(|one| (&*one.remote_id, one.place));
        let contacts = self.facts.contacts.iter().map(|one| (&*one.remote_id, one.place));
        let mut records = contacts.chain(deals);
        let place = records.find(|(own, _)| *own == id).unwrap().1;
        let links = self.facts.links.iter();
        links
            .filter(|link| link.place == place && link.kind == kind)
            .map(|link| &*link.text)
            .collect()
    }
}
