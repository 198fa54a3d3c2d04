//! What was made of the facts, rebuilt whole.

use super::{Cell, Store, StoreError, many::row, write_facts::count};
use crate::{
    analyze::{
        self, Agreement, EvidenceScore, FunnelStep, GroupKind, IncrementalLens,
        PostRange, PostScore, ThemeScore, Verdict, group_scores,
    },
    attribute::{Credits, KindWeights},
    domain::{
        DealIndex, Inferred, LeadIndex, Measure, MemberIndex, Metric, Moment, PostIndex,
        Touch, Word, iso,
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
    /// What weights are multiplied by, by the kind of touch.
    pub kinds: &'a KindWeights,
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
        self.insert_touches(known.touches, known.kinds)?;
        let comments = known.inferred.iter().map(|one| {
            row! {
                place: one.place.row_id(), post_id: one.post.row_id(),
                full_name: one.full_name, answered_at: one.answered_at.map(iso),
            }
        });
        self.insert("inferred_comments", comments)?;
        let ambiguities = known.resolved.ambiguities.iter().map(|one| {
            row! { subject: one.subject, text: one.text, is_joined: one.is_joined }
        });
        self.insert("ambiguities", ambiguities)
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
        let steps = (0_i64..).zip(results.funnel).map(|(position, one)| {
            row! {
                position: position, step: one.step, reason: one.reason,
                rows: count(one.rows),
            }
        });
        self.insert("funnel", steps)?;
        self.insert_incremental(results.lens)?;
        let settings = results
            .settings
            .iter()
            .map(|(name, value)| row! { name: name, value: value });
        self.insert("settings", settings)
    }

    fn insert_posts(&self, resolved: &Resolved) -> Result<(), StoreError> {
        let called = analyze::called(&resolved.members);
        let members = resolved.members.iter().zip(called).enumerate();
        let members = members.map(|(index, (member, called))| {
            row! {
                member_id: MemberIndex::from_index(index).row_id(),
                full_name: member.full_name, profile: member.profile, called: called,
            }
        });
        self.insert("members", members)?;
        let posts = resolved.posts.iter().enumerate().map(|(index, post)| {
            let number = |metric| post.numbers.get(metric).map(count);
            row! {
                post_id: PostIndex::from_index(index).row_id(), urn: post.name.urn(),
                member_id: post.member.map(MemberIndex::row_id),
                posted_at: post.posted_at.map(iso), theme: post.theme,
                theme_confidence: post.theme_confidence,
                theme_because: post.theme_because, text: post.text, url: post.name.url(),
                reactions: post.reactions.map(count),
                comments: post.comments.map(count),
                format: post.format, campaign: post.campaign,
                impressions: number(Metric::Impressions),
                members_reached: number(Metric::MembersReached),
                engagements: number(Metric::Engagements),
                reposts: number(Metric::Reposts),
                clicks: number(Metric::Clicks),
                saves: number(Metric::Saves),
                sends: number(Metric::Sends),
                profile_views: number(Metric::ProfileViews),
                followers_gained: number(Metric::FollowersGained),
            }
        });
        self.insert("posts", posts)?;
        let aliases = resolved.aliases.iter().map(|one| {
            row! {
                urn: one.name.urn(), post_id: one.post.row_id(), basis: one.basis.word(),
            }
        });
        self.insert("post_aliases", aliases)
    }

    fn insert_leads(&self, resolved: &Resolved) -> Result<(), StoreError> {
        let leads = resolved.leads.iter().enumerate().map(|(index, lead)| {
            row! {
                lead_id: LeadIndex::from_index(index).row_id(),
                source_system: lead.source_system, remote_id: lead.remote_id,
                person: lead.full_name, profile: lead.profile, company: lead.company,
                created_at: lead.created_at.map(Moment::text),
                status: lead.status.word(), lead_source: lead.lead_source,
                self_reported: lead.self_reported,
                member_id: lead.member.map(MemberIndex::row_id),
                match_basis: lead.matched.map(|(basis, _)| basis.word()),
                match_confidence: lead.matched.map(|(_, confidence)| confidence),
                place: lead.place.row_id(),
            }
        });
        self.insert("leads", leads)
    }

    fn insert_deals(&self, resolved: &Resolved) -> Result<(), StoreError> {
        let deals = resolved.deals.iter().enumerate().map(|(index, deal)| {
            row! {
                deal_id: DealIndex::from_index(index).row_id(),
                source_system: deal.source_system, remote_id: deal.remote_id,
                name: deal.name, status: deal.status.word(),
                amount_minor: deal.amount_minor, currency: deal.currency.code(),
                amount_kind: deal.amount_kind.word(),
                counted_minor: deal.counted_minor(),
                counted_currency: deal.measure().currency.code(),
                loan_minor: deal.loan_minor,
                created_at: deal.created_at.map(Moment::text),
                closed_at: deal.closed_at.map(Moment::text), place: deal.place.row_id(),
            }
        });
        self.insert("deals", deals)?;
        let leads = resolved.deals.iter().enumerate().flat_map(|(index, deal)| {
            let id = DealIndex::from_index(index).row_id();
            deal.leads.iter().map(move |one| {
                row! {
                    deal_id: id, lead_id: one.lead.row_id(), basis: one.basis.word(),
                    confidence: one.confidence,
                }
            })
        });
        self.insert("deal_leads", leads)
    }

    fn insert_touches(
        &self,
        touches: &[Touch],
        kinds: &KindWeights,
    ) -> Result<(), StoreError> {
        let mut evidence = self.touch_evidence()?;
        let evidence = touches.iter().map(|touch| evidence.id(&touch.evidence));
        let evidence: Vec<i64> = evidence.collect::<Result<_, _>>()?;
        let rows = (1_i64..).zip(touches).zip(evidence).map(|((id, touch), evidence)| {
            (id, touch, iso(touch.touched_at()), evidence)
        });
        self.insert_and_keep(
            ("touches", rows),
            |(id, touch, at, evidence)| {
                row! {
                    touch_id: id, lead_id: touch.lead.row_id(),
                    post_id: touch.post.map(PostIndex::row_id), kind: touch.kind.word(),
                    touched_at: at, weight: kinds.get(touch.kind), evidence_id: evidence,
                    place: touch.place.row_id(),
                }
            },
            ("v_touches", |(_, touch, at, evidence), kept| {
                kept.add([
                    Cell::Integer(touch.lead.row_id()),
                    Cell::from(touch.post.map(PostIndex::row_id)),
                    Cell::Text(touch.kind.word()),
                    Cell::Text(at),
                    Cell::Real(kinds.get(touch.kind)),
                    Cell::Integer(*evidence),
                    Cell::Integer(i64::from(touch.place.source_file_id())),
                    Cell::Integer(count(touch.place.line())),
                ]);
            }),
        )
    }

    fn insert_scores(&self, results: &Results<'_>) -> Result<(), StoreError> {
        let unknown = crate::domain::Currency::UNKNOWN;
        let currency = results.measure.map_or(unknown, |measure| measure.currency);
        let measure = results.measure.map(|one| {
            row! { currency: one.currency.code(), amount_kind: one.amount_kind.word() }
        });
        self.insert("measures", measure)?;
        self.insert_post_ranges(results.post_ranges)?;
        self.insert_evidence(results)?;
        self.insert_agreement(results.agreement, currency)?;
        let scores = (1_i64..).zip(results.theme_scores).flat_map(|(model, scores)| {
            scores.iter().map(move |one| {
                row! {
                    model_id: model, theme: one.theme, posts: count(one.posts),
                    reactions: one.reactions.map(count),
                    comments: one.comments.map(count), leads: one.leads,
                    pipeline_minor: one.pipeline_minor, won_minor: one.won_minor,
                    currency: currency.code(), verdict: one.verdict.word(),
                }
            })
        });
        self.insert("theme_scores", scores)
    }

    /// The scores of posts, the models in the order of their names.
    fn insert_post_scores(&self, credited: &Credited<'_>) -> Result<(), StoreError> {
        let verdicts = (1_i64..).zip(Verdict::WORDS).map(|(id, (_, name))| {
            row! { verdict_id: id, name: name }
        });
        self.insert("verdicts", verdicts)?;
        let verdict_id = |verdict: Verdict| {
            (1_i64..)
                .zip(Verdict::WORDS)
                .find(|(_, (own, _))| *own == verdict)
                .map(|(id, _)| id)
        };
        let engagement_ranks = analyze::engagement_ranks(&credited.resolved.posts);
        for (model, place) in by_name(credited.credits) {
            let scores = credited.post_scores[place].iter().zip(&engagement_ranks);
            let rows = scores.enumerate().map(|(index, (score, engagement_rank))| {
                let post = PostIndex::from_index(index).row_id();
                let engagement_rank = engagement_rank.map(i64::from);
                (post, score, engagement_rank, verdict_id(score.verdict))
            });
            self.insert_and_keep(
                ("post_scores", rows),
                |(post, score, engagement_rank, verdict)| {
                    row! {
                        model_id: model, post_id: post, leads: score.leads,
                        pipeline_minor: score.pipeline_minor, won_minor: score.won_minor,
                        engagement_rank: engagement_rank,
                        revenue_rank: score.revenue_rank, verdict_id: verdict,
                    }
                },
                ("v_post_scorecard", |(post, score, engagement_rank, verdict), kept| {
                    kept.add([
                        Cell::Integer(model),
                        Cell::Integer(*post),
                        Cell::Real(score.leads),
                        Cell::Integer(score.pipeline_minor),
                        Cell::Integer(score.won_minor),
                        Cell::Integer(1),
                        Cell::from(*engagement_rank),
                        Cell::Integer(i64::from(score.revenue_rank)),
                        Cell::from(*verdict),
                    ]);
                }),
            )?;
        }
        Ok(())
    }

    fn insert_post_ranges(&self, ranges: &[PostRange]) -> Result<(), StoreError> {
        let ranges = ranges.iter().enumerate().map(|(index, range)| {
            row! {
                post_id: PostIndex::from_index(index).row_id(),
                least_leads: range.leads.0, most_leads: range.leads.1,
                least_won_minor: range.won_minor.0, most_won_minor: range.won_minor.1,
                won_of_all_models: range.won_of_all_models,
                verdict: range.verdict.map(Verdict::word),
            }
        });
        self.insert("post_ranges", ranges)
    }

    fn insert_evidence(&self, results: &Results<'_>) -> Result<(), StoreError> {
        let models = by_name(results.credits).into_iter();
        let scores = models.flat_map(|(model, place)| {
            results.evidence[place].iter().map(move |one| {
                row! {
                    model_id: model, evidence: one.evidence.map(Word::word),
                    is_of_post: one.is_of_post, leads: one.leads,
                    pipeline_minor: one.pipeline_minor, won_minor: one.won_minor,
                }
            })
        });
        self.insert("evidence_scores", scores)
    }

    /// Members, months and formats, the models in the order of their names.
    fn insert_groups(&self, credited: &Credited<'_>) -> Result<(), StoreError> {
        let Resolved { posts, members, .. } = credited.resolved;
        for kind in GroupKind::ALL {
            let groups = group_scores(kind, posts, members, credited.post_scores);
            for (model, place) in by_name(credited.credits) {
                let scores = groups.iter().map(|(name, scores)| {
                    let one = &scores[place];
                    row! {
                        kind: kind.word(), model_id: model, name: name,
                        posts: count(one.posts), reactions: one.reactions.map(count),
                        comments: one.comments.map(count), leads: one.leads,
                        pipeline_minor: one.pipeline_minor, won_minor: one.won_minor,
                    }
                });
                self.insert("group_scores", scores)?;
            }
        }
        Ok(())
    }

    fn insert_agreement(
        &self,
        agreement: &[Agreement],
        currency: crate::domain::Currency,
    ) -> Result<(), StoreError> {
        let row_id = |index: usize| i64::try_from(index).unwrap_or(i64::MAX - 1) + 1;
        let agreement = agreement.iter().map(|pair| {
            row! {
                model_id: row_id(pair.model), other_id: row_id(pair.other),
                posts: count(pair.posts), correlation: pair.correlation,
                moved_minor: pair.moved_minor, currency: currency.code(),
            }
        });
        self.insert("model_agreement", agreement)
    }
}
