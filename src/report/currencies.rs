//! Totals of several currencies: what is converted, and what is never added up.

use super::{money, words::listed};
use crate::{
    domain::Currency,
    store::{ReportInput, WonTotal},
};

/// What was won beside, in other currencies and kinds of amount.
pub(super) fn apart(
    input: &ReportInput,
    won: &WonTotal,
    others: &[WonTotal],
) -> Option<String> {
    if others.is_empty() {
        return None;
    }
    let told = others.iter().enumerate().map(|(at, other)| {
        format!(
            "{}{} in {} ({})",
            stated(other.won_minor, &other.currency),
            if at == 0 { " won" } else { "" },
            money::won_deals(other),
            other.amount_kind.replace('_', " ")
        )
    });
    let told = listed(&told.collect::<Vec<_>>());
    let mut unrated: Vec<String> = Vec::new();
    if rates(input).is_some() {
        let known = others.iter().map(|other| &other.currency);
        let is_unrated =
            |own: &&String| **own != won.currency && **own != Currency::UNKNOWN.code();
        unrated = known.filter(is_unrated).cloned().collect();
        unrated.sort_unstable();
        unrated.dedup();
    }
    let why = if unrated.is_empty() {
        String::new()
    } else {
        format!(", as there is no exchange rate for {}", listed(&unrated))
    };
    Some(format!("Beside that, {told}; never added to the others{why}."))
}

/// An amount, and where no export says of what currency, that.
pub(super) fn stated(minor: i64, currency: &str) -> String {
    let amount = money::amount(minor, currency);
    if currency == Currency::UNKNOWN.code() {
        return format!("{amount} (no currency is stated; --currency says which)");
    }
    amount
}

/// What totals are made of, where something was won beside it: `AUD`, or `AUD revenue` where
/// kinds of amount differ.
pub(super) fn measure(input: &ReportInput) -> Option<String> {
    let (won, others) = input.won.split_first()?;
    let is_of_kind = |other: &WonTotal| other.amount_kind == won.amount_kind;
    let currency = match won.currency.as_str() {
        code if code == Currency::UNKNOWN.code() => "amounts of no stated currency",
        code => code,
    };
    match others {
        [] => None,
        others if others.iter().all(is_of_kind) => Some(currency.to_owned()),
        _ => Some(format!("{currency} ({})", won.amount_kind.replace('_', " "))),
    }
}

/// What no total, verdict or picture holds, as it was won in another currency or kind of amount.
pub(super) fn alone(input: &ReportInput) -> Option<String> {
    let measure = measure(input)?;
    let others = &input.won[1..];
    let told = others.iter().map(|other| {
        let amount = money::amount(other.won_minor, &other.currency);
        if other.amount_kind == input.won[0].amount_kind {
            amount
        } else {
            format!("{amount} ({})", other.amount_kind.replace('_', " "))
        }
    });
    let is = if others.len() == 1 { "is" } else { "are" };
    let told = listed(&told.collect::<Vec<_>>());
    Some(format!("In {measure} alone; {told} {is} not in it."))
}

/// The exchange rates that the results were made with.
pub(super) fn rates(input: &ReportInput) -> Option<&str> {
    input.page.setting("exchange-rates")
}

/// What of the won total is converted, and by which rates.
pub(super) fn converted(input: &ReportInput, currency: &str) -> Option<String> {
    let parts: Vec<String> = input
        .converted
        .iter()
        .map(|own| {
            let deals = money::won_deals(own);
            format!("{} in {deals}", money::amount(own.won_minor, &own.currency))
        })
        .collect();
    let rates = rates(input).filter(|_| !parts.is_empty())?;
    let parts = listed(&parts);
    Some(format!("Of it, {parts} count in {currency}, by the rates given: {rates}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_currencies_stand_in_one_sentence() {
        let won = |currency: &str, deals| WonTotal {
            currency: currency.to_owned(),
            amount_kind: "revenue".to_owned(),
            deals,
            won_minor: 1_234_500,
            ..WonTotal::default()
        };
        let mut input = ReportInput {
            won: vec![won("EUR", 2), won("USD", 1), won("JPY", 3)],
            ..ReportInput::default()
        };
        let beside = "Beside that, USD 12,345.00 won in 1 deal (revenue) and JPY 1,234,500 in \
                      3 deals (revenue); never added to the others";
        assert_eq!(
            apart(&input, &input.won[0], &input.won[1..]).unwrap(),
            format!("{beside}.")
        );
        let alone = "In EUR alone; USD 12,345.00 and JPY 1,234,500 are not in it.";
        assert_eq!(super::alone(&input).unwrap(), alone);
        input.page.settings = vec![("exchange-rates".to_owned(), String::new())];
        let why = ", as there is no exchange rate for JPY and USD.";
        let told = apart(&input, &input.won[0], &input.won[1..]).unwrap();
        assert_eq!(told, format!("{beside}{why}"));
    }

    #[test]
    fn kinds_of_amount_are_told_where_they_differ() {
        let won = |currency: &str, kind: &str| WonTotal {
            currency: currency.to_owned(),
            amount_kind: kind.to_owned(),
            won_minor: 500,
            ..WonTotal::default()
        };
        let mut input = ReportInput {
            won: vec![won("XXX", "revenue"), won("EUR", "loan")],
            ..ReportInput::default()
        };
        assert_eq!(
            alone(&input).unwrap(),
            "In amounts of no stated currency (revenue) alone; EUR 5.00 (loan) is not in \
             it."
        );
        input.won.truncate(1);
        assert_eq!((alone(&input), measure(&input)), (None, None));
    }
}
