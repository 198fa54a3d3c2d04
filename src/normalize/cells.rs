//! What cells say, whatever the file: persons, instants, twins among headers.

use jiff::{Timestamp, tz::TimeZone};
use rustc_hash::FxHashMap;

use super::{company, date, link};
use crate::{
    domain::{Currency, Identity, Moment},
    recognize::{Kind, Known, header_currency},
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

/// An identity from the cells that most files have.
pub(super) fn person(
    profile_url: &str,
    email: Option<String>,
    full_name: &str,
    company: Option<&str>,
) -> Option<Identity> {
    let mut identity = Identity {
        email: email.map(Into::into),
        full_name: (!full_name.is_empty()).then(|| full_name.into()),
        company: company.filter(|text| company::key(text).is_some()).map(Into::into),
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

/// At most 200 characters, with a sign where more were.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
