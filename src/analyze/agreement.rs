//! How far the models agree on what posts earned.

use super::PostScore;

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
    let mut pairs = Vec::new();
    for (model, own) in scores.iter().enumerate() {
        for (other, others) in scores.iter().enumerate().skip(model + 1) {
            let credits: Vec<(i64, i64)> = own
                .iter()
                .zip(others)
                .map(|(own, other)| (own.won_minor, other.won_minor))
                .filter(|credits| *credits != (0, 0))
                .collect();
            pairs.push(Agreement {
                model,
                other,
                posts: credits.len() as u64,
                correlation: rank_correlation(&credits),
                moved_minor: moved(&credits),
            });
        }
    }
    pairs
}

/// What one gives to no post is what is left of the same total, so the greater of the two
/// sums of differences is what moves.
fn moved(credits: &[(i64, i64)]) -> i64 {
    let more = |one: i64, other: i64| i128::from((one - other).max(0));
    let gained: i128 = credits.iter().map(|(own, other)| more(*other, *own)).sum();
    let lost: i128 = credits.iter().map(|(own, other)| more(*own, *other)).sum();
    i64::try_from(gained.max(lost)).unwrap_or(i64::MAX)
}

/// Spearman's: Pearson's correlation of the ranks, where equals share the middle rank.
fn rank_correlation(pairs: &[(i64, i64)]) -> Option<f64> {
    let own = ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    let others = ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    // Twice a rank is whole, and so is its distance from twice the mean, count + 1.
    let mean = i128::try_from(pairs.len()).ok()? + 1;
    let product = |one: &[i128], other: &[i128]| -> i128 {
        one.iter().zip(other).map(|(one, other)| (one - mean) * (other - mean)).sum()
    };
    let spread = |ranks: &[i128]| float(product(ranks, ranks));
    let (wide, high) = (spread(&own), spread(&others));
    if wide <= 0.0 || high <= 0.0 {
        return None;
    }
    Some(float(product(&own, &others)) / (wide.sqrt() * high.sqrt()))
}

#[expect(clippy::cast_precision_loss, reason = "sums of ranks beyond 2^53 are rounded")]
fn float(sum: i128) -> f64 {
    sum as f64
}

/// Twice the rank of each value, 2 for the least.
fn ranks(values: &[i64]) -> Vec<i128> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let place = |count: usize| i128::try_from(count).unwrap_or(i128::MAX);
    values
        .iter()
        .map(|value| {
            let below = sorted.partition_point(|other| other < value);
            let up_to = sorted.partition_point(|other| other <= value);
            place(below) + place(up_to) + 1
        })
        .collect()
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
                engagement_rank: None,
                revenue_rank: 0,
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
    }
}
