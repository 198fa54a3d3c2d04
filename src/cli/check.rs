//! `check`: whether the laws hold in the user's own database.

use std::process::ExitCode;

use touchstone::store::Store;

use super::{
    args::{self, Format},
    failure::Failure,
    output::Output,
    settings::Settings,
};

/// Prints every law and what is against it; exit code 1 where one is broken.
pub(super) fn check(
    own: &args::Check,
    settings: &Settings,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let store = Store::open_to_read(&settings.database)?;
    let checks = store.check()?;
    if own.format == Format::Json {
        output.json(&serde_json::json!(checks))?;
    } else {
        for check in &checks {
            let holds = check.broken.is_empty();
            output.line(&format!(
                "{:6} {}",
                if holds { "holds" } else { "BROKEN" },
                check.law
            ))?;
            for case in &check.broken {
                output.line(&format!("       {case}"))?;
            }
        }
    }
    let holds = checks.iter().all(|check| check.broken.is_empty());
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
