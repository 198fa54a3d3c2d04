//! Scores of posts, added up by member, month or format, and what all models say of a post.

use std::collections::BTreeMap;

use super::{
    PostScore, Verdict,
    scores::{add_known, add_money},
};
use crate::domain::{Member, MemberIndex, Post, iso, words};

/// What posts are added up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum GroupKind {
    Member,
    Month,
    Format,
}

words! {
    GroupKind {
        Member = "member",
        Month = "month",
        Format = "format",
    }
}

impl GroupKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Member, Self::Month, Self::Format];

    /// The name of a post's group; none where nothing is known.
    fn name(self, post: &Post, members: &[String]) -> Option<String> {
        match self {
            Self::Member => {
                let of = |index: MemberIndex| members[index.index()].clone();
                post.member.map(of)
            }
            Self::Month => Some(iso(post.posted_at?).get(..7)?.to_owned()),
            Self::Format => Some(post.format.as_deref()?.to_owned()),
        }
    }
}

/// The sum of some posts under one model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupScore {
    /// How many posts.
    pub posts: u64,
    /// Their reactions; none where no post's are known.
    pub reactions: Option<u64>,
    /// Their comments.
    pub comments: Option<u64>,
    /// Leads, as a sum of shares.
    pub leads: f64,
    /// Credit of open deals.
    pub pipeline_minor: i64,
    /// Credit of won deals.
    pub won_minor: i64,
}

/// The groups of a kind by name, posts of none first; each with a score a model.
pub fn group_scores(
    kind: GroupKind,
    posts: &[Post],
    members: &[Member],
    scores: &[Vec<PostScore>],
) -> BTreeMap<Option<String>, Vec<GroupScore>> {
    let members = called(members);
    let mut groups: BTreeMap<Option<String>, Vec<GroupScore>> = BTreeMap::new();
    for (at, post) in posts.iter().enumerate() {
        let group = groups
            .entry(kind.name(post, &members))
            .or_insert_with(|| vec![GroupScore::default(); scores.len()]);
        for (sum, scores) in group.iter_mut().zip(scores) {
            sum.posts += 1;
            add_known(&mut sum.reactions, post.reactions);
            add_known(&mut sum.comments, post.comments);
            sum.leads += scores[at].leads;
            add_money(&mut sum.pipeline_minor, scores[at].pipeline_minor);
            add_money(&mut sum.won_minor, scores[at].won_minor);
        }
    }
    groups
}

/// What members are called, each by a name of their own: by their full names, and where two
/// have one name by their profiles too, else by a number.
pub fn called(members: &[Member]) -> Vec<String> {
    let mut namesakes: BTreeMap<&str, u32> = BTreeMap::new();
    for member in members {
        *namesakes.entry(&member.full_name).or_default() += 1;
    }
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let name = |member: &Member| {
        let name = match &member.profile {
            Some(profile) if 1 < namesakes[&*member.full_name] => {
                format!("{} ({profile})", member.full_name)
            }
            _ => member.full_name.to_string(),
        };
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        if 1 < *times { format!("{name} ({times})") } else { name }
    };
    members.iter().map(name).collect()
}

/// What several models say of a post.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostRange {
    /// The least and the most leads.
    pub leads: (f64, f64),
    /// The least and the most won credit.
    pub won_minor: (i64, i64),
    /// The sum over the models, which ranks posts.
    pub won_of_all_models: i64,
    /// The verdict, where all agree on it.
    pub verdict: Option<Verdict>,
}

/// The ranges of all posts over some models; nothing without a model.
pub fn post_ranges(scores: &[&[PostScore]]) -> Vec<PostRange> {
    let Some((first, others)) = scores.split_first() else { return Vec::new() };
    let range = |(at, score): (usize, &PostScore)| {
        let mut range = PostRange {
            leads: (score.leads, score.leads),
            won_minor: (score.won_minor, score.won_minor),
            won_of_all_models: score.won_minor,
            verdict: Some(score.verdict),
        };
        for score in others.iter().map(|scores| &scores[at]) {
            let (least, most) = range.leads;
            range.leads = (least.min(score.leads), most.max(score.leads));
            let (least, most) = range.won_minor;
            range.won_minor = (least.min(score.won_minor), most.max(score.won_minor));
            add_money(&mut range.won_of_all_models, score.won_minor);
            range.verdict = range.verdict.filter(|verdict| *verdict == score.verdict);
        }
        range
    };
    first.iter().enumerate().map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_one_name_are_told_apart() {
        let member = |full_name: &str, profile: Option<&str>| Member {
            full_name: full_name.into(),
            profile: profile.map(Into::into),
        };
        let members = [
            member("Mira Holt", Some("mira-holt")),
            member("Mira Holt", Some("mira-holt-2")),
            member("Mira Holt", None),
            member("Mira Holt", None),
            member("Jon Vale", Some("jon-vale")),
        ];
        let expected = [
            "Mira Holt (mira-holt)",
            "Mira Holt (mira-holt-2)",
            "Mira Holt",
            "Mira Holt (2)",
            "Jon Vale",
        ];
        assert_eq!(called(&members), expected);
    }

    fn score(leads: f64, won_minor: i64, verdict: Verdict) -> PostScore {
        PostScore {
            leads,
            pipeline_minor: 0,
            won_minor,
            revenue_rank: 1,
            has_other_won: false,
            verdict,
        }
    }

    #[test]
    fn a_range_goes_from_the_least_to_the_most_and_agrees_or_not() {
        let one = [score(1.0, 10, Verdict::Both), score(0.0, 0, Verdict::Neither)];
        let other = [score(0.5, -3, Verdict::Both), score(2.0, 7, Verdict::QuietEarner)];
        let ranges = post_ranges(&[&one, &other]);
        assert_eq!((ranges[0].leads, ranges[0].won_minor), ((0.5, 1.0), (-3, 10)));
        assert_eq!((ranges[0].won_of_all_models, ranges[1].won_of_all_models), (7, 7));
        assert_eq!((ranges[0].verdict, ranges[1].verdict), (Some(Verdict::Both), None));
        assert!(post_ranges(&[]).is_empty());
    }
}
