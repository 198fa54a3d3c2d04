//! Themes by color and shape, the same everywhere on the page.

use crate::{report::lens::shown, store::ThemeLine};

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

/// The glyphs of all themes in the order of their names; posts without one have the last.
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
        let glyph = |(at, name): (usize, &str)| {
            let own = Glyph {
                name: shown(name),
                shape: format!("g{}", at % SHAPES),
                color: format!("c{}", at % COLORS),
            };
            (name.to_owned(), own)
        };
        Self {
            named: names.into_iter().enumerate().map(glyph).collect(),
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
    fn no_two_of_56_themes_look_alike() {
        let theme = |at: usize| ThemeLine {
            theme: Some(format!("theme_{at:02}")),
            posts: 1,
            reactions: None,
            comments: None,
            leads: (0.0, 0.0),
            won_minor: (0, 0),
            verdict: None,
        };
        let themes: Vec<_> = (0..56).map(theme).collect();
        let glyphs = Glyphs::new(&themes);
        let looks: std::collections::BTreeSet<_> =
            glyphs.all().map(|glyph| (&glyph.shape, &glyph.color)).collect();
        assert_eq!(looks.len(), 57);
        assert_eq!(glyphs.of(Some("theme_03")).name, "theme 03");
        assert_eq!(glyphs.of(None).name, "no theme");
    }
}
