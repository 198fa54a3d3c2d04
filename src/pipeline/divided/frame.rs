//! What everybody needs to know of posts, leads, deals and files.

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::super::Attribution;
use crate::{
    analyze,
    attribute::{self, Channels, Learning, Paths, Weigh},
    domain::{
        AmountKind, Currency, DealBasis, DealIndex, DealLead, DealStatus, DealSummary,
        LeadIndex, Measure, MemberIndex, Moment, PersonIndex, Place, Post, PostIndex,
        Word,
    },
    resolve::{Exports, Resolved},
};

/// What is written down of it. Floats go as their bits, which no text rounds.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Written {
    as_of_ms: i64,
    channels: Channels,
    posts: WrittenPosts,
    /// By member: the person.
    members: Vec<Option<u32>>,
    /// Person, and when the record was made.
    leads: Vec<(u32, Option<String>)>,
    deals: Vec<WrittenDeal>,
    /// Files and the ranks of their ages.
    ranks: Vec<(u32, u32)>,
    /// By model: the shares of channels for leads and for deals.
    pub(super) learned: Vec<[Option<Vec<u64>>; 2]>,
}

/// Posts, a list a column: there may be many.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
struct WrittenPosts {
    /// The places of the posts in the order of their names.
    ranks: Vec<u32>,
    posted_ms: Vec<Option<i64>>,
    members: Vec<Option<u32>>,
}

impl WrittenPosts {
    fn new(posts: &[Post]) -> Self {
        let indexes = 0..u32::try_from(posts.len()).unwrap_or(u32::MAX);
        let mut order: Vec<u32> = indexes.collect();
        order.sort_by_cached_key(|index| posts[*index as usize].name.to_string());
        let mut ranks = vec![0; posts.len()];
        for (rank, index) in (0..).zip(order) {
            ranks[index as usize] = rank;
        }
        let posted_at = posts.iter().map(|post| post.posted_at);
        Self {
            ranks,
            posted_ms: posted_at.map(|at| at.map(Timestamp::as_millisecond)).collect(),
            members: posts
                .iter()
                .map(|post| post.member.map(MemberIndex::position))
                .collect(),
        }
    }

    /// The posts, of members who are these persons.
    fn read(self, persons: &[Option<u32>]) -> Vec<FramePost> {
        let rest = self.posted_ms.into_iter().zip(self.members);
        let post = |(rank, (posted_ms, member)): (u32, (Option<i64>, Option<u32>))| {
            let author = member.and_then(|member| *persons.get(member as usize)?);
            FramePost {
                rank,
                posted_at: posted_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()),
                member: member.map(MemberIndex::new),
                author: author.map(PersonIndex::new),
            }
        };
        self.ranks.into_iter().zip(rest).map(post).collect()
    }
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
        let members = resolved.member_persons.iter();
        let text = |moment: Option<Moment>| moment.map(Moment::text);
        let deal = |deal: &DealSummary| WrittenDeal {
            status: deal.status.word().to_owned(),
            amount_minor: deal.amount_minor,
            currency: deal.currency.code().to_owned(),
            amount_kind: deal.amount_kind.word().to_owned(),
            created_at: text(deal.created_at),
            closed_at: text(deal.closed_at),
            leads: deal.leads.iter().map(|one| one.lead.position()).collect(),
        };
        let leads = resolved.leads.iter();
        Self {
            as_of_ms: as_of.as_millisecond(),
            channels: Channels::of_posts(&resolved.posts),
            posts: WrittenPosts::new(&resolved.posts),
            members: members.map(|person| person.map(PersonIndex::position)).collect(),
            leads: leads
                .map(|lead| (lead.person.position(), text(lead.created_at)))
                .collect(),
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
    /// Its place in the order of the names of posts.
    pub(super) rank: u32,
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
            let leads = leads_of.entry(PersonIndex::new(*person)).or_default();
            leads.push(LeadIndex::from_index(index));
        }
        let mut deals_of = vec![Vec::new(); written.leads.len()];
        for (index, deal) in deals.iter().enumerate() {
            for one in &deal.leads {
                deals_of.get_mut(one.lead.index())?.push(DealIndex::from_index(index));
            }
        }
        let real = |shares: Vec<u64>| shares.into_iter().map(f64::from_bits).collect();
        let learned = written.learned.into_iter();
        let moment = |text: Option<String>| Moment::from_text(&text?);
        Some(Self {
            measure: analyze::main_measure(&deals, attribution.rates.to()),
            attribution,
            as_of: instant(written.as_of_ms)?,
            channels: written.channels,
            posts: written.posts.read(&written.members),
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
        lead: LeadIndex::new(*lead),
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
