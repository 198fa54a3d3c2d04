//! Applause against business: each post a mark.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    bars::{Bar, bars},
    glyph::Glyphs,
    labels::{Label, labels},
    scale::{float, root_place, root_ticks, round_up, short},
};
use crate::{
    report::{money, words::first_words},
    store::{PostMark, ReportInput},
};

/// More marks would be too many for a browser; then they are counted in squares.
const MOST_MARKS: usize = 2_000;
/// The part above the line, where revenue is.
pub(super) const HEIGHT: f64 = 262.0;
pub(super) const TOP: f64 = 26.0;
/// The strip below the line, for posts without won revenue.
pub(super) const STRIP: f64 = 104.0;
/// Down to its first row, so that labels have room above.
const STRIP_TOP: f64 = 46.0;
/// Room at both sides, in percent, so that marks at the ends stay within.
const SIDE: f64 = 2.0;
/// Labels of those that earned most, and of those that were applauded most.
const EARNERS: usize = 6;
const APPLAUDED: usize = 4;

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
    /// Where posts without any stand.
    pub(super) strip: String,
    pub(super) height: String,
    pub(super) drawn: usize,
    /// What stands up.
    pub(super) of: &'static str,
    pub(super) unknown: usize,
    /// Whether nothing at all stands up.
    pub(super) is_flat: bool,
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

/// What stands up: won revenue, or leads where posts are credited with none.
#[derive(Clone, Copy)]
pub(super) enum Up<'a> {
    /// Won revenue, in minor units of the currency.
    Won(&'a str),
    /// Leads, in hundredths.
    Leads,
}

impl<'a> Up<'a> {
    /// What a network has.
    pub(super) fn of(input: &'a ReportInput) -> Self {
        let marks = &input.page.marks;
        let has_won = marks.iter().any(|mark| 0 < mark.won_minor.1);
        let has_leads = marks.iter().any(|mark| 0.0 < mark.leads.1);
        match input.won.first() {
            Some(won) if has_won || !has_leads => Self::Won(&won.currency),
            _ => Self::Leads,
        }
    }

    /// What it is called.
    fn words(self) -> &'static str {
        match self {
            Self::Won(_) => "won revenue",
            Self::Leads => "leads",
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "leads are far below 2^50")]
    fn range(self, mark: &PostMark) -> (i64, i64) {
        let hundredths = |leads: f64| (leads * 100.0).round() as i64;
        match self {
            Self::Won(_) => mark.won_minor,
            Self::Leads => (hundredths(mark.leads.0), hundredths(mark.leads.1)),
        }
    }

    fn told(self, mark: &PostMark) -> String {
        match self {
            Self::Won(currency) => money::range(mark.won_minor, currency),
            Self::Leads => money::leads(mark.leads),
        }
    }

    fn unit(self) -> i64 {
        match self {
            Self::Won(currency) => money::unit(currency),
            Self::Leads => 100,
        }
    }

    fn brief(self, value: i64) -> String {
        match self {
            Self::Won(currency) => money::brief(value, currency),
            Self::Leads => money::grouped((value / 100).unsigned_abs()),
        }
    }
}

/// A post with its place.
pub(super) struct Placed<'a> {
    pub(super) mark: &'a PostMark,
    engagement: i64,
    pub(super) range: (i64, i64),
    pub(super) middle: i64,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// The axes.
pub(super) struct Axes {
    engagement: i64,
    won: i64,
}

impl Axes {
    fn x(&self, engagement: i64) -> f64 {
        SIDE + root_place(engagement, self.engagement) * (100.0 - 2.0 * SIDE)
    }

    pub(super) fn y(&self, won_minor: i64) -> f64 {
        TOP + HEIGHT * (1.0 - root_place(won_minor, self.won))
    }
}

/// Draws the posts whose engagement is known.
pub(super) fn scatter(marks: &[PostMark], glyphs: &Glyphs, up: Up<'_>) -> Scatter {
    let known: Vec<(&PostMark, i64)> = marks
        .iter()
        .filter_map(|mark| mark.engagement.map(|count| (mark, count)))
        .collect();
    if known.is_empty() {
        return Scatter { unknown: marks.len(), ..Scatter::default() };
    }
    let won = marks.iter().map(|mark| up.range(mark).1).max().unwrap_or(0);
    if won <= 0 {
        return Scatter { is_flat: true, of: up.words(), ..Scatter::default() };
    }
    let most = known.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let won = known.iter().map(|(mark, _)| up.range(mark).1).max().unwrap_or(0);
    let axes = Axes { engagement: round_up(most), won: won.max(1) };
    let mut placed: Vec<Placed<'_>> = known
        .into_iter()
        .map(|(mark, engagement)| {
            let range = up.range(mark);
            let (middle, x) = (range.0 + (range.1 - range.0) / 2, axes.x(engagement));
            Placed { mark, engagement, range, middle, x, y: axes.y(middle) }
        })
        .collect();
    stack(&mut placed);
    let named = extremes(&placed);
    let is_binned = MOST_MARKS < placed.len();
    let drawn: Vec<usize> =
        if is_binned { named.clone() } else { (0..placed.len()).collect() };
    let zero = TOP + HEIGHT;
    Scatter {
        is_flat: false,
        bins: if is_binned { bins(&placed) } else { Vec::new() },
        bars: bars(&placed, &named, &drawn, &axes),
        marks: drawn.iter().map(|at| mark(&placed[*at], glyphs, up)).collect(),
        labels: labels(&placed, &named, &drawn),
        across: root_ticks(axes.engagement, 0.12)
            .into_iter()
            .map(|tick| Tick {
                at: short(axes.x(tick)),
                text: money::grouped(tick.unsigned_abs()),
            })
            .collect(),
        up: ticks(&axes, up),
        zero: short(zero),
        strip: short(zero + STRIP_TOP),
        height: short(zero + STRIP + 4.0),
        drawn: placed.len(),
        unknown: marks.len() - placed.len(),
        rows: rows(&placed, glyphs, up),
        summary: summary(&placed, up),
        of: up.words(),
    }
}

/// Ticks of what stands up, in whole units.
fn ticks(axes: &Axes, up: Up<'_>) -> Vec<Tick> {
    let unit = up.unit();
    root_ticks(axes.won / unit, 0.16)
        .into_iter()
        .filter(|tick| 0 < *tick)
        .map(|tick| Tick { at: short(axes.y(tick * unit)), text: up.brief(tick * unit) })
        .collect()
}

/// Posts without won revenue stand below the line, one under the other where their
/// engagement is the same.
fn stack(placed: &mut [Placed<'_>]) {
    const COLUMN: f64 = 1.8;
    const GAP: f64 = 8.0;
    let mut columns: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, post) in placed.iter().enumerate() {
        if post.middle <= 0 {
            #[expect(clippy::cast_possible_truncation, reason = "a percent is small")]
            let column = (post.x / COLUMN) as i64;
            columns.entry(column).or_default().push(at);
        }
    }
    for members in columns.values_mut() {
        members.sort_by_key(|at| &placed[*at].mark.theme);
        let count = i64::try_from(members.len()).unwrap_or(i64::MAX);
        let gap = GAP.min((STRIP - 48.0) / float(count.max(1)));
        for (level, at) in (0_i64..).zip(&*members) {
            placed[*at].y = TOP + HEIGHT + STRIP_TOP + float(level) * gap;
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

fn mark(post: &Placed<'_>, glyphs: &Glyphs, up: Up<'_>) -> Mark {
    let glyph = glyphs.of(post.mark.theme.as_deref());
    Mark {
        x: short(post.x),
        y: short(post.y),
        shape: glyph.shape.clone(),
        color: glyph.color.clone(),
        title: format!(
            "{} ({}): {}, {} {}",
            words(post.mark, 48),
            glyph.name,
            money::counted(
                post.engagement,
                "reaction or comment",
                "reactions and comments"
            ),
            up.told(post.mark),
            up.words()
        ),
    }
}

/// The first words of a post, or its name where they are unknown.
fn words(mark: &PostMark, letters: usize) -> String {
    let own = first_words(mark.words.as_deref().unwrap_or(""), letters);
    if own.is_empty() { format!("(no text) {}", mark.urn) } else { own }
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

fn rows(placed: &[Placed<'_>], glyphs: &Glyphs, up: Up<'_>) -> Vec<Row> {
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
            won: up.told(post.mark),
        })
        .collect()
}

fn summary(placed: &[Placed<'_>], up: Up<'_>) -> String {
    let earned = placed.iter().filter(|post| 0 < post.middle).count();
    let count = |posts: usize| i64::try_from(posts).unwrap_or(i64::MAX);
    let posts = |posts: usize| money::counted(count(posts), "post", "posts");
    format!(
        "Scatter plot of {}: reactions and comments across, credited {} up. With {}: {}; \
         without: {}. The table below holds the numbers.",
        posts(placed.len()),
        up.words(),
        up.words(),
        posts(earned),
        posts(placed.len() - earned)
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
            leads: (0.0, 2.5),
        }
    }

    #[test]
    fn where_nothing_was_won_leads_stand_up() {
        let drawn = scatter(&[post(1, 5, (0, 0))], &Glyphs::new(&[]), Up::Leads);
        assert_eq!((drawn.of, drawn.rows[0].won.as_str()), ("leads", "0 to 2.5"));
        assert!(
            drawn.marks[0].title.ends_with("5 reactions and comments, 0 to 2.5 leads")
        );
        assert_eq!(
            drawn.up.iter().map(|tick| tick.text.as_str()).collect::<Vec<_>>(),
            ["1", "2"]
        );
    }

    #[test]
    fn where_no_post_earned_leads_stand_up() {
        let total = crate::store::WonTotal::default();
        let mut input = ReportInput { won: vec![total], ..ReportInput::default() };
        input.page.marks = vec![post(1, 1, (0, 0))];
        assert!(matches!(Up::of(&input), Up::Leads));
        let drawn = scatter(&input.page.marks, &Glyphs::new(&[]), Up::Leads);
        assert!(drawn.marks[0].title.contains(": 1 reaction or comment, "));
        input.page.marks.push(post(2, 5, (0, 9)));
        assert!(matches!(Up::of(&input), Up::Won(_)));
        input.page.marks = vec![PostMark { leads: (0.0, 0.0), ..post(1, 5, (0, 0)) }];
        assert!(matches!(Up::of(&input), Up::Won(_)));
    }

    #[test]
    fn a_post_without_text_has_no_label() {
        let silent = PostMark { words: Some(" \n".to_owned()), ..post(1, 5, (9, 9)) };
        let drawn = scatter(&[silent], &Glyphs::new(&[]), Up::Won("EUR"));
        assert!(drawn.labels.is_empty());
        assert_eq!(drawn.rows[0].words, "(no text) urn:li:share:1");
    }

    #[test]
    fn every_post_is_a_mark_and_the_extremes_are_named() {
        let mut posts: Vec<_> = (0..40).map(|at| post(at, at, (0, 0))).collect();
        posts.push(post(99, 2, (40_000, 90_000)));
        let drawn = scatter(&posts, &Glyphs::new(&[]), Up::Won("EUR"));
        assert_eq!((drawn.marks.len(), drawn.bins.len()), (41, 0));
        assert_eq!(drawn.bars.len(), 1);
        assert!(!drawn.bars[0].is_faint);
        assert!(
            drawn
                .labels
                .iter()
                .any(|label| label.text.starts_with("The words of post 99"))
        );
    }

    #[test]
    fn where_nothing_is_credited_nothing_is_drawn() {
        let drawn = scatter(&[post(1, 5, (0, 0))], &Glyphs::new(&[]), Up::Won("EUR"));
        assert_eq!((drawn.drawn, drawn.is_flat, drawn.of), (0, true, "won revenue"));
    }

    #[test]
    fn too_many_posts_are_counted_in_squares_and_none_is_lost() {
        let posts: Vec<_> =
            (0..5_000).map(|at| post(at, at % 70, (at % 90, at))).collect();
        let drawn = scatter(&posts, &Glyphs::new(&[]), Up::Won("EUR"));
        assert!(drawn.marks.len() <= EARNERS + APPLAUDED);
        assert!(drawn.bins.len() <= MOST_MARKS);
        assert_eq!(drawn.bins.iter().map(|bin| bin.posts).sum::<usize>(), 5_000);
    }

    #[test]
    fn posts_of_unknown_engagement_are_counted_apart() {
        let unknown = PostMark { engagement: None, ..post(1, 0, (5, 5)) };
        let drawn = scatter(&[unknown], &Glyphs::new(&[]), Up::Won("EUR"));
        assert_eq!((drawn.drawn, drawn.unknown), (0, 1));
    }

    #[test]
    fn a_label_beside_another_mark_has_a_line_to_its_own() {
        let mut posts: Vec<_> = (0..30).map(|at| post(at, 20 + at, (900, 900))).collect();
        posts[12].won_minor = (901, 901);
        posts.push(post(40, 200, (90_000, 90_000)));
        let drawn = scatter(&posts, &Glyphs::new(&[]), Up::Won("EUR"));
        let own = drawn.labels.iter().find(|label| label.text.contains("post 12"));
        assert!(own.is_some_and(|label| label.leader.is_some()), "{:?}", drawn.labels);
    }

    #[test]
    fn labels_do_not_meet() {
        let posts: Vec<_> = (0..12).map(|at| post(at, 5, (1_000, 1_000))).collect();
        let drawn = scatter(&posts, &Glyphs::new(&[]), Up::Won("EUR"));
        let wide = drawn.labels.iter().filter(|label| label.class == "wide");
        let places: std::collections::BTreeSet<_> =
            wide.clone().map(|label| (&label.x, &label.y, label.anchor)).collect();
        assert_eq!(places.len(), wide.count());
    }
}
