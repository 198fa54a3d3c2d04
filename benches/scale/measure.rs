//! What a process cost, as the system counts it, and what medians say.

use std::{collections::BTreeMap, fs, path::Path, process::Command, time::Instant};

use super::Failure;

/// Numbers by name: seconds, bytes, counts.
pub(crate) type Figures = BTreeMap<String, f64>;

/// Measures a piece of work in this process, and prints it with its own figures for the
/// process that started this one.
pub(crate) fn report(
    work: impl FnOnce(&mut Figures) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut figures = Figures::new();
    let start = Instant::now();
    work(&mut figures)?;
    figures.insert("wall".to_owned(), start.elapsed().as_secs_f64());
    figures.insert("cpu".to_owned(), cpu_seconds()?);
    figures.insert("peak".to_owned(), peak_bytes()?);
    for (name, value) in figures {
        println!("{name}\t{value}");
    }
    Ok(())
}

/// Starts this program once more with other words, and takes what it reports.
pub(crate) fn child(words: &[&str], paths: &[&Path]) -> Result<Figures, Failure> {
    reported(Command::new(std::env::current_exe()?).args(words).args(paths))
}

/// Runs a process, and takes what it reports.
pub(crate) fn reported(command: &mut Command) -> Result<Figures, Failure> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let mut figures = Figures::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        if let Some((name, value)) = line.split_once('\t') {
            figures.insert(name.to_owned(), value.parse()?);
        }
    }
    Ok(figures)
}

/// One of the figures; none where it was not reported.
pub(crate) fn figure(figures: &Figures, name: &str) -> f64 {
    figures.get(name).copied().unwrap_or(f64::NAN)
}

/// The median of each figure.
pub(crate) fn medians(runs: &[Figures]) -> Figures {
    let mut lists: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (name, value) in runs.iter().flatten() {
        lists.entry(name).or_default().push(*value);
    }
    let median = |mut list: Vec<f64>| {
        list.sort_by(f64::total_cmp);
        list[list.len() / 2]
    };
    lists.into_iter().map(|(name, list)| (name.to_owned(), median(list))).collect()
}

/// User and system time of all threads, those that ended too.
fn cpu_seconds() -> Result<f64, Failure> {
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(str::parse::<f64>)
        .sum::<Result<f64, _>>()?;
    Ok(ticks / TICKS_A_SECOND)
}

/// The most memory that was ever held.
fn peak_bytes() -> Result<f64, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes: f64 =
        line.and_then(|line| line.split_whitespace().nth(1)).unwrap_or("0").parse()?;
    Ok(kilobytes * 1024.0)
}
