//! Paths in few bytes, so that ten million fit in memory.
//!
//! A path is a varint of its length and flags, the varints of its channels, then those of
//! its three numbers that the flags do not already tell.

use super::Channel;
use crate::domain::packed;

/// A path and its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Path<'a> {
    /// The channels, in the order of time.
    pub channels: &'a [Channel],
    /// How many of these journeys converted.
    pub conversions: f64,
    /// What the conversions were worth together.
    pub value: f64,
    /// How many did not convert.
    pub nulls: f64,
}

impl Path<'_> {
    /// How many journeys took this path.
    pub fn journeys(&self) -> f64 {
        self.conversions + self.nulls
    }
}

/// Paths in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    channels: usize,
    blocks: Vec<Block>,
}

impl Paths {
    /// No paths, of so many channels.
    pub fn new(channels: usize) -> Self {
        Self { channels, blocks: Vec::new() }
    }

    /// Paths of so many channels that stand in blocks.
    pub fn from_blocks(channels: usize, blocks: Vec<Block>) -> Self {
        Self { channels, blocks }
    }

    /// How many channels there are.
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// The blocks, for those who read them in parallel.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Adds a path.
    pub fn push(
        &mut self,
        channels: &[Channel],
        conversions: f64,
        value: f64,
        nulls: f64,
    ) {
        if self.blocks.is_empty() {
            self.blocks.push(Block::default());
        }
        let block = self.blocks.last_mut().expect("there is a block by now");
        block.push(&Path { channels, conversions, value, nulls });
    }

    /// Adds the paths of a block, whose channels are meant themselves.
    pub fn extend(&mut self, next: &Block) {
        match self.blocks.last_mut() {
            Some(block) => block.append(next),
            None => self.blocks.push(next.clone()),
        }
    }

    /// Calls `each` for every path.
    pub fn for_each(&self, mut each: impl FnMut(Path<'_>)) {
        for block in &self.blocks {
            block.for_each(&mut each);
        }
    }
}

/// Some of the paths.
#[derive(Clone, Debug, Default)]
pub struct Block {
    bytes: Vec<u8>,
    /// What the channels of these bytes stand for; empty where they are meant themselves.
    names: Vec<Channel>,
}

const CONVERSIONS: u64 = 1;
const ONE_CONVERSION: u64 = 2;
const VALUE: u64 = 4;
const NULLS: u64 = 8;
const ONE_NULL: u64 = 16;
const FLAG_BITS: u32 = 5;

impl Block {
    /// Adds a path.
    pub fn push(&mut self, path: &Path<'_>) {
        let flag = |number: f64, any: u64, one: u64| match number {
            0.0 => 0,
            1.0 => one,
            _ => any,
        };
        let flags = flag(path.conversions, CONVERSIONS, ONE_CONVERSION)
            | flag(path.value, VALUE, VALUE)
            | flag(path.nulls, NULLS, ONE_NULL);
        packed::put(&mut self.bytes, (path.channels.len() as u64) << FLAG_BITS | flags);
        for channel in path.channels {
            packed::put(&mut self.bytes, u64::from(*channel));
        }
        let numbers =
            [(CONVERSIONS, path.conversions), (VALUE, path.value), (NULLS, path.nulls)];
        for (flag, number) in numbers {
            if flags & flag != 0 {
                self.bytes.extend_from_slice(&number.to_le_bytes());
            }
        }
    }

    /// Adds the paths of another; the channels of both are meant themselves.
    pub fn append(&mut self, next: &Self) {
        debug_assert!(self.names.is_empty() && next.names.is_empty());
        self.bytes.extend_from_slice(&next.bytes);
    }

    /// Says what the channels pushed so far stand for.
    pub fn set_names(&mut self, names: Vec<Channel>) {
        self.names = names;
        self.bytes.shrink_to_fit();
    }

    /// What the channels stand for.
    pub fn names_mut(&mut self) -> &mut [Channel] {
        &mut self.names
    }

    /// Calls `each` for every path.
    pub fn for_each(&self, each: &mut impl FnMut(Path<'_>)) {
        let mut channels: Vec<Channel> = Vec::new();
        let mut bytes = self.bytes.as_slice();
        while !bytes.is_empty() {
            let head = packed::take(&mut bytes);
            channels.clear();
            for _ in 0..head >> FLAG_BITS {
                #[expect(clippy::cast_possible_truncation, reason = "it was put as u32")]
                let channel = packed::take(&mut bytes) as u32;
                channels.push(match self.names.as_slice() {
                    [] => channel,
                    names => names[channel as usize],
                });
            }
            let mut number = |any: u64, one: u64| {
                if head & any != 0 {
                    f64::from_le_bytes(packed::take_eight(&mut bytes))
                } else if head & one != 0 {
                    1.0
                } else {
                    0.0
                }
            };
            let conversions = number(CONVERSIONS, ONE_CONVERSION);
            let value = number(VALUE, 0);
            let nulls = number(NULLS, ONE_NULL);
            each(Path { channels: &channels, conversions, value, nulls });
        }
    }
}
