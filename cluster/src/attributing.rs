//! An attribution that is divided: what executors go through, and what the driver does.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use arrow_array::RecordBatch;
use arrow_pyarrow::{FromPyArrow, ToPyArrow};
use pyo3::{prelude::*, sync::MutexExt};
use touchstone::{
    pipeline::{
        Plan,
        divided::{
            self, ByConnection, ByDeal, ByJourney, ByPerson, ByPost, Frame, Group,
        },
    },
    store::Rows,
};

use crate::{
    columns, failed,
    options::Given,
    reading::{Failed, insert_all},
};

fn to_python(py: Python<'_>, rows: Rows) -> PyResult<Bound<'_, PyAny>> {
    columns::batch(rows).map_err(failed)?.to_pyarrow(py)
}

fn to_rows(batch: &Bound<'_, PyAny>) -> PyResult<Rows> {
    columns::rows(&RecordBatch::from_pyarrow_bound(batch)?)
}

/// Calls `emit(table, batch)` until that fails once.
struct Emitting<'py> {
    emit: Bound<'py, PyAny>,
    outcome: PyResult<()>,
}

impl Emitting<'_> {
    fn take(&mut self, table: &str, rows: Rows) {
        if self.outcome.is_ok() {
            self.outcome = to_python(self.emit.py(), rows)
                .and_then(|batch| self.emit.call1((table, batch)).map(drop));
        }
    }
}

/// What tells which identities the driver must know.
#[pyfunction]
pub(crate) fn identity_keys<'py>(
    batch: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let keys = divided::identity_keys(&to_rows(batch)?).map_err(failed)?;
    to_python(batch.py(), keys)
}

/// How many models journeys are credited under.
#[pyfunction]
pub(crate) fn credited_models(given: Given) -> PyResult<usize> {
    Ok(given.attribution()?.models.len())
}

/// Goes through batches that stand together by person, deal, journey or post, or by the person
/// who is connected, and gives each batch that comes of them to `emit(table, batch)`. What the
/// driver tells all is the `value` of `shared`, and is read once under each name.
#[pyfunction]
pub(crate) fn go_through(
    what: &str,
    name: &str,
    shared: &Bound<'_, PyAny>,
    given: Given,
    batches: &Bound<'_, PyAny>,
    emit: Bound<'_, PyAny>,
) -> PyResult<()> {
    if what == "connections" {
        let text = shared.getattr("value")?;
        let study = divided::read_study(text.extract()?).ok_or_else(unknown)?;
        return go_on(&mut ByConnection::new(&study), batches, emit);
    }
    let frame = frame(name, shared, given)?;
    let learning = frame.to_learn();
    let mut group: Box<dyn Group + '_> = match what {
        "persons" => Box::new(ByPerson::new(&frame)),
        "deals" => Box::new(ByDeal::new(&frame)),
        "journeys" => Box::new(ByJourney::new(&frame, &learning)),
        "posts" => Box::new(ByPost::new(&frame)),
        other => return Err(failed(format!("there is no way through {other}"))),
    };
    go_on(group.as_mut(), batches, emit)
}

/// The frame of a name, which tasks of this process share.
fn frame(name: &str, shared: &Bound<'_, PyAny>, given: Given) -> PyResult<Arc<Frame>> {
    static LAST: Mutex<Option<(String, Arc<Frame>)>> = Mutex::new(None);
    // Whoever waits for it must let Python go on, or whoever holds it never ends.
    let mut last = LAST.lock_py_attached(shared.py()).map_err(failed)?;
    if let Some((known, frame)) = last.as_ref()
        && known == name
    {
        return Ok(frame.clone());
    }
    *last = None;
    let text = shared.getattr("value")?;
    let frame = Frame::new(text.extract()?, given.attribution()?);
    let frame = Arc::new(frame.ok_or_else(unknown)?);
    *last = Some((name.to_owned(), frame.clone()));
    Ok(frame)
}

fn unknown() -> PyErr {
    failed("what the driver tells cannot be read; is it another release?")
}

fn go_on(
    group: &mut dyn Group,
    batches: &Bound<'_, PyAny>,
    emit: Bound<'_, PyAny>,
) -> PyResult<()> {
    let mut emitting = Emitting { emit, outcome: Ok(()) };
    for batch in batches.try_iter()? {
        let rows = to_rows(&batch?)?;
        group
            .add(&rows, &mut |table, rows| emitting.take(table, rows))
            .map_err(failed)?;
        std::mem::replace(&mut emitting.outcome, Ok(()))?;
    }
    group.finish(&mut |table, rows| emitting.take(table, rows));
    emitting.outcome
}

/// What the driver does of an attribution.
#[pyclass(unsendable)]
pub(crate) struct Attributing {
    /// None once it is finished.
    own: Option<divided::Attributing>,
}

#[pymethods]
impl Attributing {
    /// Resolves the facts of batches, given as `(table, batch)`, in a database that is gone
    /// afterwards.
    #[new]
    fn new(
        database: PathBuf,
        plan: &str,
        given: Given,
        batches: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let plan: Plan = serde_json::from_str(plan).map_err(failed)?;
        let attribution = given.attribution()?;
        let insert =
            |store: &touchstone::store::Store| insert_all(store, batches).map_err(Failed);
        let own = divided::Attributing::new(&database, &plan, attribution, insert)
            .map_err(|failed| failed.0)?;
        Ok(Self { own: Some(own) })
    }

    /// How many persons, posts, leads and deals there are, and how many ambiguities are open.
    fn counts(&self) -> PyResult<Vec<(&'static str, u64)>> {
        Ok(self.own()?.counts().to_vec())
    }

    /// The person of every identity that was given.
    fn persons<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.own()?.persons())
    }

    /// The post of every name that is one.
    fn posts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.own()?.posts())
    }

    /// The touches that no list of engagers tells.
    fn other_touches<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.own()?.other_touches())
    }

    /// The connections that a day is known of.
    fn connections<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.own()?.connections())
    }

    /// What executors need to know who go through connections.
    fn study(&self) -> PyResult<String> {
        Ok(self.own()?.study())
    }

    /// What all executors need to know.
    fn frame(&mut self) -> PyResult<String> {
        Ok(self.own.as_mut().ok_or_else(finished)?.frame())
    }

    /// Takes a batch of what executors made.
    fn add(&mut self, table: &str, batch: &Bound<'_, PyAny>) -> PyResult<()> {
        let rows = to_rows(batch)?;
        let own = self.own.as_mut().ok_or_else(finished)?;
        own.add(table, &rows).map_err(failed)
    }

    /// Gives the tables of results to `emit(table, batch)`.
    fn finish(&mut self, emit: Bound<'_, PyAny>) -> PyResult<()> {
        let own = self.own.take().ok_or_else(finished)?;
        let mut emitting = Emitting { emit, outcome: Ok(()) };
        own.finish(&mut |table, rows| emitting.take(table, rows)).map_err(failed)?;
        emitting.outcome
    }
}

impl Attributing {
    fn own(&self) -> PyResult<&divided::Attributing> {
        self.own.as_ref().ok_or_else(finished)
    }
}

fn finished() -> PyErr {
    failed("this attribution is finished")
}
