//! What happened month by month, as small columns below each other.

use super::scale::{float, percent, short};
use crate::{report::money, store::MonthLine};

/// Older months stand in the CSV tables alone.
const MOST_MONTHS: usize = 60;
/// How high the columns are.
pub(super) const HEIGHT: f64 = 64.0;

/// The months and their four pictures.
pub(super) struct Months {
    pub(super) rows: Vec<Row>,
    pub(super) pictures: Vec<Picture>,
    pub(super) years: Vec<Year>,
    pub(super) left_out: usize,
}

/// A month.
pub(super) struct Row {
    pub(super) month: String,
    pub(super) posts: i64,
    pub(super) reactions: String,
    pub(super) leads: i64,
    pub(super) won: String,
}

/// A year with the place where it begins; one at the end has its label before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Year {
    pub(super) x: String,
    pub(super) shift: i8,
    pub(super) anchor: &'static str,
    pub(super) text: String,
}

/// One kind of number over the months.
pub(super) struct Picture {
    pub(super) name: &'static str,
    pub(super) class: &'static str,
    /// The highest, or that nothing is known.
    pub(super) most: String,
    pub(super) columns: Vec<Column>,
}

/// A month's column.
pub(super) struct Column {
    pub(super) x: String,
    pub(super) width: String,
    pub(super) y: String,
    pub(super) height: String,
    pub(super) title: String,
}

/// Draws the last months, those without anything included.
pub(super) fn months(lines: &[MonthLine], currency: &str) -> Months {
    let all = filled(lines);
    let left_out = all.len().saturating_sub(MOST_MONTHS);
    let shown = &all[left_out..];
    let amount = |minor: i64| money::brief(minor, currency);
    let count = |number: i64| money::grouped(number.unsigned_abs());
    Months {
        rows: shown
            .iter()
            .map(|line| Row {
                month: line.month.clone(),
                posts: line.posts,
                reactions: money::count(line.reactions),
                leads: line.leads,
                won: money::amount(line.won_minor, currency),
            })
            .collect(),
        pictures: vec![
            picture("Posts", "ink", shown, |line| Some(line.posts), count),
            picture("Reactions", "like", shown, |line| line.reactions, count),
            picture("Leads", "lead", shown, |line| Some(line.leads), count),
            picture("Won", "earn", shown, |line| Some(line.won_minor), amount),
        ],
        years: years(shown),
        left_out,
    }
}

fn place(at: usize) -> f64 {
    float(i64::try_from(at).unwrap_or(i64::MAX))
}

fn picture(
    name: &'static str,
    class: &'static str,
    shown: &[MonthLine],
    value: impl Fn(&MonthLine) -> Option<i64>,
    told: impl Fn(i64) -> String,
) -> Picture {
    let highest = shown.iter().filter_map(&value).max();
    let most = highest.unwrap_or(0);
    let value = |line: &MonthLine| value(line).unwrap_or(0);
    let width = 100.0 / place(shown.len().max(1));
    let columns = shown
        .iter()
        .enumerate()
        .filter(|(_, line)| 0 < value(line))
        .map(|(at, line)| {
            let high = percent(float(value(line)), float(most)) / 100.0 * HEIGHT;
            Column {
                x: short(place(at) * width + width * 0.1),
                width: format!("{:.2}", width * 0.8),
                y: short(HEIGHT - high),
                height: short(high),
                title: format!("{}: {}", line.month, told(value(line))),
            }
        })
        .collect();
    let most = highest
        .map_or_else(|| "unknown".to_owned(), |most| format!("highest {}", told(most)));
    Picture { name, class, most, columns }
}

/// The years with the place where each begins.
fn years(shown: &[MonthLine]) -> Vec<Year> {
    // A label needs so much of a narrow screen, in percent.
    const LABEL: f64 = 14.0;
    let width = 100.0 / place(shown.len().max(1));
    shown
        .iter()
        .enumerate()
        .filter(|(at, line)| line.month.ends_with("-01") || *at == 0 && !near_year(shown))
        .map(|(at, line)| {
            let x = place(at) * width;
            let is_last = 100.0 - LABEL < x;
            Year {
                x: short(x),
                shift: if is_last { -3 } else { 3 },
                anchor: if is_last { "end" } else { "start" },
                text: line.month.get(..4).unwrap_or("").to_owned(),
            }
        })
        .collect()
}

/// Whether a year begins so soon that the first label would meet the next.
fn near_year(shown: &[MonthLine]) -> bool {
    let first = shown.iter().skip(1).position(|line| line.month.ends_with("-01"));
    first.is_some_and(|at| at < 4 && 12 < shown.len())
}

/// All months from the first to the last.
fn filled(lines: &[MonthLine]) -> Vec<MonthLine> {
    const MOST: usize = 1_200;
    let Some(last) = lines.last() else { return Vec::new() };
    let mut all: Vec<MonthLine> = Vec::new();
    for line in lines {
        while let Some(before) = all.last() {
            let next = following(&before.month);
            if MOST < all.len() || line.month <= next || last.month < next {
                break;
            }
            all.push(MonthLine { month: next, ..MonthLine::default() });
        }
        all.push(line.clone());
    }
    all
}

fn following(month: &str) -> String {
    let year: i32 = month.get(..4).and_then(|text| text.parse().ok()).unwrap_or(0);
    let number: i32 = month.get(5..7).and_then(|text| text.parse().ok()).unwrap_or(12);
    if 12 <= number {
        format!("{:04}-01", year + 1)
    } else {
        format!("{year:04}-{:02}", number + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_without_anything_are_shown_too() {
        let line =
            |month: &str| MonthLine { month: month.to_owned(), ..MonthLine::default() };
        let all = filled(&[line("2024-11"), line("2025-02")]);
        let months: Vec<_> = all.iter().map(|line| line.month.as_str()).collect();
        assert_eq!(months, ["2024-11", "2024-12", "2025-01", "2025-02"]);
    }

    #[test]
    fn what_is_unknown_is_not_zero_and_the_last_year_is_not_cut_off() {
        let line =
            |month: &str| MonthLine { month: month.to_owned(), ..MonthLine::default() };
        let drawn = months(&[line("2024-02"), line("2026-01")], "EUR");
        let most: Vec<_> = drawn.pictures.iter().map(|one| one.most.as_str()).collect();
        assert_eq!(most, ["highest 0", "unknown", "highest 0", "highest EUR 0"]);
        let years: Vec<_> =
            drawn.years.iter().map(|one| (one.text.as_str(), one.anchor)).collect();
        assert_eq!(years, [("2024", "start"), ("2025", "start"), ("2026", "end")]);
    }
}
