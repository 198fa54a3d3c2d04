//! What cells say, whatever the file: persons, instants, twins among headers.

use std::borrow::Cow;

use jiff::{Timestamp, tz::TimeZone};
use rustc_hash::FxHashMap;

use super::{company, date, fold, link};
use crate::{
    domain::{Currency, Identity, Moment},
    recognize::{
        AMOUNTS, CLOSED, FORMATS, Field, Kind, Known, Record, Takes, header_currency,
    },
};

/// Reads an instant that was put together of several cells; month first where slashed.
pub(super) fn read_instant(text: &str) -> Option<Timestamp> {
    let column = date::ColumnDates::fixed(date::DateOrder::MonthDayYear);
    let rules = date::DateRules { column: &column, zone: &TimeZone::UTC, is_day: false };
    match date::read(text, &rules).ok()??.moment {
        Moment::Instant(instant) => Some(instant),
        Moment::Day(_) => None,
    }
}

/// Columns of the same header as one before them, with that one.
pub(super) fn twins(header: &[String]) -> Vec<(usize, usize)> {
    let is_named = |name: &&String| !name.trim().is_empty();
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut twins = Vec::new();
    for (at, name) in header.iter().enumerate().filter(|(_, name)| is_named(name)) {
        match first.entry(name.trim()) {
            std::collections::hash_map::Entry::Vacant(entry) => drop(entry.insert(at)),
            std::collections::hash_map::Entry::Occupied(entry) => {
                twins.push((*entry.get(), at));
            }
        }
    }
    twins
}

/// What a cell of yes or no says, in the languages of exports; none where it says neither.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    const YES: &[&str] = &[
        "true",
        "yes",
        "y",
        "t",
        "1",
        "1.0",
        "x",
        "checked",
        "ja",
        "j",
        "wahr",
        "oui",
        "vrai",
        "si",
        "verdadero",
        "vero",
        "sim",
        "verdadeiro",
        "waar",
        "ano",
        "pravda",
        "tak",
        "prawda",
        "да",
        "истина",
    ];
    const NO: &[&str] = &[
        "false",
        "no",
        "n",
        "f",
        "0",
        "0.0",
        "unchecked",
        "nein",
        "falsch",
        "non",
        "faux",
        "falso",
        "nao",
        "nee",
        "onwaar",
        "ne",
        "nepravda",
        "nie",
        "falsz",
        "nej",
        "nei",
        "нет",
        "ложь",
    ];
    let says = |text: &str| {
        let is =
            |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is(YES) { Some(true) } else { is(NO).then_some(false) }
    };
    if text.is_ascii() { says(text) } else { says(&fold::fold(text)) }
}

/// The currencies that the headers of amounts name.
pub(super) fn header_currencies(known: &Known) -> Vec<Option<Currency>> {
    let mut currencies = vec![None; known.layout.header.len()];
    for (_, column, kind) in known.columns.bound() {
        if matches!(kind, Kind::Amount | Kind::Cents)
            && let Some(name) = known.layout.header.get(*column)
            && let Some((_, code)) = header_currency(name)
        {
            currencies[*column] = Currency::from_code(code);
        }
    }
    currencies
}

/// Says what of a CRM's table was not understood: columns of which nothing is taken, and
/// what no column tells.
pub(super) fn not_understood(known: &Known) -> Vec<String> {
    const MOST_NAMES: usize = 20;
    let Takes::Crm(record, _) = known.format.takes else { return Vec::new() };
    // Whoever wrote a format of their own has said what there is.
    if !FORMATS.iter().any(|format| format.name == known.format.name) {
        return Vec::new();
    }
    let bound = known.columns.bound();
    let is_bound = |at: usize| bound.iter().any(|(_, column, _)| *column == at);
    let left: Vec<&str> = (known.layout.header.iter().enumerate())
        .filter(|(at, name)| !name.trim().is_empty() && !is_bound(*at))
        .map(|(_, name)| name.trim())
        .collect();
    let mut notes = Vec::new();
    if !left.is_empty() {
        let more = left.len().saturating_sub(MOST_NAMES);
        let rest = if more == 0 { String::new() } else { format!(", and {more} more") };
        let names = left[..left.len() - more].join(", ");
        notes.push(format!("nothing is taken from the columns {names}{rest}"));
    }
    let tells = |fields: &[Field]| bound.iter().any(|(field, ..)| fields.contains(field));
    let wanted: &[(&[Field], &str)] = match record {
        Record::Deal => &[
            (&AMOUNTS, "what deals are worth"),
            (&CLOSED, "when deals closed"),
            (&[Field::CreatedAt], "when deals were made"),
            (&BUYERS, "whose the deals are"),
        ],
        Record::Contact => &[(&[Field::CreatedAt], "when persons became known")],
        _ => &[],
    };
    // Without any column to name, only what no total can do without is said.
    let is_said = |fields: &[Field]| !left.is_empty() || fields == AMOUNTS;
    let missing = wanted.iter().filter(|(fields, _)| !tells(fields) && is_said(fields));
    notes.extend(missing.map(|(_, what)| {
        if left.is_empty() {
            format!("no column tells {what}")
        } else {
            format!("no column is known that tells {what}; name it in the configuration")
        }
    }));
    notes
}

/// What says whose a deal is.
const BUYERS: [Field; 5] = [
    Field::ContactIds,
    Field::ContactNames,
    Field::ContactEmails,
    Field::AccountIds,
    Field::AccountNames,
];

/// An identity from the cells that most files have.
pub(super) fn person<'a>(
    profile_url: &str,
    email: Option<String>,
    full_name: impl Into<Cow<'a, str>>,
    company: Option<&'a str>,
) -> Option<Identity<Cow<'a, str>>> {
    let mut identity = Identity {
        email: email.map(Into::into),
        full_name: Some(full_name.into()).filter(|name| !name.is_empty()),
        company: company.filter(|text| company::is_named(text)).map(Into::into),
        ..Identity::default()
    };
    match link::person(profile_url) {
        Some(link::PersonKey::Profile(slug)) => identity.profile = Some(slug.into()),
        Some(link::PersonKey::MemberId(id)) => identity.member_id = Some(id.into()),
        None => {}
    }
    let is_named = identity.profile.is_some()
        || identity.member_id.is_some()
        || identity.email.is_some()
        || identity.full_name.is_some();
    is_named.then_some(identity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_have_many_languages() {
        for yes in ["TRUE", "Sí", "1", "WAHR", "ano", "Да"] {
            assert_eq!(yes_or_no(yes), Some(true), "{yes}");
        }
        for no in ["false", "NÃO", "0", "FAUX", "Nie", "нет"] {
            assert_eq!(yes_or_no(no), Some(false), "{no}");
        }
        for neither in ["", "2", "perhaps", "won"] {
            assert_eq!(yes_or_no(neither), None, "{neither}");
        }
    }
}
