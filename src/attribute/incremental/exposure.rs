//! Which leads met which posts, and how much of the network each post reached.
//!
//! With x = α_θ C_θ, the leads that a theme brings, as the parameter, a post of theme θ
//! adds x g(t − t_p) / C_θ to the hazard of everybody who could see it.

use std::ops::Range;

use super::{
    profile::TAUS,
    risk::{MemberRisk, Risk},
    study::{Days, Period, StudyPost, WINDOW_DAYS},
    sums::Sums,
};

/// Posts with those at risk when they appeared, and the pairs of lead and post.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Encounters {
    /// The posts whose window meets their member's period.
    pub(super) posts: Vec<Reach>,
    /// Leads and the posts that they could have seen, by post and time.
    pub(super) pairs: Vec<Pair>,
}

/// What a post reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reach {
    /// Its position in the study.
    pub(super) post: usize,
    pub(super) theme: usize,
    /// Connections at risk when it appeared.
    pub(super) at_risk: usize,
    /// Days after it at which its window within the period opens and closes.
    pub(super) opens: Days,
    pub(super) closes: Days,
    /// Its first pair and how many it has.
    first_pair: usize,
    pairs: usize,
}

impl Reach {
    /// Where its pairs stand among all.
    pub(super) fn range(&self) -> Range<usize> {
        self.first_pair..self.first_pair + self.pairs
    }
}

/// A lead within the window of a post of the member's: there are more of them than of all
/// else in a study.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pair {
    event: u32,
    /// Days from the post to the lead.
    pub(super) lag: Days,
}

impl Pair {
    fn new(event: usize, lag: Days) -> Self {
        Self { event: u32::try_from(event).expect("fewer than 2^32 leads"), lag }
    }

    /// The position of the lead among the events.
    pub(super) fn event(self) -> usize {
        self.event as usize
    }
}

/// From when to when a post of a member's can bring a lead within the member's period.
pub(super) fn window(period: Period, posted_at: Days) -> Option<(Days, Days)> {
    let from = posted_at.max(period.start);
    let to = (posted_at + WINDOW_DAYS).min(period.end);
    (from < to).then_some((from, to))
}

/// Whether a lead may lie within the window of a post; what does not is no pair.
pub(super) fn is_near(posted_at: Days, at: Days) -> bool {
    at < posted_at + WINDOW_DAYS
}

/// Whether a lead lies within the window of a post that it was connected in time for.
pub(super) fn meets(
    (from, to): (Days, Days),
    posted_at: Days,
    connected_at: Days,
    at: Days,
) -> bool {
    from <= at && at < to && connected_at <= posted_at
}

impl Encounters {
    /// Those whose pairs were found lead by lead.
    pub(super) fn of_leads(risk: &Risk, posts: &[StudyPost], sums: &Sums) -> Self {
        let mut encounters = Self::default();
        let mut reached: Vec<Option<usize>> = vec![None; posts.len()];
        for (index, post) in posts.iter().enumerate() {
            let member = &risk.members[post.member.index()];
            let window = member.period.and_then(|own| window(own, post.posted_at));
            if let Some(window) = window {
                reached[index] = Some(encounters.posts.len());
                encounters.reach(member, index, post, window);
            }
        }
        let pairs = || {
            risk.events.iter().enumerate().flat_map(|(event, one)| {
                let own = sums.leads[one.sums].encounters.iter();
                let own = own.flat_map(|own| &own.pairs);
                own.filter_map(|(post, lag)| Some((reached[*post as usize]?, *lag)))
                    .map(move |(reach, lag)| (reach, Pair::new(event, lag)))
            })
        };
        // Counted first, so that each has its place and nothing need be sorted.
        pairs().for_each(|(reach, _)| encounters.posts[reach].pairs += 1);
        let mut all = 0;
        for reach in &mut encounters.posts {
            (reach.first_pair, all) = (all, all + reach.pairs);
            reach.pairs = 0;
        }
        encounters.pairs = vec![Pair::default(); all];
        for (reach, pair) in pairs() {
            let reach = &mut encounters.posts[reach];
            encounters.pairs[reach.first_pair + reach.pairs] = pair;
            reach.pairs += 1;
        }
        encounters
    }

    /// Finds them, in the order of the posts.
    pub(super) fn new(risk: &Risk, posts: &[StudyPost]) -> Self {
        let mut encounters = Self::default();
        let member = |post: &StudyPost| &risk.members[post.member.index()];
        let near = |post: &StudyPost| {
            let window = member(post).period.and_then(|own| window(own, post.posted_at));
            window.map_or(0, |window| member(post).exits_within(window).len())
        };
        // Memory that is not filled costs nothing; a list that grows is copied, and stands
        // there twice.
        encounters.pairs.reserve_exact(posts.iter().map(near).sum());
        for (index, post) in posts.iter().enumerate() {
            encounters.add(member(post), index, post);
        }
        encounters
    }

    fn add(&mut self, member: &MemberRisk, index: usize, post: &StudyPost) {
        let posted_at = post.posted_at;
        let window = member.period.and_then(|period| window(period, posted_at));
        let Some((from, to)) = window else { return };
        let first_pair = self.pairs.len();
        for exit in member.exits_within((from, to)) {
            if meets((from, to), posted_at, exit.connected_at, exit.at) {
                self.pairs.push(Pair::new(exit.event, exit.at - posted_at));
            }
        }
        let pairs = self.pairs.len() - first_pair;
        let reach = self.reach(member, index, post, (from, to));
        (reach.first_pair, reach.pairs) = (first_pair, pairs);
    }

    /// Adds a post that has no pair yet.
    fn reach(
        &mut self,
        member: &MemberRisk,
        index: usize,
        post: &StudyPost,
        (from, to): (Days, Days),
    ) -> &mut Reach {
        self.posts.push(Reach {
            post: index,
            theme: post.theme,
            at_risk: member.at_risk(post.posted_at),
            opens: from - post.posted_at,
            closes: to - post.posted_at,
            first_pair: 0,
            pairs: 0,
        });
        let last = self.posts.len() - 1;
        &mut self.posts[last]
    }

    /// The pairs of a post.
    pub(super) fn pairs_of(&self, reach: &Reach) -> &[Pair] {
        &self.pairs[reach.range()]
    }
}

/// What one lead met of one theme, for one mean lag τ.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Met {
    /// Σ g over the posts.
    pub intensity: f64,
    /// What the posts would have reached of it had it not become a lead.
    pub lost: f64,
}

/// How much of a post's effect is left after so many days.
pub(super) fn left(days: Days, tau: Days) -> f64 {
    libm::exp(-days / tau)
}

impl Met {
    /// Adds a post, by what is left of it at the lead and at the end of its window.
    pub(super) fn add(&mut self, now: f64, last: f64, tau: Days) {
        self.intensity += now / tau;
        // Who became a lead saw the post only until then.
        self.lost += now - last;
    }
}

/// What the likelihood needs to know of the posts, for one mean lag τ.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exposure {
    /// By theme: C_θ, the leads there would be if every post brought one per connection.
    pub(super) reached: Vec<f64>,
    /// By event and theme: G_iθ / C_θ.
    pub(super) intensity: Vec<f64>,
}

impl Exposure {
    /// Sums over the posts of each theme.
    pub(super) fn new(
        encounters: &Encounters,
        events: usize,
        themes: usize,
        tau: Days,
    ) -> Self {
        let mut met = vec![Met::default(); events * themes];
        for reach in &encounters.posts {
            let last = left(reach.closes, tau);
            for pair in encounters.pairs_of(reach) {
                let met = &mut met[pair.event() * themes + reach.theme];
                met.add(left(pair.lag, tau), last, tau);
            }
        }
        Self::of_met(encounters, &met, themes, tau)
    }

    /// Takes what was summed lead by lead, for one of the τ.
    pub(super) fn of_leads(
        encounters: &Encounters,
        risk: &Risk,
        sums: &Sums,
        (tau, themes): (usize, usize),
    ) -> Self {
        let mut met = vec![Met::default(); risk.events.len() * themes];
        for (event, row) in risk.events.iter().zip(met.chunks_mut(themes.max(1))) {
            let own = sums.leads[event.sums].encounters.as_ref();
            let own = own.and_then(|own| own.met.get(tau * themes..(tau + 1) * themes));
            if let Some(own) = own {
                row.copy_from_slice(own);
            }
        }
        Self::of_met(encounters, &met, themes, TAUS[tau])
    }

    /// `met` is by event and theme; it is added up in the order of events.
    fn of_met(encounters: &Encounters, met: &[Met], themes: usize, tau: Days) -> Self {
        let mut reached = vec![0.0; themes];
        for reach in &encounters.posts {
            let each = left(reach.opens, tau) - left(reach.closes, tau);
            reached[reach.theme] += count(reach.at_risk) * each;
        }
        for row in met.chunks(themes.max(1)) {
            for (reached, met) in reached.iter_mut().zip(row) {
                *reached -= met.lost;
            }
        }
        let mut intensity: Vec<f64> = met.iter().map(|met| met.intensity).collect();
        for row in intensity.chunks_mut(themes.max(1)) {
            for (value, reached) in row.iter_mut().zip(&reached) {
                *value = if 0.0 < *reached { *value / reached } else { 0.0 };
            }
        }
        Self { reached, intensity }
    }

    /// The row of an event.
    pub(super) fn row(&self, event: usize) -> &[f64] {
        let themes = self.reached.len();
        &self.intensity[event * themes..(event + 1) * themes]
    }
}

/// A count as a float.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(super) fn count(number: usize) -> f64 {
    number as f64
}
