//! Facts become touches, journeys, credits and scorecards.

use jiff::Timestamp;
use rayon::prelude::*;

use super::{Attribution, Event, Observer, PipelineError};
use crate::{
    analyze,
    attribute::{self, Cases, Channels, Credits},
    domain::{Inferred, Metric, Touch, iso},
    link::{self, Journey, JourneyTouch, Linking},
    resolve::{self, Exports, Resolved},
    store::{Loaded, Results, Store},
};

/// Rebuilds touches, journeys, credits and scorecards from what is imported.
pub fn attribute(
    store: &Store,
    attribution: &Attribution,
    observer: Observer<'_>,
) -> Result<(), PipelineError> {
    let loaded = store.load()?;
    let resolved = resolve(&loaded, observer);
    observer(Event::Begin { stage: "attribute", total: 0 });
    let newest = resolved.newest_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let as_of = attribution.as_of.or(newest).unwrap_or(Timestamp::UNIX_EPOCH);
    let linked = Linked::new(&loaded, &resolved, attribution.window_days, as_of);
    let credits = credits(&resolved, &linked, attribution);
    replace(store, attribution, as_of, &loaded, &resolved, &linked, &credits)?;
    let counts = [
        ("touches", linked.touches.len() as u64),
        ("lead journeys", linked.lead_journeys.len() as u64),
        ("deal journeys", linked.deal_journeys.len() as u64),
        ("models", credits.len() as u64),
    ];
    observer(Event::End { stage: "attribute", counts: &counts });
    Ok(())
}

fn resolve(loaded: &Loaded, observer: Observer<'_>) -> Resolved {
    observer(Event::Begin { stage: "resolve", total: 0 });
    let mut resolved = resolve::resolve(loaded);
    let exports = Exports::new(&loaded.files);
    let linking =
        Linking { resolved: &resolved, facts: &loaded.facts, exports: &exports };
    let counts = link::engagement_counts(&linking);
    for (post, (reactions, comments)) in resolved.posts.iter_mut().zip(counts) {
        post.reactions = link::most(post.numbers.get(Metric::Reactions), reactions);
        post.comments = link::most(post.numbers.get(Metric::Comments), comments);
    }
    let counts = [
        ("persons", resolved.persons.len() as u64),
        ("posts", resolved.posts.len() as u64),
        ("leads", resolved.leads.len() as u64),
        ("deals", resolved.deals.len() as u64),
        ("ambiguous", resolved.ambiguities.len() as u64),
    ];
    observer(Event::End { stage: "resolve", counts: &counts });
    resolved
}

/// Touches, and the journeys that they make, with those that led nowhere.
struct Linked {
    touches: Vec<Touch>,
    inferred: Vec<Inferred>,
    lead_journeys: Vec<Journey>,
    lead_nulls: Vec<Vec<JourneyTouch>>,
    deal_journeys: Vec<Journey>,
    deal_nulls: Vec<Vec<JourneyTouch>>,
}

impl Linked {
    fn new(
        loaded: &Loaded,
        resolved: &Resolved,
        window_days: u32,
        as_of: Timestamp,
    ) -> Self {
        let exports = Exports::new(&loaded.files);
        let linking = Linking { resolved, facts: &loaded.facts, exports: &exports };
        let touches = link::touches(&linking);
        let (leads, deals) = (&resolved.leads, &resolved.deals);
        Self {
            inferred: link::inferred(&linking),
            lead_journeys: link::lead_journeys(leads, &touches, window_days),
            lead_nulls: link::lead_nulls(&linking, window_days),
            deal_journeys: link::deal_journeys(
                deals,
                leads,
                &touches,
                window_days,
                as_of,
            ),
            deal_nulls: link::deal_nulls(resolved, &touches, window_days, as_of),
            touches,
        }
    }
}

fn credits(
    resolved: &Resolved,
    linked: &Linked,
    attribution: &Attribution,
) -> Vec<Credits> {
    let cases = Cases {
        channels: &Channels::of_posts(&resolved.posts),
        lead_journeys: &linked.lead_journeys,
        lead_nulls: &linked.lead_nulls,
        deal_journeys: &linked.deal_journeys,
        deal_nulls: &linked.deal_nulls,
        deals: &resolved.deals,
    };
    attribute::credits(&attribution.models, &attribution.options, &cases)
}

fn replace(
    store: &Store,
    attribution: &Attribution,
    as_of: Timestamp,
    loaded: &Loaded,
    resolved: &Resolved,
    linked: &Linked,
    credits: &[Credits],
) -> Result<(), PipelineError> {
    let (posts, deals) = (&resolved.posts, &resolved.deals);
    let measure = analyze::main_measure(deals);
    let post_scores: Vec<_> = credits
        .par_iter()
        .map(|one| analyze::post_scores(posts, deals, measure, one))
        .collect();
    let theme_scores: Vec<_> =
        post_scores.iter().map(|scores| analyze::theme_scores(posts, scores)).collect();
    let (touches, journeys) = (&linked.touches, &linked.lead_journeys);
    let funnel = analyze::funnel(&loaded.files, resolved, touches, journeys);
    let settings = [
        ("as-of", iso(as_of)),
        ("half-life", attribution.options.half_life_days.to_string()),
        ("seed", attribution.options.seed.to_string()),
        ("window", attribution.window_days.to_string()),
    ];
    store.replace_results(&Results {
        settings: &settings,
        resolved,
        touches,
        inferred: &linked.inferred,
        credits,
        measure,
        post_scores: &post_scores,
        theme_scores: &theme_scores,
        funnel: &funnel,
        agreement: &analyze::agreement(&post_scores),
    })?;
    Ok(())
}
