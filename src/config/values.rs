//! What a setting's text means, wherever it comes from; else a sentence with the way out.

use std::str::FromStr;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::meant;
use crate::{
    attribute::{self, MODELS},
    domain::Currency,
    normalize::{date::DateOrder, phone::Country},
};

pub(super) fn zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text).map_err(|_| {
        format!("\"{text}\" is no time zone; write one such as Australia/Sydney or UTC")
    })
}

pub(super) fn order(text: &str) -> Result<Option<DateOrder>, String> {
    optional(text, DateOrder::from_str)
}

pub(super) fn currency(text: &str) -> Result<Option<Currency>, String> {
    optional(text, |code| {
        listed(code).ok_or_else(|| {
            format!("\"{code}\" is no currency; write its three letters, such as AUD")
        })
    })
}

/// The currency of a code that ISO 4217 lists.
pub(super) fn listed(code: &str) -> Option<Currency> {
    Currency::from_code(code).filter(Currency::is_listed)
}

fn optional<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<Option<T>, String> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}

pub(super) fn window(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| (1..=3650).contains(days));
    days.ok_or_else(|| format!("\"{text}\" is no number of days from 1 to 3650"))
}

pub(super) fn retention(text: &str) -> Result<Option<u32>, String> {
    optional(text, |text| {
        let days = text.parse().ok().filter(|days| (1..=36500).contains(days));
        days.ok_or_else(|| format!("\"{text}\" is no number of days from 1 to 36500"))
    })
}

pub(super) fn half_life(text: &str) -> Result<f64, String> {
    let days = text.parse().ok().filter(|days| 0.0 < *days && *days <= 3650.0);
    days.ok_or_else(|| format!("\"{text}\" is no number of days over 0, up to 3650"))
}

pub(super) fn draws(text: &str) -> Result<u32, String> {
    let draws = text.parse().ok().filter(|draws| *draws <= 100_000);
    draws.ok_or_else(|| format!("\"{text}\" is no whole number up to 100000"))
}

pub(super) fn country(text: &str) -> Result<Option<Country>, String> {
    optional(text, |text| {
        Country::of(text).ok_or_else(|| {
            let codes = Country::codes().collect::<Vec<_>>().join(", ");
            format!("\"{text}\" is none of the countries that are known: {codes}")
        })
    })
}

pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("\"{text}\" is no whole number from 0"))
}

pub(super) fn models(text: &str) -> Result<Vec<&'static attribute::Model>, String> {
    let names: Vec<String> = text
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let models = attribute::models(&names).map_err(|error| {
        let near = model_names(&error.name);
        format!("{error}; {near}")
    })?;
    if models.is_empty() { Err("the list of models is empty".into()) } else { Ok(models) }
}

/// The one that was probably meant, and all model names.
pub fn model_names(wrong: &str) -> String {
    let names = || MODELS.iter().map(|model| model.name);
    let all = names().collect::<Vec<_>>().join(", ");
    match meant(wrong, names()) {
        Some(meant) => format!("{meant} The models are: {all}"),
        None => format!("the models are: {all}"),
    }
}

pub(super) fn end_of_day(text: &str) -> Result<Option<Timestamp>, String> {
    optional(text, |text| {
        text.parse::<Date>()
            .and_then(|day| {
                jiff::tz::Offset::UTC.to_timestamp(day.at(23, 59, 59, 999_000_000))
            })
            .map_err(|_| format!("\"{text}\" is no day; write it as YYYY-MM-DD"))
    })
}

pub(super) fn megabytes(text: &str) -> Result<u64, String> {
    let megabytes = text.parse().ok().filter(|number| (1..=1 << 24).contains(number));
    megabytes
        .map(|number: u64| number << 20)
        .ok_or_else(|| format!("\"{text}\" is no number of megabytes from 1 to 16777216"))
}

pub(super) fn kilobytes(text: &str) -> Result<u64, String> {
    let kilobytes = text.parse().ok().filter(|number| (1..=1 << 20).contains(number));
    kilobytes
        .map(|number: u64| number << 10)
        .ok_or_else(|| format!("\"{text}\" is no number of kilobytes from 1 to 1048576"))
}

pub(super) fn rejections(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("\"{text}\" is no whole number from 0"))
}

pub(super) fn inflation(text: &str) -> Result<u64, String> {
    let times = text.parse().ok().filter(|times| (1..=100_000).contains(times));
    times.ok_or_else(|| format!("\"{text}\" is no number from 1 to 100000"))
}

pub(super) fn nesting(text: &str) -> Result<u8, String> {
    let depth = text.parse().ok().filter(|depth| *depth <= 20);
    depth.ok_or_else(|| format!("\"{text}\" is no number from 0 to 20"))
}
