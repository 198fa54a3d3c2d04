//! Journeys by the channels that they have, whatever the order.

use rustc_hash::FxHashMap;

use super::{Channel, Path, Paths};

/// Up to so many distinct channels journeys are summed before they are shared out, so that
/// the order in which they are read cannot show.
const SUMMED: usize = 64;

/// Conversions and value of each channel, where a journey is shared equally by its
/// distinct channels.
#[expect(clippy::cast_precision_loss, reason = "a path has fewer than 2^52 channels")]
pub(super) fn shared_equally(paths: &Paths) -> (Vec<f64>, Vec<f64>) {
    let channels = paths.channels();
    let mut conversions = vec![0.0; channels];
    let mut value = vec![0.0; channels];
    let mut sums: Vec<(f64, f64)> = Vec::new();
    let mut distinct = Distinct::new(channels);
    paths.for_each(|path| {
        let set = distinct.of(&path);
        let count = set.len();
        if SUMMED < count {
            for channel in set {
                conversions[*channel as usize] += path.conversions / count as f64;
                value[*channel as usize] += path.value / count as f64;
            }
            return;
        }
        if sums.len() < count * channels {
            sums.resize(count * channels, (0.0, 0.0));
        }
        for channel in set {
            let sum = &mut sums[(count - 1) * channels + *channel as usize];
            sum.0 += path.conversions;
            sum.1 += path.value;
        }
    });
    for (count, row) in (1_u32..).zip(sums.chunks(channels.max(1))) {
        for (channel, (of_conversions, of_value)) in row.iter().enumerate() {
            conversions[channel] += of_conversions / f64::from(count);
            value[channel] += of_value / f64::from(count);
        }
    }
    (conversions, value)
}

/// Finds the distinct channels of one path after another.
pub(super) struct Distinct {
    /// The number of the path that had each channel last.
    last_path: Vec<u64>,
    path: u64,
    found: Vec<Channel>,
}

impl Distinct {
    pub(super) fn new(channels: usize) -> Self {
        Self { last_path: vec![0; channels], path: 0, found: Vec::new() }
    }

    /// The distinct channels of a path, in the order of first appearance.
    pub(super) fn of(&mut self, path: &Path<'_>) -> &[Channel] {
        self.path += 1;
        self.found.clear();
        for channel in path.channels {
            let last = &mut self.last_path[*channel as usize];
            if *last != self.path {
                *last = self.path;
                self.found.push(*channel);
            }
        }
        &self.found
    }
}

/// The journeys that have the same channels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Set {
    /// The channels, ascending.
    pub(super) channels: Box<[Channel]>,
    /// How many converted.
    pub(super) conversions: f64,
    /// How many there are.
    pub(super) journeys: f64,
}

/// All sets of channels that journeys have, in the order of their channels.
pub(super) fn sets(paths: &Paths) -> Vec<Set> {
    let mut distinct = Distinct::new(paths.channels());
    // Sorted before anything is made of it.
    let mut sums: FxHashMap<Box<[Channel]>, (f64, f64)> = FxHashMap::default();
    let mut key: Vec<Channel> = Vec::new();
    paths.for_each(|path| {
        key.clear();
        key.extend_from_slice(distinct.of(&path));
        key.sort_unstable();
        if !sums.contains_key(key.as_slice()) {
            sums.insert(key.as_slice().into(), (0.0, 0.0));
        }
        let sum = sums.get_mut(key.as_slice()).expect("it was put in");
        sum.0 += path.conversions;
        sum.1 += path.journeys();
    });
    let set =
        |(channels, (conversions, journeys))| Set { channels, conversions, journeys };
    let mut sets: Vec<Set> = sums.into_iter().map(set).collect();
    sets.sort_unstable_by(|a, b| a.channels.cmp(&b.channels));
    sets
}
