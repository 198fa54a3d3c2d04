//! One pass over all bytes of a file: its hash, and what decides how it is decoded.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    io::{self, Read},
};

use memchr::{memchr, memchr_iter, memmem};
use sha2::{Digest, Sha256};

/// What is known of a file after all of its bytes went by once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// What all of them tell.
    pub whole: Whole,
    /// The first bytes, enough to see a header behind any preamble.
    pub head: Vec<u8>,
}

/// What all bytes of a file tell.
#[expect(clippy::struct_excessive_bools, reason = "each is a finding of its own")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// The SHA-256 of the decompressed bytes.
    pub sha256: [u8; 32],
    /// How many bytes there are.
    pub bytes: u64,
    /// All of it is valid UTF-8.
    pub is_utf8: bool,
    /// There are NUL bytes, which no text has.
    pub has_nul: bool,
    /// A quote stands behind a backslash somewhere.
    pub has_backslash_quote: bool,
    /// The number of quotes is odd, and the last byte is no line end: it may be cut off.
    pub has_open_quote: bool,
}

/// What looks at files found, by [`super::ExportFile::look_key`].
pub type Looks = BTreeMap<[u8; 32], Whole>;

/// Enough for the widest header and twenty lines of preamble.
const HEAD_BYTES: usize = 64 * 1024;
/// Enough for most headers.
const BEGIN_BYTES: usize = 4 * 1024;
const BUFFER_BYTES: usize = 256 * 1024;

thread_local! {
    /// Room for a part of a file, which the next file uses again: an archive has many, and most
    /// of them are smaller.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Reads on in the first bytes of a file: their begin where there is none of them yet, else all
/// that [`scan`] keeps.
pub fn read_head(reader: &mut dyn Read, head: &mut Vec<u8>) -> io::Result<()> {
    let end = if head.is_empty() { BEGIN_BYTES } else { HEAD_BYTES };
    reader.take((end - head.len()) as u64).read_to_end(head)?;
    Ok(())
}

/// Reads a file to its end.
pub fn scan(reader: &mut dyn Read) -> io::Result<Scan> {
    let mut hasher = Sha256::new();
    let mut utf8 = Utf8Check::default();
    let mut buffer = BUFFER.take();
    buffer.resize(BUFFER_BYTES, 0);
    let (mut last_byte, mut has_odd_quotes) = (0, false);
    let (mut whole, mut head) = (Whole::default(), Vec::new());
    loop {
        let count = match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let chunk = &buffer[..count];
        hasher.update(chunk);
        utf8.feed(chunk);
        whole.bytes += count as u64;
        whole.has_nul = whole.has_nul || memchr(0, chunk).is_some();
        whole.has_backslash_quote = whole.has_backslash_quote
            || (last_byte == b'\\' && chunk[0] == b'"')
            || memmem::find(chunk, b"\\\"").is_some();
        has_odd_quotes ^= memchr_iter(b'"', chunk).count() % 2 == 1;
        last_byte = chunk[count - 1];
        let wanted = HEAD_BYTES.saturating_sub(head.len()).min(count);
        head.extend_from_slice(&chunk[..wanted]);
    }
    whole.is_utf8 = utf8.is_valid_to_end();
    whole.has_open_quote = has_odd_quotes && !matches!(last_byte, b'\n' | b'\r');
    whole.sha256 = hasher.finalize().into();
    BUFFER.set(buffer);
    Ok(Scan { whole, head })
}

/// Checks UTF-8 over chunks that may cut a character in two.
#[derive(Default)]
struct Utf8Check {
    is_broken: bool,
    carried: Vec<u8>,
}

impl Utf8Check {
    fn feed(&mut self, mut chunk: &[u8]) {
        if self.is_broken {
            return;
        }
        while !self.carried.is_empty() && !chunk.is_empty() {
            self.carried.push(chunk[0]);
            chunk = &chunk[1..];
            match simdutf8::compat::from_utf8(&self.carried) {
                Ok(_) => self.carried.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => self.is_broken = true,
            }
            if self.is_broken {
                return;
            }
        }
        if let Err(error) = simdutf8::compat::from_utf8(chunk) {
            match error.error_len() {
                None => self.carried.extend_from_slice(&chunk[error.valid_up_to()..]),
                Some(_) => self.is_broken = true,
            }
        }
    }

    fn is_valid_to_end(&self) -> bool {
        !self.is_broken && self.carried.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time, as a slow disk would.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(3).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn chunks_change_nothing() {
        for text in ["", "Zoë, \"a\\\"b\" 🐶 山田", "plain", "ends in \u{e9}"] {
            let once = scan(&mut text.as_bytes()).unwrap();
            assert_eq!(scan(&mut Drip(text.as_bytes())).unwrap(), once);
            assert!(once.whole.is_utf8, "{text}");
            assert_eq!(once.whole.has_backslash_quote, text.contains("\\\""));
        }
    }

    #[test]
    fn other_encodings_and_cut_characters_are_no_utf8() {
        for bytes in [&b"Gr\xfc\xdfe"[..], b"cut \xf0\x9f\x90", b"\xff\xfea\0"] {
            assert!(!scan(&mut Drip(bytes)).unwrap().whole.is_utf8);
            assert!(!scan(&mut { bytes }).unwrap().whole.is_utf8);
        }
    }
}
