//! What each post and theme got: engagement beside leads and revenue.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    attribute::Credits,
    domain::{Currency, DealStatus, DealSummary, Measure, Post, words},
};

/// How engagement and revenue of a post or theme compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum Verdict {
    QuietEarner,
    ApplauseOnly,
    Both,
    Neither,
    TooLittleData,
}

words! {
    Verdict {
        QuietEarner = "quiet earner",
        ApplauseOnly = "applause only",
        Both = "both",
        Neither = "neither",
        TooLittleData = "too little data",
    }
}

/// What a model credits a post with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostScore {
    /// Leads, as a sum of shares.
    pub leads: f64,
    /// Credit of open deals.
    pub pipeline_minor: i64,
    /// Credit of won deals.
    pub won_minor: i64,
    /// 1 for the most won revenue.
    pub revenue_rank: u32,
    /// It is credited with won deals in another measure, too.
    pub has_other_won: bool,
    /// How the two compare.
    pub verdict: Verdict,
}

/// What a model credits the posts of a theme with.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeScore {
    /// The theme; none for posts without one.
    pub theme: Option<Box<str>>,
    /// How many posts.
    pub posts: u64,
    /// Their listed reactions; none where no post's are known.
    pub reactions: Option<u64>,
    /// Their listed comments.
    pub comments: Option<u64>,
    /// The applause of those of which it is known.
    pub engagement: u64,
    /// Of how many posts it is known.
    pub posts_known: u64,
    /// Leads, as a sum of shares.
    pub leads: f64,
    /// Credit of open deals.
    pub pipeline_minor: i64,
    /// Credit of won deals.
    pub won_minor: i64,
    /// Its posts are credited with won deals in another measure, too.
    pub has_other_won: bool,
    /// How engagement and revenue compare, per post.
    pub verdict: Verdict,
}

impl ThemeScore {
    /// How much applause its posts got, and how many of them it is known of; none where it is
    /// known of none.
    pub(super) fn applause(&self) -> Option<(u64, u64)> {
        (0 < self.posts_known).then_some((self.engagement, self.posts_known))
    }
}

/// Fewer credited leads in the whole account carry no verdict.
const LEAST_LEADS: f64 = 3.0;
/// Fewer posts have no median worth the name.
const LEAST_POSTS: usize = 10;
/// Where fewer posts earned anything, all others look the same.
const LEAST_EARNERS: usize = 3;
/// Fewer themes have no median either.
const LEAST_THEMES: usize = 3;
/// Fewer posts are no kind of posts.
const LEAST_POSTS_OF_THEME: u64 = 3;

/// The measure of most won deals; where none was won, of most deals. One in the currency that
/// rates lead to comes before others.
pub fn main_measure(deals: &[DealSummary], to: Option<Currency>) -> Option<Measure> {
    let mut counts: BTreeMap<Measure, (u64, u64)> = BTreeMap::new();
    for deal in deals.iter().filter(|deal| deal.amount_minor.is_some()) {
        let (won, all) = counts.entry(deal.measure()).or_default();
        *won += u64::from(deal.status == DealStatus::Won);
        *all += 1;
    }
    let most = counts.into_iter().max_by_key(|(measure, (won, all))| {
        let is_wanted = to == Some(measure.currency);
        (0 < *won, is_wanted, *won, *all, std::cmp::Reverse(*measure))
    });
    most.map(|(measure, _)| measure)
}

/// The scores of all posts under one of the models, in the measure that most deals have.
pub fn post_scores(
    posts: &[Post],
    deals: &[DealSummary],
    measure: Option<Measure>,
    credits: &Credits,
    model: usize,
) -> Vec<PostScore> {
    let mut sums = vec![PostSum::default(); posts.len()];
    for (_, post, share) in credits.leads.of(model) {
        if let Some(post) = post {
            sums[post.index()].add_share(share);
        }
    }
    credits.each_counted(model, deals, |deal, post, minor| {
        if let Some(post) = post {
            sums[post.index()].add_minor(deal, measure, minor);
        }
    });
    compared(posts, &sums)
}

/// What a model credits a post with, before posts are compared. Floats are added up: the
/// sum is the same only if leads come in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PostSum {
    /// Leads, as a sum of shares.
    pub leads: f64,
    /// Credit of open deals.
    pub pipeline_minor: i64,
    /// Credit of won deals.
    pub won_minor: i64,
    /// There is credit of won deals in another measure.
    pub has_other_won: bool,
}

impl PostSum {
    /// Adds a lead's share.
    pub fn add_share(&mut self, share: f64) {
        self.leads += share;
    }

    /// Adds a part of a deal as totals count it, if the deal is in the measure; else notes that
    /// there is one.
    pub fn add_minor(
        &mut self,
        deal: &DealSummary,
        measure: Option<Measure>,
        counted_minor: i64,
    ) {
        if measure != Some(deal.measure()) {
            self.has_other_won |= deal.status == DealStatus::Won && 0 < counted_minor;
            return;
        }
        match deal.status {
            DealStatus::Won => add_money(&mut self.won_minor, counted_minor),
            DealStatus::Open => add_money(&mut self.pipeline_minor, counted_minor),
            DealStatus::Lost | DealStatus::Unknown => {}
        }
    }
}

/// The scores of all posts from their sums.
pub fn compared(posts: &[Post], sums: &[PostSum]) -> Vec<PostScore> {
    let score = |sum: &PostSum| PostScore {
        leads: sum.leads,
        pipeline_minor: sum.pipeline_minor,
        won_minor: sum.won_minor,
        revenue_rank: 0,
        has_other_won: sum.has_other_won,
        verdict: Verdict::TooLittleData,
    };
    let mut scores: Vec<PostScore> = sums.iter().map(score).collect();
    let counts = engaged(posts);
    rank(&mut scores);
    judge(&counts, &mut scores);
    scores
}

/// Adds up; amounts that no deals can have end at the limit rather than the run.
pub(super) fn add_money(sum: &mut i64, minor: i64) {
    *sum = sum.saturating_add(minor);
}

/// Adds up counts; the sum is known where one of them is.
pub(super) fn add_known(sum: &mut Option<u64>, count: Option<u64>) {
    if let Some(count) = count {
        *sum = Some(sum.unwrap_or(0).saturating_add(count));
    }
}

/// How much applause each post got, where that is known: where lists tell reactions at all, of
/// those alone whose reactions they tell, as a list of comments alone would make them look small.
fn engaged(posts: &[Post]) -> Vec<Option<u64>> {
    let has_reactions = posts.iter().any(|post| post.reactions.is_some());
    let of = |post: &Post| match (post.reactions, post.comments) {
        (None, Some(comments)) if !has_reactions => Some(comments),
        (reactions, comments) => Some(reactions? + comments.unwrap_or(0)),
    };
    posts.iter().map(of).collect()
}

/// The rank of every post by engagement, 1 for the most; none where it is unknown. It is the
/// same under all models.
pub fn engagement_ranks(posts: &[Post]) -> Vec<Option<u32>> {
    let counts = engaged(posts);
    let ranked = Ranked::new(counts.iter().flatten().copied());
    counts.into_iter().map(|count| count.map(|own| ranked.rank(own))).collect()
}

/// Ranks by won revenue.
fn rank(scores: &mut [PostScore]) {
    let ranked = Ranked::new(scores.iter().map(|score| score.won_minor));
    for score in scores {
        score.revenue_rank = ranked.rank(score.won_minor);
    }
}

/// Values, the greatest first.
struct Ranked<T>(Vec<T>);

impl<T: Copy + Ord> Ranked<T> {
    fn new(values: impl Iterator<Item = T>) -> Self {
        let mut values: Vec<T> = values.collect();
        values.sort_unstable_by(|one, next| next.cmp(one));
        Self(values)
    }

    /// 1 for the greatest; equals share the better rank.
    fn rank(&self, value: T) -> u32 {
        let before = self.0.partition_point(|other| value < *other);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }
}

fn judge(counts: &[Option<u64>], scores: &mut [PostScore]) {
    let engaged: Vec<u64> = counts.iter().flatten().copied().collect();
    let leads: f64 = scores.iter().map(|score| score.leads).sum();
    let is_too_little = engaged.len() < LEAST_POSTS || leads < LEAST_LEADS;
    if is_too_little || !varies(&engaged) || !has_earners(scores) {
        return;
    }
    let won: Vec<i64> = scores.iter().map(|score| score.won_minor).collect();
    let (applause_median, revenue_median) = (median(engaged), median(won));
    for (count, score) in counts.iter().zip(scores) {
        if let Some(count) = *count {
            score.verdict = verdict(
                applause_median < i128::from(count) * 2,
                revenue_median < i128::from(score.won_minor) * 2,
                score.has_other_won,
            );
        }
    }
}

/// Whether engagement differs at all: what everybody has tells none from another.
pub(super) fn varies<T: PartialEq>(engaged: &[T]) -> bool {
    engaged.windows(2).any(|pair| pair[0] != pair[1])
}

/// Whether enough posts earned anything.
fn has_earners(scores: &[PostScore]) -> bool {
    let earners = scores.iter().filter(|score| 0 < score.won_minor);
    LEAST_EARNERS <= earners.count()
}

/// Revenue in another currency or kind of amount cannot be added, and is no lack of revenue.
fn verdict(has_applause: bool, has_revenue: bool, has_other_won: bool) -> Verdict {
    match (has_applause, has_revenue) {
        (false, true) => Verdict::QuietEarner,
        (true, true) => Verdict::Both,
        _ if has_other_won => Verdict::TooLittleData,
        (true, false) => Verdict::ApplauseOnly,
        (false, false) => Verdict::Neither,
    }
}

/// Twice the median, so that the middle of two whole numbers stays whole.
fn median<T: Copy + Ord + std::ops::Add<Output = T> + Into<i128>>(
    mut values: Vec<T>,
) -> i128 {
    values.sort_unstable();
    let middle = values.len() / 2;
    match values.len() {
        0 => 0,
        odd if odd % 2 == 1 => values[middle].into() * 2,
        _ => values[middle - 1].into() + values[middle].into(),
    }
}

/// The scores of all themes under one model, by name; posts without a theme last.
pub fn theme_scores(posts: &[Post], scores: &[PostScore]) -> Vec<ThemeScore> {
    let mut themes: FxHashMap<Option<&str>, ThemeScore> = FxHashMap::default();
    for ((post, engaged), score) in posts.iter().zip(engaged(posts)).zip(scores) {
        let theme = post.theme.as_deref();
        let sum = themes.entry(theme).or_insert_with(|| ThemeScore {
            theme: theme.map(Into::into),
            posts: 0,
            reactions: None,
            comments: None,
            engagement: 0,
            posts_known: 0,
            leads: 0.0,
            pipeline_minor: 0,
            won_minor: 0,
            has_other_won: false,
            verdict: Verdict::TooLittleData,
        });
        sum.posts += 1;
        sum.posts_known += u64::from(engaged.is_some());
        sum.engagement += engaged.unwrap_or(0);
        add_known(&mut sum.reactions, post.reactions);
        add_known(&mut sum.comments, post.comments);
        sum.leads += score.leads;
        add_money(&mut sum.pipeline_minor, score.pipeline_minor);
        add_money(&mut sum.won_minor, score.won_minor);
        sum.has_other_won |= score.has_other_won;
    }
    let mut themes: Vec<ThemeScore> = themes.into_values().collect();
    themes.sort_by(|one, next| {
        let key = |score: &ThemeScore| score.theme.is_none();
        key(one).cmp(&key(next)).then_with(|| one.theme.cmp(&next.theme))
    });
    if has_earners(scores) {
        judge_themes(&mut themes);
    }
    themes
}

/// Compares themes by what one of their posts gets on the average, applause by those whose
/// applause is known.
fn judge_themes(themes: &mut [ThemeScore]) {
    let leads: f64 = themes.iter().map(|theme| theme.leads).sum();
    // Shares are compared crosswise, in whole numbers of a millionth.
    let per_post = |total: i128, posts: u64| total * 1_000_000 / i128::from(posts.max(1));
    let compared = |theme: &ThemeScore| {
        let (total, known) = theme.applause().filter(|_| theme.theme.is_some())?;
        let revenue = per_post(theme.won_minor.into(), theme.posts);
        Some((per_post(total.into(), known), revenue))
    };
    let (applauses, revenues): (Vec<i128>, Vec<i128>) =
        themes.iter().filter_map(compared).unzip();
    let is_too_little = applauses.len() < LEAST_THEMES || leads < LEAST_LEADS;
    if is_too_little || !varies(&applauses) {
        return;
    }
    let (applause_median, revenue_median) = (median(applauses), median(revenues));
    let is_kind = |theme: &&mut ThemeScore| LEAST_POSTS_OF_THEME <= theme.posts_known;
    for theme in themes.iter_mut().filter(is_kind) {
        if let Some((applause, revenue)) = compared(theme) {
            let has_applause = applause_median < applause * 2;
            let has_revenue = revenue_median < revenue * 2;
            theme.verdict = verdict(has_applause, has_revenue, theme.has_other_won);
        }
    }
}

#[cfg(test)]
mod tests;
