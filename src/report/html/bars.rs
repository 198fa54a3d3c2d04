//! How far the models are apart on each post of the picture.

use std::collections::BTreeMap;

use super::{
    scale::short,
    scatter::{Axes, Placed},
};

/// From the least to the most over the models.
#[derive(Debug)]
pub(super) struct Bar {
    pub(super) x: String,
    pub(super) from: String,
    pub(super) to: String,
    /// Whether its post is none of the extremes.
    pub(super) is_faint: bool,
}

/// The ranges of the posts that are drawn; those that would fall together stand beside each
/// other, as far as their marks are wide.
pub(super) fn bars(
    placed: &[Placed<'_>],
    named: &[usize],
    drawn: &[usize],
    axes: &Axes,
) -> Vec<Bar> {
    const ASIDE: [f64; 5] = [0.0, 0.3, -0.3, 0.6, -0.6];
    let mut bars_at: BTreeMap<String, usize> = BTreeMap::new();
    let bar = |at: &usize| {
        let post = &placed[*at];
        let (least, most) = post.range;
        if most <= least || post.middle <= 0 {
            return None;
        }
        let level = bars_at.entry(short(post.x)).or_default();
        let aside = ASIDE[*level % ASIDE.len()];
        *level += 1;
        Some(Bar {
            x: short(post.x + aside),
            from: short(axes.y(least)),
            to: short(axes.y(most)),
            is_faint: !named.contains(at),
        })
    };
    drawn.iter().filter_map(bar).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{
        glyph::Glyphs,
        scatter::{Up, scatter},
    };
    use crate::store::PostMark;

    #[test]
    fn every_mark_has_its_bar_and_none_hides_another() {
        let mark = |at: i64| PostMark {
            urn: format!("urn:li:share:{at}"),
            theme: None,
            engagement: Some(5),
            words: Some(format!("The words of post {at}")),
            won_minor: (100, 900 + at),
            leads: (0.0, 0.0),
        };
        let posts: Vec<_> = (0..12).map(mark).collect();
        let drawn = scatter(&posts, &Glyphs::new(&[]), Up::Won("EUR"));
        assert_eq!(drawn.bars.len(), 12);
        let places: BTreeSet<_> = drawn.bars[..5].iter().map(|bar| &bar.x).collect();
        assert_eq!(places.len(), 5);
        assert!(drawn.bars.iter().any(|bar| bar.is_faint));
        assert!(drawn.bars.iter().any(|bar| !bar.is_faint));
    }
}
