//! Measures the incremental model on simulated worlds whose truth is known:
//! `cargo run --release --example calibrate [WORLDS]`.
#![expect(clippy::print_stdout, reason = "an example prints what it measures")]

use std::time::Instant;

use touchstone::attribute::incremental::{
    Effort, Incremental, ThemeEffect, measure,
    simulate::{self, Plan, Truth, World},
};

fn main() {
    let worlds: u64 =
        std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(20);
    let effort = Effort { placebo_draws: 0, bootstrap_draws: 0 };
    let shared = |kind| Plan { people: 9_000, ..Plan::new(kind) };
    let plans = [World::Effects, World::Season, World::Nothing]
        .into_iter()
        .flat_map(|kind| [(kind, "", Plan::new(kind)), (kind, ", shared", shared(kind))]);
    for (kind, kinship, plan) in plans {
        let mut figures = Figures::default();
        for seed in 0..worlds {
            let (study, truth) = simulate::world(&plan, seed);
            let began = Instant::now();
            let found = measure(&study, effort).expect("the world is large enough");
            figures.seconds += began.elapsed().as_secs_f64();
            figures.add(&found, &truth);
        }
        figures.print(kind, kinship);
        let (study, _) = simulate::world(&plan, 0);
        let began = Instant::now();
        let found =
            measure(&study, Effort::default()).expect("the world is large enough");
        let seconds = began.elapsed().as_secs_f64();
        println!("  seconds, everything on {seconds:.3}");
        for theme in found.themes {
            let ThemeEffect { leads_low: low, leads_high: high, leads, .. } = theme;
            println!(
                "    {:14} {leads:5.1} [{low:5.1}, {high:5.1}]  p {:.4}  q {:.4}  placebo {:.4}",
                theme.theme,
                theme.p_value,
                theme.q_value,
                theme.placebo_p.unwrap_or(1.0)
            );
        }
    }
}

/// What is counted over the worlds of one kind.
#[derive(Default)]
struct Figures {
    leads: f64,
    caused: f64,
    distances: Vec<f64>,
    credited: Vec<f64>,
    covered: usize,
    themes: usize,
    p_below: usize,
    q_below: usize,
    null_themes: usize,
    seconds: f64,
}

impl Figures {
    fn add(&mut self, found: &Incremental, truth: &Truth) {
        let total = truth.uncaused + truth.caused.iter().sum::<f64>();
        self.leads += total;
        self.caused += total - truth.uncaused;
        let mut none = total;
        let mut distance = 0.0;
        for (theme, caused) in found.themes.iter().zip(&truth.caused) {
            distance += (theme.leads - caused).abs();
            none -= theme.leads;
            self.themes += 1;
            self.covered +=
                usize::from(theme.leads_low <= *caused && *caused <= theme.leads_high);
            if *caused == 0.0 {
                self.null_themes += 1;
                self.p_below += usize::from(theme.p_value < 0.05);
                self.q_below += usize::from(theme.q_value < 0.05);
            }
        }
        distance += (none - truth.uncaused).abs();
        self.distances.push(distance / (2.0 * total));
        self.credited.push((total - none) / total);
    }

    fn print(mut self, kind: World, kinship: &str) {
        let worlds = self.distances.len();
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let part = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let mean = |sum: f64| sum / worlds as f64;
        println!(
            "{kind:?}{kinship}: {worlds} worlds, {:.0} leads, {:.1} % caused by posts",
            mean(self.leads),
            100.0 * self.caused / self.leads
        );
        println!("  distance, median       {:.3}", median(&mut self.distances));
        println!("  credited, median       {:.1} %", 100.0 * median(&mut self.credited));
        println!("  credited, most         {:.1} %", 100.0 * self.credited[worlds - 1]);
        println!("  intervals that hold    {:.1} %", part(self.covered, self.themes));
        println!(
            "  null themes, p < 0.05  {:.1} %",
            part(self.p_below, self.null_themes)
        );
        println!(
            "  null themes, q < 0.05  {:.1} %",
            part(self.q_below, self.null_themes)
        );
        println!("  seconds per fit        {:.3}", mean(self.seconds));
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    f64::midpoint(values[(values.len() - 1) / 2], values[values.len() / 2])
}
