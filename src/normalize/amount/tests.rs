use proptest::prelude::*;

use super::*;

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

fn decimal_text(amount: &Amount) -> String {
    let sign = if amount.digits < 0 { "-" } else { "" };
    let digits = amount.digits.unsigned_abs().to_string();
    let scale = amount.scale as usize;
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

fn rules(context: &str) -> Option<(AmountRules, Option<Currency>)> {
    let unknown = AmountRules::UNKNOWN;
    if context == "alone" {
        return Some((unknown, None));
    }
    if let Some(code) = context.strip_prefix("currency column: ") {
        return Some((unknown, Currency::from_code(code)));
    }
    if let Some(vendor) = context.strip_prefix("vendor: ") {
        let plain = AmountRules::POINT_WITHOUT_GROUPS;
        return Some(match vendor {
            "hubspot" => (plain, None),
            "salesforce-weekly" | "salesforce-bulk" => {
                (AmountRules { allows_exponent: true, ..plain }, None)
            }
            "zoho-analytics" => {
                (AmountRules { allows_abbreviation: true, ..unknown }, None)
            }
            _ => return None,
        });
    }
    let cell = context.strip_prefix("column: ")?;
    let mut survey = AmountSurvey::default();
    survey.observe(cell);
    Some((AmountRules { decimal: survey.decision(), ..unknown }, None))
}

#[test]
fn every_case_of_the_table_holds() {
    let mut failures = Vec::new();
    for line in include_str!("../../../tests/data/amounts.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (input, context) = (unescape(cells[0]), cells[1]);
        // These columns are no amounts in any format; nothing asks for their amount.
        if matches!(context, "column: id" | "column: InterestRate") {
            continue;
        }
        let (rules, row_currency) = rules(context).expect(context);
        let found = match read(&input, rules, row_currency) {
            Ok(None) => ("empty".to_owned(), String::new()),
            Ok(Some(amount)) => {
                let currency = amount.currency.or(row_currency);
                let currency = currency.map(|one| one.to_string()).unwrap_or_default();
                (decimal_text(&amount), currency)
            }
            Err(AmountFault::Ambiguous(..)) => ("ambiguous".to_owned(), String::new()),
            Err(_) => ("reject".to_owned(), String::new()),
        };
        let expected = if cells[2].is_empty() { "empty" } else { cells[2] };
        let named = matches!(expected, "ambiguous" | "reject")
            || cells[3].trim_matches('?') == found.1;
        if found.0 != expected || !named {
            failures.push(format!("{input:?} ({context}): {found:?}, not {cells:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let mut survey = AmountSurvey::default();
        survey.observe(&text);
        for rules in [AmountRules::UNKNOWN, AmountRules::POINT_WITHOUT_GROUPS] {
            drop(read(&text, rules, Currency::from_code("EUR")));
        }
    }

    #[test]
    fn a_grouped_amount_reads_back(cents in 0_i64..100_000_000_000, comma in any::<bool>()) {
        let (group, mark) = if comma { ('.', ',') } else { (',', '.') };
        let whole = (cents / 100).to_string();
        let mut text = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if 0 < index && (whole.len() - index) % 3 == 0 {
                text.push(group);
            }
            text.push(digit);
        }
        let text = format!("{text}{mark}{:02}", cents % 100);
        let amount = read(&text, AmountRules::UNKNOWN, None).unwrap().unwrap();
        let euro = Currency::from_code("EUR").unwrap();
        prop_assert_eq!(amount.minor(euro), Some((cents, false)));
    }
}

#[test]
fn an_exponent_without_end_is_no_amount() {
    let rules =
        AmountRules { allows_exponent: true, ..AmountRules::POINT_WITHOUT_GROUPS };
    for cell in ["1e-2147483648", "1e2147483647", "1e-30"] {
        assert_eq!(read(cell, rules, None), Err(AmountFault::Exponent), "{cell}");
    }
}

proptest! {
    #[test]
    fn no_cell_that_is_nearly_an_amount_is_too_odd(
        cell in "[-+(]{0,2}(A\\$|EUR|€|kr)?[0-9.,' ]{0,45}([eE][-+]?[0-9]{0,11})?[KkMm)-]{0,2}(\\PC){0,3}",
    ) {
        let mut survey = AmountSurvey::default();
        survey.observe(&cell);
        let rules = AmountRules {
            decimal: survey.decision(),
            has_groups: true,
            allows_exponent: true,
            allows_abbreviation: true,
        };
        if let Ok(Some(amount)) = read(&cell, rules, None) {
            let _ = amount.minor(Currency::UNKNOWN);
        }
    }
}

#[test]
fn a_currency_is_named_in_front_behind_or_twice() {
    let check = |text, row: Option<&str>, expected: Option<(i64, &str)>| {
        let row = row.and_then(Currency::from_code);
        let read = read(text, AmountRules::UNKNOWN, row).ok().flatten();
        let found = read.map(|amount| {
            let currency = amount.currency.or(row).unwrap_or(Currency::UNKNOWN);
            (amount.minor(currency).unwrap().0, currency.to_string())
        });
        let found = found.as_ref().map(|(minor, code)| (*minor, code.as_str()));
        assert_eq!(found, expected, "{text:?}");
    };
    check("$1,500.00 USD", None, Some((150_000, "USD")));
    check("USD$1,500.00", None, Some((150_000, "USD")));
    check("$1,500.00 EUR", None, None);
    check("€5.00 USD", None, None);
    check("MX$1,500.00", None, Some((150_000, "MXN")));
    check("Rs. 5,00,000", Some("INR"), Some((50_000_000, "INR")));
    check("R 1 234,56", None, Some((123_456, "ZAR")));
    check("₹1,50,000/-", None, Some((15_000_000, "INR")));
    check("¥150,000", Some("JPY"), Some((150_000, "JPY")));
    check("¥150,000", None, None);
    check("5.00 CNH", None, Some((500, "CNY")));
    check("5.00 BTC", None, Some((500, "XXX")));
}

#[test]
fn a_column_that_no_vendor_wrote_is_foreign() {
    let is_foreign = |cells: &[&str]| {
        let mut survey = AmountSurvey::default();
        for cell in cells {
            survey.observe(cell);
        }
        survey.is_foreign()
    };
    assert!(is_foreign(&["1.500", "2.000,50"]));
    assert!(is_foreign(&["€12.500"]));
    assert!(!is_foreign(&["1.500", "99.90", "1,500", "$1,500.00", "€5.50"]));
}

#[test]
fn a_sign_for_no_cents_tells_the_mark_of_cents() {
    let check = |cell: &str, expected: &str| {
        let parts = Parts::of(cell).unwrap();
        assert_eq!(parts.number, expected, "{cell}");
    };
    check("€ 18.500,-", "18.500,00");
    check("1,500.-", "1,500.00");
    check("1'500.-", "1'500");
    check("1,500/-", "1,500");
    check("1500,-", "1500");
    for (cell, decimal) in
        [("€ 18.500,-", DecimalMark::Comma), ("1,500.-", DecimalMark::Point)]
    {
        let mut survey = AmountSurvey::default();
        survey.observe(cell);
        assert_eq!(survey.decision(), Some(decimal), "{cell}");
    }
}
