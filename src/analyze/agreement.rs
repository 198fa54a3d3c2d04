//! How far the models agree on what posts earned.

use super::{
    PostScore,
    findings::rank::{Classes, spearman_at},
};

/// How far two models agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// The first model's place in the order of models.
    pub model: usize,
    /// The second's, which is greater.
    pub other: usize,
    /// Posts that either of them credits with won revenue.
    pub posts: u64,
    /// Spearman's rank correlation of the credits of these posts; none where one of the
    /// models ranks no post above another.
    pub correlation: Option<f64>,
    /// Won revenue that must change hands to make one model's credits the other's.
    pub moved_minor: i64,
}

/// Compares every pair of models, by the scores that each gives to the same posts.
pub fn agreement(scores: &[Vec<PostScore>]) -> Vec<Agreement> {
    let won: Vec<Vec<i64>> = scores
        .iter()
        .map(|own| own.iter().map(|score| score.won_minor).collect())
        .collect();
    let classes: Vec<Classes> = won.iter().map(|own| Classes::new(own)).collect();
    let mut pairs = Vec::new();
    for (model, own) in won.iter().enumerate() {
        for (other, others) in won.iter().enumerate().skip(model + 1) {
            let credits = || own.iter().copied().zip(others.iter().copied());
            let earning: Vec<u32> = (0_u32..)
                .zip(credits())
                .filter(|(_, credits)| *credits != (0, 0))
                .map(|(post, _)| post)
                .collect();
            pairs.push(Agreement {
                model,
                other,
                posts: earning.len() as u64,
                correlation: spearman_at(&classes[model], &classes[other], &earning),
                moved_minor: moved(credits),
            });
        }
    }
    pairs
}

/// What one gives to no post is what is left of the same total, so the greater of the two
/// sums of differences is what moves.
fn moved<I: Iterator<Item = (i64, i64)>>(credits: impl Fn() -> I) -> i64 {
    let more = |one: i64, other: i64| (i128::from(one) - i128::from(other)).max(0);
    let gained: i128 = credits().map(|(own, other)| more(other, own)).sum();
    let lost: i128 = credits().map(|(own, other)| more(own, other)).sum();
    i64::try_from(gained.max(lost)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::Verdict;

    fn scores(won: &[i64]) -> Vec<PostScore> {
        won.iter()
            .map(|won_minor| PostScore {
                leads: 0.0,
                pipeline_minor: 0,
                won_minor: *won_minor,
                revenue_rank: 0,
                has_other_won: false,
                verdict: Verdict::Neither,
            })
            .collect()
    }

    fn check(
        own: &[i64],
        other: &[i64],
        posts: u64,
        correlation: Option<f64>,
        moved: i64,
    ) {
        let pairs = agreement(&[scores(own), scores(other)]);
        assert_eq!(pairs.len(), 1);
        let pair = pairs[0];
        assert_eq!((pair.posts, pair.moved_minor), (posts, moved), "{own:?} {other:?}");
        match (pair.correlation, correlation) {
            (Some(found), Some(expected)) => {
                assert!((found - expected).abs() < 1e-12, "{own:?} {other:?}: {found}");
            }
            (found, expected) => assert_eq!(found, expected, "{own:?} {other:?}"),
        }
    }

    #[test]
    fn the_same_credits_agree_and_turned_ones_disagree() {
        check(&[10, 20, 30, 0], &[10, 20, 30, 0], 3, Some(1.0), 0);
        check(&[10, 20, 30], &[30, 20, 10], 3, Some(-1.0), 20);
    }

    #[test]
    fn equals_share_the_middle_rank() {
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
        check(&[1, 2, 2, 3], &[1, 2, 3, 4], 4, Some(4.5 / 22.5_f64.sqrt()), 2);
    }

    #[test]
    fn models_that_rank_nothing_have_no_correlation() {
        check(&[], &[], 0, None, 0);
        check(&[0, 0], &[0, 0], 0, None, 0);
        check(&[5, 5, 5], &[1, 2, 3], 3, None, 9);
    }

    #[test]
    fn what_one_model_gives_to_no_post_moves_too() {
        check(&[100, 0], &[0, 0], 1, None, 100);
        check(&[100, 0], &[40, 60], 2, Some(-1.0), 60);
        check(&[i64::MAX, 0], &[-2, 0], 1, None, i64::MAX);
    }
}
