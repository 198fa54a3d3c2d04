//! Keys that are looked up row after row, each with what is known of it.
//!
//! A list of a million rows names a hundred thousand persons in any order: what a look-up
//! takes is waiting for memory. Here it waits twice: for the table, and for the key, which
//! stands with others end to end, in pieces that are never moved.

use std::{hash::Hasher, hint};

use rustc_hash::{FxHashMap, FxHasher};

/// Keys of the first piece; each piece has twice the room of the one before, up to 256 times.
const PIECE_BYTES: usize = 4096;

/// The number by which a key of some parts is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeyHash(u64);

impl KeyHash {
    pub(super) fn of(parts: &[&str]) -> Self {
        let mut hasher = FxHasher::default();
        for part in parts {
            hasher.write(part.as_bytes());
            hasher.write_u8(END);
        }
        Self(hasher.finish())
    }
}

/// Stands behind each part of a key.
const END: u8 = 0;

/// Keys of some parts, with values.
#[derive(Debug)]
pub(super) struct Interned<T> {
    /// By hash. Keys that share a hash have the next one that is free. Looked up and never
    /// walked.
    entries: FxHashMap<u64, Entry<T>>,
    pieces: Vec<Vec<u8>>,
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
        Self { entries: FxHashMap::default(), pieces: Vec::new() }
    }
}

impl<T: Copy> Interned<T> {
    /// Brings near what will be asked for. A processor waits for several pieces of memory at
    /// once where none of them depends on another.
    pub(super) fn ask_ahead(&self, expected: impl Iterator<Item = KeyHash>) {
        // What a processor fetches at once.
        const LINE_BYTES: usize = 64;
        let mut seen = 0;
        for entry in expected.filter_map(|KeyHash(hash)| self.entries.get(&hash)) {
            let key = self.key(entry);
            seen ^= key.last().copied().unwrap_or(0);
            key.iter().step_by(LINE_BYTES).for_each(|byte| seen ^= byte);
        }
        hint::black_box(seen);
    }

    /// What is known of a key, by its hash and parts; else where it belongs.
    pub(super) fn get(
        &self,
        KeyHash(mut hash): KeyHash,
        parts: &[&str],
    ) -> Result<T, Free> {
        while let Some(entry) = self.entries.get(&hash) {
            if is_of(self.key(entry), parts) {
                return Ok(entry.value);
            }
            hash = hash.wrapping_add(1);
        }
        Err(Free(hash))
    }

    /// Adds a key that is not there; nothing may have been added since.
    pub(super) fn insert(&mut self, free: Free, parts: &[&str], value: T) {
        let bytes = parts.iter().map(|part| part.len() + 1).sum();
        let has_room = |piece: &Vec<u8>| bytes <= piece.capacity() - piece.len();
        if !self.pieces.last().is_some_and(has_room) {
            let room = PIECE_BYTES << self.pieces.len().min(8);
            self.pieces.push(Vec::with_capacity(room.max(bytes)));
        }
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let piece = number(self.pieces.len() - 1);
        let last = self.pieces.last_mut().expect("one was added");
        let (start, length) = (number(last.len()), number(bytes));
        for part in parts {
            last.extend_from_slice(part.as_bytes());
            last.push(END);
        }
        self.entries.insert(free.0, Entry { piece, start, length, value });
    }

    fn key(&self, entry: &Entry<T>) -> &[u8] {
        let start = entry.start as usize;
        &self.pieces[entry.piece as usize][start..start + entry.length as usize]
    }
}

/// Whether a key is that of some parts.
fn is_of(key: &[u8], parts: &[&str]) -> bool {
    let mut rest = key;
    let is_next = |part: &&str| {
        let behind = rest.strip_prefix(part.as_bytes());
        behind.and_then(|behind| behind.strip_prefix(&[END])).map(|behind| rest = behind)
    };
    parts.iter().map(is_next).all(|next| next.is_some()) && rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(interned: &Interned<u32>, parts: &[&str]) -> Result<u32, Free> {
        interned.get(KeyHash::of(parts), parts)
    }

    #[test]
    fn every_key_has_its_own_value() {
        let mut interned = Interned::default();
        let key = |number: u32| format!("{number}").repeat(number as usize % 9);
        let long = "x".repeat(3 << 20);
        let mut known = std::collections::BTreeMap::new();
        for number in 0..60_000 {
            let key = if number == 777 { long.clone() } else { key(number / 2) };
            let parts = [&key[..key.len() / 2], &key[key.len() / 2..]];
            match get(&interned, &parts) {
                Ok(value) => assert_eq!(Some(&value), known.get(&key)),
                Err(free) => {
                    assert!(!known.contains_key(&key));
                    interned.insert(free, &parts, number);
                    known.insert(key, number);
                }
            }
        }
        for (key, value) in &known {
            let (front, back) = key.split_at(key.len() / 2);
            assert_eq!(get(&interned, &[front, back]).ok(), Some(*value));
            let other = get(&interned, &[key, ""]).ok();
            assert_eq!(other.is_some(), key.is_empty(), "other parts are another key");
        }
        assert!(10_000 < known.len());
    }

    #[test]
    fn keys_of_one_hash_are_parted() {
        let mut interned = Interned::default();
        let Err(free) = get(&interned, &["one"]) else { panic!("it is empty") };
        // As if "one" and another key had the same hash.
        interned.insert(free, &["another"], 1);
        let Err(next) = get(&interned, &["one"]) else { panic!("it is not there yet") };
        interned.insert(next, &["one"], 2);
        assert_eq!(get(&interned, &["one"]).ok(), Some(2));
    }
}
