//! What everybody needs to know of posts, leads, deals and files.

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::super::Attribution;
use crate::{
    analyze,
    attribute::{self, Channels, Learning, Paths, Weigh},
    domain::{
        AmountKind, Currency, DealBasis, DealIndex, DealLead, DealStatus, DealSummary,
        LeadIndex, Measure, MemberIndex, Moment, PersonIndex, Place, PostIndex, Word,
    },
    resolve::{Exports, Resolved},
};

/// What is written down of it. Floats go as their bits, which no text rounds.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Written {
    as_of_ms: i64,
    channels: Channels,
    posts: Vec<WrittenPost>,
    /// Person, and when the record was made.
    leads: Vec<(u32, Option<String>)>,
    deals: Vec<WrittenDeal>,
    /// Files and the ranks of their ages.
    ranks: Vec<(u32, u32)>,
    /// By model: the shares of channels for leads and for deals.
    pub(super) learned: Vec<[Option<Vec<u64>>; 2]>,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct WrittenPost {
    urn: String,
    posted_ms: Option<i64>,
    member: Option<u32>,
    author: Option<u32>,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct WrittenDeal {
    status: String,
    amount_minor: Option<i64>,
    currency: String,
    amount_kind: String,
    created_at: Option<String>,
    closed_at: Option<String>,
    leads: Vec<u32>,
}

impl Written {
    pub(super) fn new(
        resolved: &Resolved,
        exports: &Exports<'_>,
        files: impl Iterator<Item = u32>,
        as_of: Timestamp,
    ) -> Self {
        let author = |member: MemberIndex| resolved.member_persons[member.index()];
        let post = |post: &crate::domain::Post| WrittenPost {
            urn: post.name.to_string(),
            posted_ms: post.posted_at.map(Timestamp::as_millisecond),
            member: post.member.map(|member| member.0),
            author: post.member.and_then(author).map(|person| person.0),
        };
        let text = |moment: Option<Moment>| moment.map(Moment::text);
        let deal = |deal: &DealSummary| WrittenDeal {
            status: deal.status.word().to_owned(),
            amount_minor: deal.amount_minor,
            currency: deal.currency.code().to_owned(),
            amount_kind: deal.amount_kind.word().to_owned(),
            created_at: text(deal.created_at),
            closed_at: text(deal.closed_at),
            leads: deal.leads.iter().map(|one| one.lead.0).collect(),
        };
        let leads = resolved.leads.iter();
        Self {
            as_of_ms: as_of.as_millisecond(),
            channels: Channels::of_posts(&resolved.posts),
            posts: resolved.posts.iter().map(post).collect(),
            leads: leads.map(|lead| (lead.person.0, text(lead.created_at))).collect(),
            deals: resolved.deals.iter().map(deal).collect(),
            ranks: files
                .map(|file| (file, exports.rank(Place::new(file, 1, 0)).0))
                .collect(),
            learned: Vec::new(),
        }
    }
}

/// A post, as far as journeys go.
#[derive(Clone, Debug)]
pub(super) struct FramePost {
    pub(super) urn: String,
    pub(super) posted_at: Option<Timestamp>,
    pub(super) member: Option<MemberIndex>,
    pub(super) author: Option<PersonIndex>,
}

/// What everybody needs to know.
#[derive(Debug)]
pub struct Frame {
    pub(super) attribution: Attribution,
    pub(super) as_of: Timestamp,
    pub(super) measure: Option<Measure>,
    pub(super) channels: Channels,
    pub(super) posts: Vec<FramePost>,
    /// By lead: when its record was made.
    pub(super) created_at: Vec<Option<Moment>>,
    pub(super) deals: Vec<DealSummary>,
    /// By lead: its deals.
    pub(super) deals_of: Vec<Vec<DealIndex>>,
    // The three are looked up and never walked.
    leads_of: FxHashMap<PersonIndex, Vec<LeadIndex>>,
    ranks: FxHashMap<u32, u32>,
    learned: Vec<[Option<Vec<f64>>; 2]>,
}

impl Frame {
    /// Reads what [`super::Attributing::frame`] wrote; none where it is no frame.
    pub fn new(text: &str, attribution: Attribution) -> Option<Self> {
        let written: Written = serde_json::from_str(text).ok()?;
        let instant = |ms: i64| Timestamp::from_millisecond(ms).ok();
        let mut deals = written.deals.iter().map(deal).collect::<Option<Vec<_>>>()?;
        attribution.rates.apply(&mut deals);
        let mut leads_of: FxHashMap<PersonIndex, Vec<LeadIndex>> = FxHashMap::default();
        for (index, (person, _)) in written.leads.iter().enumerate() {
            let leads = leads_of.entry(PersonIndex(*person)).or_default();
            leads.push(LeadIndex::from_index(index));
        }
        let mut deals_of = vec![Vec::new(); written.leads.len()];
        for (index, deal) in deals.iter().enumerate() {
            for one in &deal.leads {
                deals_of.get_mut(one.lead.index())?.push(DealIndex::from_index(index));
            }
        }
        let post = |post: WrittenPost| FramePost {
            urn: post.urn,
            posted_at: post.posted_ms.and_then(instant),
            member: post.member.map(MemberIndex),
            author: post.author.map(PersonIndex),
        };
        let real = |shares: Vec<u64>| shares.into_iter().map(f64::from_bits).collect();
        let learned = written.learned.into_iter();
        let moment = |text: Option<String>| Moment::from_text(&text?);
        Some(Self {
            measure: analyze::main_measure(&deals, attribution.rates.to()),
            attribution,
            as_of: instant(written.as_of_ms)?,
            channels: written.channels,
            posts: written.posts.into_iter().map(post).collect(),
            created_at: written.leads.into_iter().map(|(_, at)| moment(at)).collect(),
            deals,
            deals_of,
            leads_of,
            ranks: written.ranks.into_iter().collect(),
            learned: learned.map(|both| both.map(|shares| shares.map(real))).collect(),
        })
    }

    pub(super) fn leads_of(&self, person: PersonIndex) -> &[LeadIndex] {
        self.leads_of.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The age of a place's file and the place, as [`Exports::rank`] has them.
    pub(super) fn rank(&self, place: Place) -> (u32, Place) {
        (self.ranks.get(&place.source_file_id()).copied().unwrap_or(0), place)
    }

    pub(super) fn post(&self, post: PostIndex) -> &FramePost {
        &self.posts[post.index()]
    }

    /// Whether a lead has a won deal.
    pub(super) fn has_won(&self, lead: LeadIndex) -> bool {
        let is_won =
            |deal: &DealIndex| self.deals[deal.index()].status == DealStatus::Won;
        self.deals_of[lead.index()].iter().any(is_won)
    }

    /// What rule-based models learn from: nothing.
    pub(super) fn learning(&self) -> Learning<'_> {
        let paths = Paths::new(self.channels.count());
        Learning { channels: &self.channels, paths, options: &self.attribution.options }
    }

    /// How the models weigh, in their order.
    pub(super) fn weighs<'a>(
        &self,
        learning: &'a Learning<'a>,
        of_deals: bool,
    ) -> Vec<Weigh<'a>> {
        let learned = |model: usize| {
            let both = self.learned.get(model)?;
            both[usize::from(of_deals)].clone()
        };
        let models = self.attribution.models.iter().enumerate();
        models
            .map(|(index, model)| attribute::weigh(model, learning, learned(index)))
            .collect()
    }
}

fn deal(written: &WrittenDeal) -> Option<DealSummary> {
    let moment = |text: &Option<String>| Moment::from_text(text.as_deref()?);
    let lead = |lead: &u32| DealLead {
        lead: LeadIndex(*lead),
        basis: DealBasis::ContactId,
        confidence: 1.0,
    };
    Some(DealSummary {
        source_system: "".into(),
        remote_id: "".into(),
        name: None,
        status: DealStatus::from_word(&written.status)?,
        amount_minor: written.amount_minor,
        currency: Currency::from_code(&written.currency)?,
        amount_kind: AmountKind::from_word(&written.amount_kind)?,
        converted: None,
        loan_minor: None,
        created_at: moment(&written.created_at),
        closed_at: moment(&written.closed_at),
        place: Place::new(0, 1, 0),
        leads: written.leads.iter().map(lead).collect(),
    })
}
