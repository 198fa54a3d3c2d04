use proptest::prelude::*;

use super::*;
use crate::domain::iso;

/// Decodes `\uXXXX`.
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

struct Case {
    survey: DateSurvey,
    given: Option<DateOrder>,
    zone: TimeZone,
    is_day: bool,
}

fn case(input: &str, context: &str) -> Option<Case> {
    let mut case = Case {
        survey: DateSurvey::default(),
        given: None,
        zone: TimeZone::UTC,
        is_day: false,
    };
    if let Some(order) = context.strip_prefix("--date-order ") {
        case.given = Some(order.parse().ok()?);
        case.survey.observe(input);
    } else if let Some(zone) = context.rsplit_once("zone ").map(|(_, zone)| zone) {
        case.zone = TimeZone::get(zone).ok()?;
    } else if let Some(cells) = context.strip_prefix("column: ") {
        case.survey.observe(input);
        if cells.contains('/') || cells.contains('-') && !cells.contains("cells") {
            cells.split(", ").for_each(|cell| case.survey.observe(cell));
        }
    } else if context.ends_with("CloseDate") {
        case.is_day = true;
    } else if context != "alone" && context != "vendor: encompass" {
        return None;
    }
    Some(case)
}

#[test]
fn every_case_of_the_table_holds() {
    let mut failures = Vec::new();
    for line in include_str!("../../../tests/data/dates.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (input, context, expected) = (unescape(cells[0]), cells[1], cells[2]);
        let case = case(&input, context).expect(context);
        let column = case.survey.decide(case.given);
        let rules = DateRules { column: &column, zone: &case.zone, is_day: case.is_day };
        let found = match read(&input, &rules) {
            Ok(None) => "empty".to_owned(),
            Ok(Some(Read { moment: Moment::Day(day), .. })) => day.to_string(),
            Ok(Some(Read { moment: Moment::Instant(instant), .. })) => iso(instant),
            Err(DateFault::Ambiguous(..)) => "ambiguous".to_owned(),
            Err(_) => "reject".to_owned(),
        };
        let expected = if expected.is_empty() { "empty" } else { expected };
        // Without a zone the table shows the time as it is written.
        if found != expected && found.strip_suffix('Z') != Some(expected) {
            failures.push(format!("{input:?} ({context}): {found:?}, not {expected:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn linkedins_own_forms_read() {
    let column = ColumnDates::fixed(DateOrder::MonthDayYear);
    let check = |text: &str, expected: &str| {
        let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: false };
        let moment = read(text, &rules).map(|read| read.map(|read| read.moment.text()));
        assert_eq!(moment, Ok(Some(expected.to_owned())), "{text}");
    };
    check("2024-03-12 09:14:55", "2024-03-12T09:14:55Z");
    check("2024-01-15 09:30:00 UTC", "2024-01-15T09:30:00Z");
    check("2023-11-03 08:10 UTC", "2023-11-03T08:10:00Z");
    check("2020/11/09 08:50:26 UTC", "2020-11-09T08:50:26Z");
    check("08 Mar 2022", "2022-03-08");
    check("16-Jun-21", "2021-06-16");
    check("9/5/26, 1:12 AM", "2026-09-05T01:12:00Z");
    check("9/5/26, 1:12\u{202f}PM", "2026-09-05T13:12:00Z");
    check("1/31/18, 2:03 PM", "2018-01-31T14:03:00Z");
    check("09/14/20, 08:01 PM", "2020-09-14T20:01:00Z");
    check("Sat Sep 05 08:12:14 UTC 2026", "2026-09-05T08:12:14Z");
    check("Sep 28, 2026", "2026-09-28");
    check("2024-05-02T09:30:00.123Z", "2024-05-02T09:30:00.123Z");
}

#[test]
fn an_instant_has_as_many_digits_as_are_kept() {
    let column = ColumnDates::fixed(DateOrder::MonthDayYear);
    let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: false };
    let moment = |text| read(text, &rules).unwrap().unwrap().moment;
    for text in [
        "2024-05-02T09:30:00.123987Z",
        "2024-05-02 09:30:00.1239",
        "1912-05-02 09:30:00.123999999",
    ] {
        let kept = moment(text);
        assert_eq!(Moment::from_text(&kept.text()), Some(kept), "{text}");
    }
    assert_eq!(moment("2024-05-02T09:30:00.5Z"), moment("2024-05-02T09:30:00.500Z"));
}

#[test]
fn a_month_is_no_day() {
    let column = ColumnDates::fixed(DateOrder::MonthDayYear);
    let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: true };
    assert_eq!(read("Jul 2023", &rules), Err(DateFault::NoDate));
    assert_eq!(read("2019", &rules), Err(DateFault::BareNumber));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let mut survey = DateSurvey::default();
        survey.observe(&text);
        let column = survey.decide(None);
        let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: false };
        drop(read(&text, &rules));
    }

    #[test]
    fn a_day_reads_back_from_every_form(days in 0_i32..60_000) {
        let day = Date::new(1971, 1, 2).unwrap() + jiff::Span::new().days(days);
        let column = ColumnDates::fixed(DateOrder::DayMonthYear);
        let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: true };
        for form in ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y", "%A, %B %d, %Y", "%Y%m%d", "%G-W%V-%u"] {
            let text = day.strftime(form).to_string();
            let read = read(&text, &rules).unwrap().unwrap();
            prop_assert_eq!(read.moment, Moment::Day(day), "{}", text);
        }
    }
}

#[test]
fn a_zone_of_letters_of_several_bytes_is_none() {
    let column = DateSurvey::default().decide(None);
    let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: false };
    for cell in [
        "2024-03-12T10:00:00+1é2",
        "2024-03-12 10:00 +é11",
        "12 Mar 2024 10:00 -1\u{301}1",
    ] {
        assert_eq!(read(cell, &rules), Err(DateFault::NoSuch(fault_of(cell))), "{cell}");
    }
}

/// What the fault is called of a cell whose zone is none.
fn fault_of(cell: &str) -> &'static str {
    if cell.starts_with("2024") { "day or time" } else { "time" }
}

proptest! {
    #[test]
    fn no_cell_that_is_nearly_a_date_is_too_odd(
        cell in "([0-9]{1,5}[-/. TW]{0,2}){1,4}([0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}([.,][0-9]{0,12})?)?)?( ?(AM|UTC|GMT|Z|[+-])(\\PC){0,5})?",
    ) {
        let mut survey = DateSurvey::default();
        survey.observe(&cell);
        let column = survey.decide(None);
        let zone = TimeZone::get("Australia/Sydney").unwrap();
        for is_day in [false, true] {
            drop(read(&cell, &DateRules { column: &column, zone: &zone, is_day }));
        }
    }
}

/// The day that a cell is in a column of these cells.
fn day_in(cells: &[&str], cell: &str) -> Result<String, DateFault> {
    let mut survey = DateSurvey::default();
    for cell in cells {
        survey.observe(cell);
    }
    let column = survey.decide(None);
    let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: false };
    read(cell, &rules).map(|read| read.map(|read| read.moment.text()).unwrap_or_default())
}

#[test]
fn what_begins_with_a_year_goes_on_with_the_month() {
    let check = |cell, expected: &str| {
        assert_eq!(day_in(&[cell], cell).as_deref(), Ok(expected), "{cell:?}");
    };
    check("2024/4/2", "2024-04-02");
    check("2024-4-2", "2024-04-02");
    check("2024-12-2 9:05", "2024-12-02T09:05:00Z");
    check("2024/4/2 9:05", "2024-04-02T09:05:00Z");
    check("2024. 4. 2.", "2024-04-02");
    check("2024.02.01", "2024-02-01");
    check("2024年3月5日", "2024-03-05");
    check("2024년 3월 5일", "2024-03-05");
    check("3/25/2024 12:05 p.m.", "2024-03-25T12:05:00Z");
    check("3/25/2024 9:05 a. m.", "2024-03-25T09:05:00Z");
    for cell in ["2024/13/2", "2024.4", "2024/4/2-5", "2024-4-2 - 2024-4-5"] {
        assert!(day_in(&[cell], cell).is_err(), "{cell:?}");
    }
}

#[test]
fn a_cell_that_is_no_date_decides_no_order() {
    for other in ["15.04.2024 - 20.04.2024", "31/02/2024", "15/04/2024 or later"] {
        let found = day_in(&["03/04/2024", other], "03/04/2024");
        assert!(matches!(found, Err(DateFault::Ambiguous(..))), "{other:?}: {found:?}");
    }
}

#[test]
fn years_of_two_digits_leave_the_order_to_the_column() {
    let check = |cells: &[&str], cell, expected: &str| {
        assert_eq!(day_in(cells, cell).as_deref(), Ok(expected), "{cell:?} in {cells:?}");
    };
    // A number of one digit in front is no year.
    check(&["2/5/24", "6/20/24"], "2/5/24", "2024-02-05");
    check(&["1/08/26", "28/04/26"], "1/08/26", "2026-08-01");
    check(&["1/08/26", "28/04/26"], "28/04/26", "2026-04-28");
    // Nor is one behind which no day of that month stands last.
    check(&["03/04/31", "28/04/26"], "03/04/31", "2031-04-03");
    check(&["03/04/05", "28/04/2026"], "03/04/05", "2005-04-03");
    check(&["03/04/05", "08/15/24"], "03/04/05", "2005-03-04");
    check(&["5/5/24"], "05/05/24", "2024-05-05");
    // Where every number in front may be a year or a day, nothing decides.
    let reason = |cells: &[&str], cell| day_in(cells, cell).unwrap_err().to_string();
    assert_eq!(
        reason(&["24/08/15"], "24/08/15"),
        "reads as 2015-08-24 or as 2024-08-15; give --date-order"
    );
    assert_eq!(
        reason(&["03/04/05"], "03/04/05"),
        "reads as 2003-04-05, as 2005-03-04 or as 2005-04-03; give --date-order"
    );
    assert_eq!(
        reason(&["2/5/24"], "2/5/24"),
        "reads as 2024-02-05 or as 2024-05-02; give --date-order"
    );
    let both = ["28/04/26", "04/28/26"];
    assert_eq!(day_in(&both, "03/04/26"), Err(DateFault::DamagedColumn));
}

#[test]
fn an_order_that_no_cell_allows_is_not_taken() {
    let mut survey = DateSurvey::default();
    survey.observe("2/5/24");
    let column = survey.decide(Some(DateOrder::YearMonthDay));
    let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: false };
    assert!(matches!(read("12/05/24", &rules), Err(DateFault::Ambiguous(..))));
}

#[test]
fn one_odd_cell_turns_no_column_whose_order_is_given() {
    let given = Some(DateOrder::YearMonthDay);
    let check = |odd: &str, expected: Result<&str, DateFault>, noted: bool| {
        let mut survey = DateSurvey::default();
        for cell in ["24/08/15", "24/09/16", odd] {
            survey.observe(cell);
        }
        let column = survey.decide(given);
        let rules = DateRules { column: &column, zone: &TimeZone::UTC, is_day: false };
        let day = |cell: &str| {
            read(cell, &rules)
                .map(|read| read.map_or(String::new(), |it| it.moment.text()))
        };
        assert_eq!(day("24/08/15").as_deref(), Ok("2024-08-15"), "beside {odd:?}");
        assert_eq!(day("24/09/16").as_deref(), Ok("2024-09-16"), "beside {odd:?}");
        assert_eq!(day(odd).as_deref(), expected.as_deref(), "{odd:?}");
        let note = format!("\"{odd}\" cannot begin with its year, as --date-order says");
        assert_eq!(column.notes, if noted { vec![note] } else { Vec::new() });
    };
    check("24/02/30", Err(DateFault::NoSuch("day")), true);
    check("4/08/15", Err(DateFault::NoSuch("day")), true);
    check("15.08.24", Ok("2024-08-15"), false);
    check("15.08.2024", Ok("2024-08-15"), false);
    check("03/04/2024", Err(DateFault::NoSuch("day")), true);
}

#[test]
fn dots_say_nothing_of_short_years_between_slashes() {
    let cells = ["24/08/15", "15.08.24"];
    let found = day_in(&cells, "24/08/15");
    assert!(matches!(found, Err(DateFault::Ambiguous(..))), "{found:?}");
    assert_eq!(day_in(&cells, "15.08.24").as_deref(), Ok("2024-08-15"));
    for cell in ["24/08/15", "03/04/24"] {
        let found = day_in(&[cell, "24/09/16", "15.08.2024"], cell);
        assert!(matches!(found, Err(DateFault::Ambiguous(..))), "{cell:?}: {found:?}");
    }
}

#[test]
fn dots_prove_the_order_of_whole_years_between_slashes() {
    let check = |cells: &[&str], expected: &str| {
        let found = day_in(cells, "03/04/2024");
        assert_eq!(found.as_deref(), Ok(expected), "{cells:?}");
    };
    check(&["15.08.24", "16.08.24", "03/04/2024"], "2024-04-03");
    check(&["15.08.2024", "03/04/2024"], "2024-04-03");
    for dotted in ["05.08.24", "5.8.2024", "15.8.24"] {
        let cells = ["25/4/2024", dotted, "11/12/2024"];
        assert_eq!(day_in(&cells, "11/12/2024").as_deref(), Ok("2024-12-11"), "{dotted}");
    }
    let found = day_in(&["05.08.24", "03/04/2024"], "03/04/2024");
    assert!(matches!(found, Err(DateFault::Ambiguous(..))), "{found:?}");
    // A spreadsheet that writes days with dots has left those that it could not read.
    for cell in ["03/04/2024", "03/04/24"] {
        let found = day_in(&["15.08.24", "04/15/2024"], cell);
        assert_eq!(found, Err(DateFault::DamagedColumn), "{cell:?}");
    }
}

#[test]
fn what_is_noted_of_an_order_is_so() {
    let check = |cells: &[&str], given, expected: &[&str]| {
        let mut survey = DateSurvey::default();
        for cell in cells {
            survey.observe(cell);
        }
        assert_eq!(survey.decide(given).notes, expected, "{cells:?}");
    };
    let open = "day first: \"24/08/15\" cannot begin with a month, nor \"4/08/15\" with its year";
    check(&["24/08/15", "4/08/15"], None, &[open]);
    check(
        &["24/08/15", "4/08/15"],
        Some(DateOrder::MonthDayYear),
        &[&format!("{open}, against --date-order")],
    );
    let given = Some(DateOrder::YearMonthDay);
    check(
        &["2/5/24"],
        given,
        &["\"2/5/24\" cannot begin with its year, as --date-order says"],
    );
    let proven = "day first: \"15/08/2024\" reads no other way, against --date-order";
    check(&["24/08/15", "15/08/2024"], given, &[proven]);
    let dotted = "day first with dots or a whole year: \"15.08.24\" reads no other way";
    let cells = ["15.08.24", "03/04/24", "05/06/24"];
    let against = format!("{dotted}, against --date-order");
    check(&cells, Some(DateOrder::MonthDayYear), &[&against]);
    check(&cells, None, &[dotted]);
    let all = "day first: \"15.08.24\" reads no other way";
    check(&cells, Some(DateOrder::DayMonthYear), &[all]);
    // Zeros in front of what has dots tell nothing of a swap.
    check(&["15.08.24", "5.8.24"], None, &[all]);
}

#[test]
fn eight_digits_are_a_day_beside_seconds_too() {
    let cells = ["1709251200", "20240312", "99999999"];
    assert_eq!(day_in(&cells, "20240312").as_deref(), Ok("2024-03-12"));
    assert_eq!(day_in(&cells, "99999999"), Err(DateFault::BareNumber));
    assert_eq!(day_in(&cells, "1709251200").as_deref(), Ok("2024-03-01T00:00:00Z"));
}
