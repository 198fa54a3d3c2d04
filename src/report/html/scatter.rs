//! Applause against business: each post a mark.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    glyph::Glyphs,
    scale::{float, root_place, root_ticks, round_up, short},
};
use crate::{
    report::{money, text},
    store::PostMark,
};

/// More marks would be too many for a browser; then they are counted in squares.
const MOST_MARKS: usize = 2_000;
/// The part above the line, where revenue is.
const HEIGHT: f64 = 300.0;
const TOP: f64 = 26.0;
/// The strip below the line, for posts without won revenue.
const STRIP: f64 = 92.0;
/// Room at both sides, in percent, so that marks at the ends stay within.
const SIDE: f64 = 2.0;
/// How wide the picture is taken to be where labels are placed: on a screen, on a phone.
const WIDE: f64 = 560.0;
const NARROW: f64 = 280.0;
/// Labels of those that earned most, and of those that were applauded most.
const EARNERS: usize = 6;
const APPLAUDED: usize = 4;
const LABEL_LETTERS: usize = 26;

/// The picture, ready to be drawn: across in percent, up in pixels.
#[derive(Debug, Default)]
pub(super) struct Scatter {
    pub(super) marks: Vec<Mark>,
    pub(super) bins: Vec<Bin>,
    pub(super) bars: Vec<Bar>,
    pub(super) labels: Vec<Label>,
    pub(super) across: Vec<Tick>,
    pub(super) up: Vec<Tick>,
    pub(super) zero: String,
    pub(super) strip_label: String,
    pub(super) height: String,
    pub(super) drawn: usize,
    pub(super) unknown: usize,
    pub(super) rows: Vec<Row>,
    /// What it shows, for whoever does not see it.
    pub(super) summary: String,
}

/// A post.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) shape: String,
    pub(super) color: String,
    pub(super) title: String,
}

/// A square of posts; larger where there are more.
#[derive(Debug)]
pub(super) struct Bin {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) offset: String,
    pub(super) side: String,
    pub(super) posts: usize,
}

/// From the least to the most over the models.
#[derive(Debug)]
pub(super) struct Bar {
    pub(super) x: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// The first words of a post.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) shift: String,
    pub(super) anchor: &'static str,
    pub(super) class: &'static str,
    pub(super) text: String,
}

/// A tick with its number.
#[derive(Debug)]
pub(super) struct Tick {
    pub(super) at: String,
    pub(super) text: String,
}

/// A post in the table beside the picture.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) words: String,
    pub(super) theme: String,
    pub(super) engagement: i64,
    pub(super) won_minor: i64,
    pub(super) won: String,
}

/// A post with its place.
struct Placed<'a> {
    mark: &'a PostMark,
    engagement: i64,
    middle: i64,
    x: f64,
    y: f64,
}

/// The axes.
struct Axes {
    engagement: i64,
    won: i64,
}

impl Axes {
    fn x(&self, engagement: i64) -> f64 {
        SIDE + root_place(engagement, self.engagement) * (100.0 - 2.0 * SIDE)
    }

    fn y(&self, won_minor: i64) -> f64 {
        TOP + HEIGHT * (1.0 - root_place(won_minor, self.won))
    }
}

fn middle(mark: &PostMark) -> i64 {
    let (least, most) = mark.won_minor;
    least + (most - least) / 2
}

/// Draws the posts whose engagement is known.
pub(super) fn scatter(marks: &[PostMark], glyphs: &Glyphs, currency: &str) -> Scatter {
    let known: Vec<(&PostMark, i64)> = marks
        .iter()
        .filter_map(|mark| mark.engagement.map(|count| (mark, count)))
        .collect();
    if known.is_empty() {
        return Scatter { unknown: marks.len(), ..Scatter::default() };
    }
    let most = known.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let won = known.iter().map(|(mark, _)| mark.won_minor.1).max().unwrap_or(0);
    let axes = Axes { engagement: round_up(most), won: won.max(1) };
    let mut placed: Vec<Placed<'_>> = known
        .into_iter()
        .map(|(mark, engagement)| {
            let (own, x) = (middle(mark), axes.x(engagement));
            Placed { mark, engagement, middle: own, x, y: axes.y(own) }
        })
        .collect();
    stack(&mut placed);
    let named = extremes(&placed);
    let is_binned = MOST_MARKS < placed.len();
    let drawn: Vec<usize> =
        if is_binned { named.clone() } else { (0..placed.len()).collect() };
    let zero = TOP + HEIGHT;
    Scatter {
        bins: if is_binned { bins(&placed) } else { Vec::new() },
        bars: named.iter().filter_map(|at| bar(&placed[*at], &axes)).collect(),
        marks: drawn.iter().map(|at| mark(&placed[*at], glyphs, currency)).collect(),
        labels: labels(&placed, &named),
        across: root_ticks(axes.engagement, 0.12)
            .into_iter()
            .map(|tick| Tick {
                at: short(axes.x(tick)),
                text: money::grouped(tick.unsigned_abs()),
            })
            .collect(),
        up: up(&axes, currency),
        zero: short(zero),
        strip_label: short(zero + 16.0),
        height: short(zero + STRIP + 4.0),
        drawn: placed.len(),
        unknown: marks.len() - placed.len(),
        rows: rows(&placed, glyphs, currency),
        summary: summary(&placed),
    }
}

/// Ticks of revenue, in whole units of the currency.
fn up(axes: &Axes, currency: &str) -> Vec<Tick> {
    let unit = money::unit(currency);
    root_ticks(axes.won / unit, 0.16)
        .into_iter()
        .filter(|tick| 0 < *tick)
        .map(|tick| Tick {
            at: short(axes.y(tick * unit)),
            text: money::brief(tick * unit, currency),
        })
        .collect()
}

/// Posts without won revenue stand below the line, one under the other where their
/// engagement is the same.
fn stack(placed: &mut [Placed<'_>]) {
    const COLUMN: f64 = 1.3;
    const GAP: f64 = 8.0;
    let mut columns: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, post) in placed.iter().enumerate() {
        if post.middle <= 0 {
            #[expect(clippy::cast_possible_truncation, reason = "a percent is small")]
            let column = (post.x / COLUMN) as i64;
            columns.entry(column).or_default().push(at);
        }
    }
    for members in columns.values() {
        let count = i64::try_from(members.len()).unwrap_or(i64::MAX);
        let gap = GAP.min((STRIP - 34.0) / float(count.max(1)));
        for (level, at) in (0_i64..).zip(members) {
            placed[*at].y = TOP + HEIGHT + 28.0 + float(level) * gap;
        }
    }
}

/// Those that earned most and those that were applauded most, without doubles.
fn extremes(placed: &[Placed<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..placed.len()).collect();
    let key = |at: &usize| {
        let post = &placed[*at];
        (Reverse(post.middle), &post.mark.urn)
    };
    order.sort_by(|one, other| key(one).cmp(&key(other)));
    let mut named: Vec<usize> =
        order.iter().copied().filter(|at| 0 < placed[*at].middle).take(EARNERS).collect();
    order
        .sort_by_key(|at| (Reverse(placed[*at].engagement), Reverse(placed[*at].middle)));
    let applauded: Vec<usize> =
        order.into_iter().filter(|at| !named.contains(at)).take(APPLAUDED).collect();
    named.extend(applauded);
    named
}

fn bar(post: &Placed<'_>, axes: &Axes) -> Option<Bar> {
    let (least, most) = post.mark.won_minor;
    (least < most).then(|| Bar {
        x: short(post.x),
        from: short(axes.y(least)),
        to: short(axes.y(most)),
    })
}

fn mark(post: &Placed<'_>, glyphs: &Glyphs, currency: &str) -> Mark {
    let glyph = glyphs.of(post.mark.theme.as_deref());
    Mark {
        x: short(post.x),
        y: short(post.y),
        shape: glyph.shape.clone(),
        color: glyph.color.clone(),
        title: format!(
            "{} ({}): {} reactions and comments, {}",
            words(post.mark, 48),
            glyph.name,
            post.engagement,
            money::range(post.mark.won_minor, currency)
        ),
    }
}

fn words(mark: &PostMark, letters: usize) -> String {
    let own = mark.words.as_deref().filter(|words| !words.trim().is_empty());
    text::first_words(own.unwrap_or(&mark.urn), letters)
}

/// Squares of a grid, each with the posts in it.
fn bins(placed: &[Placed<'_>]) -> Vec<Bin> {
    const ACROSS: f64 = 2.0;
    const UP: f64 = 12.0;
    let mut squares: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for post in placed {
        #[expect(clippy::cast_possible_truncation, reason = "a place is small")]
        let square = ((post.x / ACROSS) as i64, (post.y / UP) as i64);
        *squares.entry(square).or_default() += 1;
    }
    let most = squares.values().copied().max().unwrap_or(1);
    let wide = |posts: usize| i64::try_from(posts).unwrap_or(i64::MAX);
    squares
        .into_iter()
        .map(|((column, line), posts)| {
            let side = 2.0 + (UP - 3.0) * root_place(wide(posts), wide(most));
            Bin {
                x: short((float(column) + 0.5) * ACROSS),
                y: short((float(line) + 0.5) * UP - side / 2.0),
                offset: short(-side / 2.0),
                side: short(side),
                posts,
            }
        })
        .collect()
}

/// A rectangle in pixels.
#[derive(Clone, Copy)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

fn labels(placed: &[Placed<'_>], named: &[usize]) -> Vec<Label> {
    let mut labels = labels_for(placed, named, WIDE, "wide");
    labels.extend(labels_for(placed, named, NARROW, "narrow"));
    labels
}

/// Places each label where it meets no other one and no extreme's mark; one that fits
/// nowhere is left out.
fn labels_for(
    placed: &[Placed<'_>],
    named: &[usize],
    width: f64,
    class: &'static str,
) -> Vec<Label> {
    const LETTER: f64 = 6.3;
    const LINE: f64 = 14.0;
    let pixel = |post: &Placed<'_>| post.x / 100.0 * width;
    let mut taken: Vec<Area> = named
        .iter()
        .map(|at| {
            let (x, y) = (pixel(&placed[*at]), placed[*at].y);
            Area { left: x - 5.0, right: x + 5.0, top: y - 5.0, bottom: y + 5.0 }
        })
        .collect();
    let mut labels = Vec::new();
    for at in named {
        let post = &placed[*at];
        let text = words(post.mark, LABEL_LETTERS);
        let letters = i64::try_from(text.chars().count()).unwrap_or(0);
        let (x, y, long) = (pixel(post), post.y, float(letters) * LETTER);
        let places = [
            (9.0, 4.0, "start"),
            (-9.0, 4.0, "end"),
            (0.0, -9.0, "middle"),
            (0.0, 18.0, "middle"),
            (9.0, -9.0, "start"),
            (-9.0, -9.0, "end"),
            (9.0, 17.0, "start"),
            (-9.0, 17.0, "end"),
        ];
        let found = places.into_iter().find_map(|(right, down, anchor)| {
            let left = match anchor {
                "start" => x + right,
                "end" => x + right - long,
                _ => x - long / 2.0,
            };
            let base = y + down;
            let (top, bottom) = (base - LINE + 3.0, base + 3.0);
            let area = Area { left, right: left + long, top, bottom };
            let is_within = 0.0 <= left
                && area.right <= width
                && 0.0 <= top
                && bottom <= TOP + HEIGHT + STRIP;
            (is_within && !taken.iter().any(|other| other.meets(&area)))
                .then_some((area, right, down, anchor))
        });
        if let Some((area, right, down, anchor)) = found {
            taken.push(area);
            labels.push(Label {
                x: short(post.x),
                y: short(post.y + down),
                shift: short(right),
                anchor,
                class,
                text,
            });
        }
    }
    labels
}

fn rows(placed: &[Placed<'_>], glyphs: &Glyphs, currency: &str) -> Vec<Row> {
    const MOST_ROWS: usize = 100;
    let mut order: Vec<&Placed<'_>> = placed.iter().collect();
    order.sort_by_key(|post| (Reverse(post.middle), Reverse(post.engagement)));
    order
        .into_iter()
        .take(MOST_ROWS)
        .map(|post| Row {
            words: words(post.mark, 60),
            theme: glyphs.of(post.mark.theme.as_deref()).name.clone(),
            engagement: post.engagement,
            won_minor: post.middle,
            won: money::range(post.mark.won_minor, currency),
        })
        .collect()
}

fn summary(placed: &[Placed<'_>]) -> String {
    let earned = placed.iter().filter(|post| 0 < post.middle).count();
    format!(
        "Scatter plot of {} posts: reactions and comments across, credited won revenue up. {} \
         posts have won revenue, {} have none. The table below holds the numbers.",
        placed.len(),
        earned,
        placed.len() - earned
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(at: i64, engagement: i64, won: (i64, i64)) -> PostMark {
        PostMark {
            urn: format!("urn:li:share:{at}"),
            theme: None,
            engagement: Some(engagement),
            words: Some(format!("The words of post {at} and more")),
            won_minor: won,
        }
    }

    #[test]
    fn every_post_is_a_mark_and_the_extremes_are_named() {
        let mut posts: Vec<_> = (0..40).map(|at| post(at, at, (0, 0))).collect();
        posts.push(post(99, 2, (40_000, 90_000)));
        let drawn = scatter(&posts, &Glyphs::new(&[]), "EUR");
        assert_eq!((drawn.marks.len(), drawn.bins.len()), (41, 0));
        assert_eq!(drawn.bars.len(), 1);
        assert!(
            drawn
                .labels
                .iter()
                .any(|label| label.text.starts_with("The words of post 99"))
        );
    }

    #[test]
    fn too_many_posts_are_counted_in_squares_and_none_is_lost() {
        let posts: Vec<_> =
            (0..5_000).map(|at| post(at, at % 70, (at % 90, at))).collect();
        let drawn = scatter(&posts, &Glyphs::new(&[]), "EUR");
        assert!(drawn.marks.len() <= EARNERS + APPLAUDED);
        assert!(drawn.bins.len() <= MOST_MARKS);
        assert_eq!(drawn.bins.iter().map(|bin| bin.posts).sum::<usize>(), 5_000);
    }

    #[test]
    fn posts_of_unknown_engagement_are_counted_apart() {
        let unknown = PostMark { engagement: None, ..post(1, 0, (5, 5)) };
        let drawn = scatter(&[unknown], &Glyphs::new(&[]), "EUR");
        assert_eq!((drawn.drawn, drawn.unknown), (0, 1));
    }

    #[test]
    fn labels_do_not_meet() {
        let posts: Vec<_> = (0..12).map(|at| post(at, 5, (1_000, 1_000))).collect();
        let drawn = scatter(&posts, &Glyphs::new(&[]), "EUR");
        let wide = drawn.labels.iter().filter(|label| label.class == "wide");
        let places: std::collections::BTreeSet<_> =
            wide.clone().map(|label| (&label.x, &label.y, label.anchor)).collect();
        assert_eq!(places.len(), wide.count());
    }
}
