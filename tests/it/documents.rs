//! What the documentation lists is what there is.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use touchstone::{
    attribute::MODELS,
    recognize::{Column, FORMATS, Format, Takes, Zone},
    store::{ColumnKind, Store, VIEWS},
};

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn the_list_of_formats_is_the_registrys() {
    let made = formats();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let stands = fs::read_to_string(&path).unwrap_or_default();
    if stands != made
        && std::env::var_os("TRYCMD").is_some_and(|value| value == "overwrite")
    {
        fs::write(&path, &made).unwrap();
        return;
    }
    assert!(stands == made, "docs/formats.md is stale; TRYCMD=overwrite writes it again");
}

fn formats() -> String {
    let mut text = "# The formats

Made from the registry in `src/recognize/formats`; `touchstone formats` lists the same.

A file is recognized by its columns, not by its name: all columns that a format needs must be
there, in any order and case; of several formats the one with the most columns wins. A tie is
told with both names, and a table that no format fits with the nearest one and what it lacks. `*`
stands for anything.
"
    .to_owned();
    for format in FORMATS {
        write!(text, "\n## {}\n\n{}. {}\n", format.name, format.summary, taken(format))
            .unwrap();
        let (needed, others): (Vec<&Column>, Vec<&Column>) =
            format.columns.iter().partition(|column| column.is_required);
        for column in needed {
            writeln!(text, "- needs {}", names(column.names)).unwrap();
        }
        let others: Vec<String> =
            others.iter().map(|column| names(&column.names[..1])).collect();
        if !others.is_empty() {
            writeln!(text, "- knows {}", others.join(", ")).unwrap();
        }
    }
    text
}

fn taken(format: &Format) -> String {
    match format.takes {
        Takes::Nothing(what) => format!("Known and not needed: {what}."),
        Takes::Refused(reason) => format!("Refused: {reason}."),
        Takes::Records(_) | Takes::Crm(..) => {
            let zone = match format.dates.zone {
                Zone::Utc => "UTC",
                Zone::Given => "in the zone that `--time-zone` gives",
            };
            format!("Times that state no zone are {zone}.")
        }
    }
}

fn names(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(" or ")
}

#[test]
fn every_model_is_explained_by_its_name() {
    let text = read("docs/models.md");
    let mut chapters: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(chapters.pop(), Some("incremental"));
    let names: Vec<&str> = MODELS.iter().map(|model| model.name).collect();
    assert_eq!(chapters, names);
    for model in MODELS {
        let begins = format!("## {}\n\n{}\n", model.name, model.summary);
        assert!(text.contains(&begins), "{} is explained otherwise", model.name);
    }
}

#[test]
fn every_column_of_every_view_is_explained_under_its_type() {
    let text = read("docs/views.md");
    let schema = read("schema.sql");
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("empty.db")).unwrap();
    for view in VIEWS {
        let rest = text.split_once(&format!("\n## {view}\n\n")).map(|(_, rest)| rest);
        let rest = rest.expect("docs/views.md has a chapter for each view");
        let chapter = rest.split("\n## ").next().unwrap();
        let sentence = chapter.lines().next().unwrap();
        assert!(
            schema.contains(&format!("-- {sentence}\ncreate view {view} as\n")),
            "schema.sql says something else of {view} than docs/views.md"
        );
        let explained: Vec<String> = chapter
            .lines()
            .filter_map(|line| line.strip_prefix("| `"))
            .map(|line| {
                let cells: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
                assert!(3 <= cells.len() && !cells[2].is_empty(), "{view}: {line}");
                format!("{} {}", cells[0].trim_end_matches('`'), cells[1])
            })
            .collect();
        let columns: Vec<String> = store
            .columns(view)
            .unwrap()
            .into_iter()
            .map(|column| format!("{} {}", column.name, word(column.kind)))
            .collect();
        assert_eq!(explained, columns, "{view}");
    }
    let chapters: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(chapters, BTreeSet::from(VIEWS));
}

fn word(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Integer => "integer",
        ColumnKind::Real => "real",
        ColumnKind::Text => "text",
        ColumnKind::Flag => "flag",
        ColumnKind::Day => "day",
        ColumnKind::Moment => "moment",
    }
}

#[test]
fn the_unit_runs_what_can_be_typed() {
    let unit = read("docs/systemd/touchstone.service");
    let place = crate::binary::Place::new();
    let mut lines = 0;
    for line in unit.lines().filter(|line| line.contains("/usr/local/bin/touchstone")) {
        let words = line.split_once("/usr/local/bin/touchstone ").unwrap().1;
        let mut words: Vec<&str> = words.split(' ').collect();
        if words[0] == "run" {
            words[1] = "exports";
            fs::create_dir(place.path("exports")).unwrap();
            let labels = crate::binary::samples().join("themes.csv");
            fs::copy(labels, place.path("exports/themes.csv")).unwrap();
        }
        let output = place.run(&words);
        assert!(output.status.success(), "{line}: {}", crate::binary::errors(&output));
        lines += 1;
    }
    assert_eq!(lines, 2);
}
