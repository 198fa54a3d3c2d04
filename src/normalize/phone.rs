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

/// All numbers of a cell as they are kept: `+` and all digits where the country is known, else
/// the digits as written, both with the extension if there is one. Words may stand around them.
pub fn all(cell: &str, country: Option<Country>) -> Vec<String> {
    // What is an address holds no number.
    let is_address = |word: &str| word.contains('@') || word.contains("://");
    let words = cell.split_inclusive([' ', ';', ',', '\n']);
    let text: String = words.filter(|word| !is_address(word)).collect();
    let text: String = text.nfkc().collect();
    let mut numbers: Vec<String> = Vec::new();
    // Between the last number and where an extension may stand.
    let mut is_last = false;
    let mut end = 0;
    for (start, run) in runs(&text) {
        let between = &text[end..start];
        end = start + run.len();
        if is_last && let Some(extension) = extension(between, run) {
            let last = numbers.last_mut().expect("a number was last");
            *last = format!("{last}x{extension}");
            is_last = false;
            continue;
        }
        let is_apart = !between.ends_with(|c: char| c.is_ascii_alphanumeric())
            && is_apart(run, &text[end..]);
        let before = numbers.len();
        if is_apart {
            numbers.extend(parts(run).into_iter().filter_map(|part| kept(part, country)));
        }
        is_last = before < numbers.len();
    }
    numbers
}

/// The longest parts of a text of the signs of numbers alone that have digits, with their
/// places; a plus begins another.
fn runs(text: &str) -> Vec<(usize, &str)> {
    let is_sign = |c: char| {
        c.is_ascii_digit()
            || (c.is_whitespace() && !matches!(c, '\n' | '\r'))
            || "+()-./\u{2010}\u{2011}\u{2013}".contains(c)
    };
    let mut starts: Vec<(usize, bool)> = Vec::new();
    let mut has_digits = false;
    for (at, c) in text.char_indices() {
        let is_within = is_sign(c);
        let is_same =
            starts.last().is_some_and(|(_, was_within)| *was_within == is_within);
        if !is_same || (c == '+' && has_digits) {
            starts.push((at, is_within));
            has_digits = false;
        }
        has_digits |= c.is_ascii_digit();
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let signs = starts.iter().zip(ends).filter(|((_, is_within), _)| *is_within);
    let runs = signs.map(|((start, _), end)| {
        let run = &text[*start..end];
        let number =
            run.trim_start_matches(|c: char| !(c.is_ascii_digit() || "+(".contains(c)));
        (end - number.len(), number)
    });
    runs.filter(|(_, run)| run.contains(|c: char| c.is_ascii_digit())).collect()
}

/// Whether a number ends where its digits do: `4.9E+11` and `10:30` go on.
fn is_apart(run: &str, behind: &str) -> bool {
    let is_end = !run.ends_with(|c: char| c.is_ascii_digit())
        || !behind.starts_with(|c: char| c.is_ascii_alphanumeric() || ":_=%".contains(c));
    let letters = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    is_end || is_extension(&fold(letters))
}

/// The numbers in what may be several with slashes between.
fn parts(run: &str) -> Vec<&str> {
    let is_whole = |part: &str| FEWEST_DIGITS <= digits(part).len();
    let parts: Vec<&str> = run.split('/').collect();
    if parts.iter().all(|part| is_whole(part)) { parts } else { vec![run] }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// No whole number is shorter.
const FEWEST_DIGITS: usize = 7;

/// One number, without an extension. None where it is too short, or made up.
fn kept(number: &str, country: Option<Country>) -> Option<String> {
    let number = number.trim();
    // `+44 (0)20 …`: dialled within the country alone.
    let is_abroad = number.starts_with(['+', '(']) && number.contains('+');
    let number = if is_abroad { number.replace("(0)", "") } else { number.to_owned() };
    let digits = digits(&number);
    if digits.len() < FEWEST_DIGITS || is_dummy(&digits) {
        return None;
    }
    let whole =
        if is_abroad { Some(international(&digits)?) } else { within(&digits, country) };
    Some(whole.unwrap_or(digits))
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

/// The digits of an extension, by what stands in front of them: `ext. 12`, `#12`.
fn extension(between: &str, run: &str) -> Option<String> {
    let folded = fold(between);
    let letters: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    let is_marked = between.contains('#') && letters.is_empty() || is_extension(&letters);
    Some(digits(run)).filter(|digits| is_marked && digits.len() < FEWEST_DIGITS)
}

fn is_extension(letters: &str) -> bool {
    matches!(
        letters,
        "x" | "ext" | "extn" | "extension" | "dw" | "durchwahl" | "poste" | "int" | "доб"
    )
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
            let own = all(text, Country::of(country));
            assert!(own.len() < 2, "{text:?}");
            let own = own.first().map(String::as_str);
            assert_eq!(own, expected, "{text:?} in {country:?}");
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
    fn words_and_others_may_stand_around_a_number() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(all(text, None), expected, "{text:?}");
        };
        for text in [
            "+1 415 555 0134 (mobile)",
            "Mobile: +1 (415) 555-0134",
            "TEL:+1 415 555 0134",
            "(home +1 415 555 0134)",
            "+1 415 555 0134\u{ff08}\u{624b}\u{673a}\u{ff09}",
            "ann2@b.example, +1 415 555 0134, Bob",
        ] {
            check(text, &["+14155550134"]);
        }
        check("030 9018274 (privat)", &["0309018274"]);
        check("+49 (0) 30 / 9018274", &["+49309018274"]);
        check("030/9018274", &["0309018274"]);
        check("+1 415 555 0134, ext 44", &["+14155550134x44"]);
        check("030 9018274-DW12 (work)", &["0309018274x12"]);
        check("8 (495) 183-45-27 доб. 12", &["84951834527x12"]);
        let both = ["4155550134", "4155550135"];
        for between in [" / ", "/", " or ", "; ", ", ", "\n", " (home) | "] {
            check(&format!("415-555-0134{between}415 555 0135"), &both);
        }
        check("+1 415 555 0134 +1 415 555 0135", &["+14155550134", "+14155550135"]);
        for text in [
            "4.91761234567E+11",
            "10:30:15 2024-05-01:2024",
            "user12345678",
            "12345678@b.example",
            "https://b.example/12345678",
            "3f2504e04f8911d39a0c0305e82c3301",
            "ext. 12",
        ] {
            check(text, &[]);
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
