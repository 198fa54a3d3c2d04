//! What was given: options with the names of `touchstone`'s, and a configuration.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use pyo3::prelude::*;
use touchstone::{
    config::{self, Choice, ConfigError, Configuration, SETTINGS},
    discover::Limits,
    normalize,
    pipeline::Attribution,
};

use crate::Usage;

/// What was given; it crosses to executors as text.
#[derive(FromPyObject)]
pub(crate) struct Given {
    /// What options say, by their names without dashes.
    options: BTreeMap<String, String>,
    /// The name and the text of the configuration, if there is one.
    configuration: Option<(String, String)>,
}

/// The options that there are.
const OPTIONS: [&str; 10] = [
    "time-zone",
    "date-order",
    "currency",
    "window",
    "models",
    "half-life",
    "seed",
    "placebo",
    "bootstrap",
    "as-of",
];

/// The options of the command line, each with its default and what it says.
#[pyfunction]
pub(crate) fn options() -> Vec<(&'static str, &'static str, &'static str)> {
    let settings = SETTINGS.iter().filter(|setting| OPTIONS.contains(&setting.name));
    settings.map(|setting| (setting.name, setting.default, setting.summary)).collect()
}

/// The name and the text of the configuration that is named, or of `touchstone.toml`; none
/// if that is not there.
#[pyfunction]
#[pyo3(signature = (named=None))]
pub(crate) fn configuration(
    named: Option<PathBuf>,
) -> PyResult<Option<(String, String)>> {
    config::text(named.as_deref()).map_err(wrong)
}

/// Says what is wrong with what was given, whichever command needs it, and gives what is not
/// done here.
#[pyfunction]
pub(crate) fn judge(given: Given) -> PyResult<Vec<String>> {
    let unknown = given.options.keys().find(|name| !OPTIONS.contains(&name.as_str()));
    if let Some(name) = unknown {
        let meant = config::meant(name, OPTIONS);
        let hint = meant.map(|meant| format!("\nhint: {meant}")).unwrap_or_default();
        return Err(Usage::new_err(format!("there is no option \"{name}\"{hint}")));
    }
    let own = given.configuration()?;
    let mut choice = Choice::new(&given.options, &own);
    choice.reading().map_err(wrong)?;
    choice.attribution().map_err(wrong)?;
    let days = choice.retention_days().map_err(wrong)?;
    let origin = choice.chosen().last().map_or("", |chosen| &chosen.origin);
    let note = format!(
        "{origin}: nobody is deleted here; touchstone attribute does so with this \
         configuration, in the database that collect makes"
    );
    choice.limits().map_err(wrong)?;
    Ok(days.map(|_| note).into_iter().collect())
}

fn wrong(error: ConfigError) -> PyErr {
    Usage::new_err(error.to_string())
}

/// A configuration's name and text, and what they say.
type Parsed = ((String, String), Arc<Configuration>);

/// The last configuration that was read: formats in it stay for as long as the process runs,
/// and an executor is asked once a file.
static LAST: Mutex<Option<Parsed>> = Mutex::new(None);

fn parsed(own: &(String, String)) -> Result<Arc<Configuration>, ConfigError> {
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, parsed)) = last.as_ref().filter(|(given, _)| given == own) {
        return Ok(Arc::clone(parsed));
    }
    let parsed = Arc::new(Configuration::parse(&own.0, &own.1)?);
    *last = Some((own.clone(), Arc::clone(&parsed)));
    Ok(parsed)
}

impl Given {
    /// How files are read.
    pub(crate) fn reading(&self) -> PyResult<normalize::Settings> {
        let own = self.configuration()?;
        Choice::new(&self.options, &own).reading().map_err(wrong)
    }

    /// How touches are linked and credited.
    pub(crate) fn attribution(&self) -> PyResult<Attribution> {
        let own = self.configuration()?;
        Choice::new(&self.options, &own).attribution().map_err(wrong)
    }

    /// What a single file may cost.
    pub(crate) fn limits(&self) -> PyResult<Limits> {
        let own = self.configuration()?;
        Choice::new(&self.options, &own).limits().map_err(wrong)
    }

    fn configuration(&self) -> PyResult<Arc<Configuration>> {
        let own = self.configuration.as_ref().map(parsed).transpose();
        Ok(own.map_err(wrong)?.unwrap_or_default())
    }
}
