//! What models learn from: journeys that converted, journeys that did not, and the channel
//! of each touch.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Block, Options, Path, Paths};
use crate::{
    domain::{DealStatus, DealSummary, Post, TouchKind},
    link::{Journey, JourneyTouch, Owner},
};

/// The number of a channel.
pub type Channel = u32;

/// The channels of touches: the themes of posts, in the order of their names, then posts
/// of no theme, then each kind of source that is no post.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Channels {
    of_post: Vec<Channel>,
    themes: Channel,
}

impl Channels {
    /// The channels of these posts.
    pub fn of_posts(posts: &[Post]) -> Self {
        let themes: BTreeSet<&str> =
            posts.iter().filter_map(|post| post.theme.as_deref()).collect();
        let numbers: BTreeMap<&str, Channel> = themes.into_iter().zip(0..).collect();
        let count = Channel::try_from(numbers.len()).expect("themes are few");
        let channel =
            |post: &Post| post.theme.as_deref().map_or(count, |theme| numbers[theme]);
        Self { of_post: posts.iter().map(channel).collect(), themes: count }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.themes as usize + 4
    }

    /// The channels of a journey's touches.
    pub fn path(&self, touches: &[JourneyTouch]) -> Vec<Channel> {
        touches.iter().map(|touch| self.of(touch)).collect()
    }

    /// The channel of a touch.
    pub fn of(&self, touch: &JourneyTouch) -> Channel {
        let of_no_theme = self.themes;
        match (touch.post, touch.kind) {
            (Some(post), _) => {
                self.of_post.get(post.index()).copied().unwrap_or(of_no_theme)
            }
            (None, TouchKind::TrackedSource) => of_no_theme + 1,
            (None, TouchKind::SelfReportedSource) => of_no_theme + 2,
            (None, _) => of_no_theme + 3,
        }
    }
}

/// The paths of those who did not convert, in the order of their touches.
pub fn null_paths(
    channels: &Channels,
    nulls: impl ParallelIterator<Item = Vec<JourneyTouch>>,
) -> Block {
    let add = |mut block: Block, touches: Vec<JourneyTouch>| {
        let channels = &channels.path(&touches);
        block.push(&Path { channels, conversions: 0.0, value: 0.0, nulls: 1.0 });
        block
    };
    let append = |mut block: Block, next: Block| {
        block.append(&next);
        block
    };
    nulls.fold(Block::default, add).reduce(Block::default, append)
}

/// What a model may learn from.
#[derive(Debug)]
pub struct Learning<'a> {
    /// The channel of each touch.
    pub channels: &'a Channels,
    /// The journeys as paths of channels, with those that did not convert.
    pub paths: Paths,
    /// What models can be told.
    pub options: &'a Options,
}

impl<'a> Learning<'a> {
    /// From the journeys of leads or deals, and the paths of those who became none. A
    /// deal's journey converted if the deal is won; of other deals nothing is learned.
    pub fn new(
        channels: &'a Channels,
        journeys: &[Journey],
        nulls: &Block,
        deals: &[DealSummary],
        options: &'a Options,
    ) -> Self {
        let mut paths = Paths::new(channels.count());
        for journey in journeys {
            let is_converted = match journey.owner {
                Owner::Lead(_) => true,
                Owner::Deal(deal) => deals[deal.index()].status == DealStatus::Won,
            };
            if is_converted {
                paths.push(&channels.path(&journey.touches), 1.0, 0.0, 0.0);
            }
        }
        paths.extend(nulls);
        Self { channels, paths, options }
    }
}
