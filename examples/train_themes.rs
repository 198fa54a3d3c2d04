//! Writes the model of the theme classifier from the labelled posts under `training/`.
//!
//! `cargo run --release --example train_themes` writes `src/classify/model.bin` and says how
//! the model does on industries that it has not seen. With file names, it judges those files
//! by a model trained on the rest, and lists the errors.

use std::{collections::BTreeMap, error::Error, fs, io::Write as _, path::Path};

use touchstone::classify::training::{self, Judgment, Labelled, Settings};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let (mut seen, mut unseen) = (Vec::new(), Vec::new());
    for path in files("training")? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let posts = read(&path)?;
        if asked.contains(&name) { unseen.extend(posts) } else { seen.extend(posts) }
    }
    writeln!(out, "{} posts to learn from", seen.len())?;
    if asked.is_empty() {
        let (model, judgments) = training::train(&seen, Settings::default());
        fs::write("src/classify/model.bin", &model)?;
        writeln!(out, "model of {} bytes; by held-out industries:", model.len())?;
        return tell(&mut out, &seen, &judgments);
    }
    let judgments = training::across(&seen, &unseen, Settings::default());
    tell(&mut out, &unseen, &judgments)
}

/// The CSV files of a folder, by name.
fn files(folder: &str) -> Result<Vec<std::path::PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let mut posts = Vec::new();
    for record in csv::Reader::from_path(path)?.deserialize() {
        let row: BTreeMap<String, String> = record?;
        let cell =
            |name: &str| row.get(name).cloned().unwrap_or_default().into_boxed_str();
        posts.push(Labelled {
            theme: cell("theme"),
            industry: cell("industry"),
            text: cell("text"),
        });
    }
    Ok(posts)
}

/// Tells the share that is right, by theme and in all, and every error.
fn tell(
    out: &mut impl std::io::Write,
    posts: &[Labelled],
    judgments: &[Judgment],
) -> Result<(), Box<dyn Error>> {
    let mut themes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for judgment in judgments {
        let post = &posts[judgment.post];
        let counts = themes.entry(&post.theme).or_default();
        counts.0 += usize::from(judgment.is_right);
        counts.1 += 1;
        if !judgment.is_right {
            let text: String = post.text.replace('\n', " ").chars().take(110).collect();
            writeln!(
                out,
                "  {} taken for {} ({:.2}): {text}",
                post.theme, judgment.theme, judgment.confidence
            )?;
        }
    }
    for (theme, (right, all)) in &themes {
        writeln!(out, "{theme}: {right} of {all}")?;
    }
    let right = judgments.iter().filter(|judgment| judgment.is_right).count();
    writeln!(out, "all: {right} of {}", judgments.len())?;
    Ok(())
}
