//! Whole runs against the floor, at the size of a network; `benches/README.md` says how to
//! read what this prints.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod archives;
mod chance;
mod crm;
mod engagers;
mod floor;
mod measure;
mod people;
mod truth;
mod whole;
mod world;

use std::{
    fs,
    path::{Path, PathBuf},
};

use measure::{Figures, child, medians};
use world::World;

// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Any error ends the benchmark.
type Failure = Box<dyn std::error::Error + Send + Sync>;

const SEED: u64 = 20_260_331;
const RUNS: usize = 3;

fn main() -> Result<(), Failure> {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["floor", database, exports] => measure::report(|out| {
            floor::run(Path::new(exports), Path::new(database), out)
        }),
        ["whole", database, paths @ ..] => measure::report(|out| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            whole::run(&paths, Path::new(database), out)
        }),
        ["generate", rows, folder] => {
            World::new(SEED, rows.parse()?)?.write(Path::new(folder))
        }
        ["check", database, truth] => truth::check(Path::new(database), Path::new(truth)),
        [] => bench(1_000_000),
        [rows] => bench(rows.parse()?),
        _ => Err(
            "usage: [ROWS] | generate ROWS FOLDER | floor DB FOLDER | whole DB PATH... \
                  | check DB TRUTH"
                .into(),
        ),
    }
}

/// Builds the world where it is not there yet, and runs everything on it in turn.
fn bench(rows: u64) -> Result<(), Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data");
    let world = root.join(format!("{rows}-{SEED}"));
    if !world.join("truth.csv").exists() {
        println!("making a world of {rows} rows in {}", world.display());
        let aside = root.join("unfinished");
        drop(fs::remove_dir_all(&aside));
        World::new(SEED, rows)?.write(&aside)?;
        fs::rename(&aside, &world)?;
    }
    let (exports, newer) = (world.join("exports"), world.join("newer"));
    let (floor_db, whole_db) = (world.join("floor.db"), world.join("whole.db"));
    let night_db = world.join("night.db");
    let (mut floor, mut first, mut same, mut one) = (vec![], vec![], vec![], vec![]);
    for _ in 0..RUNS {
        floor.push(child(&["floor"], &[&floor_db, &exports])?);
        drop(fs::remove_file(&whole_db));
        first.push(child(&["whole"], &[&whole_db, &exports])?);
        fs::copy(&whole_db, &night_db)?;
        same.push(child(&["whole"], &[&night_db, &exports])?);
        one.push(child(&["whole"], &[&night_db, &exports, &newer])?);
    }
    let floor = medians(&floor);
    let text = floor.get("text").copied().unwrap_or(0.0);
    println!(
        "{} rows, {:.0} MB of text; medians of {RUNS} in turn",
        floor.get("rows").copied().unwrap_or(0.0),
        text / 1e6
    );
    println!(
        "{:<28} {:>8} {:>6} {:>8} {:>6} {:>9} {:>9} {:>6}",
        "", "wall s", "ratio", "CPU s", "ratio", "peak MB", "file MB", "of text"
    );
    line("floor", &floor, &floor, text);
    line("whole run", &medians(&first), &floor, text);
    line("a night with nothing new", &medians(&same), &medians(&first), text);
    line("a night with one of 200", &medians(&one), &medians(&first), text);
    for (name, seconds) in medians(&first).iter().filter(|(name, _)| name.contains(' ')) {
        println!("    {name:<24} {seconds:>8.2}");
    }
    truth::check(&whole_db, &world.join("truth.csv"))
}

/// One line of the table, with ratios to another run.
fn line(name: &str, figures: &Figures, against: &Figures, text: f64) {
    let get =
        |figures: &Figures, key: &str| figures.get(key).copied().unwrap_or(f64::NAN);
    let (wall, cpu) = (get(figures, "wall"), get(figures, "cpu"));
    println!(
        "{name:<28} {wall:>8.2} {:>6.2} {cpu:>8.2} {:>6.2} {:>9.0} {:>9.0} {:>6.2}",
        wall / get(against, "wall"),
        cpu / get(against, "cpu"),
        get(figures, "peak") / 1e6,
        get(figures, "database") / 1e6,
        get(figures, "database") / text
    );
}
