//! What the terminal's own settings mean; else a sentence with the way out.

use std::path::PathBuf;

use super::settings::{Color, LogFormat};

pub(super) fn path(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() { Err("the name is empty".to_owned()) } else { Ok(text.into()) }
}

pub(super) fn threads(text: &str) -> Result<usize, String> {
    if text.is_empty() {
        return Ok(std::thread::available_parallelism().map_or(1, Into::into));
    }
    let threads = text.parse().ok().filter(|threads| (1..=1024).contains(threads));
    threads.ok_or_else(|| format!("\"{text}\" is no number from 1 to 1024"))
}

pub(super) fn flag(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| format!("\"{text}\" is neither true nor false"))
}

pub(super) fn color(text: &str) -> Result<Color, String> {
    match text {
        "auto" => Ok(Color::Auto),
        "always" => Ok(Color::Always),
        "never" => Ok(Color::Never),
        _ => Err(format!("\"{text}\" is neither auto, always nor never")),
    }
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("\"{text}\" is neither text nor json")),
    }
}
