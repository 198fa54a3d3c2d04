//! The same exports loaded and credited by scripts of other tools, where they are installed.

use std::{
    ffi::OsString,
    path::Path,
    process::{Command, Stdio},
};

use rusqlite::{Connection, OpenFlags};

use super::{
    Failure,
    measure::{Figures, figure, reported},
};

/// A script beside this file, the module that it needs, and what it writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub(crate) module: &'static str,
    script: &'static str,
    pub(crate) output: &'static str,
}

const PEERS: [Peer; 2] = [
    Peer { module: "duckdb", script: "with_duckdb.py", output: "peer.duckdb" },
    Peer { module: "pandas", script: "with_pandas.py", output: "peer.csv" },
];

/// The Python that has the modules: `PEERS_PYTHON`, else the first on the path.
fn python() -> Command {
    Command::new(std::env::var_os("PEERS_PYTHON").unwrap_or(OsString::from("python3")))
}

/// Those that can be run; of the others it is said.
pub(crate) fn installed() -> Vec<Peer> {
    let is_there = |peer: &Peer| {
        let import = format!("import {}", peer.module);
        let tried = python().args(["-c", &import]).stderr(Stdio::null()).status();
        let is_there = tried.is_ok_and(|status| status.success());
        if !is_there {
            println!("{}: not installed", peer.module);
        }
        is_there
    };
    PEERS.into_iter().filter(is_there).collect()
}

impl Peer {
    /// Runs the script in a process of its own.
    pub(crate) fn run(&self, exports: &Path, output: &Path) -> Result<Figures, Failure> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/scale/peers");
        reported(
            python().arg("-B").arg(folder.join(self.script)).arg(exports).arg(output),
        )
    }
}

/// Compares what peers joined with the database; an error where a count is more than a
/// hundredth off, as then the work was not the same.
pub(crate) fn compare(
    peers: &[Peer],
    runs: &[Vec<Figures>],
    database: &Path,
) -> Result<(), Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(database, flags)?;
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, f64>(0));
    let joined = count(
        "select cast(count(*) as real) from v_leads where match_basis in ('profile', 'email')",
    )?;
    let touches = count(
        "select cast(count(*) as real) from v_touches join v_leads using (lead_id)
        where match_basis in ('profile', 'email') and kind in ('reaction', 'comment')",
    )?;
    for (peer, runs) in peers.iter().zip(runs) {
        let Some(figures) = runs.first() else { continue };
        let get = |key: &str| figure(figures, key);
        println!(
            "{}: {} of our {joined} leads joined by profile or e-mail, {} of our {touches} \
             touches of theirs, {} leads and {} deals credited",
            peer.module,
            get("joined"),
            get("touches"),
            get("leads"),
            get("deals")
        );
        let is_near = |own: f64, key: &str| (get(key) - own).abs() <= own / 100.0;
        let is_whole = (get("linear") - get("leads")).abs() < 0.5
            && (get("last_touch") - get("leads")).abs() < 0.5;
        if !is_near(joined, "joined") || !is_near(touches, "touches") || !is_whole {
            return Err(format!("{} did not do the same work", peer.module).into());
        }
    }
    Ok(())
}
