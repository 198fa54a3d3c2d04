//! `formats` and `models`: what the registries hold.

use std::process::ExitCode;

use serde_json::json;
use touchstone::{
    attribute::MODELS,
    recognize::{Registry, Takes},
};

use super::{args::Format, failure::Failure, output::Output};

/// Lists the known exports.
pub(super) fn formats(
    format: Format,
    registry: &Registry,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let takes = |takes| match takes {
        Takes::Records(_) | Takes::Crm(..) => "read",
        Takes::Nothing(_) => "known, ignored",
        Takes::Refused(_) => "known, refused",
    };
    if format == Format::Json {
        let list: Vec<_> = registry
            .formats()
            .iter()
            .map(|format| {
                let columns: Vec<_> = format
                    .columns
                    .iter()
                    .map(|column| {
                        json!({
                            "field": column.field.word(),
                            "names": column.names,
                            "is_required": column.is_required,
                        })
                    })
                    .collect();
                json!({
                    "name": format.name,
                    "summary": format.summary,
                    "takes": takes(format.takes),
                    "columns": columns,
                })
            })
            .collect();
        output.json(&list.into())?;
    } else {
        for format in registry.formats() {
            let takes = takes(format.takes);
            output.row(&format!("{:34} {takes:15} ", format.name), format.summary)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists the attribution models.
pub(super) fn models(format: Format, output: &mut Output) -> Result<ExitCode, Failure> {
    if format == Format::Json {
        let list: Vec<_> = MODELS
            .iter()
            .map(|model| json!({ "name": model.name, "summary": model.summary }))
            .collect();
        output.json(&list.into())?;
    } else {
        for model in MODELS {
            output.row(&format!("{:18} ", model.name), model.summary)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
