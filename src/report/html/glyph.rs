//! Themes by color and shape, the same everywhere on the page.

use crate::{classify::THEMES, report::lens::shown, store::ThemeLine};

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

    /// All of them, with that of posts without a theme.
    pub(super) fn all(&self) -> impl Iterator<Item = &Glyph> {
        self.named.iter().map(|(_, glyph)| glyph).chain([&self.none])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_48_themes_look_alike_nor_like_the_classifiers() {
        let theme = |name: String| ThemeLine {
            theme: Some(name),
            posts: 1,
            reactions: None,
            comments: None,
            leads: (0.0, 0.0),
            won_minor: (0, 0),
            verdict: None,
        };
        let own = (0..48).map(|at| format!("theme_{at:02}"));
        let known = THEMES.iter().map(|&name| name.to_owned());
        let themes: Vec<_> = own.chain(known).map(theme).collect();
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
