//! What the documentation lists is what there is.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use touchstone::{
    attribute::MODELS,
    recognize::{Column, FORMATS, Format, OWN_KINDS, Takes, Zone},
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
stands for anything. Case, accents and what joins words do not matter: `Close Date`,
`close_date`, `Close-Date` and `CloseDate` are one. Columns that an export has under other names
than its vendor's are read by the names of the generic formats, which know those of several
languages; there the header of an amount may end with its currency, and in a table of deals
`Deal Stage` and `Stage` are one. What is not understood is said: columns of which nothing is
taken, and what no column tells. Tables that Touchstone wrote are known by their headers, and not read.
"
    .to_owned();
    text.push_str(&own_formats());
    for format in FORMATS.iter().filter(|one| !one.name.starts_with("touchstone-")) {
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

fn own_formats() -> String {
    let mut text = r#"
## Tables of your own

`touchstone inspect FILE` prints, for a table that no format fits, a `[[format]]` for
`touchstone.toml` that fits it, with guesses to be corrected. Such a format is recognized like
those below; `touchstone formats` lists it, and `v_source_files` names it. A file that was read
under another configuration is read anew.

```toml
[[format]]
name = "acme-deals"   # before the first hyphen: the CRM, whose records find each other by id
kind = "deal"         # see below
[format.columns]      # our field = your header, or a list of headers; * stands for anything
remote_id = "Vorgang"
name = "Bezeichnung"
stage = "Phase"
amount = ["Umsatz", "Umsatz netto"]
closed_at = "Abschluss"
owner = "Betreuer"
[format.stages]       # open, won, lost or unknown; usual words are known
"Beurkundet" = "won"
```

A format may say more: `optional` (fields whose columns may be missing; all others are needed),
`ignored` (columns that are known, and of which nothing is taken; with most columns it wins
over another that fits), `otherwise` (how deals stand whose stage tells nothing),
`amount-kind` (`revenue`, `commission`, `loan`, `property_price`, `contract_total`,
`recurring`), `cents = true` (amounts are counted in hundredths), `currency`, `decimal`
(`point` or `comma`), `date-order` and `time-zone` (where cells do not say), `full-names`
(`first-last` or `last-first`), `ids` (`plain`, `salesforce`, `zoho`, `guid`), `summary`.

More headers for formats that exist stand under `[columns]`, by field of the generic formats,
or under a format's name:

```toml
[columns]
amount = ["Honorar"]
[columns.hubspot-deals]
loan_amount = "Kreditsumme"
```

The kinds, and the fields of each:

"#
    .to_owned();
    for kind in OWN_KINDS {
        let mut fields: Vec<String> = kind
            .fields()
            .iter()
            .map(|(field, _)| format!("`{}`", field.word()))
            .collect();
        fields.sort();
        writeln!(text, "- `{}`, {}: {}", kind.word, kind.says, fields.join(", "))
            .unwrap();
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
                Zone::Named(zone) => zone,
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
