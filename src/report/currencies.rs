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
            money::counted(other.deals, "deal", "deals"),
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
            let deals = money::counted(own.deals, "deal", "deals");
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
        input.page.settings = vec![("exchange-rates".to_owned(), String::new())];
        let why = ", as there is no exchange rate for JPY and USD.";
        let told = apart(&input, &input.won[0], &input.won[1..]).unwrap();
        assert_eq!(told, format!("{beside}{why}"));
    }
}
