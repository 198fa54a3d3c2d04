//! How costs grow with the rows: the exponent of the power by which they do.

use super::measure::{Figures, figure};

/// What a world of one size cost.
pub(crate) struct Size {
    pub(crate) floor: Figures,
    pub(crate) whole: Figures,
}

impl Size {
    fn rows(&self) -> f64 {
        figure(&self.floor, "rows")
    }
}

/// Prints the exponents of each step from one size to the next, and those over all of them.
/// Nothing to print where there is one size.
pub(crate) fn print(sizes: &[Size]) {
    let steps: Vec<(&Size, &Size)> = sizes.iter().zip(sizes.iter().skip(1)).collect();
    let all = match (sizes, steps.len()) {
        ([first, .., last], 2..) => Some((first, last)),
        _ => None,
    };
    if steps.is_empty() {
        return;
    }
    println!("growth, as exponents of the rows; 1 is in proportion");
    println!("{:<36} {:>6} {:>6} {:>6} {:>6}", "", "wall", "CPU", "peak", "file");
    for (from, to) in steps.into_iter().chain(all) {
        line("floor", &from.floor, &to.floor, (from, to));
        line("whole run", &from.whole, &to.whole, (from, to));
    }
}

fn line(name: &str, smaller: &Figures, larger: &Figures, (from, to): (&Size, &Size)) {
    let exponent = |key: &str| {
        let grown = figure(larger, key) / figure(smaller, key);
        grown.ln() / (to.rows() / from.rows()).ln()
    };
    let name = format!("{name}, {} to {}", from.rows(), to.rows());
    println!(
        "{name:<36} {:>6.2} {:>6.2} {:>6.2} {:>6.2}",
        exponent("wall"),
        exponent("cpu"),
        exponent("peak"),
        exponent("database")
    );
}
