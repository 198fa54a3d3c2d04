//! Keys that are looked up row after row, each with what is known of it.
//!
//! A list of a million rows names a hundred thousand persons in any order: what a look-up
//! takes is waiting for memory. Here it waits twice: for the table, and for the key, which
//! stands with others end to end, in pieces that are never moved.

use std::{hash::Hasher, hint};

use rustc_hash::{FxHashMap, FxHasher};

/// Keys of the first piece; each piece has twice the room of the one before, up to 256 times.
const PIECE_BYTES: usize = 4096;

/// Keys with values.
#[derive(Debug)]
pub(super) struct Interned<T> {
    /// By hash. Keys that share a hash have the next one that is free. Looked up and never
    /// walked.
    entries: FxHashMap<u64, Entry<T>>,
    pieces: Vec<Vec<u8>>,
    /// The hashes of what will be asked for.
    expected: Vec<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Entry<T> {
    piece: u32,
    start: u32,
    length: u32,
    value: T,
}

/// A key that is not there yet, and where it belongs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Free(u64);

impl<T> Default for Interned<T> {
    fn default() -> Self {
        let entries = FxHashMap::default();
        Self { entries, pieces: Vec::new(), expected: Vec::new() }
    }
}

/// The number by which a key is found.
fn hash(key: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(key);
    hasher.finish()
}

impl<T: Copy> Interned<T> {
    /// Notes that a key will be asked for.
    pub(super) fn expect(&mut self, key: &[u8]) {
        self.expected.push(hash(key));
    }

    /// Brings near what will be asked for. A processor waits for several pieces of memory at
    /// once where none of them depends on another.
    pub(super) fn ask_ahead(&mut self) {
        // What a processor fetches at once.
        const LINE_BYTES: usize = 64;
        let mut seen = 0;
        for entry in self.expected.iter().filter_map(|hash| self.entries.get(hash)) {
            let key = self.key(entry);
            seen ^= key.last().copied().unwrap_or(0);
            key.iter().step_by(LINE_BYTES).for_each(|byte| seen ^= byte);
        }
        hint::black_box(seen);
        self.expected.clear();
    }

    /// What is known of a key; else where it belongs.
    pub(super) fn get(&self, key: &[u8]) -> Result<T, Free> {
        let mut hash = hash(key);
        while let Some(entry) = self.entries.get(&hash) {
            if self.key(entry) == key {
                return Ok(entry.value);
            }
            hash = hash.wrapping_add(1);
        }
        Err(Free(hash))
    }

    /// Adds a key that is not there; nothing may have been added since.
    pub(super) fn insert(&mut self, free: Free, key: &[u8], value: T) {
        let has_room = |piece: &Vec<u8>| key.len() <= piece.capacity() - piece.len();
        if !self.pieces.last().is_some_and(has_room) {
            let room = PIECE_BYTES << self.pieces.len().min(8);
            self.pieces.push(Vec::with_capacity(room.max(key.len())));
        }
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let piece = number(self.pieces.len() - 1);
        let last = self.pieces.last_mut().expect("one was added");
        let (start, length) = (number(last.len()), number(key.len()));
        last.extend_from_slice(key);
        self.entries.insert(free.0, Entry { piece, start, length, value });
    }

    fn key(&self, entry: &Entry<T>) -> &[u8] {
        let start = entry.start as usize;
        &self.pieces[entry.piece as usize][start..start + entry.length as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_its_own_value() {
        let mut interned = Interned::default();
        let key =
            |number: u32| format!("{number}").repeat(number as usize % 9).into_bytes();
        let long = vec![b'x'; 3 << 20];
        let mut known = std::collections::BTreeMap::new();
        for number in 0..60_000 {
            let key = if number == 777 { long.clone() } else { key(number / 2) };
            match interned.get(&key) {
                Ok(value) => assert_eq!(Some(&value), known.get(&key)),
                Err(free) => {
                    assert!(!known.contains_key(&key));
                    interned.insert(free, &key, number);
                    known.insert(key, number);
                }
            }
        }
        assert!(known.iter().all(|(key, value)| interned.get(key).ok() == Some(*value)));
        assert!(10_000 < known.len());
    }

    #[test]
    fn keys_of_one_hash_are_parted() {
        let mut interned = Interned::default();
        let Err(free) = interned.get(b"one") else { panic!("it is empty") };
        // As if "one" and another key had the same hash.
        interned.insert(free, b"another", 1);
        let Err(next) = interned.get(b"one") else { panic!("it is not there yet") };
        interned.insert(next, b"one", 2);
        assert_eq!(interned.get(b"one").ok(), Some(2));
    }
}
