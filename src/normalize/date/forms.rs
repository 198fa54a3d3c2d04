//! The forms in which dates are written.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::{
    ColumnDates, DateFault, DateOrder, Written, WrittenTime,
    survey::{ColumnOrder, Numbers},
    words,
};

/// Reads `2024-03-12`, with a time behind a blank or `T`, with `Z` or ` UTC` behind that;
/// also with slashes. The common forms, without allocation.
pub(super) fn iso(text: &str) -> Option<Written> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || !matches!((bytes[4], bytes[7]), (b'-', b'-') | (b'/', b'/')) {
        return None;
    }
    let year = i16::try_from(number(&bytes[..4])?).ok()?;
    let day = date(year, number(&bytes[5..7])?, number(&bytes[8..10])?)?;
    if bytes.len() == 10 {
        return Some(Written { day, time: None, is_short_year: false });
    }
    if !matches!(bytes[10], b' ' | b'T') || !bytes.get(11)?.is_ascii_digit() {
        return None;
    }
    let time = Some(clock(text.get(11..)?)?);
    Some(Written { day, time, is_short_year: false })
}

/// Reads `16 Jun 2021` and `16-Jun-21`, as LinkedIn and spreadsheets write days.
pub(super) fn day_month_name(text: &str) -> Option<Written> {
    let separator = if text.contains(' ') { ' ' } else { '-' };
    let mut parts = text.split(separator);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || 2 < day.len() || month.len() != 3 {
        return None;
    }
    let month = ENGLISH.iter().position(|name| month.eq_ignore_ascii_case(name))?;
    let is_short_year = year.len() == 2;
    let year = i16::try_from(number(year.as_bytes())?).ok()?;
    let year = match text.rsplit(separator).next()?.len() {
        2 => 2000 + year,
        4 => year,
        _ => return None,
    };
    let month = u32::try_from(month + 1).ok()?;
    let day = date(year, month, number(day.as_bytes())?)?;
    // The century of a short year is beyond doubt where the month has a name.
    Some(Written { day, time: None, is_short_year: is_short_year && separator == ' ' })
}

const ENGLISH: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// All other forms.
pub(super) fn other(text: &str, column: &ColumnDates) -> Result<Written, DateFault> {
    let normal: String = text
        .chars()
        .map(|c| if matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}') { ' ' } else { c })
        .collect();
    let text = normal.trim();
    if text.starts_with('#') || text.contains(" - ") {
        return Err(DateFault::NoDate);
    }
    if let Some(number) = bare_number(text) {
        return from_number(text, number, column.numbers);
    }
    let bytes = text.as_bytes();
    if 10 <= bytes.len() && bytes[4..].starts_with(b"-") && number(&bytes[..4]).is_some()
    {
        return week_date(text)
            .or_else(|| iso(text))
            .or_else(|| year_first(text))
            .ok_or(DateFault::NoSuch("day or time"));
    }
    if let Some(written) = basic(text).or_else(|| year_first(text)) {
        return Ok(written);
    }
    if let Some(parts) = slashed(text) {
        return from_slashed(text, parts, column);
    }
    with_month_name(text)
}

/// `20180226T195854`, with or without a zone.
fn basic(text: &str) -> Option<Written> {
    let (day, time) = text.split_once('T')?;
    let digits = time.trim_end_matches('Z');
    if digits.len() != 6 {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2);
    let zone = if time.ends_with('Z') { "Z" } else { "" };
    let clock = clock(&format!("{}:{}:{}{zone}", part(0)?, part(2)?, part(4)?))?;
    Some(Written { day: eight_digits(day)?, time: Some(clock), is_short_year: false })
}

fn eight_digits(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 8 {
        return None;
    }
    let year = i16::try_from(number(&bytes[..4])?).ok()?;
    date(year, number(&bytes[4..6])?, number(&bytes[6..])?)
}

/// `2024/4/2`, `2024. 4. 2.`, `2024年3月5日`, with a time behind: what begins with a year goes
/// on with the month.
fn year_first(text: &str) -> Option<Written> {
    let (year, rest) = text.split_at_checked(4)?;
    let year = i16::try_from(number(year.as_bytes())?).ok()?;
    let (month, rest) = digits(behind_mark(rest)?)?;
    let (day, rest) = digits(behind_mark(rest)?)?;
    let day = date(year, month, day)?;
    let rest = rest.strip_prefix(['.', '日', '일']).unwrap_or(rest);
    let time = match rest.strip_prefix([' ', 'T', ',']) {
        Some(behind) => Some(clock(behind.trim_start())?),
        None if rest.is_empty() => None,
        None => return None,
    };
    Some(Written { day, time, is_short_year: false })
}

/// What stands behind the mark between two numbers of a date.
fn behind_mark(text: &str) -> Option<&str> {
    let marked = text.trim_start();
    let rest = marked.strip_prefix(['-', '/', '.', '年', '月', '년', '월'])?;
    Some(rest.trim_start())
}

/// `2024-W33-4`
fn week_date(text: &str) -> Option<Written> {
    let (year, rest) = text.split_once("-W")?;
    let (week, weekday) = rest.split_once('-')?;
    let weekday = Weekday::from_monday_one_offset(weekday.parse().ok()?).ok()?;
    let date = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, weekday).ok()?;
    Some(Written { day: date.date(), time: None, is_short_year: false })
}

/// The number that a cell of digits alone is; a decimal point for the time of a serial.
pub(super) fn bare_number(text: &str) -> Option<f64> {
    let is_number = !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.bytes().filter(|byte| *byte == b'.').count() < 2;
    if is_number { text.parse().ok() } else { None }
}

fn from_number(text: &str, number: f64, numbers: Numbers) -> Result<Written, DateFault> {
    if let Some(day) = eight_digits(text) {
        return Ok(Written { day, time: None, is_short_year: false });
    }
    // Whole seconds since the epoch; a float is exact far beyond any date.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the ranges are checked by the survey"
    )]
    let seconds = match numbers {
        Numbers::None => return Err(DateFault::BareNumber),
        // The survey lets eight digits stand beside them, for a day.
        Numbers::Seconds | Numbers::Milliseconds if text.len() == 8 => {
            return Err(DateFault::BareNumber);
        }
        Numbers::Serials => ((number - 25_569.0) * 86_400.0).round() as i64,
        Numbers::Seconds => number as i64,
        Numbers::Milliseconds => (number / 1000.0).floor() as i64,
    };
    let instant = jiff::Timestamp::from_second(seconds)
        .map_err(|_| DateFault::NoSuch("instant"))?;
    let day = jiff::tz::Offset::UTC.to_datetime(instant).date();
    let rest = seconds.rem_euclid(86_400);
    let time = WrittenTime {
        seconds: rest,
        milliseconds: 0,
        offset: (numbers != Numbers::Serials).then_some(0),
    };
    let is_day_alone = numbers == Numbers::Serials && rest == 0;
    Ok(Written { day, time: (!is_day_alone).then_some(time), is_short_year: false })
}

/// The three numbers in front of a date such as `15/08/2024`, `3-4-24`, `15.08.2024`.
pub(super) fn slashed(text: &str) -> Option<[&str; 3]> {
    let end = text.find([' ', ',', 'T', '\u{a0}', '\u{202f}']).unwrap_or(text.len());
    let day = &text[..end];
    let separator = day.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let mut parts = day.split(separator);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let are_numbers = three.iter().all(|part| {
        (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    });
    (parts.next().is_none() && are_numbers && three[0].len() < 3 && three[1].len() < 3)
        .then_some(three)
}

/// In which orders a slashed text is a date: day first, month first, year first.
pub(super) fn orders_of(text: &str, parts: [&str; 3]) -> [bool; 3] {
    let Ok((slashed, _)) = Slashed::of(text, parts) else { return [false; 3] };
    ORDERS.map(|order| slashed.day(order).is_some())
}

const ORDERS: [DateOrder; 3] =
    [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay];

fn from_slashed(
    text: &str,
    parts: [&str; 3],
    column: &ColumnDates,
) -> Result<Written, DateFault> {
    let (slashed, time) = Slashed::of(text, parts)?;
    let day = slashed.decided(column)?;
    Ok(Written { day, time, is_short_year: slashed.is_short_year })
}

/// The three numbers of a slashed date.
struct Slashed {
    numbers: [u32; 3],
    is_short_year: bool,
    /// The first number has two digits, as a year has.
    may_begin_with_year: bool,
    /// Dots mean day first.
    has_dots: bool,
}

impl Slashed {
    /// The numbers, and the time behind them.
    fn of(
        text: &str,
        parts: [&str; 3],
    ) -> Result<(Self, Option<WrittenTime>), DateFault> {
        let end = text.find([' ', ',', 'T']).unwrap_or(text.len());
        let behind = text[end..].trim_start_matches([',', ' ', 'T']);
        let time = match behind {
            "" => None,
            _ => Some(clock(behind).ok_or(DateFault::NoSuch("time"))?),
        };
        if parts[2].len() == 3 || parts[2].len() == 1 {
            return Err(DateFault::NoDate);
        }
        let slashed = Self {
            numbers: parts.map(|part| number(part.as_bytes()).unwrap_or(0)),
            is_short_year: parts[2].len() == 2,
            may_begin_with_year: parts[0].len() == 2,
            has_dots: text[..end].contains('.'),
        };
        Ok((slashed, time))
    }

    /// The day that the numbers are in an order.
    fn day(&self, order: DateOrder) -> Option<Date> {
        let [first, second, third] = self.numbers;
        let make = |year: u32, month, day| {
            let year = if self.is_short_year { 2000 + year } else { year };
            date(i16::try_from(year).ok()?, month, day)
        };
        match order {
            DateOrder::DayMonthYear => make(third, second, first),
            _ if self.has_dots => None,
            DateOrder::MonthDayYear => make(third, first, second),
            DateOrder::YearMonthDay => {
                let may_be = self.is_short_year && self.may_begin_with_year;
                may_be.then(|| make(first, second, third)).flatten()
            }
        }
    }

    /// Decides which number is the day.
    fn decided(&self, column: &ColumnDates) -> Result<Date, DateFault> {
        let no_such_day = DateFault::NoSuch("day");
        if self.has_dots {
            return self.day(DateOrder::DayMonthYear).ok_or(no_such_day);
        }
        let may_be = |order: &DateOrder| {
            !(column.is_year_last && *order == DateOrder::YearMonthDay)
        };
        let mut readings: Vec<Date> = (ORDERS.into_iter().filter(may_be))
            .filter_map(|order| self.day(order))
            .collect();
        readings.sort_unstable();
        readings.dedup();
        let [first, second, _] = self.numbers;
        let order = if self.is_short_year { column.short_years } else { column.order };
        match (readings.as_slice(), order) {
            ([], _) => Err(no_such_day),
            (_, ColumnOrder::Damaged) if first != second => Err(DateFault::DamagedColumn),
            ([only], ColumnOrder::Undecided | ColumnOrder::Damaged) => Ok(*only),
            ([only], ColumnOrder::Known(_)) if !self.is_short_year => Ok(*only),
            ([_, _, ..], ColumnOrder::Known(_)) if column.is_suspect => {
                Err(DateFault::Ambiguous(readings))
            }
            (_, ColumnOrder::Known(order)) => self.day(order).ok_or(no_such_day),
            _ => Err(DateFault::Ambiguous(readings)),
        }
    }
}

/// A date with a month's name, in any order of words.
fn with_month_name(text: &str) -> Result<Written, DateFault> {
    let (mut day, mut month, mut year, mut weekday) = (None, None, None, None);
    let mut time = None;
    let mut is_short_year = false;
    let mut rest = text;
    while let Some(word) = next_word(&mut rest) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_ordinal = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
        if word.contains(':') {
            let behind = format!("{word} {rest}");
            time = Some(clock(&behind).ok_or(DateFault::NoSuch("time"))?);
            // `Sat Sep 05 08:12:14 UTC 2026` has its year behind the time.
            let last = rest.rsplit(' ').next().unwrap_or("");
            if year.is_none() && last.len() == 4 {
                year = number(last.as_bytes());
            }
            break;
        } else if let (Some(number), true) = (number(digits.as_bytes()), is_ordinal) {
            match digits.len() {
                1 | 2 if day.is_none() => day = Some(number),
                2 if year.is_none() => {
                    (year, is_short_year) = (Some(2000 + number), true);
                }
                4 if year.is_none() => year = Some(number),
                _ => return Err(DateFault::NoDate),
            }
        } else if let Some(found) = words::month(word)
            && month.is_none()
        {
            month = Some(found);
        } else if let Some(found) = words::weekday(word)
            && weekday.is_none()
        {
            weekday = Some(found);
        } else if !matches!(word, "de" | "of" | "del" | "at" | "on" | "um") {
            return Err(DateFault::NoDate);
        }
    }
    let (Some(day), Some(month), Some(year)) = (day, month, year) else {
        return Err(DateFault::NoDate);
    };
    let year = i16::try_from(year).map_err(|_| DateFault::NoSuch("year"))?;
    let month = u32::from(month.unsigned_abs());
    let day = date(year, month, day).ok_or(DateFault::NoSuch("day"))?;
    if weekday.is_some_and(|named| named != day.weekday().to_monday_one_offset()) {
        return Err(DateFault::OtherWeekday(format!("{:?}", day.weekday())));
    }
    Ok(Written { day, time, is_short_year })
}

/// Takes the next word off a text; points and commas behind it go.
fn next_word<'a>(rest: &mut &'a str) -> Option<&'a str> {
    loop {
        let text = rest.trim_start_matches([' ', ',', '.', '-', '/']);
        if text.is_empty() {
            return None;
        }
        let end = text.find([' ', ',', '-', '/']).unwrap_or(text.len());
        let (word, behind) = text.split_at(end);
        *rest = behind.trim_start_matches([',', ' ']);
        let word = word.trim_end_matches('.');
        if !word.is_empty() {
            return Some(word);
        }
    }
}

/// Reads a time with what stands behind it: seconds, a fraction, AM or PM, a zone.
fn clock(text: &str) -> Option<WrittenTime> {
    let (hour, rest) = digits(text)?;
    let (minute, mut rest) = digits(rest.strip_prefix(':')?)?;
    let mut second = 0;
    if let Some(behind) = rest.strip_prefix(':') {
        (second, rest) = digits(behind)?;
    }
    let mut milliseconds = 0;
    if let Some(behind) = rest.strip_prefix(['.', ',']) {
        let length = behind.bytes().take_while(u8::is_ascii_digit).count();
        // The database keeps no more of them, so that a night knows what the first run knew.
        let shown = behind.get(..length.min(3))?;
        let scale = 10_i32.checked_pow(u32::try_from(3 - shown.len()).ok()?)?;
        milliseconds = shown.parse::<i32>().ok()? * scale;
        rest = &behind[length..];
    }
    let rest = rest.trim();
    let (hour, rest) = match half(rest) {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some((hours, rest)) => (hour % 12 + hours, rest),
        None => (hour, rest),
    };
    let is_end_of_day = hour == 24 && minute == 0 && second == 0;
    if !(hour < 24 || is_end_of_day) || 59 < minute || 59 < second {
        return None;
    }
    let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    Some(WrittenTime { seconds, milliseconds, offset: zone(rest)? })
}

/// The hours that `AM` or `p. m.` adds, and what stands behind it.
fn half(text: &str) -> Option<(u32, &str)> {
    let hours = match text.as_bytes().first()?.to_ascii_lowercase() {
        b'a' => 0,
        b'p' => 12,
        _ => return None,
    };
    let rest = &text[1..];
    let rest = rest.strip_prefix('.').map_or(rest, str::trim_start);
    let rest = rest.strip_prefix(['m', 'M'])?;
    Some((hours, rest.strip_prefix('.').unwrap_or(rest).trim()))
}

/// Reads a stated zone; the inner none is no zone at all.
#[expect(clippy::option_option, reason = "no zone is another thing than a wrong one")]
fn zone(text: &str) -> Option<Option<i32>> {
    match text {
        "" => return Some(None),
        "Z" => return Some(Some(0)),
        _ => {}
    }
    // A year behind the zone, as in `UTC 2026`, was read by the caller.
    let text = text.split('(').next().unwrap_or("").trim();
    let text = match text.rsplit_once(' ') {
        Some((zone, year)) if year.len() == 4 && number(year.as_bytes()).is_some() => {
            zone
        }
        _ => text,
    };
    let behind =
        text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    if behind.is_empty() {
        return Some((!text.is_empty()).then_some(0));
    }
    if behind == "Z" {
        return Some(Some(0));
    }
    let sign = match behind.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let shift = &behind[1..];
    let (hours, minutes) = match shift.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if shift.len() == 4 => shift.split_at_checked(2)?,
        None => (shift, "0"),
    };
    let (hours, minutes) = (number(hours.as_bytes())?, number(minutes.as_bytes())?);
    if 18 < hours || 59 < minutes {
        return None;
    }
    i32::try_from(hours * 3600 + minutes * 60).ok().map(|seconds| Some(sign * seconds))
}

/// One or two digits at the start of a text, and what stands behind.
fn digits(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    Some((number(digits.as_bytes())?, rest))
}

/// A number of one to nine digits.
fn number(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || 9 < bytes.len() {
        return None;
    }
    bytes.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
    })
}

fn date(year: i16, month: u32, day: u32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
