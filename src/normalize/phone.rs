//! Telephone numbers as keys of persons: in the form of E.164 where the country is known.

use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization;

use super::{
    date::{self, ColumnDates, DateOrder, DateRules, Read},
    fold::fold,
};

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
    plan(("AU", &["australia", "aus"]), ("61", "0", "0011"), (9, 10)),
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
    plan(("IE", &["ireland"]), ("353", "0", "00"), (7, 10)),
    plan(("IL", &["israel"]), ("972", "0", "00"), (8, 10)),
    plan(("IN", &["india"]), ("91", "0", "00"), (10, 11)),
    plan(("IS", &["iceland"]), ("354", "", "00"), (7, 7)),
    plan(("IT", &["italy", "italia", "italien"]), ("39", "", "00"), (8, 11)),
    plan(("JP", &["japan"]), ("81", "0", "010"), (9, 10)),
    plan(("LV", &["latvia"]), ("371", "", "00"), (8, 8)),
    // Mobiles had a 1 in front when called from abroad.
    plan(("MX", &["mexico"]), ("52", "1", "00"), (10, 10)),
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
/// the digits as written, both with the extension if there is one. Words may stand around them;
/// hours and days are none, nor is what else may be counted beside words.
pub fn all(cell: &str, country: Option<Country>) -> Vec<String> {
    let text = searched(cell);
    let mut numbers: Vec<String> = Vec::new();
    // Between the last number and where an extension may stand.
    let mut is_last = false;
    let (mut at, mut end) = (0, 0);
    for part in text.split_inclusive([';', ',', '|', '\n']) {
        let has_words = has_words(part);
        for (start, run) in runs(part) {
            let between = &text[end..at + start];
            end = at + start + run.len();
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
                let single = numbers_of(run, country).into_iter();
                numbers.extend(single.filter_map(|one| kept(one, country, has_words)));
            }
            is_last = before < numbers.len();
        }
        at += part.len();
    }
    numbers
}

/// A cell as it is searched: a separator stands for what is an address and holds no number, and
/// a sign of no number for a bracket before words.
fn searched(cell: &str) -> String {
    let text: String = cell.nfkc().collect();
    let ends = |c: char| c.is_whitespace() || ";,|()<>[]".contains(c);
    let mut searched = String::with_capacity(text.len());
    for part in text.split_inclusive(ends) {
        let word = part.trim_end_matches(ends);
        let is_address = word.contains('@') || word.contains("://");
        searched.push_str(if is_address { ";" } else { word });
        searched.push_str(&part[word.len()..]);
    }
    let is_remark = |behind: &str| {
        let inside = behind.split(['(', ')']).next().unwrap_or("");
        inside.contains(char::is_alphabetic)
    };
    let signs = searched.char_indices();
    let signs = signs.map(|(at, c)| match c {
        '(' if is_remark(&searched[at + 1..]) => '[',
        _ => c,
    });
    signs.collect()
}

/// Whether words stand in a text; those in front of extensions are none.
fn has_words(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).map(fold);
    words.any(|word| !word.is_empty() && !is_extension(&word))
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

/// The numbers in what may be several with slashes, days or hours between.
fn numbers_of(run: &str, country: Option<Country>) -> Vec<&str> {
    let by_slashes = |text| {
        let parts: Vec<&str> = str::split(text, '/').collect();
        let is_whole = |part: &&str| FEWEST_DIGITS <= digits(part).len();
        if parts.iter().all(is_whole) { parts } else { vec![text] }
    };
    let mut numbers = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut front = String::new();
    for word in run.split_inclusive(char::is_whitespace) {
        let before = at;
        at += word.len();
        let own = digits(word);
        if is_time(word) && !goes_on(&run[start..before], &front, word, country) {
            numbers.extend(by_slashes(&run[start..before]));
            start = at;
            front.clear();
        } else {
            front.push_str(&own);
        }
    }
    numbers.extend(by_slashes(&run[start..]));
    numbers.retain(|number| !is_time(number));
    numbers
}

/// Whether a number, of which the digits in front are known, goes on with what may be hours:
/// until it is whole, and with two pairs such as `10-12` as long as there is room for them.
fn goes_on(front: &str, known: &str, word: &str, country: Option<Country>) -> bool {
    let count = digits(word).len();
    if known.is_empty() || 4 < count {
        return false;
    }
    let (plan, own) = parted(known, is_abroad(front.trim_start()), country);
    let (fewest, most) = plan.map_or(UNKNOWN_DIGITS, |plan| plan.digits);
    let are_pairs = count == 4 && !word.contains(['(', '.']);
    own.len() < fewest || (are_pairs && own.len() + count <= most)
}

/// Whether signs are a day or hours, and no number.
fn is_time(signs: &str) -> bool {
    let signs: String = signs.chars().filter(|c| !c.is_whitespace()).collect();
    let signs = signs.trim_matches(|c: char| !c.is_ascii_digit());
    is_day(signs) || are_hours(signs)
}

/// Whether signs are a day with a whole year: `2024-05-01`, `1.5.2024`.
fn is_day(signs: &str) -> bool {
    let is_long =
        (6..=8).contains(&digits(signs).len()) && signs.contains(['-', '.', '/']);
    let column = ColumnDates::fixed(DateOrder::DayMonthYear);
    let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: true };
    is_long && matches!(date::read(signs, &rules), Ok(Some(Read { note: None, .. })))
}

/// Whether signs are two times of one day: `0900-1700`, `8.30-12.00`, `9-17`.
fn are_hours(signs: &str) -> bool {
    let is_bare = |text: &str| text.len() < 3;
    let time = |text: &str| {
        let (hour, minute) = match text.split_once('.') {
            Some((hour, minute)) if is_bare(hour) => (hour, minute),
            None if text.len() == 4 => text.split_at_checked(2)?,
            None if is_bare(text) => (text, "00"),
            _ => return None,
        };
        let is_quarter = matches!(minute, "00" | "15" | "30" | "45");
        let hour: u8 = hour.parse().ok()?;
        (hour <= 24 && is_quarter).then_some((hour, minute.to_owned()))
    };
    let ends = signs.split_once(['-', '\u{2010}', '\u{2011}', '\u{2013}']);
    let Some((from, until)) = ends else { return false };
    // `8-5` ends in the afternoon.
    let are_bare = is_bare(from) && is_bare(until);
    let times = time(from).zip(time(until));
    times.is_some_and(|(from, until)| from < until || (are_bare && until < from))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// No whole number is shorter.
const FEWEST_DIGITS: usize = 7;

/// Nor longer.
const MOST_DIGITS: usize = 15;

/// How many a whole number has where nothing is known of its country, whose calling code is
/// among them.
const UNKNOWN_DIGITS: (usize, usize) = (8, 12);

/// A shorter one may lack its area, or be anything else that is counted.
const FEWEST_SURE: usize = 9;

/// One number, without an extension. None where it has too few digits or too many, or is made
/// up; beside words none that a country is known not to have. Where the country is not known
/// yet, it may be one of short numbers, which are written in groups.
fn kept(number: &str, country: Option<Country>, has_words: bool) -> Option<String> {
    let number = number.trim();
    let is_abroad = is_abroad(number);
    // `+44 (0)20 …`: dialled within the country alone.
    let number = if is_abroad { number.replace("(0)", "") } else { number.to_owned() };
    let digits = digits(&number);
    if digits.len() < FEWEST_DIGITS || is_dummy(&digits) {
        return None;
    }
    if is_abroad {
        return international(&digits);
    }
    let whole = within(&digits, country);
    let are_grouped = !number.contains(&digits);
    let may_be = country.is_none() && (are_grouped || FEWEST_SURE <= digits.len());
    if has_words && whole.is_none() && !may_be {
        return None;
    }
    whole.or_else(|| (digits.len() <= MOST_DIGITS).then_some(digits))
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

/// Whether a number is written with its calling code.
fn is_abroad(number: &str) -> bool {
    number.starts_with(['+', '(']) && number.contains('+')
}

/// How the country of a number writes it, where that is known, and the digits that it counts:
/// behind calling code and trunk.
fn parted(
    digits: &str,
    is_abroad: bool,
    country: Option<Country>,
) -> (Option<&'static Plan>, &str) {
    // Most of the world dials 00 to call abroad, and nobody's number begins so.
    let exit = country.map_or("00", |Country(plan)| plan.exit);
    let abroad = if is_abroad { Some(digits) } else { digits.strip_prefix(exit) };
    let Some(abroad) = abroad else {
        let plan = country.map(|Country(plan)| plan);
        let own = plan.and_then(|plan| digits.strip_prefix(plan.trunk));
        return (plan, own.unwrap_or(digits));
    };
    let plans = PLANS.iter().filter(|plan| abroad.starts_with(plan.calling));
    let Some(plan) = plans.max_by_key(|plan| plan.calling.len()) else {
        return (None, abroad);
    };
    let own = &abroad[plan.calling.len()..];
    let own = match plan.trunk {
        "0" => own.trim_start_matches('0'),
        trunk => own.strip_prefix(trunk).unwrap_or(own),
    };
    (Some(plan), own)
}

/// Digits that begin with a calling code; none where more follow than the country has.
fn international(digits: &str) -> Option<String> {
    let (plan, own) = parted(digits, true, None);
    let number = match plan {
        Some(plan) if plan.digits.1 < own.len() => return None,
        Some(plan) => [plan.calling, own].concat(),
        None => own.to_owned(),
    };
    let is_whole = (8..=MOST_DIGITS).contains(&number.len()) && !number.starts_with('0');
    is_whole.then(|| format!("+{number}"))
}

/// Digits as they are dialled in a country. A short one of a country whose numbers differ in
/// length has its area where a zero begins it.
fn within(digits: &str, country: Option<Country>) -> Option<String> {
    let exit = country.map_or("00", |Country(plan)| plan.exit);
    if let Some(abroad) = digits.strip_prefix(exit) {
        return international(abroad);
    }
    let (plan, own) = parted(digits, false, country);
    let plan = plan?;
    let (fewest, most) = plan.digits;
    let has_area =
        fewest == most || digits.starts_with('0') || FEWEST_SURE <= digits.len();
    let is_whole = has_area && (fewest..=most).contains(&own.len());
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
mod tests;
