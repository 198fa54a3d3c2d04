//! Results that can be shown around: the same person has the same invented name in every
//! table and every run of a database, and nobody can tell who it is without its key.

use std::path::Path;

use super::{
    PipelineError,
    forgotten::{ERASED, Keyed},
};
use crate::{
    normalize::name,
    store::{Lock, Named, Store, StoreError},
};

/// Whether results name whom they are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// As the exports write them.
    #[default]
    Real,
    /// Invented, with all words of people left out.
    Invented,
}

/// Opens a database for reading, with its names or with invented ones.
pub fn open_to_show(
    database: &Path,
    names: Names,
    holder: &str,
) -> Result<Store, PipelineError> {
    let store = Store::open_to_read(database)?;
    if names == Names::Real {
        return Ok(store);
    }
    if store.forget_key()?.is_none() {
        let _lock = Lock::take(database, holder)?;
        let store = Store::open_again(database)?;
        store.make_forget_key()?;
        store.commit()?;
    }
    pseudonymize(&store)?;
    Ok(store)
}

/// From here on, everything that reads results reads invented names; the database must have
/// a key.
pub(super) fn pseudonymize(store: &Store) -> Result<(), StoreError> {
    let key = store.forget_key()?.unwrap_or_default();
    store.pseudonymize(move |named, text| invented(&key, named, text))
}

/// What stands where something stood.
fn invented(key: &str, named: Named, text: &str) -> String {
    if text.is_empty() || text == ERASED {
        return text.to_owned();
    }
    let hash = |what: &str, text: &str| {
        Keyed::new(key.as_bytes()).hash(format!("invented\0{what}\0{text}").as_bytes())
    };
    let word = |what: &str| word(&hash(what, text)[..8]);
    match named {
        Named::Person => {
            let person = name::key(text).unwrap_or_else(|| text.to_owned());
            let hash = hash("person", &person);
            let (first, last) = (capital(&self::word(&hash[..3])), &hash[3..8]);
            format!("{first} {}", capital(&self::word(last)))
        }
        Named::Company => format!("Company {}", capital(&word("company"))),
        Named::Post => post(text, &hash("post", text)),
        Named::PostText => format!("[post {}]", word("post")),
        Named::Lead => format!("lead-{}", word("lead")),
        Named::Deal => format!("deal-{}", word("deal")),
        Named::DealName => format!("Deal {}", capital(&word("deal"))),
        Named::Campaign => format!("campaign-{}", word("campaign")),
        Named::Advertisement => format!("advertisement-{}", word("advertisement")),
        Named::Article => format!("article-{}", word("article")),
        Named::File => format!("file-{}", word("file")),
        Named::Sentence => unquoted(text),
    }
}

/// A word that can be said, five bits of each byte a syllable; it ends as no name does.
fn word(bytes: &[u8]) -> String {
    const CONSONANTS: &[u8; 8] = b"dlmnrstv";
    const VOWELS: &[u8; 4] = b"aeio";
    let mut word = String::with_capacity(2 * bytes.len() + 1);
    for byte in bytes {
        word.push(char::from(CONSONANTS[usize::from(byte >> 2 & 7)]));
        word.push(char::from(VOWELS[usize::from(byte & 3)]));
    }
    word.push('x');
    word
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

/// A post's URN with digits that no post has: all real ones begin with another than 0.
fn post(urn: &str, hash: &[u8; 32]) -> String {
    let kind = urn.rsplit_once(':').map_or("urn:li:share", |(kind, _)| kind);
    let digits = hash.iter().take(18).map(|byte| char::from(b'0' + byte % 10));
    format!("{kind}:0{}", digits.collect::<String>())
}

/// A sentence without what stands in quotes, which may hold quotes itself.
fn unquoted(sentence: &str) -> String {
    let ends = sentence.find('"').zip(sentence.rfind('"'));
    let (start, end) = ends.unwrap_or((sentence.len(), sentence.len()));
    if start == end {
        return sentence[..start].to_owned();
    }
    format!("{}\"…\"{}", &sentence[..start], &sentence[end + 1..])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn check(named: Named, text: &str, expected: &str) {
        assert_eq!(invented("key", named, text), expected, "{text}");
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        let own = invented("key", Named::Person, "Mira Castellano");
        check(Named::Person, "MÍRA  Castellano, MBA", &own);
        assert_ne!(own, invented("key", Named::Person, "Mira Castellani"));
        assert_ne!(own, invented("another key", Named::Person, "Mira Castellano"));
    }

    #[test]
    fn a_hundred_thousand_persons_have_as_many_names() {
        let name = |at: u32| invented("key", Named::Person, &format!("Person {at}"));
        let names: BTreeSet<String> = (0..100_000).map(name).collect();
        assert_eq!(names.len(), 100_000);
    }

    #[test]
    fn an_invented_post_is_none_of_linkedin() {
        let urn = invented("key", Named::Post, "urn:li:ugcPost:7170000000000000000");
        let digits = urn.strip_prefix("urn:li:ugcPost:0").unwrap();
        assert_eq!(digits.len(), 18, "{urn}");
        assert!(digits.bytes().all(|digit| digit.is_ascii_digit()), "{urn}");
    }

    #[test]
    fn sentences_lose_what_they_quote() {
        let sentence = |text, expected| check(Named::Sentence, text, expected);
        sentence("is no amount", "is no amount");
        sentence("\"Mira \"M\" C\" names no post", "\"…\" names no post");
        sentence("one \" alone", "one ");
    }

    #[test]
    fn what_was_erased_stays_so() {
        check(Named::Person, ERASED, ERASED);
        check(Named::Company, "", "");
    }
}
