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
    link::{self, Audience, Journey, JourneyTouch, Linking, Owner, Trace},
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
    let as_of = as_of(&resolved, attribution);
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
    let mut measured = Measured::new(&resolved, attribution, as_of);
    credits.extend(measured.credits.take());
    let (posts, deals) = (&resolved.posts, &resolved.deals);
    let main = analyze::main_measure(deals);
    let post_scores: Vec<_> = credits
        .par_iter()
        .map(|one| analyze::post_scores(posts, deals, main, one))
        .collect();
    let (touches, journeys) = (&linked.touches, &linked.lead_journeys);
    let came_to = CameTo {
        touches,
        inferred: &linked.inferred,
        audience: &linked.audience,
        traces: &link::traces(resolved.leads.len(), touches, journeys),
        credits: &credits,
        is_elsewhere: &|_| false,
        post_scores: &post_scores,
    };
    let made = Made { loaded: &loaded, resolved: &resolved, as_of };
    replace(store, attribution, &made, &came_to, &measured)?;
    observer(Event::End { stage: "measure", counts: &measured.counts() });
    Ok(())
}

/// The end of the study for open deals.
pub(super) fn as_of(resolved: &Resolved, attribution: &Attribution) -> Timestamp {
    let newest = resolved.newest_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    attribution.as_of.or(newest).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn resolve(loaded: &Loaded, rules: &[Rule], observer: Observer<'_>) -> Resolved {
    observer(Event::Begin { stage: "resolve", total: 0 });
    let mut resolved = resolve::resolve(loaded);
    give_themes(&mut resolved.posts, rules);
    let exports = Exports::new(&loaded.files);
    let linking =
        Linking { resolved: &resolved, facts: &loaded.facts, exports: &exports };
    let counts = link::engagement_counts(&linking);
    give_counts(&mut resolved.posts, &counts);
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

/// Gives every post its reactions and comments: what files state, or the people listed.
pub(super) fn give_counts(posts: &mut [Post], counts: &[(Option<u64>, Option<u64>)]) {
    for (post, (reactions, comments)) in posts.iter_mut().zip(counts) {
        post.reactions = link::most(post.numbers.get(Metric::Reactions), *reactions);
        post.comments = link::most(post.numbers.get(Metric::Comments), *comments);
    }
}

/// Gives every post its theme: a label by hand wins over the classifier.
pub(super) fn give_themes(posts: &mut [Post], rules: &[Rule]) {
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

/// What would not have come without the posts, or that the data cannot tell.
pub(super) struct Measured {
    study: Study,
    found: Result<Incremental, TooLittleData>,
    /// The credits of what was found.
    pub(super) credits: Option<Credits>,
}

impl Measured {
    pub(super) fn new(
        resolved: &Resolved,
        attribution: &Attribution,
        as_of: Timestamp,
    ) -> Self {
        let study = incremental::study(resolved, as_of, attribution.options.seed);
        let mut found = incremental::measure(&study, attribution.effort);
        let empty = Credits { model: incremental::NAME, leads: vec![], deals: vec![] };
        let found_credits = found.as_mut().ok().map(|found| &mut found.credits);
        let credits = found_credits.map(|own| std::mem::replace(own, empty));
        Self { study, found, credits }
    }

    /// How much was looked at.
    pub(super) fn counts(&self) -> [(&'static str, u64); 3] {
        let found = self.found.as_ref();
        let studied = found.map_or_else(|none| none.counts, |found| found.counts);
        [
            ("connected leads", studied.connected_leads),
            ("posts", studied.posts),
            ("themes", found.map_or(0, |found| found.themes.len() as u64)),
        ]
    }
}

/// What the results are made of.
#[derive(Clone, Copy)]
pub(super) struct Made<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) resolved: &'a Resolved,
    pub(super) as_of: Timestamp,
}

/// What lists and journeys came to, wherever they were gone through.
#[derive(Clone, Copy)]
pub(super) struct CameTo<'a> {
    pub(super) touches: &'a [Touch],
    pub(super) inferred: &'a [Inferred],
    pub(super) audience: &'a Audience,
    pub(super) traces: &'a [Trace],
    pub(super) credits: &'a [Credits],
    pub(super) is_elsewhere: &'a dyn Fn(Owner) -> bool,
    /// By model of the credits.
    pub(super) post_scores: &'a [Vec<PostScore>],
}

/// Replaces all results in the database.
pub(super) fn replace(
    store: &Store,
    attribution: &Attribution,
    made: &Made<'_>,
    came_to: &CameTo<'_>,
    measured: &Measured,
) -> Result<(), PipelineError> {
    let Made { loaded, resolved, as_of } = *made;
    let CameTo { traces, credits, post_scores, .. } = *came_to;
    let (posts, deals) = (&resolved.posts, &resolved.deals);
    let measure = analyze::main_measure(deals);
    let credited: Vec<&[PostScore]> = credits
        .iter()
        .zip(post_scores)
        .filter(|(one, _)| one.model != incremental::NAME)
        .map(|(_, scores)| scores.as_slice())
        .collect();
    let theme_scores: Vec<_> =
        post_scores.iter().map(|scores| analyze::theme_scores(posts, scores)).collect();
    let scores = theme_scores.first().map_or(&[][..], Vec::as_slice);
    let Measured { study, found, .. } = measured;
    let lens = analyze::incremental_lens(study, found, scores, measure);
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
        touches: came_to.touches,
        inferred: came_to.inferred,
        credits,
        is_elsewhere: came_to.is_elsewhere,
        measure,
        post_scores,
        post_ranges: &analyze::post_ranges(&credited),
        theme_scores: &theme_scores,
        funnel: &analyze::funnel(&loaded.files, resolved, traces),
        agreement: &analyze::agreement(post_scores),
    })?;
    let by_model: Vec<(&'static str, &[PostScore])> = credits
        .iter()
        .zip(post_scores)
        .map(|(one, scores)| (one.model, scores.as_slice()))
        .collect();
    let findings = analyze::findings(&FindingsInput {
        posts,
        scores: &by_model,
        leads: &resolved.leads,
        deals,
        measure,
        traces,
        audience: came_to.audience,
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
