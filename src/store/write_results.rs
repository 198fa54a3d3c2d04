//! What was made of the facts, rebuilt whole.

use rusqlite::named_params;

use super::{
    Cell, Store, StoreError,
    write_facts::{count, run},
};
use crate::{
    analyze::{
        self, Agreement, EvidenceScore, FunnelStep, GroupKind, IncrementalLens,
        PostRange, PostScore, ThemeScore, Verdict, group_scores,
    },
    attribute::Credits,
    domain::{
        DealIndex, DealLead, Inferred, LeadIndex, Measure, MemberIndex, Metric, Moment,
        Place, Post, PostIndex, Touch, Word, iso,
    },
    link::Owner,
    resolve::Resolved,
};

/// What is known before anything is credited.
pub struct Known<'a> {
    /// Who and what there is.
    pub resolved: &'a Resolved,
    /// By lead and time.
    pub touches: &'a [Touch],
    /// By place: people whom answers name.
    pub inferred: &'a [Inferred],
}

/// What the models give to posts.
#[derive(Clone, Copy)]
pub struct Credited<'a> {
    /// Who and what there is.
    pub resolved: &'a Resolved,
    /// What they give.
    pub credits: &'a Credits,
    /// Whether the credits of a lead or deal under the credited models stand elsewhere.
    pub is_elsewhere: &'a (dyn Fn(Owner) -> bool + Sync),
    /// By model: the scores of all posts.
    pub post_scores: &'a [Vec<PostScore>],
}

/// All else that a run makes of the facts.
pub struct Results<'a> {
    /// What the models give.
    pub credits: &'a Credits,
    /// What totals are made of.
    pub measure: Option<Measure>,
    /// What the credited models say of each post.
    pub post_ranges: &'a [PostRange],
    /// By model: the scores of all themes.
    pub theme_scores: &'a [Vec<ThemeScore>],
    /// By pair of models: how far they agree.
    pub agreement: &'a [Agreement],
    /// What would not have come without the posts.
    pub lens: &'a IncrementalLens,
    /// The settings that it was made with, by name.
    pub settings: &'a [(&'static str, String)],
    /// By model, in the order of the credits.
    pub evidence: &'a [Vec<EvidenceScore>],
    /// From rows read to leads credited.
    pub funnel: &'a [FunnelStep],
}

/// Tables of results, those first that refer to others.
pub const RESULT_TABLES: [&str; 27] = [
    "made_of",
    "model_agreement",
    "settings",
    "diagnostics",
    "incremental_themes",
    "ambiguities",
    "funnel",
    "findings",
    "theme_scores",
    "evidence_scores",
    "group_scores",
    "post_ranges",
    "post_scores",
    "verdicts",
    "deal_parts",
    "lead_shares",
    "models",
    "measures",
    "touches",
    "touch_evidence",
    "inferred_comments",
    "deal_leads",
    "deals",
    "leads",
    "post_aliases",
    "posts",
    "members",
];

/// The models' numbers and places, by name.
fn by_name(credits: &Credits) -> Vec<(i64, usize)> {
    let Credits { models, .. } = credits;
    let mut places: Vec<(i64, usize)> = (1_i64..).zip(0..models.len()).collect();
    places.sort_by_key(|(_, place)| models[*place].name);
    places
}

/// A number of a post; unknown is null.
fn number(post: &Post, metric: Metric) -> Option<i64> {
    post.numbers.get(metric).map(count)
}

impl Store {
    /// Takes all results away and adds what is known; [`Store::insert_credited`] and
    /// [`Store::insert_results`] add the rest.
    pub fn replace_known(&self, known: &Known<'_>) -> Result<(), StoreError> {
        for table in RESULT_TABLES {
            self.execute(&format!("delete from {table}"))?;
        }
        self.insert_posts(known.resolved)?;
        self.insert_leads(known.resolved)?;
        self.insert_deals(known.resolved)?;
        self.insert_touches(known.touches)?;
        let mut statement =
            self.prepare(include_str!("sql/insert_inferred_comment.sql"))?;
        for one in known.inferred {
            let (post, at) = (one.post.row_id(), one.answered_at.map(iso));
            run(&mut statement, (one.place.row_id(), post, &one.full_name, at))?;
        }
        let mut statement = self.prepare(include_str!("sql/insert_ambiguity.sql"))?;
        for one in &known.resolved.ambiguities {
            run(&mut statement, (&one.subject, &one.text, one.is_joined))?;
        }
        Ok(())
    }

    /// Adds what was credited: most of what a run writes.
    pub fn insert_credited(&self, credited: &Credited<'_>) -> Result<(), StoreError> {
        self.insert_credits(credited.resolved, credited.credits, credited.is_elsewhere)?;
        self.insert_post_scores(credited)?;
        self.insert_groups(credited)
    }

    /// Adds what credits and lenses say together.
    pub fn insert_results(&self, results: &Results<'_>) -> Result<(), StoreError> {
        self.insert_scores(results)?;
        let mut statement = self.prepare(include_str!("sql/insert_funnel_step.sql"))?;
        for (position, step) in (0_i64..).zip(results.funnel) {
            run(&mut statement, (position, step.step, step.reason, count(step.rows)))?;
        }
        self.insert_incremental(results.lens)?;
        let mut statement = self.prepare(include_str!("sql/insert_setting.sql"))?;
        for (name, value) in results.settings {
            run(&mut statement, (name, value))?;
        }
        Ok(())
    }

    fn insert_posts(&self, resolved: &Resolved) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_member.sql"))?;
        let called = analyze::called(&resolved.members);
        for (index, (member, called)) in resolved.members.iter().zip(called).enumerate() {
            let id = MemberIndex::from_index(index).row_id();
            run(&mut statement, (id, &member.full_name, &member.profile, called))?;
        }
        let mut statement = self.prepare(include_str!("sql/insert_post.sql"))?;
        for (index, post) in resolved.posts.iter().enumerate() {
            run(
                &mut statement,
                named_params! {
                    ":post_id": PostIndex::from_index(index).row_id(),
                    ":urn": post.name.urn(),
                    ":member_id": post.member.map(MemberIndex::row_id),
                    ":posted_at": post.posted_at.map(iso), ":theme": post.theme,
                    ":theme_confidence": post.theme_confidence,
                    ":theme_because": post.theme_because,
                    ":text": post.text, ":url": post.name.url(),
                    ":reactions": post.reactions.map(count),
                    ":comments": post.comments.map(count),
                    ":format": post.format, ":campaign": post.campaign,
                    ":impressions": number(post, Metric::Impressions),
                    ":members_reached": number(post, Metric::MembersReached),
                    ":engagements": number(post, Metric::Engagements),
                    ":reposts": number(post, Metric::Reposts),
                    ":clicks": number(post, Metric::Clicks),
                    ":saves": number(post, Metric::Saves),
                    ":sends": number(post, Metric::Sends),
                    ":profile_views": number(post, Metric::ProfileViews),
                    ":followers_gained": number(post, Metric::FollowersGained),
                },
            )?;
        }
        let aliases = resolved
            .aliases
            .iter()
            .map(|alias| (alias.name.urn(), alias.post.row_id(), alias.basis.word()));
        self.insert_many(include_str!("sql/insert_post_alias.sql"), aliases)
    }

    fn insert_leads(&self, resolved: &Resolved) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_lead.sql"))?;
        for (index, lead) in resolved.leads.iter().enumerate() {
            run(
                &mut statement,
                named_params! {
                    ":lead_id": LeadIndex::from_index(index).row_id(),
                    ":source_system": lead.source_system, ":remote_id": lead.remote_id,
                    ":person": lead.full_name, ":profile": lead.profile,
                    ":company": lead.company,
                    ":created_at": lead.created_at.map(Moment::text),
                    ":status": lead.status.word(), ":lead_source": lead.lead_source,
                    ":self_reported": lead.self_reported,
                    ":member_id": lead.member.map(MemberIndex::row_id),
                    ":match_basis": lead.matched.map(|(basis, _)| basis.word()),
                    ":match_confidence": lead.matched.map(|(_, confidence)| confidence),
                    ":place": lead.place.row_id(),
                },
            )?;
        }
        Ok(())
    }

    fn insert_deals(&self, resolved: &Resolved) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_deal.sql"))?;
        for (index, deal) in resolved.deals.iter().enumerate() {
            run(
                &mut statement,
                named_params! {
                    ":deal_id": DealIndex::from_index(index).row_id(),
                    ":source_system": deal.source_system, ":remote_id": deal.remote_id,
                    ":name": deal.name, ":status": deal.status.word(),
                    ":amount_minor": deal.amount_minor, ":currency": deal.currency.code(),
                    ":amount_kind": deal.amount_kind.word(),
                    ":counted_minor": deal.counted_minor(),
                    ":counted_currency": deal.measure().currency.code(),
                    ":loan_minor": deal.loan_minor,
                    ":created_at": deal.created_at.map(Moment::text),
                    ":closed_at": deal.closed_at.map(Moment::text),
                    ":place": deal.place.row_id(),
                },
            )?;
        }
        let leads = resolved.deals.iter().enumerate().flat_map(|(index, deal)| {
            let id = DealIndex::from_index(index).row_id();
            let row = move |one: &DealLead| {
                (id, one.lead.row_id(), one.basis.word(), one.confidence)
            };
            deal.leads.iter().map(row)
        });
        self.insert_many(include_str!("sql/insert_deal_lead.sql"), leads)
    }

    fn insert_touches(&self, touches: &[Touch]) -> Result<(), StoreError> {
        let mut evidence = self.touch_evidence()?;
        let evidence = touches.iter().map(|touch| evidence.id(&touch.evidence));
        let evidence: Vec<i64> = evidence.collect::<Result<_, _>>()?;
        let rows = (1_i64..).zip(touches).zip(evidence).map(|((id, touch), evidence)| {
            let (kind, at) = (touch.kind.word(), iso(touch.touched_at));
            let (lead, post) = (touch.lead.row_id(), touch.post.map(PostIndex::row_id));
            (id, lead, post, kind, at, touch.weight, evidence, touch.place.row_id())
        });
        let sql = include_str!("sql/insert_touch.sql");
        self.insert_and_keep(
            sql,
            rows,
            ("v_touches", |row, kept| {
                let (_, lead, post, kind, at, weight, evidence, place) = row;
                let place = Place::from_row_id(*place);
                kept.add([
                    Cell::Integer(*lead),
                    Cell::from(*post),
                    Cell::Text(kind),
                    Cell::Text(at),
                    Cell::Real(*weight),
                    Cell::Integer(*evidence),
                    Cell::Integer(i64::from(place.source_file_id())),
                    Cell::Integer(count(place.line())),
                ]);
            }),
        )
    }

    fn insert_scores(&self, results: &Results<'_>) -> Result<(), StoreError> {
        let unknown = crate::domain::Currency::UNKNOWN;
        let currency = results.measure.map_or(unknown, |measure| measure.currency);
        if let Some(measure) = results.measure {
            run(
                &mut self.prepare(include_str!("sql/insert_measure.sql"))?,
                (measure.currency.code(), measure.amount_kind.word()),
            )?;
        }
        self.insert_post_ranges(results.post_ranges)?;
        self.insert_evidence(results)?;
        self.insert_agreement(results.agreement, currency)?;
        let mut statement = self.prepare(include_str!("sql/insert_theme_score.sql"))?;
        for (model, scores) in (1_i64..).zip(results.theme_scores) {
            for score in scores {
                run(
                    &mut statement,
                    named_params! {
                        ":model_id": model, ":theme": score.theme,
                        ":posts": count(score.posts),
                        ":reactions": score.reactions.map(count),
                        ":comments": score.comments.map(count),
                        ":leads": score.leads, ":pipeline_minor": score.pipeline_minor,
                        ":won_minor": score.won_minor, ":currency": currency.code(),
                        ":verdict": score.verdict.word(),
                    },
                )?;
            }
        }
        Ok(())
    }

    /// The scores of posts, the models in the order of their names.
    fn insert_post_scores(&self, credited: &Credited<'_>) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_verdict.sql"))?;
        for (id, (_, name)) in (1_i64..).zip(Verdict::WORDS) {
            run(&mut statement, (id, name))?;
        }
        let verdict_id = |verdict: Verdict| {
            (1_i64..)
                .zip(Verdict::WORDS)
                .find(|(_, (own, _))| *own == verdict)
                .map(|(id, _)| id)
        };
        for (model, place) in by_name(credited.credits) {
            let scores = credited.post_scores[place].iter().enumerate();
            let rows = scores.map(|(index, score)| {
                let (post, verdict) =
                    (PostIndex::from_index(index).row_id(), verdict_id(score.verdict));
                let minor = (score.pipeline_minor, score.won_minor);
                let ranks =
                    (score.engagement_rank.map(i64::from), i64::from(score.revenue_rank));
                (model, post, score.leads, minor.0, minor.1, ranks.0, ranks.1, verdict)
            });
            let sql = include_str!("sql/insert_post_score.sql");
            self.insert_and_keep(sql, rows, ("v_post_scorecard", |row, kept| {
                let (model, post, leads, pipeline, won, engagement, revenue, verdict) =
                    row;
                kept.add([
                    Cell::Integer(*model),
                    Cell::Integer(*post),
                    Cell::Real(*leads),
                    Cell::Integer(*pipeline),
                    Cell::Integer(*won),
                    Cell::Integer(1),
                    Cell::from(*engagement),
                    Cell::Integer(*revenue),
                    Cell::from(*verdict),
                ]);
            }))?;
        }
        Ok(())
    }

    fn insert_post_ranges(&self, ranges: &[PostRange]) -> Result<(), StoreError> {
        let rows = ranges.iter().enumerate().map(|(index, range)| {
            let post = PostIndex::from_index(index).row_id();
            let (leads, minor) = (range.leads, range.won_minor);
            let verdict = range.verdict.map(Verdict::word);
            let of_all = range.won_of_all_models;
            (post, leads.0, leads.1, minor.0, minor.1, of_all, verdict)
        });
        self.insert_many(include_str!("sql/insert_post_range.sql"), rows)
    }

    fn insert_evidence(&self, results: &Results<'_>) -> Result<(), StoreError> {
        let mut statement =
            self.prepare(include_str!("sql/insert_evidence_score.sql"))?;
        for (model, place) in by_name(results.credits) {
            for score in &results.evidence[place] {
                run(
                    &mut statement,
                    (
                        model,
                        score.evidence.map(Word::word),
                        score.is_of_post,
                        score.leads,
                        score.pipeline_minor,
                        score.won_minor,
                    ),
                )?;
            }
        }
        Ok(())
    }

    /// Members, months and formats, the models in the order of their names.
    fn insert_groups(&self, credited: &Credited<'_>) -> Result<(), StoreError> {
        let Resolved { posts, members, .. } = credited.resolved;
        let mut statement = self.prepare(include_str!("sql/insert_group_score.sql"))?;
        for kind in GroupKind::ALL {
            let groups = group_scores(kind, posts, members, credited.post_scores);
            for (model, place) in by_name(credited.credits) {
                for (name, scores) in &groups {
                    let score = &scores[place];
                    run(
                        &mut statement,
                        (
                            kind.word(),
                            model,
                            name,
                            count(score.posts),
                            score.reactions.map(count),
                            score.comments.map(count),
                            score.leads,
                            score.pipeline_minor,
                            score.won_minor,
                        ),
                    )?;
                }
            }
        }
        Ok(())
    }

    fn insert_agreement(
        &self,
        agreement: &[Agreement],
        currency: crate::domain::Currency,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(include_str!("sql/insert_agreement.sql"))?;
        let row_id = |index: usize| i64::try_from(index).unwrap_or(i64::MAX - 1) + 1;
        for pair in agreement {
            run(
                &mut statement,
                (
                    row_id(pair.model),
                    row_id(pair.other),
                    count(pair.posts),
                    pair.correlation,
                    pair.moved_minor,
                    currency.code(),
                ),
            )?;
        }
        Ok(())
    }
}
