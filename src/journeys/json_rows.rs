//! Rows of JSON Lines: `{"path": ["A", "B"], "conversions": 1, "value": 9.5, "nulls": 0}`.

use serde_json::{Map, Value};

use super::{
    names::split,
    numbers::{Numbers, Part},
};

/// Reads rows, `begin` bytes into the text of their part.
pub(super) fn read(text: &str, begin: usize, part: &mut Part) {
    let mut channels = Vec::new();
    let mut at = begin;
    for line in text.split_inclusive('\n') {
        if !line.trim_ascii().is_empty()
            && let Err(reason) = row(line, part, &mut channels)
        {
            part.refuse(at, reason);
        }
        at += line.len();
    }
}

fn row(line: &str, part: &mut Part, channels: &mut Vec<u32>) -> Result<(), String> {
    let fields: Map<String, Value> = serde_json::from_str(line)
        .map_err(|error| format!("it is no JSON object: {error}"))?;
    let mut numbers = Numbers::default();
    let (mut has_path, mut has_count) = (false, false);
    for (name, field) in &fields {
        match name.to_lowercase().as_str() {
            "path" => {
                path(field, part, channels)?;
                has_path = true;
            }
            "conversions" => {
                numbers.conversions = number("conversions", field)?;
                has_count = true;
            }
            "nulls" => {
                numbers.nulls = number("nulls", field)?;
                has_count = true;
            }
            "value" => numbers.value = number("value", field)?,
            _ => {}
        }
    }
    if !has_path {
        return Err("it has no field \"path\"".to_owned());
    }
    if !has_count {
        return Err("it has neither \"conversions\" nor \"nulls\"".to_owned());
    }
    part.push(channels, &numbers)
}

/// A list of channels, or channels joined by ` > `.
fn path(field: &Value, part: &mut Part, channels: &mut Vec<u32>) -> Result<(), String> {
    match field {
        Value::String(text) => part.number(split(text), channels),
        Value::Array(items) => {
            let names: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            let names = names.ok_or("path: a channel that is no text")?;
            part.number(names.into_iter().map(str::trim_ascii), channels)
        }
        _ => Err("path: it is neither text nor a list".to_owned()),
    }
}

fn number(name: &str, field: &Value) -> Result<f64, String> {
    match field {
        Value::Null => Ok(0.0),
        _ => field.as_f64().ok_or_else(|| format!("{name}: {field} is not a number")),
    }
}
