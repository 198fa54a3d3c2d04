//! What is done in one place: resolving before, and adding up after.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    CellsError,
    cells::{column, index, integers, kind_number, numbers, post_number, reals},
    connections, evidence,
    frame::Written,
    paths,
};
use crate::{
    analyze::{self, PostSum},
    attribute::{
        self, Channels, Credits, EvidenceCredits, Learning, Paths, Unfitted,
        incremental::{self, Study},
    },
    domain::{
        DealIndex, IdentityId, Inferred, LeadIndex, Loaded, Measure, MemberIndex,
        PersonIndex, PostIndex, PostNameId, SourceEvidence, SourceFile, Touch,
    },
    link::{self, Audience, Employers, Engager, Linkable, Linking, Owner, Trace},
    pipeline::{
        Attribution, PipelineError, Plan,
        attribution::{self, CameTo, Made},
        measured::Measured,
        themes,
    },
    resolve::{self, Exports, Resolved},
    store::{Cells, Known, RESULT_TABLES, Rows, Store},
};

/// An attribution whose persons, deals, journeys and posts are gone through elsewhere.
pub struct Attributing {
    store: Store,
    attribution: Attribution,
    files: Vec<SourceFile>,
    evidence: Vec<SourceEvidence>,
    /// The post of each name that is one's.
    named: Vec<(PostNameId, PostIndex)>,
    /// The person of every identity that was given.
    persons: Vec<(IdentityId, PersonIndex)>,
    employers: Employers,
    resolved: Resolved,
    as_of: jiff::Timestamp,
    others: Vec<Touch>,
    inferred: Vec<Inferred>,
    /// What totals are made of.
    measure: Option<Measure>,
    /// The incremental model's, without connections.
    study: Study,
    paths: [Paths; 2],
    /// None before it is asked for, and again once there are more paths.
    learned: Option<Learned>,
    came: Came,
}

/// What models learned of paths.
struct Learned {
    /// By model, of leads' paths and of deals': what each channel is worth.
    shares: [Vec<Option<Vec<f64>>>; 2],
    /// Which could not be fitted.
    unfitted: Vec<Unfitted>,
}

/// What came of it elsewhere so far.
#[derive(Default)]
struct Came {
    counts: BTreeMap<PostIndex, (Option<u64>, Option<u64>)>,
    audience: BTreeMap<PersonIndex, Vec<link::Engaged>>,
    traces: BTreeMap<LeadIndex, Trace>,
    deals: BTreeSet<DealIndex>,
    /// By model and post.
    sums: BTreeMap<(usize, PostIndex), PostSum>,
    /// By model.
    evidence: BTreeMap<usize, EvidenceCredits>,
    connections: connections::Added,
}

impl Attributing {
    /// Resolves what is inserted into a database of its own, which is gone afterwards. Of
    /// engagements one a name of a post is enough; of identities those that contacts,
    /// connections and messages name, of all but contacts' the first of each that
    /// [`super::identity_keys`] calls alike, and all that bear the name of a contact, unless
    /// one profile alone bears it: no file then names two of them.
    pub fn new<E: From<PipelineError>>(
        database: &Path,
        plan: &Plan,
        attribution: Attribution,
        insert: impl FnOnce(&Store) -> Result<(), E>,
    ) -> Result<Self, E> {
        let store = Store::open(database).map_err(PipelineError::from)?;
        for export in &plan.exports {
            store.insert_export(export).map_err(PipelineError::from)?;
        }
        insert(&store)?;
        Ok(Self::resolved(store, attribution)?)
    }

    fn resolved(store: Store, attribution: Attribution) -> Result<Self, PipelineError> {
        let mut loaded = store.load()?;
        let mut resolved = resolve::resolve(&loaded, &attribution.told);
        themes::give_themes(&mut resolved.posts, &attribution.themes);
        attribution.rates.apply(&mut resolved.deals);
        let as_of = attribution::as_of(&resolved, &attribution);
        let exports = Exports::new(&loaded.files);
        let linkable = Linkable::taken(&mut loaded.facts, &resolved);
        let linking =
            Linking { resolved: &resolved, facts: &linkable, exports: &exports };
        let identities = &loaded.facts.identities;
        let (others, inferred) =
            (link::other_touches(&linking), link::inferred(&linking, identities));
        let measure = analyze::main_measure(&resolved.deals, attribution.rates.to());
        let study = incremental::study_alone(&resolved, as_of, attribution.options.seed);
        let channels = Channels::of_posts(&resolved.posts).count();
        let employers = Employers::new(&linking, identities);
        // The rest of the facts is of no more use, and there are more of them than of results.
        let Loaded { files, facts } = loaded;
        let ids = facts.identities.iter().map(|(id, _)| id);
        Ok(Self {
            store,
            attribution,
            files,
            evidence: linkable.evidence,
            named: linkable.posts,
            persons: ids.map(|id| (id, resolved.persons.of(id))).collect(),
            employers,
            resolved,
            as_of,
            others,
            inferred,
            measure,
            study,
            paths: [Paths::new(channels), Paths::new(channels)],
            learned: None,
            came: Came::default(),
        })
    }

    /// How many there are of what was resolved.
    pub fn counts(&self) -> [(&'static str, u64); 5] {
        self.resolved.counts()
    }

    /// The person of every identity that was given.
    pub fn persons(&self) -> Rows {
        let all = || self.persons.iter();
        Rows {
            columns: vec![
                column("identity_id", numbers(all().map(|(id, _)| Some(id.0)))),
                column(
                    "person",
                    numbers(all().map(|(_, one)| Some(one.position().into()))),
                ),
            ],
        }
    }

    /// The post of every name that is one.
    pub fn posts(&self) -> Rows {
        let known = &self.named;
        Rows {
            columns: vec![
                column("post_name_id", numbers(known.iter().map(|(id, _)| Some(id.0)))),
                column(
                    "post",
                    numbers(known.iter().map(|(_, post)| post_number(Some(*post)))),
                ),
            ],
        }
    }

    /// The touches that no list of engagers tells, as [`super::ByPerson`] reads them.
    pub fn other_touches(&self) -> Rows {
        let number =
            |of: &dyn Fn(&Touch) -> Option<i64>| numbers(self.others.iter().map(of));
        let person = |touch: &Touch| {
            Some(i64::from(self.resolved.leads[touch.lead.index()].person.position()))
        };
        let evidence = self.others.iter().map(|touch| Some(touch.evidence.to_string()));
        Rows {
            columns: vec![
                column("person", number(&person)),
                column("lead", number(&|touch| Some(touch.lead.position().into()))),
                column("post", number(&|touch| post_number(touch.post))),
                column("kind", number(&|touch| Some(kind_number(touch.kind)))),
                column("touched_ms", number(&|touch| Some(touch.touched_ms.get()))),
                column("listed_ms", number(&|_| None)),
                column("place", number(&|touch| Some(touch.place.row_id()))),
                column("evidence", Cells::Texts(evidence.collect())),
            ],
        }
    }

    /// The connections that a day is known of, as [`super::ByConnection`] reads them.
    pub fn connections(&self) -> Rows {
        connections::rows(incremental::connections(&self.resolved))
    }

    /// What those need to know who go through connections.
    pub fn study(&self) -> String {
        connections::written(&self.study)
    }

    /// What everybody needs to know, with what was learned of the paths taken so far.
    pub fn frame(&mut self) -> String {
        let [leads, deals] = self.learned().shares.clone();
        let exports = Exports::new(&self.files);
        let files = self.files.iter().map(|file| file.source_file_id);
        let mut written = Written::new(&self.resolved, &exports, files, self.as_of);
        let bits = |shares: Option<Vec<f64>>| {
            shares.map(|shares| shares.into_iter().map(f64::to_bits).collect())
        };
        written.learned =
            leads.into_iter().zip(deals).map(|(a, b)| [bits(a), bits(b)]).collect();
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// What was learned of the paths taken so far.
    fn learned(&mut self) -> &Learned {
        let learned = self.learned.take().unwrap_or_else(|| self.learn());
        self.learned.insert(learned)
    }

    fn learn(&self) -> Learned {
        let channels = Channels::of_posts(&self.resolved.posts);
        let options = &self.attribution.options;
        let mut unfitted = Vec::new();
        let shares = self.paths.clone().map(|paths| {
            let learning = Learning { channels: &channels, paths, options };
            let models = self.attribution.models.iter();
            models
                .map(|model| attribute::channel_shares(model, &learning, &mut unfitted))
                .collect()
        });
        Learned { shares, unfitted }
    }

    /// Takes rows that came of connections, persons, deals, journeys or posts; other tables
    /// are left.
    pub fn add(&mut self, table: &str, rows: &Rows) -> Result<(), CellsError> {
        match table {
            paths::PATHS => {
                self.learned = None;
                paths::add(rows, &mut self.paths)
            }
            super::persons::POST_COUNTS => self.came.add_counts(rows),
            super::persons::AUDIENCE => self.came.add_audience(rows),
            super::persons::TRACES => self.came.add_traces(rows),
            super::deals::DEALS => self.came.add_deals(rows),
            super::posts::POST_SUMS => self.came.add_sums(rows),
            evidence::EVIDENCE_SUMS => {
                evidence::add(rows, self.measure, &mut self.came.evidence)
            }
            connections::JOINED => self.came.connections.add_joined(rows),
            connections::LEADS => self.came.connections.add_leads(rows),
            connections::PAIRS => self.came.connections.add_pairs(rows),
            connections::MET => {
                let sums = self.study.sums_of_lead();
                self.came.connections.add_met(rows, sums)
            }
            _ => Ok(()),
        }
    }

    /// The tables of results, but for touches and for the credits of journeys.
    pub fn finish(
        mut self,
        each: &mut dyn FnMut(&'static str, Rows),
    ) -> Result<(), PipelineError> {
        let mut came = std::mem::take(&mut self.came);
        let mut measured = Measured::of_sums(
            &self.resolved,
            &self.attribution,
            std::mem::take(&mut self.study),
            &std::mem::take(&mut came.connections).sums(),
        );
        let count = |post| came.counts.get(&post).copied().unwrap_or_default();
        let posts = (0..self.resolved.posts.len()).map(PostIndex::from_index);
        let counts: Vec<(Option<u64>, Option<u64>)> = posts.map(count).collect();
        attribution::give_counts(&mut self.resolved.posts, &counts);
        let leads = (0..self.resolved.leads.len()).map(LeadIndex::from_index);
        let trace = |lead| came.traces.get(&lead).copied().unwrap_or_default();
        let traces: Vec<Trace> = leads.map(trace).collect();
        let is_elsewhere = |owner| match owner {
            Owner::Lead(lead) => traces[lead.index()].has_journey,
            Owner::Deal(deal) => came.deals.contains(&deal),
        };
        let unfitted = self.learned().unfitted.clone();
        let (mut credits, post_scores) = self.scores(&came.sums, &mut measured);
        for (model, by_evidence) in &came.evidence {
            if let Some(own) = credits.models.get_mut(*model) {
                own.by_evidence = by_evidence.clone();
            }
        }
        let came_to = CameTo {
            audience: &self.audience(&came.audience, &counts),
            traces: &traces,
            credits: &credits,
            unfitted: &unfitted,
            is_elsewhere: &is_elsewhere,
            post_scores: &post_scores,
        };
        let made = Made {
            files: &self.files,
            evidence: &self.evidence,
            resolved: &self.resolved,
            as_of: self.as_of,
            // From a database that is made here, nothing was deleted yet.
            deleted_before: None,
        };
        let store = &self.store;
        store.replace_known(&Known {
            resolved: &self.resolved,
            touches: &[],
            kinds: &self.attribution.weights,
            inferred: &self.inferred,
        })?;
        let attribution = &self.attribution;
        attribution::insert_results(
            store,
            attribution,
            &made,
            &came_to,
            &measured,
            None,
        )?;
        for table in RESULT_TABLES {
            store.take_rows(table, &mut |rows| each(table, rows))?;
        }
        Ok(())
    }

    /// The credits that stand here, which are those of no journey, and the scores of posts.
    fn scores(
        &self,
        sums: &BTreeMap<(usize, PostIndex), PostSum>,
        measured: &mut Measured,
    ) -> (Credits, Vec<Vec<analyze::PostScore>>) {
        let Resolved { posts, deals, .. } = &self.resolved;
        let models = &self.attribution.models;
        let mut credits = Credits::none(models.iter().map(|model| model.name));
        let mut scores: Vec<_> = (0..models.len())
            .map(|model| {
                let all = (0..posts.len()).map(PostIndex::from_index);
                let sum = |post| sums.get(&(model, post)).copied().unwrap_or_default();
                analyze::compared(posts, &all.map(sum).collect::<Vec<_>>())
            })
            .collect();
        if let Some(own) = measured.credits.take() {
            let measure = measured.measure;
            scores.push(analyze::post_scores(posts, deals, measure, &own, 0));
            credits.add_models(own);
        }
        measured.judge(posts, &credits, &mut scores);
        (credits, scores)
    }

    fn audience(
        &self,
        engaged: &BTreeMap<PersonIndex, Vec<link::Engaged>>,
        counts: &[(Option<u64>, Option<u64>)],
    ) -> Audience {
        let engager = |(person, all): (&PersonIndex, &Vec<link::Engaged>)| {
            let mut engager = Engager::new(*person);
            for one in all {
                engager.add(one, &self.employers);
            }
            engager
        };
        let is_listed = |(reactions, comments): &&(Option<u64>, Option<u64>)| {
            reactions.or(*comments).is_some()
        };
        Audience {
            engagers: engaged.iter().map(engager).collect(),
            posts_listed: counts.iter().filter(is_listed).count() as u64,
        }
    }
}

impl Came {
    /// Parts of a post's counts come from several places, no person from two.
    fn add_counts(&mut self, rows: &Rows) -> Result<(), CellsError> {
        let (posts, kinds) = (integers(rows, "post")?, integers(rows, "kind")?);
        let persons = integers(rows, "persons")?;
        for row in 0..rows.len() {
            let post = PostIndex::new(index(posts[row], "post")?);
            let (reactions, comments) = self.counts.entry(post).or_default();
            let sum = if kinds[row] == Some(1) { reactions } else { comments };
            *sum.get_or_insert(0) += persons[row].map_or(0, i64::unsigned_abs);
        }
        Ok(())
    }

    fn add_audience(&mut self, rows: &Rows) -> Result<(), CellsError> {
        let (persons, members) = (integers(rows, "person")?, integers(rows, "member")?);
        let (instants, reactions) =
            (integers(rows, "first_ms")?, integers(rows, "reactions")?);
        for row in 0..rows.len() {
            let member = members[row].map(|member| index(Some(member), "member"));
            let one = link::Engaged {
                member: member.transpose()?.map(MemberIndex::new),
                first_ms: instants[row].unwrap_or(i64::MAX),
                reactions: reactions[row]
                    .and_then(|sum| u32::try_from(sum).ok())
                    .unwrap_or(0),
            };
            let person = PersonIndex::new(index(persons[row], "person")?);
            self.audience.entry(person).or_default().push(one);
        }
        Ok(())
    }

    fn add_traces(&mut self, rows: &Rows) -> Result<(), CellsError> {
        let leads = integers(rows, "lead")?;
        let (journeys, posts) =
            (integers(rows, "has_journey")?, integers(rows, "names_post")?);
        for row in 0..rows.len() {
            self.traces.insert(
                LeadIndex::new(index(leads[row], "lead")?),
                Trace {
                    is_touched: true,
                    has_journey: journeys[row] == Some(1),
                    names_post: posts[row] == Some(1),
                },
            );
        }
        Ok(())
    }

    fn add_deals(&mut self, rows: &Rows) -> Result<(), CellsError> {
        for deal in integers(rows, "deal")? {
            self.deals.insert(DealIndex::new(index(*deal, "deal")?));
        }
        Ok(())
    }

    /// Leads and money of a post come apart, each from one place.
    fn add_sums(&mut self, rows: &Rows) -> Result<(), CellsError> {
        let (posts, models) = (integers(rows, "post")?, integers(rows, "model")?);
        let leads = reals(rows, "leads")?;
        let (pipeline, won) =
            (integers(rows, "pipeline_minor")?, integers(rows, "won_minor")?);
        let has_other_won = integers(rows, "has_other_won")?;
        for row in 0..rows.len() {
            // Credits name posts by their ids, which count from 1.
            let post = PostIndex::new(index(posts[row].map(|id| id - 1), "post")?);
            let model = index(models[row], "model")? as usize;
            let sum = self.sums.entry((model, post)).or_default();
            sum.leads += leads[row].unwrap_or(0.0);
            sum.pipeline_minor += pipeline[row].unwrap_or(0);
            sum.won_minor += won[row].unwrap_or(0);
            sum.has_other_won |= has_other_won[row] == Some(1);
        }
        Ok(())
    }
}
