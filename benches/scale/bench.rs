//! Everything on one world in turn, and the smaller worlds beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{
    Failure, SEED,
    growth::{self, Size},
    measure::{Figures, child, figure, medians},
    peers, truth,
    world::World,
};

const RUNS: usize = 3;
/// The smallest world, ten times as large as which the next one is.
const SMALLEST: u64 = 100_000;

/// Where a world lies.
struct Made {
    folder: PathBuf,
}

impl Made {
    /// Builds the world where it is not there yet.
    fn of(rows: u64) -> Result<Self, Failure> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data");
        let folder = root.join(format!("{rows}-{SEED}"));
        if !folder.join("truth.csv").exists() {
            println!("making a world of {rows} rows in {}", folder.display());
            let aside = root.join("unfinished");
            drop(fs::remove_dir_all(&aside));
            World::new(SEED, rows)?.write(&aside)?;
            fs::rename(&aside, &folder)?;
            println!(
                "waiting a minute: what has just changed is looked at again by a night"
            );
            thread::sleep(Duration::from_secs(61));
        }
        Ok(Self { folder })
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn floor(&self) -> Result<Figures, Failure> {
        child(&["floor"], &[&self.at("floor.db"), &self.at("exports")])
    }

    /// A first run, into a new database and a new report.
    fn whole(&self, words: &[&str], name: &str) -> Result<Figures, Failure> {
        let database = self.at(name);
        drop(fs::remove_file(&database));
        drop(fs::remove_dir_all(database.with_extension("report")));
        let words: Vec<&str> = ["whole"].iter().chain(words).copied().collect();
        child(&words, &[&database, &self.at("exports")])
    }
}

/// What was measured of one world, each in turn.
#[derive(Default)]
struct Runs {
    floor: Vec<Figures>,
    first: Vec<Figures>,
    single: Vec<Figures>,
    same: Vec<Figures>,
    one: Vec<Figures>,
    models: Vec<Figures>,
    /// By peer.
    peers: Vec<Vec<Figures>>,
}

impl Runs {
    fn new(made: &Made, peers: &[peers::Peer]) -> Result<Self, Failure> {
        let mut runs = Self { peers: vec![vec![]; peers.len()], ..Self::default() };
        let (exports, newer) = (made.at("exports"), made.at("newer"));
        let (whole, night) = (made.at("whole.db"), made.at("night.db"));
        for _ in 0..RUNS {
            runs.floor.push(made.floor()?);
            runs.single.push(made.whole(&["--threads", "1"], "single.db")?);
            runs.first.push(made.whole(&[], "whole.db")?);
            runs.same.push(child(&["whole"], &[&whole, &exports])?);
            fs::copy(&whole, &night)?;
            runs.one.push(child(&["whole"], &[&night, &exports, &newer])?);
            runs.models.push(child(&["models"], &[&whole])?);
            for (peer, runs) in peers.iter().zip(&mut runs.peers) {
                runs.push(peer.run(&exports, &made.at(peer.output))?);
            }
        }
        Ok(runs)
    }
}

/// Measures a world of about so many rows, and how it grew up to there.
pub(crate) fn run(rows: u64) -> Result<(), Failure> {
    let mut sizes = Vec::new();
    let tenfold = |rows: &u64| rows.checked_mul(10);
    for rows in
        std::iter::successors(Some(SMALLEST), tenfold).take_while(|one| *one < rows)
    {
        sizes.push(size(&Made::of(rows)?)?);
    }
    let made = Made::of(rows)?;
    let peers = peers::installed();
    let runs = Runs::new(&made, &peers)?;
    let (floor, first) = (medians(&runs.floor), medians(&runs.first));
    let text = figure(&floor, "text");
    let rows = figure(&floor, "rows");
    println!("{rows} rows, {:.0} MB of text; medians of {RUNS} in turn", text / 1e6);
    println!(
        "{:<28} {:>8} {:>6} {:>8} {:>6} {:>9} {:>9} {:>6}",
        "", "wall s", "ratio", "CPU s", "ratio", "peak MB", "file MB", "of text"
    );
    line("floor", &floor, &floor, text);
    line("whole run", &first, &floor, text);
    for (peer, runs) in peers.iter().zip(&runs.peers) {
        line(peer.module, &medians(runs), &floor, text);
    }
    line("whole run, one thread", &medians(&runs.single), &first, text);
    line("a night with nothing new", &medians(&runs.same), &first, text);
    line("a night with one of 200", &medians(&runs.one), &first, text);
    parts("stages of the whole run", "stage ", &first, &first);
    parts("models, each alone", "model ", &medians(&runs.models), &first);
    sizes.push(Size { floor, whole: first });
    growth::print(&sizes);
    peers::compare(&peers, &runs.peers, &made.at("whole.db"))?;
    truth::check(&made.at("whole.db"), &made.at("truth.csv"))
}

/// The floor and the whole run of a smaller world.
fn size(made: &Made) -> Result<Size, Failure> {
    let (mut floor, mut whole) = (vec![], vec![]);
    for _ in 0..RUNS {
        floor.push(made.floor()?);
        whole.push(made.whole(&[], "whole.db")?);
    }
    Ok(Size { floor: medians(&floor), whole: medians(&whole) })
}

/// One line of the table, with ratios to another run.
fn line(name: &str, figures: &Figures, against: &Figures, text: f64) {
    let (wall, cpu) = (figure(figures, "wall"), figure(figures, "cpu"));
    println!(
        "{name:<28} {wall:>8.2} {:>6.2} {cpu:>8.2} {:>6.2} {:>9.0} {:>9.0} {:>6.2}",
        wall / figure(against, "wall"),
        cpu / figure(against, "cpu"),
        figure(figures, "peak") / 1e6,
        figure(figures, "database") / 1e6,
        figure(figures, "database") / text
    );
}

/// Seconds of parts, with their ratio to the whole run.
fn parts(title: &str, prefix: &str, figures: &Figures, whole: &Figures) {
    println!("{title}");
    for (name, seconds) in figures {
        if let Some(name) = name.strip_prefix(prefix) {
            let ratio = seconds / figure(whole, "wall");
            println!("    {name:<24} {seconds:>8.3} {ratio:>6.3}");
        }
    }
}
