//! Posts named by their number alone, and the period that an export counts.

use jiff::civil::Date;

use super::link;
use crate::domain::{PostKind, PostName};

/// The post that a number or URN names; a bare number is that of an activity.
pub(super) fn post_id(cell: &str) -> Result<PostName, String> {
    let cell = cell.trim();
    if let Some(name) = link::post(cell) {
        return Ok(name);
    }
    let is_number =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number(cell)
        && let Ok(number) = cell.parse::<u64>()
        && 0 < number
        && number <= i64::MAX.unsigned_abs()
    {
        return Ok(PostName { kind: PostKind::Activity, group: 0, number });
    }
    let is_exponent = cell.contains(['E', 'e'])
        && cell.bytes().all(|byte| byte.is_ascii_digit() || b".,+Ee".contains(&byte));
    if is_exponent {
        return Err(format!(
            "a spreadsheet has cut the digits of the post's number \"{cell}\""
        ));
    }
    Err(format!("\"{}\" names no post", super::context::shortened(cell)))
}

/// Whether a number was cut to 15 digits: the instant in it is right to the millisecond,
/// the rest is lost.
pub fn is_rounded(name: PostName) -> bool {
    name.instant().is_some() && name.number.is_multiple_of(10_000)
}

/// The last day of a period such as `1/1/2026 - 2/28/2026`, in the order that both days
/// allow; month first where both orders do.
pub(super) fn period_end(cell: &str) -> Option<Date> {
    let (from, to) = cell.split_once(" - ").or_else(|| cell.split_once(" – "))?;
    let numbers = |text: &str| -> Option<[i16; 3]> {
        let parts: Vec<i16> = text
            .trim()
            .split(['/', '.', '-'])
            .map(|part| part.parse().ok())
            .collect::<Option<_>>()?;
        parts.try_into().ok()
    };
    let (from, to) = (numbers(from)?, numbers(to)?);
    let date = |[year, month, day]: [i16; 3]| {
        Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
    };
    let orders: [fn([i16; 3]) -> [i16; 3]; 3] = [
        |[month, day, year]| [year, month, day],
        |[day, month, year]| [year, month, day],
        |parts| parts,
    ];
    orders.into_iter().find_map(|order| {
        let (from, to) = (date(order(from))?, date(order(to))?);
        (1900 < from.year() && from <= to).then_some(to)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_ends_in_the_order_that_both_days_allow() {
        let check = |cell, expected: Option<&str>| {
            assert_eq!(period_end(cell).map(|day| day.to_string()).as_deref(), expected);
        };
        check("1/1/2026 - 2/28/2026", Some("2026-02-28"));
        check("01/01/2026 - 31/03/2026", Some("2026-03-31"));
        check("5/6/2026 - 4/7/2026", Some("2026-07-04"));
        check("2026-01-01 - 2026-03-31", Some("2026-03-31"));
        check("soon", None);
    }

    #[test]
    fn an_exponent_has_lost_the_name() {
        let name = post_id("7424567489747590000").unwrap();
        assert!(is_rounded(name));
        assert_eq!(
            crate::domain::iso(name.instant().unwrap()),
            "2026-02-03T21:40:31.349Z"
        );
        assert!(!is_rounded(post_id("7424567489747591168").unwrap()));
        assert!(post_id("7.42E+18").unwrap_err().contains("spreadsheet"));
        assert!(post_id("hello").is_err());
    }
}
