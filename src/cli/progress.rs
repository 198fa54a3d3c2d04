//! How far a run is, on standard error: bars on a terminal, else a line a stage.

use std::{
    io::Write,
    sync::{Mutex, PoisonError},
};

use indicatif::{ProgressBar, ProgressStyle};
use touchstone::pipeline::Event;

use super::{
    output::harmless_lines,
    settings::{Color, LogFormat, Settings},
};

/// Shows what happens.
pub(super) struct Progress {
    is_quiet: bool,
    has_bars: bool,
    has_color: bool,
    log_format: LogFormat,
    bar: Mutex<Option<ProgressBar>>,
}

impl Progress {
    pub(super) fn new(settings: &Settings, is_terminal: bool) -> Self {
        let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            is_quiet: settings.is_quiet,
            has_bars: is_terminal && settings.log_format == LogFormat::Text,
            has_color: match settings.color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => is_terminal && !is_off,
            },
            log_format: settings.log_format,
            bar: Mutex::new(None),
        }
    }

    /// Shows one event; called from several threads.
    pub(super) fn show(&self, event: Event<'_>) {
        if self.is_quiet {
            return;
        }
        match event {
            Event::Begin { stage, total } if self.has_bars => {
                *self.bar() = Some(self.begin(stage, total));
            }
            Event::Advance { count } => {
                if let Some(bar) = &*self.bar() {
                    bar.inc(count);
                }
            }
            Event::End { stage, counts } => {
                if let Some(bar) = self.bar().take() {
                    bar.finish_and_clear();
                }
                line(&match self.log_format {
                    LogFormat::Text => words(stage, counts),
                    LogFormat::Json => json(stage, counts),
                });
            }
            Event::Waits { minutes } => line(&match self.log_format {
                LogFormat::Text => format!(
                    "waiting: another program reads the database; {minutes} minutes at most"
                ),
                LogFormat::Json => {
                    serde_json::json!({ "stage": "waiting", "counts": { "minutes": minutes } })
                        .to_string()
                }
            }),
            Event::Begin { .. } => {}
        }
    }

    /// Says something beside the stages.
    pub(super) fn note(&self, text: &str) {
        if !self.is_quiet {
            line(&match self.log_format {
                LogFormat::Text => harmless_lines(text),
                LogFormat::Json => serde_json::json!({ "note": text }).to_string().into(),
            });
        }
    }

    fn begin(&self, stage: &str, total: u64) -> ProgressBar {
        let bar =
            if 0 < total { ProgressBar::new(total) } else { ProgressBar::no_length() };
        let color = if self.has_color { ".cyan" } else { "" };
        let template = match (total, stage) {
            (0, _) => "{msg:10} {spinner} {elapsed}".to_owned(),
            (_, "import") => format!(
                "{{msg:10}} {{bar:30{color}}} {{bytes}}/{{total_bytes}} \
                 {{bytes_per_sec}}, {{eta}} left"
            ),
            _ => format!("{{msg:10}} {{bar:30{color}}} {{pos}}/{{len}}, {{eta}} left"),
        };
        let style = ProgressStyle::with_template(&template);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(stage.to_owned());
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        bar
    }

    fn bar(&self) -> std::sync::MutexGuard<'_, Option<ProgressBar>> {
        self.bar.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn line(text: &str) {
    // Nobody is left to tell where standard error is closed.
    drop(writeln!(std::io::stderr(), "{text}"));
}

/// `import: 12 files read, 3 unchanged`.
fn words(stage: &str, counts: &[(&str, u64)]) -> String {
    let counts: Vec<String> =
        counts.iter().map(|(name, count)| counted(*count, name)).collect();
    format!("{stage}: {}", counts.join(", "))
}

/// `12 files read`, and `1 file read`.
fn counted(count: u64, name: &str) -> String {
    if count != 1 {
        return format!("{count} {name}");
    }
    let singular = |word: &str| match word {
        "matches" | "touches" => word.trim_end_matches("es").to_owned(),
        "journeys" | "files" | "exports" | "rows" | "rejections" | "persons"
        | "posts" | "leads" | "deals" | "models" | "themes" => {
            word.trim_end_matches('s').to_owned()
        }
        _ => word.to_owned(),
    };
    let words: Vec<String> = name.split(' ').map(singular).collect();
    format!("1 {}", words.join(" "))
}

fn json(stage: &str, counts: &[(&str, u64)]) -> String {
    let counts: serde_json::Map<String, serde_json::Value> = counts
        .iter()
        .map(|(name, count)| (name.replace(' ', "_"), (*count).into()))
        .collect();
    serde_json::json!({ "stage": stage, "counts": counts }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_thing_is_singular() {
        assert_eq!(
            words("look", &[("files", 1), ("known exports", 0)]),
            "look: 1 file, 0 known exports"
        );
        assert_eq!(
            words("attribute", &[("touches", 1), ("deal journeys", 1), ("models", 8)]),
            "attribute: 1 touch, 1 deal journey, 8 models"
        );
        assert_eq!(words("import", &[("files read", 1)]), "import: 1 file read");
    }
}
