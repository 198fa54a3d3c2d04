//! Company names as comparison keys.

use std::{
    cell::{OnceCell, RefCell},
    collections::HashSet,
    sync::LazyLock,
};

use rustc_hash::FxHashMap;

use super::{ERASED, email, fold::fold};

/// What a cell that should name a company names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompanyKey {
    /// A folded name without its legal form.
    Name(String),
    /// A web domain.
    Domain(String),
}

/// Words that people write where they have no company.
const PLACEHOLDERS: &[&str] = &[
    "self employed",
    "selfemployed",
    "freelance",
    "freelancer",
    "independent",
    "sole trader",
    "retired",
    "unemployed",
    "student",
    "confidential",
    "stealth",
    "stealth startup",
    "not provided",
    "na",
    "n a",
    "none",
    "undefined",
    "unknown",
    "test",
    "asdf",
    "private",
    "selbstandig",
    "selbststandig",
    "freiberuflich",
    "rentner",
    "arbeitslos",
    "independant",
    "autonomo",
    "empresa",
    "xxx",
    "xx",
    "x",
    "personal",
    "home",
    "estudiante",
    "etudiant",
    "jubilado",
    "privat",
    "self",
    "company",
    "various",
    "looking for opportunities",
];

/// Legal forms that stand in front of a name.
const FORMS_IN_FRONT: &[&str] =
    &["株式会社", "有限会社", "合同会社", "ооо", "оао", "пао", "зао", "ип", "тов", "ao"];

static LEGAL_FORMS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("data/legal-forms.txt").lines().collect());

const LONGEST_FORM_WORDS: usize = 5;

/// What a cell tells.
#[derive(Debug)]
struct Told {
    key: Option<CompanyKey>,
    /// Most cells are asked for nothing but the key.
    aliases: OnceCell<Vec<String>>,
}

thread_local! {
    /// Cells that were read before: a network's people work at the same companies.
    static TOLD: RefCell<FxHashMap<Box<str>, Told>> = RefCell::default();
}

/// Cells that a thread remembers, and the longest of them in bytes.
const MOST_REMEMBERED: usize = 100_000;
const LONGEST_REMEMBERED: usize = 100;

/// The comparison key of a company; none where the cell names none.
pub fn key(text: &str) -> Option<CompanyKey> {
    told(text, |told| told.key.clone())
}

/// Whether a cell names a company.
pub fn is_named(text: &str) -> bool {
    told(text, |told| told.key.is_some())
}

/// Other keys that the cell tells: what stands behind `dba` or `T/A`, and the spelling of
/// umlauts with two letters.
pub fn aliases(text: &str) -> Vec<String> {
    told(text, |told| told.aliases.get_or_init(|| read_aliases(text)).clone())
}

fn told<T>(text: &str, take: impl FnOnce(&Told) -> T) -> T {
    TOLD.with_borrow_mut(|known| {
        if let Some(told) = known.get(text) {
            return take(told);
        }
        let told = Told { key: read(text), aliases: OnceCell::new() };
        let taken = take(&told);
        if text.len() <= LONGEST_REMEMBERED && known.len() < MOST_REMEMBERED {
            known.insert(text.into(), told);
        }
        taken
    })
}

fn read(text: &str) -> Option<CompanyKey> {
    let text = text.trim();
    if text.is_empty() || super::null::is_null_word(text) || text.contains(ERASED) {
        return None;
    }
    if let Some(domain) = domain(text) {
        return (!email::is_freemail(&domain)).then_some(CompanyKey::Domain(domain));
    }
    let folded = words(text);
    if PLACEHOLDERS.contains(&folded.as_str()) {
        return None;
    }
    let name = without_forms(before_alias(&folded).0);
    (!name.is_empty()).then_some(CompanyKey::Name(name))
}

fn read_aliases(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.contains(ERASED) {
        return found;
    }
    if let (_, Some(alias)) = before_alias(&words(text)) {
        found.push(without_forms(alias));
    }
    if text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']) {
        let mut spelled = text.to_lowercase();
        for (umlaut, letters) in [("ä", "ae"), ("ö", "oe"), ("ü", "ue")] {
            spelled = spelled.replace(umlaut, letters);
        }
        if let Some(CompanyKey::Name(name)) = read(&spelled) {
            found.push(name);
        }
    }
    found.retain(|alias| !alias.is_empty());
    found
}

/// The company in "Role at Company"; none where the text has no such form.
pub fn from_occupation(occupation: &str) -> Option<&str> {
    let lower = occupation.to_ascii_lowercase();
    let at = [" at ", " @ "].iter().filter_map(|sign| lower.find(sign)).min()?;
    let company = occupation.get(at + 3..)?.trim();
    let company = company.split(" | ").next().unwrap_or(company).trim();
    (!company.is_empty()).then_some(company)
}

/// The domain in a web address or e-mail address.
fn domain(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = match (rest, lower.split_once('@')) {
        (Some(rest), _) => rest.split(['/', '?', '#']).next().unwrap_or(""),
        (None, Some((_, host))) => host,
        (None, None) => lower.as_str(),
    };
    let host = host.strip_prefix("www.").unwrap_or(host);
    let (_, top) = host.rsplit_once('.')?;
    let is_host = host.split('.').all(|part| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let is_name = rest.is_none() && !lower.contains('@') && !is_plain_host(host);
    let is_top = 2 <= top.len() && top.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_host && is_top && !is_name).then(|| host.to_owned())
}

/// Whether a text without a scheme is a host, and no name with a dotted legal form.
fn is_plain_host(host: &str) -> bool {
    let mut parts: Vec<&str> = host.split('.').collect();
    let Some(top) = parts.pop() else { return false };
    2 <= top.len() && parts.iter().all(|part| 2 <= part.chars().count())
}

/// Folded words: marks and apostrophes gone, `&` and `+` spelled, dotted letters joined.
fn words(text: &str) -> String {
    let folded = fold(&text.replace(['™', '®', '©'], ""));
    let mut spaced = String::with_capacity(folded.len() + 8);
    let mut characters = folded.chars().peekable();
    while let Some(character) = characters.next() {
        let is_inside = !spaced.is_empty() && !spaced.ends_with(' ');
        match character {
            '&' | '+' => spaced.push_str(" and "),
            '\'' | '’' | '`' => {}
            '-' | '\u{2010}' | '\u{2011}'
                if is_inside
                    && characters.peek().is_some_and(|next| next.is_alphanumeric()) => {}
            '/' if is_inside => spaced.push('/'),
            '.' => spaced.push('.'),
            _ if character.is_alphanumeric() => spaced.push(character),
            _ => spaced.push(' '),
        }
    }
    let mut joined: Vec<String> = Vec::new();
    let mut was_letters = false;
    for word in spaced.split_whitespace() {
        let bare: String = word.chars().filter(|c| *c != '.').collect();
        let is_trading_as = word == "t/a";
        // Letters with a dot each, in one word or several: `S.p.A.`, `s. r. o.`
        let is_letters =
            word.contains('.') && word.split('.').all(|part| part.chars().count() < 2);
        if is_letters
            && was_letters
            && let Some(last) = joined.last_mut()
        {
            last.push_str(&bare);
        } else if is_trading_as {
            joined.push(word.to_owned());
        } else if is_letters || !word.contains('.') {
            joined.extend(
                bare.split('/').filter(|part| !part.is_empty()).map(str::to_owned),
            );
            if word.contains('/') && word.len() < 4 {
                // `A/S` is one form.
                let parts = bare.matches('/').count() + 1;
                let tail: String =
                    joined.drain(joined.len() - parts.min(joined.len())..).collect();
                joined.push(tail);
            }
        } else {
            let parts = word.split(['.', '/']).filter(|part| !part.is_empty());
            joined.extend(parts.map(str::to_owned));
        }
        was_letters = is_letters;
    }
    joined.join(" ")
}

/// What stands before `dba` or `T/A`, and what behind.
fn before_alias(words: &str) -> (&str, Option<&str>) {
    [" dba ", " t/a ", " trading as "]
        .iter()
        .find_map(|sign| words.split_once(sign))
        .map_or((words, None), |(name, alias)| (name, Some(alias)))
}

/// Strips the article and the legal forms, but never the last word left.
fn without_forms(words: &str) -> String {
    let mut parts: Vec<&str> = words.split(' ').filter(|part| !part.is_empty()).collect();
    let whole = parts.join(" ");
    if 1 < parts.len() && parts[0] == "the" {
        parts.remove(0);
    }
    let mut front = String::new();
    if let Some(first) = parts.first_mut() {
        for form in FORMS_IN_FRONT.iter().filter(|form| !form.is_ascii()) {
            if first.chars().count() > form.chars().count()
                && !first.chars().next().is_some_and(|c| c.is_ascii())
                && form.chars().all(|c| '\u{3000}' < c)
                && let Some(rest) = first.strip_prefix(form)
            {
                rest.clone_into(&mut front);
            }
        }
        if !front.is_empty() {
            *first = &front;
        }
    }
    while 1 < parts.len() && FORMS_IN_FRONT.contains(&parts[0]) {
        parts.remove(0);
    }
    loop {
        let longest = LONGEST_FORM_WORDS.min(parts.len().saturating_sub(1));
        let stripped = (1..=longest).rev().find(|&count| {
            let tail = parts[parts.len() - count..].join(" ");
            1 < tail.chars().count() && LEGAL_FORMS.contains(tail.as_str())
        });
        match stripped {
            Some(count) => parts.truncate(parts.len() - count),
            None => break,
        }
    }
    // An article is all that a legal form left: the name was kept whole.
    match parts.as_slice() {
        [only] if LEGAL_FORMS.contains(only) => whole,
        _ => parts.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_of_the_table_holds() {
        let mut failures = Vec::new();
        for line in include_str!("../../tests/data/companies.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let input = unescape(cells.next().unwrap());
            let expected = cells.next().unwrap();
            let found = match key(&input) {
                Some(CompanyKey::Name(name)) => name,
                Some(CompanyKey::Domain(domain)) => format!("domain:{domain}"),
                None if input.trim().is_empty() => "empty".to_owned(),
                None => "reject".to_owned(),
            };
            if found != expected {
                failures.push(format!("{input:?}: {found:?}, not {expected:?}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    fn unescape(text: &str) -> String {
        let mut parts = text.split("\\u");
        let mut whole = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let code = u32::from_str_radix(&part[..4], 16).unwrap();
            whole.push(char::from_u32(code).unwrap());
            whole.push_str(&part[4..]);
        }
        whole
    }

    #[test]
    fn whoever_is_erased_names_no_company() {
        for text in ["[erased]", " [erased] ", "[erased] Ltd", "Pier t/a [erased]"] {
            assert!(key(text).is_none() && aliases(text).is_empty(), "{text:?}");
        }
        assert!(is_named("Erased Ltd"));
    }

    #[test]
    fn aliases_are_told() {
        assert_eq!(aliases("Northpier Loans T/A Pier Money"), ["pier money"]);
        assert_eq!(aliases("Northpier Loans LLC dba Northpier"), ["northpier"]);
        assert_eq!(aliases("Müller Söhne GmbH"), ["mueller soehne"]);
        assert!(aliases("Plain Ltd").is_empty());
    }

    #[test]
    fn an_occupation_names_the_company_behind_its_first_at() {
        let check = |text, expected| assert_eq!(from_occupation(text), expected);
        check("Owner at Novak Physio", Some("Novak Physio"));
        check(
            "Cook at Quillfeather Bakery at Ferry Road",
            Some("Quillfeather Bakery at Ferry Road"),
        );
        check("CTO @ Tellur | speaker", Some("Tellur"));
        check("Dentist", None);
    }
}
