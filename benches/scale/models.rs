//! What each model costs alone, on the journeys of a database.

use std::{path::Path, time::Instant};

use jiff::Timestamp;
use rayon::prelude::*;
use touchstone::{
    attribute::{
        self, Cases, Channels, MODELS, Options,
        incremental::{self, Effort},
    },
    classify::Classifier,
    domain::{Loaded, Post},
    link::{self, Engagements, Linkable, Linking},
    resolve::{Exports, Resolved, Told, resolve},
    store::Store,
};

use super::{Failure, measure::Figures};

const WINDOW_DAYS: u32 = 90;

/// Credits what is imported under each model in turn, then by the incremental model with
/// neither placebo nor bootstrap; the seconds of each among the figures.
pub(crate) fn run(database: &Path, figures: &mut Figures) -> Result<(), Failure> {
    let mut loaded = Store::open_to_read(database)?.load()?;
    let mut resolved = resolve(&loaded, &Told::default());
    give_themes(&mut resolved.posts);
    let as_of = resolved.newest_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let as_of = as_of.unwrap_or(Timestamp::UNIX_EPOCH);
    credit(&mut loaded, &resolved, as_of, figures);
    let began = Instant::now();
    let study = incremental::study(&resolved, as_of, Options::default().seed);
    let effort = Effort { placebo_draws: 0, bootstrap_draws: 0 };
    incremental::measure(&study, effort).map_err(|_| "too little data for a study")?;
    note(figures, incremental::NAME, began);
    Ok(())
}

fn credit(
    loaded: &mut Loaded,
    resolved: &Resolved,
    as_of: Timestamp,
    figures: &mut Figures,
) {
    let facts = Linkable::taken(&mut loaded.facts, resolved);
    let engagements = std::mem::take(&mut loaded.facts.engagements);
    let engagements = Engagements::new(resolved, &facts.posts, engagements);
    let exports = Exports::new(&loaded.files);
    let linking = Linking { resolved, facts: &facts, exports: &exports };
    let touches = link::touches(&linking, &engagements);
    let (leads, deals) = (&resolved.leads, &resolved.deals);
    let channels = Channels::of_posts(&resolved.posts);
    let lead_nulls = link::lead_nulls(&linking, &engagements, WINDOW_DAYS);
    let deal_nulls = link::deal_nulls(resolved, &touches, WINDOW_DAYS, as_of);
    let cases = Cases {
        channels: &channels,
        lead_journeys: &link::lead_journeys(leads, &touches, WINDOW_DAYS),
        lead_nulls: &attribute::null_paths(&channels, lead_nulls),
        deal_journeys: &link::deal_journeys(deals, leads, &touches, WINDOW_DAYS, as_of),
        deal_nulls: &attribute::null_paths(&channels, deal_nulls.into_par_iter()),
        deals,
        kinds: &attribute::KindWeights::default(),
    };
    for model in MODELS {
        let began = Instant::now();
        let credits = attribute::credits(&[*model], &Options::default(), &cases);
        note(figures, model.name, began);
        drop(credits);
    }
}

fn give_themes(posts: &mut [Post]) {
    let classifier = Classifier::new(&[]);
    for post in posts {
        let label = classifier.classify(post.text.as_deref().unwrap_or(""));
        post.theme = Some(label.theme);
    }
}

fn note(figures: &mut Figures, model: &str, began: Instant) {
    figures.insert(format!("model {model}"), began.elapsed().as_secs_f64());
}
