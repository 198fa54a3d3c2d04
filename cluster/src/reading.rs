//! Files → rows, on executors; rows → database, in one place.

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_pyarrow::{FromPyArrow, ToPyArrow};
use jiff::Timestamp;
use pyo3::prelude::*;
use touchstone::{
    discover::{self, Named},
    pipeline::{
        self, Event, Imported, Look, PipelineError, Plan, Planned, Session, SpreadError,
    },
    store::Store,
};

use crate::{columns, failed, options::Given};

/// Files on disk, each with how it is shown.
type Shown = Vec<(PathBuf, String)>;

/// The files under paths of this machine, and what could not be opened.
#[pyfunction]
pub(crate) fn walk(paths: Vec<PathBuf>) -> PyResult<(Shown, Vec<(String, String)>)> {
    let (found, unreadable) = discover::named(&paths).map_err(failed)?;
    Ok((
        found.into_iter().map(|one| (one.path, one.shown)).collect(),
        unreadable.into_iter().map(|one| (one.name, one.reason)).collect(),
    ))
}

/// How an object is shown that lies below a named folder of a store; none for clutter.
#[pyfunction]
pub(crate) fn shown_below(root: &str, paths: usize, relative: &str) -> Option<String> {
    discover::shown_below(root, paths, relative)
}

/// What paths in a store are called, so that no two are called the same.
#[pyfunction]
pub(crate) fn root_names(paths: Vec<PathBuf>) -> Vec<String> {
    discover::root_names(&paths)
}

/// What a file on disk holds, as JSON; `place` is where it lies.
#[pyfunction]
pub(crate) fn look(
    py: Python<'_>,
    path: PathBuf,
    place: String,
    shown: String,
    given: Given,
) -> PyResult<String> {
    let named = Named { path, place, shown };
    let (registry, limits) = (given.reading()?.registry, given.limits()?);
    let look = py.detach(|| pipeline::look(&named, &registry, limits));
    serde_json::to_string(&look).map_err(failed)
}

/// The plan for files that were looked at, as JSON; unreadable are those never opened.
#[pyfunction]
pub(crate) fn plan(
    looks: Vec<String>,
    unreadable: Vec<(String, String)>,
) -> PyResult<String> {
    let read = |text: &String| serde_json::from_str(text).map_err(failed);
    let mut looks = looks.iter().map(read).collect::<PyResult<Vec<Look>>>()?;
    looks.push(Look { files: Vec::new(), unreadable });
    serde_json::to_string(&pipeline::plan(&looks)).map_err(failed)
}

/// Reads the planned tables of a file and gives each batch to `emit(table, batch)`; what
/// was counted, as JSON.
#[pyfunction]
pub(crate) fn read(
    path: PathBuf,
    shown: String,
    planned: &str,
    given: Given,
    emit: &Bound<'_, PyAny>,
) -> PyResult<String> {
    let planned: Vec<Planned> = serde_json::from_str(planned).map_err(failed)?;
    // What is read was planned already: where it lies tells nothing more.
    let named = Named { path, place: String::new(), shown };
    let (settings, limits) = (given.reading()?, given.limits()?);
    let mut written: PyResult<()> = Ok(());
    let mut each = |table: &'static str, rows| {
        if written.is_ok() {
            written = columns::batch(rows)
                .map_err(failed)
                .and_then(|batch| batch.to_pyarrow(emit.py()))
                .and_then(|batch| emit.call1((table, batch)).map(drop));
        }
    };
    let imported = pipeline::read(&named, &planned, &settings, limits, &mut each);
    written?;
    serde_json::to_string(&imported.map_err(failed)?).map_err(failed)
}

/// What went wrong in Rust or in Python.
pub(crate) struct Failed(pub(crate) PyErr);

impl From<SpreadError> for Failed {
    fn from(error: SpreadError) -> Self {
        Self(failed(error))
    }
}

impl From<PipelineError> for Failed {
    fn from(error: PipelineError) -> Self {
        Self(failed(error))
    }
}

/// Makes the database of a plan and of batches, given as `(table, batch)`, attributes unless
/// nothing is given to attribute with, and gives what was counted as JSON.
#[pyfunction]
pub(crate) fn collect(
    database: PathBuf,
    plan: &str,
    imported: Vec<String>,
    given: Option<Given>,
    batches: &Bound<'_, PyAny>,
) -> PyResult<String> {
    let plan: Plan = serde_json::from_str(plan).map_err(failed)?;
    let mut counted = Imported::default();
    for one in &imported {
        counted += &serde_json::from_str(one).map_err(failed)?;
    }
    let attribution = given.as_ref().map(Given::attribution).transpose()?;
    let holder = format!("touchstone-cluster, process {}", std::process::id());
    let session = Session {
        database: Path::new(&database),
        now: &Timestamp::now,
        holder: &holder,
        threads: 1,
        observer: &|_: Event<'_>| {},
    };
    let insert = |store: &Store| insert_all(store, batches).map_err(Failed);
    let attribution = attribution.as_ref();
    let counted = pipeline::collect(&session, &plan, &counted, attribution, insert)
        .map_err(|failed| failed.0)?;
    serde_json::to_string(&counted).map_err(failed)
}

/// Inserts batches, given as `(table, batch)`.
pub(crate) fn insert_all(store: &Store, batches: &Bound<'_, PyAny>) -> PyResult<()> {
    for pair in batches.try_iter()? {
        insert_batch(store, &pair?)?;
    }
    Ok(())
}

fn insert_batch(store: &Store, pair: &Bound<'_, PyAny>) -> PyResult<()> {
    let (table, batch): (String, Bound<'_, PyAny>) = pair.extract()?;
    let batch = RecordBatch::from_pyarrow_bound(&batch)?;
    store.insert_rows(&table, &columns::rows(&batch)?).map_err(failed)
}
