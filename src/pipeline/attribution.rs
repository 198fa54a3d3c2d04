//! Facts become touches, journeys, credits and scorecards.

use std::mem;

use jiff::{Timestamp, civil::Date};
use rayon::prelude::*;

use super::{
    Attribution, Event, Observer, PipelineError, measured::Measured, settings::settings,
    themes,
};
use crate::{
    analyze::{
        self, Agreement, Comparison, EvidenceScore, Finding, FindingsInput, FunnelStep,
        IncrementalLens, NewSources, PostRange, PostScore, State, ThemeLeads, ThemeScore,
    },
    attribute::{
        self, Block, Cases, Channels, Credits, Unfitted,
        incremental::{self, Incremental},
    },
    classify::ToldThemes,
    domain::{
        Inferred, Loaded, Measure, Metric, Moment, Post, SourceEvidence, SourceFile,
        Touch,
    },
    link::{
        self, Audience, Employers, Engagements, Journey, Linkable, Linking, Owner, Trace,
    },
    resolve::{self, Exports, Resolved},
    store::{self, Credited, Known, Results, Store},
};

/// Rebuilds touches, journeys, credits and scorecards from what is imported.
pub fn attribute(
    store: &Store,
    attribution: &Attribution,
    observer: Observer<'_>,
) -> Result<(), PipelineError> {
    attribute_loaded(store, store.load()?, Before::default(), attribution, observer)?;
    Ok(())
}

/// What the last run left.
#[derive(Default)]
pub(super) struct Before {
    /// What may be taken over.
    pub(super) told: ToldThemes,
    /// The results, where there are any to compare with.
    pub(super) state: Option<State>,
    /// The number of the first file that was read since.
    pub(super) first_new_file: u32,
}

/// What results are compared with.
pub(super) struct Past {
    state: State,
    /// The new files that speak of records.
    sources: NewSources,
}

impl Past {
    /// What moved since.
    fn compared(
        self,
        resolved: &Resolved,
        credits: &Credits,
        findings: &[Finding],
    ) -> Comparison {
        let models = credits.models.iter().map(|model| model.name.to_owned()).collect();
        let of_deals = store::credited_deals(resolved, credits);
        let now = State::of_results(models, resolved, findings, of_deals);
        Comparison::new(self.state, now, self.sources)
    }
}

/// Rebuilds all results from what is imported and loaded; what moved since the last ones.
pub(super) fn attribute_loaded(
    store: &Store,
    loaded: Loaded,
    before: Before,
    attribution: &Attribution,
    observer: Observer<'_>,
) -> Result<Option<Comparison>, PipelineError> {
    let Before { told, state, first_new_file } = before;
    let (mut resolved, files, stated) = resolve(loaded, told, attribution, observer);
    attribution.rates.apply(&mut resolved.deals);
    let deleted_before = store.deleted_before()?;
    let first = |day| Moment::Day(day).start().as_millisecond();
    resolved.known_from_ms = deleted_before.map(first);
    observer(Event::Begin { stage: "attribute", total: 0 });
    let as_of = as_of(&resolved, attribution);
    let linked = Linked::new(&resolved, &files, stated, attribution, as_of);
    let Linked { touches, inferred, audience, journeys, evidence } = linked;
    let (credits, unfitted) = credits(&resolved, &journeys, attribution);
    let traces = link::traces(resolved.leads.len(), &touches, &journeys.leads);
    let counts = [
        ("touches", touches.len() as u64),
        ("lead journeys", journeys.leads.len() as u64),
        ("deal journeys", journeys.deals.len() as u64),
        ("models", credits.models.len() as u64),
    ];
    rayon::spawn(move || drop(journeys));
    let past = state.map(|state| {
        let sources = analyze::new_sources(&resolved, &touches, &files, first_new_file);
        Past { state, sources }
    });
    observer(Event::End { stage: "attribute", counts: &counts });
    observer(Event::Begin { stage: "measure", total: 0 });
    let (files, evidence) = (files.as_slice(), evidence.as_slice());
    let made = Made { files, evidence, resolved: &resolved, as_of, deleted_before };
    let mut measured = None;
    // What is known already is written while the rest is measured.
    rayon::in_place_scope(|scope| {
        scope.spawn(|_| {
            measured = Some(measured_credits(attribution, &made, credits));
        });
        let known = Known {
            resolved: &resolved,
            touches: &touches,
            kinds: &attribution.weights,
            inferred: &inferred,
        };
        let written = store.replace_known(&known);
        // Once they are written nothing asks for them.
        drop((touches, inferred));
        written
    })?;
    let (measured, credits, post_scores) =
        measured.expect("a scope ends when all in it has ended");
    let came_to = CameTo {
        audience: &audience,
        traces: &traces,
        credits: &credits,
        unfitted: &unfitted,
        is_elsewhere: &|_| false,
        post_scores: &post_scores,
    };
    let moved = insert_results(store, attribution, &made, &came_to, &measured, past)?;
    observer(Event::End { stage: "measure", counts: &measured.counts() });
    if let Some(moved) = &moved {
        debug_assert!(
            moved.is_up_to(store.snapshot()?),
            "what is compared is what is written"
        );
    }
    Ok(moved)
}

/// Adds the incremental lens to the credits, and gives every post its scores.
fn measured_credits(
    attribution: &Attribution,
    made: &Made<'_>,
    mut credits: Credits,
) -> (Measured, Credits, Vec<Vec<PostScore>>) {
    let mut measured = Measured::new(made.resolved, attribution, made.as_of);
    if let Some(own) = measured.credits.take() {
        credits.add_models(own);
    }
    let (posts, deals) = (&made.resolved.posts, &made.resolved.deals);
    let measure = measured.measure;
    let scores = |model| analyze::post_scores(posts, deals, measure, &credits, model);
    let models = 0..credits.models.len();
    let mut post_scores: Vec<_> = models.into_par_iter().map(scores).collect();
    measured.judge(posts, &credits, &mut post_scores);
    (measured, credits, post_scores)
}

/// The end of the study for open deals.
pub(super) fn as_of(resolved: &Resolved, attribution: &Attribution) -> Timestamp {
    attribution.as_of.or(resolved.newest()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What is still asked for once everything is joined.
struct Stated {
    linkable: Linkable,
    inferred: Vec<Inferred>,
    employers: Employers,
    engagements: Engagements,
}

/// Joins everything; engagements become what they are among persons and posts.
fn resolve(
    loaded: Loaded,
    told: ToldThemes,
    attribution: &Attribution,
    observer: Observer<'_>,
) -> (Resolved, Vec<SourceFile>, Stated) {
    observer(Event::Begin { stage: "resolve", total: 0 });
    let (mut resolved, labels) =
        resolve::resolve_beside(&loaded, &attribution.told, |posts| {
            themes::labels(posts, &attribution.themes, &told)
        });
    drop(told);
    let Loaded { files, mut facts } = loaded;
    let linkable = Linkable::taken(&mut facts, &resolved);
    let identities = mem::take(&mut facts.identities);
    let engagements = mem::take(&mut facts.engagements);
    // The rest is of no more use, and takes memory that is needed now.
    drop(facts);
    let exports = Exports::new(&files);
    let linking = Linking { resolved: &resolved, facts: &linkable, exports: &exports };
    // Identities end before engagements are looked up, which take as much memory as they.
    let (inferred, employers) = rayon::join(
        || link::inferred(&linking, &identities),
        || Employers::new(&linking, &identities),
    );
    drop(identities);
    let engagements = Engagements::new(&resolved, &linkable.posts, engagements);
    let counts = engagements.counts(resolved.posts.len());
    themes::give_labels(&mut resolved.posts, labels);
    give_counts(&mut resolved.posts, &counts);
    observer(Event::End { stage: "resolve", counts: &resolved.counts() });
    (resolved, files, Stated { linkable, inferred, employers, engagements })
}

/// Gives every post its reactions and comments: what files state, or the people listed.
pub(super) fn give_counts(posts: &mut [Post], counts: &[(Option<u64>, Option<u64>)]) {
    for (post, (reactions, comments)) in posts.iter_mut().zip(counts) {
        post.reactions = link::most(post.numbers.get(Metric::Reactions), *reactions);
        post.comments = link::most(post.numbers.get(Metric::Comments), *comments);
    }
}

/// Touches, and the journeys that they make.
struct Linked {
    touches: Vec<Touch>,
    inferred: Vec<Inferred>,
    audience: Audience,
    journeys: Journeys,
    /// What says where leads and deals came from, which is asked for once more.
    evidence: Vec<SourceEvidence>,
}

/// Journeys, with the paths of those that led nowhere.
struct Journeys {
    channels: Channels,
    leads: Vec<Journey>,
    lead_nulls: Block,
    deals: Vec<Journey>,
    deal_nulls: Block,
}

impl Linked {
    fn new(
        resolved: &Resolved,
        files: &[SourceFile],
        Stated { mut linkable, inferred, employers, engagements }: Stated,
        attribution: &Attribution,
        as_of: Timestamp,
    ) -> Self {
        let window_days = attribution.window_days;
        let exports = Exports::new(files);
        let linking = Linking { resolved, facts: &linkable, exports: &exports };
        let (leads, deals) = (&resolved.leads, &resolved.deals);
        let channels = Channels::of_posts(&resolved.posts);
        let (audience, lead_nulls) = rayon::join(
            || link::audience(&resolved.posts, &employers, &engagements),
            || {
                let nulls = link::lead_nulls(&linking, &engagements, window_days);
                attribute::null_paths(&channels, nulls)
            },
        );
        drop(employers);
        let touches = link::touches(&linking, &engagements);
        drop(engagements);
        let of_leads = || link::lead_journeys(leads, &touches, window_days);
        let of_deals = || link::deal_journeys(deals, leads, &touches, window_days, as_of);
        let (leads, deals) = rayon::join(of_leads, of_deals);
        let deal_nulls = link::deal_nulls(resolved, &touches, window_days, as_of);
        let deal_nulls = attribute::null_paths(&channels, deal_nulls.into_par_iter());
        let journeys = Journeys { channels, leads, lead_nulls, deals, deal_nulls };
        let evidence = mem::take(&mut linkable.evidence);
        // The rest is of no more use.
        rayon::spawn(move || drop(linkable));
        Self { touches, inferred, audience, journeys, evidence }
    }
}

fn credits(
    resolved: &Resolved,
    journeys: &Journeys,
    attribution: &Attribution,
) -> (Credits, Vec<Unfitted>) {
    let cases = Cases {
        channels: &journeys.channels,
        lead_journeys: &journeys.leads,
        lead_nulls: &journeys.lead_nulls,
        deal_journeys: &journeys.deals,
        deal_nulls: &journeys.deal_nulls,
        deals: &resolved.deals,
        kinds: &attribution.weights,
    };
    attribute::credits(&attribution.models, &attribution.options, &cases)
}

/// What the results are made of.
#[derive(Clone, Copy)]
pub(super) struct Made<'a> {
    pub(super) files: &'a [SourceFile],
    pub(super) evidence: &'a [SourceEvidence],
    pub(super) resolved: &'a Resolved,
    pub(super) as_of: Timestamp,
    /// The day before which personal data was deleted.
    pub(super) deleted_before: Option<Date>,
}

/// What lists and journeys came to, wherever they were gone through.
#[derive(Clone, Copy)]
pub(super) struct CameTo<'a> {
    pub(super) audience: &'a Audience,
    pub(super) traces: &'a [Trace],
    pub(super) credits: &'a Credits,
    pub(super) unfitted: &'a [Unfitted],
    pub(super) is_elsewhere: &'a (dyn Fn(Owner) -> bool + Sync),
    /// By model of the credits.
    pub(super) post_scores: &'a [Vec<PostScore>],
}

/// Writes what was credited while it is analyzed and compared with the past, then what that
/// says; what moved.
pub(super) fn insert_results(
    store: &Store,
    attribution: &Attribution,
    made: &Made<'_>,
    came_to: &CameTo<'_>,
    measured: &Measured,
    past: Option<Past>,
) -> Result<Option<Comparison>, PipelineError> {
    let (mut analysis, mut moved) = (None, None);
    rayon::in_place_scope(|scope| {
        scope.spawn(|_| {
            let own = Analysis::new(attribution, made, came_to, measured);
            if let Some(past) = past {
                let (resolved, credits) = (made.resolved, came_to.credits);
                moved = Some(past.compared(resolved, credits, &own.findings));
            }
            analysis = Some(own);
        });
        store.insert_credited(&Credited {
            resolved: made.resolved,
            credits: came_to.credits,
            is_elsewhere: came_to.is_elsewhere,
            post_scores: came_to.post_scores,
        })
    })?;
    let analysis = analysis.expect("a scope ends when all in it has ended");
    analysis.insert(store, attribution, made, came_to)?;
    Ok(moved)
}

/// What credits and lenses say together.
struct Analysis<'a> {
    lens: &'a IncrementalLens,
    measure: Option<Measure>,
    /// By model of the credits.
    theme_scores: Vec<Vec<ThemeScore>>,
    post_ranges: Vec<PostRange>,
    /// By model of the credits.
    evidence: Vec<Vec<EvidenceScore>>,
    funnel: Vec<FunnelStep>,
    agreement: Vec<Agreement>,
    findings: Vec<Finding>,
}

impl<'a> Analysis<'a> {
    fn new(
        attribution: &Attribution,
        made: &Made<'_>,
        came_to: &CameTo<'_>,
        measured: &'a Measured,
    ) -> Self {
        let Made { files, evidence, resolved, as_of, .. } = *made;
        let CameTo { traces, credits, post_scores, .. } = *came_to;
        let (posts, deals) = (&resolved.posts, &resolved.deals);
        let measure = measured.measure;
        let by_model: Vec<(&'static str, &[PostScore])> = credits
            .models
            .iter()
            .zip(post_scores)
            .map(|(model, scores)| (model.name, scores.as_slice()))
            .collect();
        let credited: Vec<&[PostScore]> = by_model
            .iter()
            .filter(|(model, _)| *model != incremental::NAME)
            .map(|(_, scores)| *scores)
            .collect();
        let of_themes = |scores: &Vec<PostScore>| analyze::theme_scores(posts, scores);
        let mut theme_scores: Vec<_> = post_scores.par_iter().map(of_themes).collect();
        let Measured { study, found, lens, .. } = measured;
        for (model, scores) in credits.models.iter().zip(&mut theme_scores) {
            if model.name == incremental::NAME {
                lens.settle_themes(study, scores);
            }
        }
        let findings = || {
            analyze::findings(&FindingsInput {
                posts,
                scores: &by_model,
                leads: &resolved.leads,
                deals,
                measure,
                traces,
                audience: came_to.audience,
                evidence,
                lead_places: &resolved.lead_places,
                campaigns: &resolved.campaigns,
                themes: &theme_leads(found.as_ref().ok()),
                study,
                studied: measured.studied(),
                is_measured: found.is_ok(),
                as_of,
                seed: attribution.options.seed,
                unfitted: came_to.unfitted,
            })
        };
        let (agreement, findings) =
            rayon::join(|| analyze::agreement(post_scores), findings);
        Self {
            lens,
            measure,
            post_ranges: analyze::post_ranges(&credited),
            evidence: evidence_scores(resolved, came_to, measure),
            funnel: analyze::funnel(files, resolved, traces),
            theme_scores,
            agreement,
            findings,
        }
    }

    fn insert(
        &self,
        store: &Store,
        attribution: &Attribution,
        made: &Made<'_>,
        came_to: &CameTo<'_>,
    ) -> Result<(), PipelineError> {
        let settings = settings(attribution, made.as_of, made.deleted_before);
        store.insert_results(&Results {
            lens: self.lens,
            settings: &settings,
            credits: came_to.credits,
            measure: self.measure,
            post_ranges: &self.post_ranges,
            evidence: &self.evidence,
            theme_scores: &self.theme_scores,
            funnel: &self.funnel,
            agreement: &self.agreement,
        })?;
        store.insert_findings(&self.findings)?;
        store.insert_results_made_of(&attribution.fingerprint())?;
        store.insert_last_settings(&attribution.settings())?;
        store.insert_themes_told_by(&attribution.themes_fingerprint())?;
        Ok(())
    }
}

/// By model: the credit by what it rests on.
fn evidence_scores(
    resolved: &Resolved,
    came_to: &CameTo<'_>,
    measure: Option<Measure>,
) -> Vec<Vec<EvidenceScore>> {
    let untouched = came_to.traces.iter().filter(|trace| !trace.has_journey).count();
    let leads = (resolved.leads.len(), untouched);
    let (deals, credits) = (&resolved.deals, came_to.credits);
    let of_model =
        |model| analyze::evidence_scores(leads, deals, measure, credits, model);
    (0..credits.models.len()).into_par_iter().map(of_model).collect()
}

/// What the posts of each theme caused; nothing where the data cannot tell.
fn theme_leads(found: Option<&Incremental>) -> Vec<ThemeLeads> {
    let themes = found.map_or(&[][..], |found| &found.themes);
    themes
        .iter()
        .filter(|one| one.is_seen())
        .map(|one| ThemeLeads {
            theme: one.theme.clone(),
            leads: one.leads,
            leads_low: one.leads_low,
            leads_high: one.leads_high,
            is_told: analyze::is_told(Some(one.q_value), one.placebo_p),
        })
        .collect()
}
