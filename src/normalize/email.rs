//! E-mail addresses as keys of persons and companies.

use std::{collections::HashSet, sync::LazyLock};

use unicode_normalization::UnicodeNormalization;

/// Mailboxes of a company, not of a person.
const ROLES: [&str; 16] = [
    "info",
    "sales",
    "office",
    "admin",
    "contact",
    "hello",
    "support",
    "noreply",
    "no-reply",
    "accounts",
    "mail",
    "team",
    "enquiries",
    "reception",
    "billing",
    "service",
];

static FREEMAIL: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("data/freemail-domains.txt").lines().collect());

/// The comparison form of one address; none where the text is no address. What stands in front
/// of a colon, as in `mailto:`, a word or a query behind, and signs around an address are none
/// of it.
pub fn key(text: &str) -> Option<String> {
    let (mailbox, domain) = behind_mailto(text.trim()).split_once(AT)?;
    let mailbox = mailbox.rsplit_once(':').map_or(mailbox, |(_, behind)| behind);
    let mailbox = mailbox.trim_start_matches(is_around);
    let domain = domain.split_once('?').map_or(domain, |(domain, _)| domain);
    // `ann@b.example:work`; what is no word is a port or a path.
    let domain = match domain.split_once(':') {
        Some((domain, word)) if word.chars().all(char::is_alphabetic) => domain,
        _ => domain,
    };
    let domain = domain.trim_end_matches(|c| is_around(c) || ".:!".contains(c));
    let is_sign = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || "<>()[],;\"|:?".contains(c)
            || AT.contains(&c)
    };
    let is_of_page = mailbox.contains('/') && is_web(mailbox);
    let is_shaped = !mailbox.is_empty()
        && !mailbox.starts_with('/')
        && !is_of_page
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.contains('/')
        && !mailbox.contains(is_sign)
        && !domain.contains(is_sign);
    let address = || [mailbox, "@", domain].concat();
    is_shaped.then(|| address().nfc().flat_map(char::to_lowercase).collect())
}

/// What stands behind `mailto://`, as some write `mailto:`.
fn behind_mailto(text: &str) -> &str {
    let parts = text.split_once("://");
    let is_mailto = |scheme: &str| {
        let start = scheme.len().checked_sub(6).and_then(|at| scheme.get(at..));
        start.is_some_and(|end| end.eq_ignore_ascii_case("mailto"))
    };
    parts.filter(|(scheme, _)| is_mailto(scheme)).map_or(text, |(_, behind)| behind)
}

/// How the sign within an address is written.
const AT: [char; 3] = ['@', '\u{ff20}', '\u{fe6b}'];

/// Whether a character stands around addresses: a quote, a bracket, or nothing that is seen.
fn is_around(c: char) -> bool {
    c.is_whitespace()
        || "<>()[]{}\"'\u{201c}\u{201d}\u{201e}\u{2018}\u{2019}\u{ab}\u{bb}".contains(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// All addresses of a cell that may hold several, each once, in order; what stands within the
/// address of a page or of a file on another machine is none.
pub fn all(cell: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let addresses = words(cell).map(behind_mailto).flat_map(|word| {
        if let Some(address) = key(word) {
            return vec![address];
        }
        let word = word.split_once("://").map_or(word, |(front, _)| front);
        let parts = word.split('/').take_while(|part| !is_web(part));
        let keys: Vec<_> = parts.map(|part| (part, key(part))).collect();
        // Words behind colons are no paths where address follows address.
        let are_all = 1 < keys.len() && keys.iter().all(|(_, key)| key.is_some());
        let own = keys.into_iter().filter(|(part, _)| are_all || !is_of_machine(part));
        own.filter_map(|(_, key)| key).collect()
    });
    addresses.filter(|address| seen.insert(address.clone())).collect()
}

/// Whether what stands in front of a slash begins the address of a page without a scheme.
fn is_web(part: &str) -> bool {
    let host = part.rsplit_once(':').map_or(part, |(_, host)| host);
    host.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
        && !host.contains(AT)
}

/// Whether what stands in front of a slash is a machine's name and where a path begins:
/// `git@b.example:ann`.
fn is_of_machine(part: &str) -> bool {
    let domain = part.split_once(AT).map_or("", |(_, domain)| domain);
    domain.trim_end_matches(':').contains(':')
}

/// Whether somebody meant an address in a cell.
pub fn is_meant(cell: &str) -> bool {
    cell.contains(AT)
}

/// What stands between the signs and blanks of a cell.
fn words(cell: &str) -> impl Iterator<Item = &str> {
    const BETWEEN: &str = ";,|()[]<>\u{ff1b}\u{ff0c}\u{3001}";
    cell.split(|c: char| c.is_whitespace() || BETWEEN.contains(c))
}

/// Whether the address is a company's and identifies no person.
pub fn is_role(address: &str) -> bool {
    let mailbox = address.split('@').next().unwrap_or("");
    ROLES.contains(&mailbox)
}

/// Whether the address was made up to fill a field: `x@xx.com`, `test@…`, `noemail@…`. What
/// gives mailboxes to everybody is real, whatever its name.
pub fn is_dummy(address: &str) -> bool {
    let Some((mailbox, domain)) = address.split_once('@') else { return true };
    let name = domain.split('.').next().unwrap_or("");
    let is_repeated = |text: &str| {
        let mut letters = text.chars();
        letters.next().is_some_and(|first| letters.all(|letter| letter == first))
    };
    (is_repeated(name) && !is_freemail(domain))
        || matches!(name, "test" | "noemail" | "nomail")
        || matches!(mailbox, "test" | "noemail" | "nomail" | "none" | "unknown")
}

/// Whether the address is one person's: no company's, and not made up.
pub fn is_personal(address: &str) -> bool {
    !is_role(address) && !is_dummy(address)
}

/// Another key under which the same mailbox may stand: without a plus tag, and without the
/// dots that Gmail ignores. None where that is the address itself.
pub fn alias_key(address: &str) -> Option<String> {
    let (mailbox, domain) = address.split_once('@')?;
    let untagged = mailbox.split('+').next().unwrap_or(mailbox);
    let is_gmail = matches!(domain, "gmail.com" | "googlemail.com");
    let alias = if is_gmail {
        format!("{}@gmail.com", untagged.replace('.', ""))
    } else {
        format!("{untagged}@{domain}")
    };
    (alias != address && !untagged.is_empty()).then_some(alias)
}

/// The company's domain in an address; none for free mail and made-up addresses.
pub fn company_domain(address: &str) -> Option<&str> {
    let (_, domain) = address.split_once('@')?;
    (!is_freemail(domain) && !is_dummy(address)).then_some(domain)
}

/// Whether a domain gives mailboxes to everybody.
pub fn is_freemail(domain: &str) -> bool {
    FREEMAIL.contains(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_fold() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(key(text).as_deref(), expected, "{text:?}");
        };
        check("RUTH@Abernathy.Example ", Some("ruth@abernathy.example"));
        check("<mailto:x>", None);
        check("mailto:a@b.example", Some("a@b.example"));
        check("<a@b.example>", Some("a@b.example"));
        check("MAILTO:a@b.example?subject=hi", Some("a@b.example"));
        check("E-mail:a@b.example", Some("a@b.example"));
        check("mailto://a@b.example", Some("a@b.example"));
        check("E-mail:MailTo://a@b.example?subject=hi", Some("a@b.example"));
        check("'a@b.example'\u{200b}", Some("a@b.example"));
        check("a\u{ff20}b.example.", Some("a@b.example"));
        check("a@b.example:", Some("a@b.example"));
        check("a@b.example:work", Some("a@b.example"));
        check("a@b.example:8080", None);
        check("a@b.example:c@d.example", None);
        check("mailto:a@b.example?cc=c@d.example", Some("a@b.example"));
        check("b.example?u=a@b.example", None);
        check("https://b.example/@a.b", None);
        check("a@@b.example", None);
        check("a@b", None);
        check("@b.example", None);
        check("a b@c.example", None);
        check("", None);
    }

    #[test]
    fn a_cell_may_hold_several() {
        assert_eq!(
            all("a@b.example; C@d.example, a@b.example"),
            ["a@b.example", "c@d.example"]
        );
        assert!(all("none").is_empty());
        for cell in [
            "a@b.example | c@d.example",
            "a@b.example|c@d.example.",
            "a@b.example/c@d.example",
            "a@b.example\u{a0}\u{a0}(c@d.example)",
            "\"Bee, Ann\" <a@b.example> and [c@d.example](mailto:c@d.example)",
        ] {
            assert_eq!(all(cell), ["a@b.example", "c@d.example"], "{cell:?}");
        }
        assert_eq!(
            all("mailto://a@b.example/c@d.example"),
            ["a@b.example", "c@d.example"]
        );
        assert_eq!(all("E-mail: mailto://a@b.example"), ["a@b.example"]);
        let labelled = all("a@b.example:work/c@d.example:home");
        assert_eq!(labelled, ["a@b.example", "c@d.example"]);
        assert_eq!(all("a/b@c.example"), ["a/b@c.example"]);
        assert_eq!(all("www.a@b.example"), ["www.a@b.example"]);
        for cell in ["a@b.example/work", "a@b.example:work", "a@b.example/http://c@d.e"] {
            assert_eq!(all(cell), ["a@b.example"], "{cell:?}");
        }
        for cell in [
            "git@b.example:ann/repo",
            "http://b.example?u=a@b.example",
            "HTTPS://b.example/?u=a@b.example",
            "(see:https://b.example/a@b.example)",
            "b.example/list?u=a@b.example",
            "www.b.example/ann@c.example",
            "(see:WWW.b.example/ann@c.example)",
            "ftp://ann@b.example",
            "sftp://b.example/ann@c.example",
        ] {
            assert!(all(cell).is_empty() && is_meant(cell), "{cell:?}");
        }
    }

    #[test]
    fn some_addresses_name_nobody() {
        assert!(is_role("info@b.example") && !is_role("ivo@b.example"));
        assert!(
            is_dummy("joe@xx.com") && is_dummy("a@a.com") && !is_dummy("a@acme.example")
        );
        assert!(!is_dummy("8812@qq.com") && is_dummy("test@qq.com"));
        assert_eq!(company_domain("ivo@tellur.example"), Some("tellur.example"));
        assert_eq!(company_domain("t.mar@gmail.com"), None);
    }

    #[test]
    fn one_mailbox_may_have_another_key() {
        let check = |text, expected: Option<&str>| {
            assert_eq!(alias_key(text).as_deref(), expected);
        };
        check("t.mar+news@gmail.com", Some("tmar@gmail.com"));
        check("ann+x@b.example", Some("ann@b.example"));
        check("ann@b.example", None);
    }
}
