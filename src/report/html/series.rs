//! Pictures of how the incremental model fits: lines over time, and placebo draws.

use super::scale::{float, percent, short};
use crate::{analyze::PLACEBO_REAL, report::lens::shown, store::DiagnosticPoint};

/// How high a picture of lines is, in its own units.
const HEIGHT: f64 = 100.0;

/// One picture with its numbers.
pub(super) struct Picture {
    pub(super) title: &'static str,
    pub(super) note: &'static str,
    pub(super) series: Vec<Series>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) most: String,
    /// What the numbers across are called, and what they are.
    pub(super) across: &'static str,
    /// Whether each series is a strip of ticks of its own.
    pub(super) is_strip: bool,
    /// By x: the values of all series.
    pub(super) rows: Vec<(String, Vec<String>)>,
}

/// One line, or one strip.
pub(super) struct Series {
    pub(super) name: String,
    pub(super) class: String,
    pub(super) path: String,
    /// How many ticks of a strip are shifts.
    pub(super) shifts: usize,
    /// Where on a strip the posts' own times stand, and their number.
    pub(super) real: Option<(String, String)>,
}

/// A kind of picture: its title, its note, what stands across, its unit there and upward.
struct Kind {
    name: &'static str,
    title: &'static str,
    note: &'static str,
    across: &'static str,
    unit_across: &'static str,
    unit_up: &'static str,
}

const KINDS: [Kind; 5] = [
    Kind {
        name: "week",
        title: "Leads week by week",
        note: "Leads that came, those that the fitted baseline expects without posts, and those \
         that the posts brought.",
        across: "Week from",
        unit_across: "",
        unit_up: " leads",
    },
    Kind {
        name: "lag",
        title: "How long after a post leads come",
        note: "Days between a post and a lead: observed pairs, the same for shifted posts, and \
         what is credited. A real effect stands above the shifted one at short lags.",
        across: "Days",
        unit_across: " days",
        unit_up: "",
    },
    Kind {
        name: "tau",
        title: "How fast the effect of a post fades",
        note: "What was believed of the mean delay in days before seeing the data, and after.",
        across: "Days",
        unit_across: " days",
        unit_up: " probability",
    },
    Kind {
        name: "month",
        title: "Season",
        note: "How many leads a month brings beside the others, without posts.",
        across: "Month",
        unit_across: "",
        unit_up: " times the mean",
    },
    Kind {
        name: "placebo",
        title: "Placebo: the same posts at shifted times",
        note: "Each thin tick is one shift: how much likelier the leads are with the theme than \
         without it. The thick mark is the real one, at the times when the posts appeared; \
         the p-value of the placebo is the share of ticks beyond it. Square-root scaled.",
        across: "Draw",
        unit_across: "",
        unit_up: "",
    },
];

/// All pictures for which there are points.
pub(super) fn pictures(points: &[DiagnosticPoint]) -> Vec<Picture> {
    KINDS
        .into_iter()
        .filter_map(|kind| {
            let own: Vec<&DiagnosticPoint> =
                points.iter().filter(|point| point.kind == kind.name).collect();
            (!own.is_empty()).then(|| picture(&own, &kind))
        })
        .collect()
}

fn picture(points: &[&DiagnosticPoint], kind: &Kind) -> Picture {
    let is_strip = kind.name == "placebo";
    let mut places: Vec<&str> = Vec::new();
    let mut labels: Vec<&str> = Vec::new();
    for point in points {
        if places.last() != Some(&point.x.as_str()) && !places.contains(&point.x.as_str())
        {
            places.push(&point.x);
        }
        if !labels.contains(&point.label.as_str()) {
            labels.push(&point.label);
        }
    }
    order(&mut places);
    let most = points.iter().map(|point| point.y).fold(0.0, f64::max);
    let of = |label: &str| of_label(points, label);
    let series = labels
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let own = of(label);
            let (real, shifts): (Vec<&DiagnosticPoint>, Vec<&DiagnosticPoint>) =
                own.iter().copied().partition(|point| point.x == PLACEBO_REAL);
            let mark = |point: &DiagnosticPoint| (root(point.y, most), short(point.y));
            Series {
                name: shown(label),
                class: format!("s{}", at % 4),
                path: if is_strip {
                    shifts.iter().map(|point| tick(point.y, most)).collect()
                } else {
                    line(&own, &places, most)
                },
                shifts: shifts.len(),
                real: real.first().copied().map(mark),
            }
        })
        .collect();
    let value = |label: &str, x: &str| {
        of(label)
            .iter()
            .find(|point| point.x == x)
            .map_or_else(|| "–".to_owned(), |point| number(point.y))
    };
    let end = |x: Option<&&str>| {
        x.map_or_else(String::new, |x| place(x, kind) + kind.unit_across)
    };
    let row =
        |x: &&str| (place(x, kind), labels.iter().map(|label| value(label, x)).collect());
    Picture {
        title: kind.title,
        note: kind.note,
        series,
        from: if is_strip { "0".to_owned() } else { end(places.first()) },
        to: if is_strip { short(most) } else { end(places.last()) },
        most: number(most) + kind.unit_up,
        across: kind.across,
        is_strip,
        rows: if is_strip { Vec::new() } else { places.iter().map(row).collect() },
    }
}

fn of_label<'a>(points: &[&'a DiagnosticPoint], label: &str) -> Vec<&'a DiagnosticPoint> {
    points.iter().copied().filter(|point| point.label == label).collect()
}

/// A number to two digits that count, whole ones whole, without zeros behind it.
fn number(value: f64) -> String {
    let text = match value.abs() {
        10.0.. => format!("{value:.0}"),
        1.0.. => format!("{value:.1}"),
        0.1.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    };
    let is_broken = text.contains('.');
    let text =
        if is_broken { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

/// Where a point stands: a month without its day.
fn place(x: &str, kind: &Kind) -> String {
    let month = x.get(..7).filter(|_| kind.name == "month");
    month.unwrap_or(x).to_owned()
}

/// Numbers by size, days by their text.
fn order(places: &mut [&str]) {
    let number = |place: &str| place.parse::<f64>().unwrap_or(0.0);
    places.sort_by(|one, other| {
        number(one).total_cmp(&number(other)).then_with(|| one.cmp(other))
    });
}

fn tick(y: f64, most: f64) -> String {
    format!("M{} 0v10", root(y, most))
}

/// A place on a strip, in percent: its axis is square-root scaled, since the real one may
/// stand far beyond all shifts.
fn root(y: f64, most: f64) -> String {
    short(percent(y.max(0.0).sqrt(), most.sqrt()))
}

fn line(points: &[&DiagnosticPoint], places: &[&str], most: f64) -> String {
    let wide = float(i64::try_from(places.len()).unwrap_or(1).max(2) - 1);
    let mut own: Vec<(usize, f64)> = points
        .iter()
        .filter_map(|point| {
            let at = places.iter().position(|place| *place == point.x)?;
            Some((at, point.y))
        })
        .collect();
    own.sort_by_key(|(at, _)| *at);
    let mut path = String::new();
    for (at, y) in own {
        let x = percent(float(i64::try_from(at).unwrap_or(0)), wide);
        let down = HEIGHT - percent(y, most) / 100.0 * HEIGHT;
        path.push(if path.is_empty() { 'M' } else { 'L' });
        path.push_str(&[format!("{x:.2}"), short(down)].join(" "));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(kind: &str, label: &str, x: &str, y: f64) -> DiagnosticPoint {
        let text = str::to_owned;
        DiagnosticPoint { kind: text(kind), label: text(label), x: text(x), y }
    }

    #[test]
    fn numbers_stand_by_size_and_lines_go_through_all_points() {
        let points = [
            point("tau", "prior", "14", 0.5),
            point("tau", "prior", "3", 1.0),
            point("tau", "posterior", "3", 0.0),
        ];
        let drawn = pictures(&points);
        assert_eq!(drawn.len(), 1);
        assert_eq!(drawn[0].series[0].path, "M0.00 0L100.00 50");
        assert_eq!(drawn[0].rows[0], ("3".to_owned(), vec!["1".into(), "0".into()]));
        assert_eq!((drawn[0].from.as_str(), drawn[0].to.as_str()), ("3 days", "14 days"));
        assert_eq!(drawn[0].most, "1 probability");
    }

    #[test]
    fn numbers_have_no_digits_that_say_nothing() {
        let told = [3.796, 0.176, 0.0123, 120.0, 12.3, 0.0].map(number);
        assert_eq!(told, ["3.8", "0.18", "0.012", "120", "12", "0"]);
    }

    #[test]
    fn a_placebo_is_a_strip_of_ticks() {
        let drawn = pictures(&[
            point("placebo", "client_story", "0", 1.0),
            point("placebo", "client_story", "1", 4.0),
            point("placebo", "client_story", PLACEBO_REAL, 16.0),
        ]);
        let series = &drawn[0].series[0];
        assert!(drawn[0].is_strip);
        assert_eq!((series.name.as_str(), series.shifts), ("client story", 2));
        assert_eq!(series.path, "M25 0v10M50 0v10");
        assert_eq!(series.real, Some(("100".to_owned(), "16".to_owned())));
    }
}
