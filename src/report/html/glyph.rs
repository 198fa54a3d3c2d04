//! Themes by color and shape, the same everywhere on the page.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{
    classify::THEMES,
    report::{lens::shown, words::natural},
    store::{PostMark, ThemeLine},
};

/// More entries make a legend longer than its picture.
const MOST_ENTRIES: usize = 8;

/// Shapes and colors that the style knows; themes beyond share a color with another shape.
const SHAPES: usize = 8;
const COLORS: usize = 7;

/// How the posts of a theme are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The theme's name as it is shown.
    pub(super) name: String,
    /// The id of its shape.
    pub(super) shape: String,
    /// The class of its color.
    pub(super) color: String,
}

/// The glyphs of all themes: the classifier's have the same in every report, others follow in
/// the order of their names; posts without one have the last.
#[derive(Clone, Debug)]
pub(super) struct Glyphs {
    named: Vec<(String, Glyph)>,
    none: Glyph,
}

impl Glyphs {
    /// Gives each theme its own.
    pub(super) fn new(themes: &[ThemeLine]) -> Self {
        let mut names: Vec<&str> =
            themes.iter().filter_map(|theme| theme.theme.as_deref()).collect();
        names.sort_unstable();
        names.dedup();
        let place = |name: &&str| THEMES.iter().position(|own| own == name);
        let (known, others): (Vec<&str>, Vec<&str>) =
            names.into_iter().partition(|name| place(name).is_some());
        let known = known.into_iter().filter_map(|name| Some((place(&name)?, name)));
        let glyph = |(at, name): (usize, &str)| {
            let own = Glyph {
                name: shown(name),
                shape: format!("g{}", at % SHAPES),
                color: format!("c{}", at % COLORS),
            };
            (name.to_owned(), own)
        };
        Self {
            named: known.chain((THEMES.len()..).zip(others)).map(glyph).collect(),
            none: Glyph {
                name: "no theme".to_owned(),
                shape: "gn".to_owned(),
                color: "cn".to_owned(),
            },
        }
    }

    /// The glyph of a theme.
    pub(super) fn of(&self, theme: Option<&str>) -> &Glyph {
        theme
            .and_then(|theme| self.named.iter().find(|(name, _)| name == theme))
            .map_or(&self.none, |(_, glyph)| glyph)
    }

    /// The glyphs of the themes with most of these posts, by name, and how many others there
    /// are; posts without a theme come last.
    pub(super) fn legend(&self, marks: &[PostMark]) -> (Vec<&Glyph>, usize) {
        let mut posts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for mark in marks {
            *posts.entry(mark.theme.as_deref()).or_default() += 1;
        }
        let has_none = posts.remove(&None).is_some();
        let mut themes: Vec<(Option<&str>, usize)> = posts.into_iter().collect();
        themes.sort_by_key(|(_, posts)| Reverse(*posts));
        let others = themes.len().saturating_sub(MOST_ENTRIES);
        themes.truncate(MOST_ENTRIES);
        let mut legend: Vec<&Glyph> =
            themes.into_iter().map(|(theme, _)| self.of(theme)).collect();
        legend.sort_by_key(|glyph| natural(&glyph.name));
        legend.extend(has_none.then_some(&self.none));
        (legend, others)
    }

    /// All of them, with that of posts without a theme.
    #[cfg(test)]
    fn all(&self) -> impl Iterator<Item = &Glyph> {
        self.named.iter().map(|(_, glyph)| glyph).chain([&self.none])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(theme: Option<String>) -> ThemeLine {
        ThemeLine {
            theme,
            posts: 1,
            reactions: None,
            comments: None,
            leads: (0.0, 0.0),
            won_minor: (0, 0),
            verdict: None,
        }
    }

    #[test]
    fn a_legend_has_the_themes_with_most_posts_by_name() {
        let mark = |theme: Option<String>| PostMark {
            urn: String::new(),
            theme,
            engagement: None,
            words: None,
            won_minor: (0, 0),
            leads: (0.0, 0.0),
        };
        let name = |at: usize| Some(format!("theme_{at}"));
        let mut marks: Vec<_> = (0..30).map(|at| mark(name(at))).collect();
        marks.extend((4..12).map(|at| mark(name(at))));
        marks.push(mark(None));
        let glyphs = Glyphs::new(&(0..30).map(|at| theme(name(at))).collect::<Vec<_>>());
        let (legend, others) = glyphs.legend(&marks);
        let names: Vec<&str> = legend.iter().map(|glyph| glyph.name.as_str()).collect();
        let first: Vec<String> = (4..12).map(|at| format!("theme {at}")).collect();
        assert_eq!(names[..8], first);
        assert_eq!((names[8], others), ("no theme", 22));
        assert_eq!(glyphs.legend(&marks[4..12]).1, 0);
    }

    #[test]
    fn no_two_of_48_themes_look_alike_nor_like_the_classifiers() {
        let own = (0..48).map(|at| format!("theme_{at:02}"));
        let known = THEMES.iter().map(|&name| name.to_owned());
        let themes: Vec<_> = own.chain(known).map(|name| theme(Some(name))).collect();
        let glyphs = Glyphs::new(&themes);
        let looks: std::collections::BTreeSet<_> =
            glyphs.all().map(|glyph| (&glyph.shape, &glyph.color)).collect();
        assert_eq!(looks.len(), 57);
        let alone = Glyphs::new(&themes[55..]);
        assert_eq!(glyphs.of(Some("other")), alone.of(Some("other")));
        assert_eq!(glyphs.of(Some("theme_03")).name, "theme 03");
        assert_eq!(glyphs.of(None).name, "no theme");
    }
}
