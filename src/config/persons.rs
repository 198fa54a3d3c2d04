//! Sections of the configuration that say who is who: `[same-person]`, `[other-person]`,
//! `[[copy]]`.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{ConfigError, sections::Places, sections::text};
use crate::{
    normalize::{email, link},
    resolve::{Copy, Label, Named, base_system},
};

/// A section of labels: a lead, and whom it is or is not.
pub(super) fn labels(
    place: Places<'_>,
    (section, is_same): (&str, bool),
    table: &DeTable<'_>,
) -> Result<Vec<Label>, ConfigError> {
    let mut labels = Vec::new();
    for (key, value) in table {
        let record = key.get_ref().trim();
        let wrong = |words: String| {
            let place = place(key.span().start);
            ConfigError::new(format!("{place}: {section}: {words}")).hint(format!(
                "a line reads: [{section}] \"hubspot:20101\" = \
                 \"https://www.linkedin.com/in/name\", or an e-mail address"
            ))
        };
        if record.is_empty() {
            return Err(wrong("a lead needs the id that the CRM gave it".to_owned()));
        }
        let names: Vec<&str> = match value.get_ref() {
            DeValue::String(name) => vec![name],
            DeValue::Array(names) if !is_same => {
                let names = names.iter().map(text).collect::<Option<_>>();
                names.ok_or_else(|| {
                    wrong(format!("{record}: a name of a person is text, in quotes"))
                })?
            }
            _ if is_same => {
                return Err(wrong(format!("{record} is one person: give one name")));
            }
            _ => Vec::new(),
        };
        if names.is_empty() {
            return Err(wrong(format!("{record} needs the name of a person")));
        }
        for name in names {
            let person =
                named(name).map_err(|reason| wrong(format!("\"{name}\" {reason}")))?;
            let (record, name) = (record.to_owned(), name.to_owned());
            labels.push(Label { record, name, person, is_same });
        }
    }
    Ok(labels)
}

/// Whom a name means.
fn named(name: &str) -> Result<Named, &'static str> {
    if let Some(key) = link::person(name) {
        return Ok(Named::Profile(key));
    }
    let address = email::key(name)
        .ok_or("is neither the URL of a LinkedIn profile nor an e-mail address")?;
    if !email::is_personal(&address) {
        return Err("is no person's own address");
    }
    Ok(Named::Email(address))
}

/// `[[copy]]`: a CRM, and the one `of` whose records it holds copies.
pub(super) fn copies(
    place: Places<'_>,
    list: &[Spanned<DeValue<'_>>],
) -> Result<Vec<Copy>, ConfigError> {
    let mut copies: Vec<Copy> = Vec::new();
    for value in list {
        let wrong = |at: usize, words: &str| {
            let place = place(at);
            ConfigError::new(format!("{place}: copy: {words}")).hint(
                "a section reads: [[copy]] system = \"salesforce\", of = \"hubspot\"",
            )
        };
        let start = value.span().start;
        let DeValue::Table(table) = value.get_ref() else {
            return Err(wrong(start, "it is no table"));
        };
        let known = ["system", "of"];
        for (name, value) in table {
            let at = name.span().start;
            let name = name.get_ref();
            if !known.contains(&name.as_ref()) {
                let known = (name.as_ref(), known.iter().copied());
                return Err(ConfigError::unknown(&place(at), "copy", "setting", known));
            }
            if text(value).is_none_or(|text| text.trim().is_empty()) {
                return Err(wrong(at, &format!("{name} is no CRM's name")));
            }
        }
        let get = |name: &str| {
            let text = table.get(name).and_then(text);
            let text = text.map(|text| text.trim().to_lowercase());
            text.ok_or_else(|| wrong(start, &format!("it does not say \"{name}\"")))
        };
        let (system, of) = (get("system")?, get("of")?);
        if system == of {
            return Err(wrong(
                start,
                "a CRM is no copy of itself; of two tables of one system name each, as \
                 v_ambiguities calls them: generic:payments, generic:deals",
            ));
        }
        // What is a copy of a copy could count twice, or never.
        let means = |one: &str, other: &str| {
            one == other || base_system(one) == other || one == base_system(other)
        };
        let is_both = |one: &Copy| {
            means(&one.system, &system)
                || means(&one.system, &of)
                || means(&one.of, &system)
        };
        if copies.iter().any(is_both) {
            let words = format!(
                "{system} or {of} stands there as a copy or with one already; name the one \
                 CRM that all others are copies of"
            );
            return Err(wrong(start, &words));
        }
        copies.push(Copy { system, of });
    }
    Ok(copies)
}

#[cfg(test)]
mod tests {
    use crate::config::Configuration;

    #[test]
    fn a_wrong_word_on_persons_names_its_line() {
        let check = |text: &str, expected: &str| {
            let told = Configuration::parse("a.toml", text).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        };
        check(
            "[same-person]\n\n7 = \"Ana\"",
            "a.toml:3: same-person: \"Ana\" is neither",
        );
        check("[same-person]\n7 = \"info@a.example\"", "is no person's own address");
        check("[same-person]\n7 = [\"a@b.example\"]", "7 is one person");
        check("[same-person]\n\" \" = \"a@b.example\"", "a lead needs the id");
        check("[other-person]\n7 = []", "7 needs the name of a person");
        check(
            "[other-person]\n7 = [\"a@b.example\", 8]",
            "7: a name of a person is text",
        );
        check("[same-persons]\n7 = \"a@b.example\"", "did you mean \"same-person\"?");
        check("[[copy]]\nsystem = \"a\"\n", "a.toml:1: copy: it does not say \"of\"");
        check("[[copy]]\nsytem = \"a\"\n", "did you mean \"system\"?");
        check("[[copy]]\nsystem = \"a\"\nof = \"A\"", "a.toml:1: copy: a CRM is no copy");
        let own = "[[copy]]\nsystem = \"generic:a\"\nof = \" Generic:A \"";
        check(own, "no copy of itself; of two tables of one system name each");
        let twice =
            "[[copy]]\nsystem = \"a\"\nof = \"b\"\n[[copy]]\nsystem = \"b\"\nof = \"c\"";
        check(twice, "a.toml:4: copy: b or c stands there");
        let all = "[[copy]]\nsystem = \"a:x\"\nof = \"a\"\n[[copy]]\nsystem = \"a:y\"\nof = \"a\"";
        check(all, "a.toml:4: copy: a:y or a stands there");
        check("copy = 1", "it is a section, which begins with [[copy]]");
    }

    #[test]
    fn labels_and_copies_are_read() {
        let text = "[same-person]\n\"hubspot:7\" = \"https://linkedin.com/in/Ana\"\n\
             [other-person]\n8 = [\"ann@bar.example\", \"cy@dune.example\"]\n\
             [[copy]]\nsystem = \"Salesforce\"\nof = \"hubspot\"\n\
             [[copy]]\nsystem = \"zoho\"\nof = \"hubspot\"\n";
        let told = Configuration::parse("a.toml", text).unwrap().told;
        assert_eq!(told.labels.len(), 3);
        let same: Vec<bool> = told.labels.iter().map(|label| label.is_same).collect();
        assert_eq!(same, [false, false, true]);
        assert_eq!(told.copies[0].system, "salesforce");
    }
}
