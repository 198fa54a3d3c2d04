//! Telephone numbers as keys of persons: in the form of E.164 where the country is known.

use unicode_normalization::UnicodeNormalization;

use super::fold::fold;

/// How a country writes its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country(&'static Plan);

#[derive(Debug, PartialEq, Eq)]
struct Plan {
    code: &'static str,
    names: &'static [&'static str],
    calling: &'static str,
    /// What stands in front of a number within the country, and is no part of it.
    trunk: &'static str,
    /// What is dialled to call abroad.
    exit: &'static str,
    /// How many digits a whole number has, the area's included.
    digits: (usize, usize),
}

const fn plan(
    (code, names): (&'static str, &'static [&'static str]),
    (calling, trunk, exit): (&'static str, &'static str, &'static str),
    digits: (usize, usize),
) -> Plan {
    Plan { code, names, calling, trunk, exit, digits }
}

const PLANS: &[Plan] = &[
    plan(("AE", &["united arab emirates", "uae"]), ("971", "0", "00"), (8, 9)),
    plan(("AT", &["austria", "osterreich"]), ("43", "0", "00"), (7, 13)),
    plan(("AU", &["australia", "aus"]), ("61", "0", "0011"), (9, 9)),
    plan(
        ("BE", &["belgium", "belgien", "belgie", "belgique"]),
        ("32", "0", "00"),
        (8, 9),
    ),
    plan(("BG", &["bulgaria"]), ("359", "0", "00"), (8, 9)),
    plan(("BR", &["brazil", "brasil"]), ("55", "0", "00"), (10, 11)),
    plan(("CA", &["canada"]), ("1", "1", "011"), (10, 10)),
    plan(("CH", &["switzerland", "schweiz", "suisse"]), ("41", "0", "00"), (9, 9)),
    plan(("CL", &["chile"]), ("56", "", "00"), (9, 9)),
    plan(("CN", &["china"]), ("86", "0", "00"), (10, 11)),
    plan(("CO", &["colombia"]), ("57", "", "00"), (10, 10)),
    plan(
        ("CZ", &["czech republic", "czechia", "cesko", "ceska republika"]),
        ("420", "", "00"),
        (9, 9),
    ),
    plan(("DE", &["germany", "deutschland"]), ("49", "0", "00"), (7, 11)),
    plan(("DK", &["denmark", "danmark"]), ("45", "", "00"), (8, 8)),
    plan(("ES", &["spain", "espana"]), ("34", "", "00"), (9, 9)),
    plan(("FI", &["finland", "suomi"]), ("358", "0", "00"), (7, 10)),
    plan(("FR", &["france"]), ("33", "0", "00"), (9, 9)),
    plan(
        ("GB", &["united kingdom", "uk", "great britain", "england", "scotland"]),
        ("44", "0", "00"),
        (9, 10),
    ),
    plan(("GR", &["greece"]), ("30", "", "00"), (10, 10)),
    plan(("HK", &["hong kong"]), ("852", "", "001"), (8, 8)),
    plan(("HR", &["croatia", "hrvatska"]), ("385", "0", "00"), (8, 9)),
    plan(("HU", &["hungary", "magyarorszag"]), ("36", "06", "00"), (8, 9)),
    plan(("IE", &["ireland"]), ("353", "0", "00"), (7, 9)),
    plan(("IL", &["israel"]), ("972", "0", "00"), (8, 9)),
    plan(("IN", &["india"]), ("91", "0", "00"), (10, 10)),
    plan(("IS", &["iceland"]), ("354", "", "00"), (7, 7)),
    plan(("IT", &["italy", "italia", "italien"]), ("39", "", "00"), (8, 11)),
    plan(("JP", &["japan"]), ("81", "0", "010"), (9, 10)),
    plan(("LV", &["latvia"]), ("371", "", "00"), (8, 8)),
    plan(("MX", &["mexico"]), ("52", "", "00"), (10, 10)),
    plan(("MY", &["malaysia"]), ("60", "0", "00"), (8, 10)),
    plan(
        ("NL", &["netherlands", "the netherlands", "nederland", "niederlande"]),
        ("31", "0", "00"),
        (9, 9),
    ),
    plan(("NO", &["norway", "norge"]), ("47", "", "00"), (8, 8)),
    plan(("NZ", &["new zealand"]), ("64", "0", "00"), (8, 10)),
    plan(("PH", &["philippines"]), ("63", "0", "00"), (9, 10)),
    plan(("PL", &["poland", "polska", "polen"]), ("48", "", "00"), (9, 9)),
    plan(("PT", &["portugal"]), ("351", "", "00"), (9, 9)),
    plan(("RO", &["romania"]), ("40", "0", "00"), (9, 9)),
    plan(("SE", &["sweden", "sverige"]), ("46", "0", "00"), (7, 9)),
    plan(("SG", &["singapore"]), ("65", "", "001"), (8, 8)),
    plan(("SI", &["slovenia", "slovenija"]), ("386", "0", "00"), (8, 8)),
    plan(("SK", &["slovakia", "slovensko"]), ("421", "0", "00"), (9, 9)),
    plan(("TR", &["turkey", "turkiye"]), ("90", "0", "00"), (10, 10)),
    plan(("UA", &["ukraine"]), ("380", "0", "00"), (9, 9)),
    plan(
        ("US", &["united states", "usa", "united states of america", "u s a", "u s"]),
        ("1", "1", "011"),
        (10, 10),
    ),
    plan(("ZA", &["south africa"]), ("27", "0", "00"), (9, 9)),
];

impl Country {
    /// The country of a code such as `AU`, or of a name.
    pub fn of(text: &str) -> Option<Self> {
        let folded = fold(text).replace('.', " ");
        let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_meant = |plan: &&Plan| {
            plan.code.eq_ignore_ascii_case(&words) || plan.names.contains(&words.as_str())
        };
        PLANS.iter().find(is_meant).map(Self)
    }

    /// Its code, such as `AU`.
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// The codes of all countries that are known.
    pub fn codes() -> impl Iterator<Item = &'static str> + Clone {
        PLANS.iter().map(|plan| plan.code)
    }
}

/// A number as it is kept: `+` and all digits where the country is known, else the digits as
/// written, both with the extension if there is one. None where the cell holds no number.
pub fn kept(cell: &str, country: Option<Country>) -> Option<String> {
    let text: String = cell.nfkc().collect();
    let text = text.trim().trim_start_matches(['\'', '=']).trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    let (number, extension) = match text.find(|c: char| c.is_alphabetic() || c == '#') {
        Some(at) => (&text[..at], Some(extension(&text[at..])?)),
        None => (text, None),
    };
    // `+44 (0)20 …`: dialled within the country alone.
    let is_abroad = number.starts_with(['+', '(']) && number.contains('+');
    let number = if is_abroad { number.replace("(0)", "") } else { number.to_owned() };
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_number = number.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || "+()-./\u{2010}\u{2011}\u{2013}".contains(c)
    });
    if !is_number || digits.len() < 7 || is_dummy(&digits) {
        return None;
    }
    let whole =
        if is_abroad { Some(international(&digits)?) } else { within(&digits, country) };
    let number = whole.unwrap_or(digits);
    Some(match extension {
        Some(extension) => format!("{number}x{extension}"),
        None => number,
    })
}

/// A kept number with its country; none where that is not known.
pub fn whole(kept: &str, country: Option<Country>) -> Option<String> {
    if kept.starts_with('+') {
        return Some(kept.to_owned());
    }
    let (digits, extension) = match kept.find('x') {
        Some(at) => kept.split_at(at),
        None => (kept, ""),
    };
    within(digits, country).map(|number| number + extension)
}

/// The digits of `ext. 12`; none where the letters say something else.
fn extension(text: &str) -> Option<String> {
    let folded = fold(text);
    let letters: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let is_known = matches!(
        letters.as_str(),
        "" | "x" | "ext" | "extn" | "extension" | "dw" | "durchwahl" | "poste" | "int"
    );
    (is_known && !digits.is_empty()).then_some(digits)
}

/// Digits that begin with a calling code.
fn international(digits: &str) -> Option<String> {
    let plans = PLANS.iter().filter(|plan| digits.starts_with(plan.calling));
    let plan = plans.max_by_key(|plan| plan.calling.len());
    let number = match plan {
        Some(plan) => {
            let own = &digits[plan.calling.len()..];
            let own = if plan.trunk == "0" { own.trim_start_matches('0') } else { own };
            [plan.calling, own].concat()
        }
        None => digits.to_owned(),
    };
    let is_whole = (8..=15).contains(&number.len()) && !number.starts_with('0');
    is_whole.then(|| format!("+{number}"))
}

/// Digits as they are dialled in a country.
fn within(digits: &str, country: Option<Country>) -> Option<String> {
    let Some(Country(plan)) = country else {
        // Most of the world dials 00 to call abroad, and nobody's number begins so.
        return international(digits.strip_prefix("00")?);
    };
    if let Some(abroad) = digits.strip_prefix(plan.exit) {
        return international(abroad);
    }
    let own = digits.strip_prefix(plan.trunk).unwrap_or(digits);
    let (fewest, most) = plan.digits;
    let is_whole = (fewest..=most).contains(&own.len());
    is_whole.then(|| format!("+{}{own}", plan.calling))
}

/// Whether a number was made up to fill a field.
fn is_dummy(digits: &str) -> bool {
    let last = &digits[digits.len() - 7..];
    let first = last.as_bytes()[0];
    last.bytes().all(|digit| digit == first)
        || "0123456789".contains(last)
        || "9876543210".contains(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_key_however_it_is_written() {
        let check = |text: &str, country: &str, expected: Option<&str>| {
            let own = kept(text, Country::of(country));
            assert_eq!(own.as_deref(), expected, "{text:?} in {country:?}");
        };
        for text in [
            "+61 412 555 018",
            "0061 412 555 018",
            "+61 (0)412 555 018",
            "+61 0412-555-018",
            "'+61412555018",
            "tel:+61412555018",
            "＋６１ ４１２ ５５５ ０１８",
        ] {
            check(text, "", Some("+61412555018"));
        }
        for text in ["0412 555 018", "(0412) 555.018", "0011 61 412 555 018"] {
            check(text, "Australia", Some("+61412555018"));
        }
        check("0412 555 018", "", Some("0412555018"));
        check("(415) 555-0132", "USA", Some("+14155550132"));
        check("1-415-555-0132 ext. 12", "us", Some("+14155550132x12"));
        check("06 1 555 0132", "Hungary", Some("+3615550132"));
        check("02 5550 1328", "Italia", Some("+390255501328"));
        // Without its area a number is many people's.
        check("555 0132", "US", Some("5550132"));
        for text in
            ["", "n/a", "555-CALL-NOW", "0000000000", "1234567", "12 34", "call 3"]
        {
            check(text, "US", None);
        }
    }

    #[test]
    fn a_kept_number_gets_its_country_later() {
        let country = Country::of("AU");
        assert_eq!(whole("0412555018x7", country).as_deref(), Some("+61412555018x7"));
        assert_eq!(whole("+49305550199", country).as_deref(), Some("+49305550199"));
        assert_eq!(whole("0412555018", None), None);
        assert_eq!(whole("5550132", country), None);
    }
}
