//! The library's own functions for Python and Spark: no rule of Touchstone stands here or
//! in Python, only the way in and out.

mod attributing;
mod columns;
mod options;
mod reading;

use pyo3::{create_exception, exceptions::PyRuntimeError, prelude::*};

create_exception!(
    library,
    Usage,
    PyRuntimeError,
    "An option or a configuration is wrong."
);

/// Says what went wrong, as an exception.
fn failed(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

/// The module `touchstone_cluster.library`.
#[pymodule]
mod library {
    #[pymodule_export]
    use super::Usage;
    #[pymodule_export]
    use super::attributing::{Attributing, credited_models, go_through, identity_keys};
    #[pymodule_export]
    use super::options::{configuration, judge, options};
    #[pymodule_export]
    use super::reading::{collect, look, plan, read, root_names, shown_below, walk};
    use super::{Bound, PyAnyMethods, PyModule, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.setattr("VERSION", env!("CARGO_PKG_VERSION"))
    }
}
