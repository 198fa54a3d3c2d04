//! Facts become touches, journeys, credits and scorecards.

use jiff::Timestamp;
use rayon::prelude::*;

use super::{Attribution, Event, Observer, PipelineError};
use crate::{
    analyze::{self, FindingsInput, PostScore, ThemeLeads},
    attribute::{
        self, Cases, Channels, Credits, Custom,
        incremental::{self, Incremental, Study, TooLittleData},
    },
    classify::{Classifier, Rule},
    domain::{Inferred, Loaded, Metric, Moment, Post, Touch, iso},
    link::{self, Audience, Journey, JourneyTouch, Linking},
    resolve::{self, Exports, Resolved},
    store::{Results, Store},
};

/// Rebuilds touches, journeys, credits and scorecards from what is imported.
pub fn attribute(
    store: &Store,
    attribution: &Attribution,
    observer: Observer<'_>,
) -> Result<(), PipelineError> {
    let loaded = store.load()?;
    let mut resolved = resolve(&loaded, &attribution.themes, observer);
    let deleted_before = store.deleted_before()?;
    let first = |day| Moment::Day(day).start().as_millisecond();
    resolved.known_from_ms = deleted_before.map(first);
    observer(Event::Begin { stage: "attribute", total: 0 });
    let newest = resolved.newest_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let as_of = attribution.as_of.or(newest).unwrap_or(Timestamp::UNIX_EPOCH);
    let linked = Linked::new(&loaded, &resolved, attribution, as_of);
    let mut credits = credits(&resolved, &linked, attribution);
    let counts = [
        ("touches", linked.touches.len() as u64),
        ("lead journeys", linked.lead_journeys.len() as u64),
        ("deal journeys", linked.deal_journeys.len() as u64),
        ("models", credits.len() as u64),
    ];
    observer(Event::End { stage: "attribute", counts: &counts });
    observer(Event::Begin { stage: "measure", total: 0 });
    let study = incremental::study(&resolved, as_of, attribution.options.seed);
    let mut found = incremental::measure(&study, attribution.effort);
    if let Ok(found) = &mut found {
        let empty = Credits { model: incremental::NAME, leads: vec![], deals: vec![] };
        credits.push(std::mem::replace(&mut found.credits, empty));
    }
    let made = Made { loaded: &loaded, resolved: &resolved, linked: &linked, as_of };
    replace(store, attribution, &made, &credits, (&study, &found))?;
    let studied = found.as_ref().map_or_else(|none| none.counts, |found| found.counts);
    let counts = [
        ("connected leads", studied.connected_leads),
        ("posts", studied.posts),
        ("themes", found.as_ref().map_or(0, |found| found.themes.len() as u64)),
    ];
    observer(Event::End { stage: "measure", counts: &counts });
    Ok(())
}

fn resolve(loaded: &Loaded, rules: &[Rule], observer: Observer<'_>) -> Resolved {
    observer(Event::Begin { stage: "resolve", total: 0 });
    let mut resolved = resolve::resolve(loaded);
    give_themes(&mut resolved.posts, rules);
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

/// Gives every post its theme: a label by hand wins over the classifier.
fn give_themes(posts: &mut [Post], rules: &[Rule]) {
    let classifier = Classifier::new(rules);
    posts.par_iter_mut().for_each(|post| {
        let (confidence, because) = if post.theme.is_some() {
            (1.0, "labelled by hand".to_owned())
        } else {
            let label = classifier.classify(post.text.as_deref().unwrap_or(""));
            post.theme = Some(label.theme);
            (label.confidence, label.because.join("; "))
        };
        post.theme_confidence = Some(confidence);
        post.theme_because = Some(because.into());
    });
}

/// Touches, and the journeys that they make, with those that led nowhere.
struct Linked {
    touches: Vec<Touch>,
    inferred: Vec<Inferred>,
    audience: Audience,
    lead_journeys: Vec<Journey>,
    lead_nulls: Vec<Vec<JourneyTouch>>,
    deal_journeys: Vec<Journey>,
    deal_nulls: Vec<Vec<JourneyTouch>>,
}

impl Linked {
    fn new(
        loaded: &Loaded,
        resolved: &Resolved,
        attribution: &Attribution,
        as_of: Timestamp,
    ) -> Self {
        let window_days = attribution.window_days;
        let exports = Exports::new(&loaded.files);
        let linking = Linking { resolved, facts: &loaded.facts, exports: &exports };
        let mut touches = link::touches(&linking);
        for touch in &mut touches {
            touch.weight *= attribution.weights.get(touch.kind);
        }
        let (leads, deals) = (&resolved.leads, &resolved.deals);
        Self {
            inferred: link::inferred(&linking),
            audience: link::audience(&linking),
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

/// What the results are made of.
#[derive(Clone, Copy)]
struct Made<'a> {
    loaded: &'a Loaded,
    resolved: &'a Resolved,
    linked: &'a Linked,
    as_of: Timestamp,
}

fn replace(
    store: &Store,
    attribution: &Attribution,
    made: &Made<'_>,
    credits: &[Credits],
    (study, found): (&Study, &Result<Incremental, TooLittleData>),
) -> Result<(), PipelineError> {
    let Made { loaded, resolved, linked, as_of } = *made;
    let (posts, deals) = (&resolved.posts, &resolved.deals);
    let measure = analyze::main_measure(deals);
    let post_scores: Vec<_> = credits
        .par_iter()
        .map(|one| analyze::post_scores(posts, deals, measure, one))
        .collect();
    let credited: Vec<&[PostScore]> = credits
        .iter()
        .zip(&post_scores)
        .filter(|(one, _)| one.model != incremental::NAME)
        .map(|(_, scores)| scores.as_slice())
        .collect();
    let theme_scores: Vec<_> =
        post_scores.iter().map(|scores| analyze::theme_scores(posts, scores)).collect();
    let scores = theme_scores.first().map_or(&[][..], Vec::as_slice);
    let lens = analyze::incremental_lens(study, found, scores, measure);
    let (touches, journeys) = (&linked.touches, &linked.lead_journeys);
    let funnel = analyze::funnel(&loaded.files, resolved, touches, journeys);
    let mut settings = vec![
        ("as-of", iso(as_of)),
        ("half-life", attribution.options.half_life_days.to_string()),
        ("seed", attribution.options.seed.to_string()),
        ("window", attribution.window_days.to_string()),
    ];
    let Custom { first, middle, last, .. } = attribution.options.custom;
    if attribution.models.iter().any(|model| model.name == "custom") {
        let parts = format!("first {first}, middle {middle}, last {last}");
        settings.push(("custom", parts));
    }
    settings
        .extend(store.deleted_before()?.map(|day| ("deleted-before", day.to_string())));
    store.replace_results(&Results {
        lens: &lens,
        settings: &settings,
        resolved,
        touches,
        inferred: &linked.inferred,
        credits,
        measure,
        post_scores: &post_scores,
        post_ranges: &analyze::post_ranges(&credited),
        theme_scores: &theme_scores,
        funnel: &funnel,
        agreement: &analyze::agreement(&post_scores),
    })?;
    let by_model: Vec<(&'static str, &[PostScore])> = credits
        .iter()
        .zip(&post_scores)
        .map(|(one, scores)| (one.model, scores.as_slice()))
        .collect();
    let findings = analyze::findings(&FindingsInput {
        posts,
        scores: &by_model,
        leads: &resolved.leads,
        deals,
        measure,
        touches,
        audience: &linked.audience,
        facts: &loaded.facts,
        themes: &theme_leads(found.as_ref().ok()),
        as_of,
        seed: attribution.options.seed,
    });
    store.insert_findings(&findings)?;
    store.insert_results_made_of(&attribution.fingerprint())?;
    Ok(())
}

/// What the posts of each theme caused; nothing where the data cannot tell.
fn theme_leads(found: Option<&Incremental>) -> Vec<ThemeLeads> {
    let themes = found.map_or(&[][..], |found| &found.themes);
    themes
        .iter()
        .map(|one| ThemeLeads {
            theme: one.theme.clone(),
            leads: one.leads,
            leads_low: one.leads_low,
            leads_high: one.leads_high,
        })
        .collect()
}
