//! Random numbers: one stream for each task, so that no thread's pace changes a draw.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// Draws from the stream of one task.
#[derive(Clone, Debug)]
pub(super) struct Draws(ChaCha8Rng);

/// What a stream is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Placebo = 1,
    Bootstrap = 2,
    Simulation = 3,
}

impl Draws {
    /// The stream of the task with this number.
    pub(super) fn new(seed: u64, purpose: Purpose, task: u32) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8] = purpose as u8;
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(u64::from(task));
        Self(generator)
    }

    /// Uniform from 0 to 1, 1 not included.
    pub(super) fn unit(&mut self) -> f64 {
        const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit a float exactly")]
        let high_bits = (self.0.next_u64() >> 11) as f64;
        high_bits * STEP
    }

    /// Uniform among the numbers below a bound; 0 where the bound is 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.0.next_u64()) * (bound as u128);
        usize::try_from(product >> 64).expect("it is less than the bound")
    }
}
