//! Whole runs against the floor, at the size of a network; `benches/README.md` says how to
//! read what this prints.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod archives;
mod bench;
mod chance;
mod crm;
mod engagers;
mod floor;
mod growth;
mod measure;
mod models;
mod peers;
mod people;
mod truth;
mod whole;
mod world;

use std::path::{Path, PathBuf};

use world::World;

// The allocator of the command.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Any error ends the benchmark.
type Failure = Box<dyn std::error::Error + Send + Sync>;

const SEED: u64 = 20_260_331;

fn main() -> Result<(), Failure> {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let cores = std::thread::available_parallelism()?.get();
    match words.as_slice() {
        ["floor", database, exports] => measure::report(|out| {
            floor::run(Path::new(exports), Path::new(database), out)
        }),
        ["whole", "--threads", threads, database, paths @ ..] => {
            whole(database, paths, threads.parse()?)
        }
        ["whole", database, paths @ ..] => whole(database, paths, cores),
        ["models", database] => {
            measure::report(|out| models::run(Path::new(database), out))
        }
        ["generate", rows, folder] => {
            World::new(SEED, rows.parse()?)?.write(Path::new(folder))
        }
        ["check", database, truth] => truth::check(Path::new(database), Path::new(truth)),
        [] => bench::run(1_000_000),
        [rows] => bench::run(rows.parse()?),
        _ => Err("usage: [ROWS] | generate ROWS FOLDER | floor DB FOLDER \
                  | whole [--threads N] DB PATH... | models DB | check DB TRUTH"
            .into()),
    }
}

fn whole(database: &str, paths: &[&str], threads: usize) -> Result<(), Failure> {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    measure::report(|out| whole::run(&paths, Path::new(database), threads, out))
}
