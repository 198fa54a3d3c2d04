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

/// Where a label can stand: right and down of its mark, and how it is anchored there.
const PLACES: [(f64, f64, &str); 11] = [
    (9.0, 4.0, "start"),
    (-9.0, 4.0, "end"),
    (0.0, -9.0, "middle"),
    (0.0, 18.0, "middle"),
    (9.0, -9.0, "start"),
    (-9.0, -9.0, "end"),
    (9.0, 17.0, "start"),
    (-9.0, 17.0, "end"),
    (0.0, -24.0, "middle"),
    (3.0, -24.0, "end"),
    (-3.0, -24.0, "start"),
];

/// Places each label where it meets no other one and no mark; one that fits nowhere is left
/// out.
fn labels_for(
    placed: &[Placed<'_>],
    named: &[usize],
    drawn: &[usize],
    (width, class): (f64, &'static str),
) -> Vec<Label> {
    const LINE: f64 = 14.0;
    let pixel = |post: &Placed<'_>| post.x / 100.0 * width;
    let mut taken: Vec<Area> = drawn
        .iter()
        .map(|at| {
            let (x, y) = (pixel(&placed[*at]), placed[*at].y);
            Area { left: x - 5.0, right: x + 5.0, top: y - 5.0, bottom: y + 5.0 }
        })
        .collect();
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
                leader: (down < -20.0)
                    .then(|| (short(post.y - 6.0), short(post.y + down + 3.0))),
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
