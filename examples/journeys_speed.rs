//! Times journeys of a file: `journeys_speed FILE [MODELS [ORDER]]`; makes ROWS journeys of
//! 20 channels with `journeys_speed --make FILE ROWS`.

#![expect(clippy::print_stdout, reason = "an example shows its figures")]

use std::{
    error::Error,
    fs::File,
    io::{BufWriter, Write},
    time::Instant,
};

use touchstone::{
    attribute::Options,
    journeys::{Settings, attribute, models, read},
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--make", file, rows] => make(file, rows.parse()?),
        [file] => time(file, "first-touch,last-touch,linear", "1"),
        [file, names] => time(file, names, "1"),
        [file, names, order, ..] => time(file, names, order),
        [] => Err("which file?".into()),
    }
}

fn time(file: &str, names: &str, order: &str) -> Result<(), Box<dyn Error>> {
    let begin = Instant::now();
    let journeys = read(File::open(file)?)?;
    let read_at = begin.elapsed();
    let names: Vec<String> = names.split(',').map(str::to_owned).collect();
    let models = models(&names, order.parse()?)?;
    let rows = attribute(&journeys, &Settings { models, options: Options::default() })?;
    let total: f64 = rows.iter().map(|row| row.conversions).sum();
    let all = begin.elapsed();
    println!(
        "{} journeys, {} rows of {total}: read {read_at:?}, all {all:?}",
        journeys.rows,
        rows.len()
    );
    Ok(())
}

/// Journeys of one to ten touches, of channels of which some are more usual than others.
fn make(file: &str, rows: u64) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(file)?);
    writeln!(out, "path,conversions,value,nulls")?;
    let mut state = 1_u64;
    let mut random = move |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    for _ in 0..rows {
        for touch in 0..=random(10) {
            let channel = random(20).min(random(20));
            let joint = if touch == 0 { "" } else { " > " };
            write!(out, "{joint}channel_{channel}")?;
        }
        let converts = u64::from(random(4) == 0);
        writeln!(out, ",{converts},{}.5,{}", converts * random(900), 1 - converts)?;
    }
    Ok(out.flush()?)
}
