//! The Markov chain of paths: a state is the last channels of a path, as many as the order
//! says, fewer near its start.

use rustc_hash::FxHashMap;

use super::{Channel, Paths};

/// A chain as counts.
#[derive(Debug)]
pub(super) struct Chain {
    /// How many channels there are.
    pub(super) channels: usize,
    /// How many journeys convert.
    pub(super) conversions: f64,
    /// How many end without a conversion before any channel.
    pub(super) nulls_at_start: f64,
    /// The states, start aside.
    pub(super) states: Vec<State>,
    /// Journeys from the start to each state that is first; sorted by state.
    pub(super) start: Vec<(u32, f64)>,
    /// The moves from state to state: those of one state are together, sorted by target.
    pub(super) moves: Vec<(u32, f64)>,
}

/// A state.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// The last channels of a path.
    pub(super) channels: Box<[Channel]>,
    /// Journeys that convert from here.
    pub(super) conversions: f64,
    /// Journeys that end here without.
    pub(super) nulls: f64,
    /// Where its moves begin in the list of moves.
    pub(super) first_move: usize,
    /// Where they end.
    pub(super) end_move: usize,
}

impl State {
    /// The channel that the path is at.
    pub(super) fn at(&self) -> Channel {
        self.channels[self.channels.len() - 1]
    }
}

/// States and the counts between them while paths are read. State 0 is the start.
struct Counting {
    order: usize,
    numbers: FxHashMap<Box<[Channel]>, u32>,
    contexts: Vec<Box<[Channel]>>,
    ends: Vec<(f64, f64)>,
    steps: Steps,
}

/// Where a channel leads to from a state, and how often.
enum Steps {
    /// A row of all channels for each state: small and fast.
    Dense { channels: usize, cells: Vec<(u32, f64)> },
    /// Only what occurs. It is sorted before anything is made of it.
    Sparse { cells: FxHashMap<(u32, Channel), (u32, f64)> },
}

/// Above so many cells a table of all channels by all states would be mostly empty.
const DENSE_CELLS: usize = 1 << 20;

/// No state is known yet.
const UNKNOWN: u32 = 0;

impl Counting {
    fn new(channels: usize, order: usize) -> Self {
        let cells =
            (0..=order).try_fold(1_usize, |cells, _| cells.checked_mul(channels + 1));
        let steps = match cells {
            Some(cells) if cells <= DENSE_CELLS => {
                Steps::Dense { channels, cells: vec![(UNKNOWN, 0.0); channels] }
            }
            _ => Steps::Sparse { cells: FxHashMap::default() },
        };
        Self {
            order,
            numbers: FxHashMap::default(),
            contexts: vec![Box::default()],
            ends: vec![(0.0, 0.0)],
            steps,
        }
    }

    /// Moves from a state by a channel, so many times; gives the state that it leads to.
    #[inline]
    fn step(&mut self, from: u32, channel: Channel, count: f64) -> u32 {
        let cell = match &mut self.steps {
            Steps::Dense { channels, cells } => {
                &mut cells[from as usize * *channels + channel as usize]
            }
            Steps::Sparse { cells } => {
                cells.entry((from, channel)).or_insert((UNKNOWN, 0.0))
            }
        };
        cell.1 += count;
        if cell.0 != UNKNOWN {
            return cell.0;
        }
        self.open(from, channel)
    }

    /// The state that a channel leads to, for the first time.
    fn open(&mut self, from: u32, channel: Channel) -> u32 {
        let known = &self.contexts[from as usize];
        let kept = known.len().min(self.order - 1);
        let mut context = known[known.len() - kept..].to_vec();
        context.push(channel);
        let context = context.into_boxed_slice();
        let number = self.numbers.get(&context).copied().unwrap_or_else(|| {
            let number = u32::try_from(self.contexts.len()).expect("states fit 32 bits");
            self.contexts.push(context.clone());
            self.ends.push((0.0, 0.0));
            if let Steps::Dense { channels, cells } = &mut self.steps {
                cells.resize(cells.len() + *channels, (UNKNOWN, 0.0));
            }
            self.numbers.insert(context, number);
            number
        });
        match &mut self.steps {
            Steps::Dense { channels, cells } => {
                cells[from as usize * *channels + channel as usize].0 = number;
            }
            Steps::Sparse { cells } => {
                cells.entry((from, channel)).and_modify(|cell| cell.0 = number);
            }
        }
        number
    }

    /// All counts as (from, to, count), the start being 0.
    fn moves(&self) -> Vec<(u32, u32, f64)> {
        match &self.steps {
            Steps::Dense { channels, cells } => (0_u32..)
                .zip(cells.chunks((*channels).max(1)))
                .flat_map(|(from, row)| {
                    row.iter().map(move |(to, count)| (from, *to, *count))
                })
                .filter(|(_, to, _)| *to != UNKNOWN)
                .collect(),
            Steps::Sparse { cells } => cells
                .iter()
                .map(|((from, _), (to, count))| (*from, *to, *count))
                .collect(),
        }
    }
}

/// Counts the chain of an order; at order 0 as at order 1. The states stand in the order of
/// their channels, whatever the order of the paths.
pub(super) fn chain(paths: &Paths, order: usize) -> Chain {
    let mut counting = Counting::new(paths.channels(), order.max(1));
    let mut conversions = 0.0;
    paths.for_each(|path| {
        let count = path.journeys();
        // A path without journeys is no transition, so that it opens no state either.
        if count == 0.0 {
            return;
        }
        conversions += path.conversions;
        let step = |state, channel: &Channel| counting.step(state, *channel, count);
        let last = path.channels.iter().fold(0, step);
        let ends = &mut counting.ends[last as usize];
        ends.0 += path.conversions;
        ends.1 += path.nulls;
    });
    sorted(&counting, paths.channels(), conversions)
}

fn sorted(counting: &Counting, channels: usize, conversions: f64) -> Chain {
    let count = counting.contexts.len();
    let mut order: Vec<u32> = (0..).take(count).collect();
    order.sort_unstable_by(|a, b| {
        counting.contexts[*a as usize].cmp(&counting.contexts[*b as usize])
    });
    // The start is the empty context and stays first; states count from 0 after it.
    let mut rank = vec![0_u32; count];
    for (place, state) in (0_u32..).zip(&order) {
        rank[*state as usize] = place;
    }
    let mut all: Vec<(u32, u32, f64)> = counting.moves();
    for (from, to, _) in &mut all {
        (*from, *to) = (rank[*from as usize], rank[*to as usize]);
    }
    all.sort_unstable_by_key(|(from, to, _)| (*from, *to));
    let first = all.partition_point(|(from, ..)| *from == 0);
    let moves: Vec<(u32, f64)> =
        all.iter().map(|(_, to, count)| (to - 1, *count)).collect();
    let mut at = first;
    let states = (1..)
        .zip(&order[1..])
        .map(|(place, state)| {
            let first_move = at - first;
            while at < all.len() && all[at].0 == place {
                at += 1;
            }
            let (conversions, nulls) = counting.ends[*state as usize];
            let channels = counting.contexts[*state as usize].clone();
            State { channels, conversions, nulls, first_move, end_move: at - first }
        })
        .collect();
    Chain {
        channels,
        conversions,
        nulls_at_start: counting.ends[0].1,
        states,
        start: moves[..first].to_vec(),
        moves: moves[first..].to_vec(),
    }
}

/// A transition of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Transition {
    /// The last channels before; none at the start.
    pub from: Vec<Channel>,
    /// What follows.
    pub to: Step,
    /// How many journeys go this way, each as often as it does.
    pub count: f64,
    /// The part of all that leave `from`.
    pub probability: f64,
}

/// What follows a state.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The next channel, with those before it that the order keeps.
    To(Vec<Channel>),
    /// The conversion.
    Conversion,
    /// The end without one.
    Null,
}

/// All transitions of the chain of an order, those of the start first.
pub fn transitions(paths: &Paths, order: usize) -> Vec<Transition> {
    let chain = chain(paths, order);
    let mut all = Vec::with_capacity(chain.start.len() + chain.moves.len());
    let mut add =
        |from: &[Channel], moves: &[(u32, f64)], conversions: f64, nulls: f64| {
            let total =
                conversions + nulls + moves.iter().map(|(_, count)| count).sum::<f64>();
            let to =
                |state: u32| Step::To(chain.states[state as usize].channels.to_vec());
            let steps = moves.iter().map(|(state, count)| (to(*state), *count));
            let ends = [(Step::Conversion, conversions), (Step::Null, nulls)];
            let some = steps.chain(ends).filter(|(_, count)| 0.0 < *count);
            all.extend(some.map(|(to, count)| {
                let probability = count / total;
                Transition { from: from.to_vec(), to, count, probability }
            }));
        };
    add(&[], &chain.start, 0.0, chain.nulls_at_start);
    for state in &chain.states {
        let moves = &chain.moves[state.first_move..state.end_move];
        add(&state.channels, moves, state.conversions, state.nulls);
    }
    all
}
