//! Code of others that gives up by a panic, which must break one file and no run.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicUsize, Ordering},
};

/// How many calls are under way; such code may have threads of its own.
static GUARDED: AtomicUsize = AtomicUsize::new(0);

/// Calls code of others; none where it panicked.
pub fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    GUARDED.fetch_add(1, Ordering::SeqCst);
    let result = catch_unwind(AssertUnwindSafe(call));
    GUARDED.fetch_sub(1, Ordering::SeqCst);
    result.ok()
}

/// Whether anybody is within [`guarded`] and will tell of a panic in their own words.
pub fn is_guarded() -> bool {
    0 < GUARDED.load(Ordering::SeqCst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_within_is_an_answer() {
        assert_eq!(guarded(is_guarded), Some(true));
        assert_eq!(guarded(|| "broken".parse::<u8>().unwrap()), None);
    }
}
