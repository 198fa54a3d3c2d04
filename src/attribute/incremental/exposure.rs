//! Which leads met which posts, and how much of the network each post reached.
//!
//! With x = α_θ C_θ, the leads that a theme brings, as the parameter, a post of theme θ
//! adds x g(t − t_p) / C_θ to the hazard of everybody who could see it.

use super::{
    risk::{MemberRisk, Risk},
    study::{Days, StudyPost, WINDOW_DAYS},
};

/// Posts with those at risk when they appeared, and the pairs of lead and post.
#[derive(Clone, Debug, Default)]
pub(super) struct Encounters {
    /// The posts whose window meets their member's period.
    pub(super) posts: Vec<Reach>,
    /// Leads and the posts that they could have seen, by post and time.
    pub(super) pairs: Vec<Pair>,
}

/// What a post reached.
#[derive(Clone, Copy, Debug)]
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
    pub(super) first_pair: usize,
    pub(super) pairs: usize,
}

/// A lead within the window of a post of the member's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) event: usize,
    /// The position in [`Encounters::posts`].
    pub(super) reach: usize,
    /// Days from the post to the lead.
    pub(super) lag: Days,
}

impl Encounters {
    /// Finds them, in the order of the posts.
    pub(super) fn new(risk: &Risk, posts: &[StudyPost]) -> Self {
        let mut encounters = Self::default();
        for (index, post) in posts.iter().enumerate() {
            encounters.add(&risk.members[post.member.index()], index, post);
        }
        encounters
    }

    fn add(&mut self, member: &MemberRisk, index: usize, post: &StudyPost) {
        let Some(period) = member.period else { return };
        let from = post.posted_at.max(period.start);
        let to = (post.posted_at + WINDOW_DAYS).min(period.end);
        if to <= from {
            return;
        }
        let first_pair = self.pairs.len();
        let first_exit = member.exits.partition_point(|exit| exit.at <= from);
        let exits = member.exits[first_exit..].iter();
        for exit in exits.take_while(|exit| exit.at < to) {
            if exit.connected_at <= post.posted_at {
                self.pairs.push(Pair {
                    event: exit.event,
                    reach: self.posts.len(),
                    lag: exit.at - post.posted_at,
                });
            }
        }
        self.posts.push(Reach {
            post: index,
            theme: post.theme,
            at_risk: member.at_risk(post.posted_at),
            opens: from - post.posted_at,
            closes: to - post.posted_at,
            first_pair,
            pairs: self.pairs.len() - first_pair,
        });
    }

    /// The pairs of a post.
    pub(super) fn pairs_of(&self, reach: &Reach) -> &[Pair] {
        &self.pairs[reach.first_pair..reach.first_pair + reach.pairs]
    }
}

/// What the likelihood needs to know of the posts, for one mean lag τ.
#[derive(Clone, Debug)]
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
        let left = |days: Days| libm::exp(-days / tau);
        let mut reached = vec![0.0; themes];
        let mut intensity = vec![0.0; events * themes];
        for reach in &encounters.posts {
            let last = left(reach.closes);
            let mut seen = count(reach.at_risk) * (left(reach.opens) - last);
            for pair in encounters.pairs_of(reach) {
                let now = left(pair.lag);
                // Who became a lead saw the post only until then.
                seen -= now - last;
                intensity[pair.event * themes + reach.theme] += now / tau;
            }
            reached[reach.theme] += seen;
        }
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
