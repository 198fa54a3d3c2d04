//! Files compressed with gzip.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// Gives what the members of a gzip file hold, one behind the other. Zeros behind the last
/// one, with which tapes and other blocks of bytes are filled up, are no member.
#[derive(Debug)]
pub struct Gzip<R> {
    /// None behind the last member.
    member: Option<GzDecoder<BufReader<R>>>,
}

impl<R: Read> Gzip<R> {
    /// Begins with the first member.
    pub fn new(bytes: R) -> Self {
        Self { member: Some(GzDecoder::new(BufReader::new(bytes))) }
    }
}

impl<R: Read> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(buffer)?;
            if 0 < count || buffer.is_empty() {
                return Ok(count);
            }
            self.member = next(self.member.take().map(GzDecoder::into_inner))?;
        }
        Ok(0)
    }
}

/// The next member, where more than zeros follow.
fn next<R: BufRead>(bytes: Option<R>) -> io::Result<Option<GzDecoder<R>>> {
    let Some(mut bytes) = bytes else { return Ok(None) };
    let mut is_filled_up = false;
    loop {
        let ahead = match bytes.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            ahead => ahead?,
        };
        let Some(first) = ahead.first() else { return Ok(None) };
        if !is_filled_up && *first != 0 {
            return Ok(Some(GzDecoder::new(bytes)));
        }
        if ahead.iter().any(|byte| *byte != 0) {
            let reason = "other bytes than zeros follow its last member";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        is_filled_up = true;
        let count = ahead.len();
        bytes.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn member(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Gzip::new(bytes).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn zeros_behind_the_last_member_are_no_member() {
        let two = [member("one,"), member(""), member("two")].concat();
        assert_eq!(read(&two).unwrap(), "one,two");
        for zeros in [1, 9, 10, 1_000, 100_000] {
            let filled_up = [two.clone(), vec![0; zeros]].concat();
            assert_eq!(read(&filled_up).unwrap(), "one,two", "{zeros}");
            let garbage = [filled_up, b"x".to_vec()].concat();
            assert!(read(&garbage).is_err(), "{zeros}");
        }
    }

    #[test]
    fn what_is_no_whole_member_is_an_error() {
        let one = member("one");
        assert!(read(&one[..one.len() - 1]).is_err());
        assert!(read(&[&one[..], b"garbage"].concat()).is_err());
        assert!(read(&[0; 100]).is_err());
        assert!(read(b"").is_err());
    }
}
