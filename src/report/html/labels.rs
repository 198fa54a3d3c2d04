//! The names of posts in the picture: where each has room.

use super::{
    scale::short,
    scatter::{HEIGHT, Placed, STRIP, TOP},
};
use crate::report::words::first_words;

/// How wide the picture is taken to be where labels are placed: on a screen, on a phone.
const WIDE: f64 = 560.0;
const NARROW: f64 = 280.0;
const LABEL_LETTERS: usize = 26;
/// So near to a mark a label seems to be its.
const BESIDE: f64 = 5.0;
/// Further up than this a label does not touch its mark.
const FAR_UP: f64 = -20.0;

/// The first words of a post.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) shift: String,
    pub(super) anchor: &'static str,
    pub(super) class: &'static str,
    pub(super) text: String,
    /// From where to where a line joins it to its mark, where it stands apart.
    pub(super) leader: Option<(String, String)>,
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

    fn grown(&self, by: f64) -> Self {
        Self {
            left: self.left - by,
            right: self.right + by,
            top: self.top - by,
            bottom: self.bottom + by,
        }
    }
}

/// The labels of the posts that are named, for wide and for narrow windows.
pub(super) fn labels(
    placed: &[Placed<'_>],
    named: &[usize],
    drawn: &[usize],
) -> Vec<Label> {
    let mut labels = labels_for(placed, named, drawn, (WIDE, "wide"));
    labels.extend(labels_for(placed, named, drawn, (NARROW, "narrow")));
    labels
}

/// Where a label can stand: right and down of its mark, and how it is anchored there. Those
/// far up have a line to their mark, all others touch it.
const PLACES: [(f64, f64, &str); 11] = [
    (9.0, 4.0, "start"),
    (-9.0, 4.0, "end"),
    (0.0, -9.0, "middle"),
    (0.0, 18.0, "middle"),
    (-4.0, -9.0, "start"),
    (4.0, -9.0, "end"),
    (-4.0, 18.0, "start"),
    (4.0, 18.0, "end"),
    (0.0, -24.0, "middle"),
    (3.0, -24.0, "end"),
    (-3.0, -24.0, "start"),
];

/// Places each label where it meets no other one and is beside no other mark; one that fits
/// nowhere is left out.
fn labels_for(
    placed: &[Placed<'_>],
    named: &[usize],
    drawn: &[usize],
    (width, class): (f64, &'static str),
) -> Vec<Label> {
    const LINE: f64 = 14.0;
    let pixel = |post: &Placed<'_>| post.x / 100.0 * width;
    let marks: Vec<(usize, Area)> = drawn
        .iter()
        .map(|at| {
            let (x, y) = (pixel(&placed[*at]), placed[*at].y);
            let (left, right) = (x - 5.0, x + 5.0);
            (*at, Area { left, right, top: y - 5.0, bottom: y + 5.0 })
        })
        .collect();
    let mut taken: Vec<Area> = Vec::new();
    let mut labels = Vec::new();
    for at in named {
        let post = &placed[*at];
        let Some(text) = label(post.mark.words.as_deref().unwrap_or("")) else {
            continue;
        };
        let (x, y, long) = (pixel(post), post.y, wide(&text));
        let found = PLACES.into_iter().find_map(|(right, down, anchor)| {
            let left = match anchor {
                "start" => x + right,
                "end" => x + right - long,
                _ => x - long / 2.0,
            };
            let base = y + down;
            let (top, bottom) = (base - LINE + 3.0, base + 3.0);
            let area = Area { left, right: left + long, top, bottom };
            let leader = (down < FAR_UP).then_some(Area {
                left: x - 1.0,
                right: x + 1.0,
                top: bottom,
                bottom: y - 6.0,
            });
            // A line that joins them says which mark is meant.
            let beside = if leader.is_some() { 0.0 } else { BESIDE };
            let is_free = |own: &Area| {
                let is_apart = |(mark, other): &(usize, Area)| {
                    let room = if mark == at { 0.0 } else { beside };
                    !other.meets(&own.grown(room))
                };
                !taken.iter().any(|other| other.meets(own)) && marks.iter().all(is_apart)
            };
            let is_free = is_free(&area) && leader.as_ref().is_none_or(is_free);
            let is_within = 0.0 <= left
                && area.right <= width
                && 0.0 <= top
                && bottom <= TOP + HEIGHT + STRIP;
            (is_within && is_free).then_some((area, leader, (right, down, anchor)))
        });
        if let Some((area, leader, (right, down, anchor))) = found {
            taken.push(area);
            taken.extend(leader);
            labels.push(Label {
                x: short(post.x),
                y: short(post.y + down),
                shift: short(right),
                anchor,
                class,
                text,
                leader: leader.map(|line| (short(line.bottom), short(line.top))),
            });
        }
    }
    labels
}

/// The first words of a post, as many as have room; none where there are none.
fn label(text: &str) -> Option<String> {
    const MOST_PIXELS: f64 = 172.0;
    let whole = first_words(text, LABEL_LETTERS);
    let mut letters: Vec<char> = whole.chars().collect();
    while MOST_PIXELS < letters.iter().copied().map(pixels).sum() {
        letters.pop();
    }
    let kept: String = letters.iter().collect();
    if whole.is_empty() {
        None
    } else if kept.len() < whole.len() {
        Some(format!("{}…", kept.trim_end_matches('…')))
    } else {
        Some(kept)
    }
}

/// About how many pixels a text is wide.
fn wide(text: &str) -> f64 {
    text.chars().map(pixels).sum()
}

/// About how many pixels a letter is wide.
fn pixels(letter: char) -> f64 {
    match letter {
        'W' | 'M' | 'm' | 'w' | '@' | '%' => 11.0,
        letter if letter.is_uppercase() || '\u{1f000}' <= letter => 8.6,
        '\u{2e80}'..='\u{ffff}' => 12.0,
        _ => 6.3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: f64, top: f64, right: f64, bottom: f64) -> Area {
        Area { left, right, top, bottom }
    }

    #[test]
    fn what_is_grown_meets_what_is_near() {
        let (one, other) = (area(0.0, 0.0, 10.0, 10.0), area(13.0, 0.0, 20.0, 10.0));
        assert!(!one.meets(&other) && one.grown(BESIDE).meets(&other));
    }

    #[test]
    fn labels_are_cut_by_how_wide_their_letters_are() {
        assert_eq!(
            label("A nurse with two casual contracts").unwrap(),
            "A nurse with two casual c…"
        );
        assert_eq!(label(&"W".repeat(99)).unwrap().chars().count(), 16);
        assert_eq!(label(" \u{202e} "), None);
        assert!(wide(&label("住宅ローンについて学びました。").unwrap()) <= 180.0);
    }
}
