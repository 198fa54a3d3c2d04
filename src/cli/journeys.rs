//! `journeys`: attribution over a file of journeys that the user brings.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    process::ExitCode,
};

use touchstone::{
    attribute, config,
    discover::Gzip,
    journeys::{self, ChoiceError, Journeys, Settings as Chosen},
    store::write_owner_only,
};

use super::{
    args::{self, TableFormat},
    failure::Failure,
    output::Output,
    progress::Progress,
    settings::Settings,
};

/// Reads the file, and shares conversions and value out to the channels.
pub(super) fn journeys(
    own: &args::Journeys,
    settings: &Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let names: Vec<String> = own
        .models
        .iter()
        .flat_map(|list| list.split(','))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let models = journeys::models(&names, own.order).map_err(|error| {
        let hint = choice_hint(&error);
        Failure::usage(format!("--models: {error}")).hint(hint)
    })?;
    let options = attribute::Options { order: own.order, ..settings.attribution.options };
    let chosen = Chosen { models, options };
    let read = read(&own.file)?;
    let cannot = |error: attribute::PathsError| Failure::other(error.to_string());
    let rows = journeys::attribute(&read, &chosen).map_err(cannot)?;
    side_tables(own, &read, &chosen)?;
    for row in rows.iter().filter(|row| row.standard_error.is_some()) {
        let error = row.standard_error.unwrap_or(0.0);
        let (model, channel) = (&row.model, &row.channel);
        progress.note(&format!("{model}: {channel}: drawn, standard error {error:.6}"));
    }
    print(&rows, own.format, output)?;
    Ok(ExitCode::SUCCESS)
}

/// What can be chosen instead.
fn choice_hint(error: &ChoiceError) -> String {
    match error {
        ChoiceError::Unknown(unknown) => config::model_names(&unknown.name),
        ChoiceError::Milestones { .. } => {
            let fitting = journeys::models(&[], 1).unwrap_or_default();
            let names: Vec<String> = fitting.iter().map(journeys::Chosen::name).collect();
            format!("a path is enough for: {}", names.join(", "))
        }
        ChoiceError::Order { .. } => "markov:2 remembers two channels".to_owned(),
    }
}

/// Writes removal effects and transitions, where they are asked for.
fn side_tables(
    own: &args::Journeys,
    read: &Journeys,
    chosen: &Chosen,
) -> Result<(), Failure> {
    if let Some(path) = &own.removal_effects {
        let effects = journeys::removal_effects(read, chosen)
            .map_err(|error| Failure::other(error.to_string()))?;
        let rows = effects.iter().map(|row| {
            [row.model.clone(), row.channel.to_string(), row.effect.to_string()].to_vec()
        });
        table(path, &["model", "channel", "removal_effect"], rows)?;
    }
    if let Some(path) = &own.transitions {
        let transitions = journeys::transitions(read, chosen);
        let rows = transitions.into_iter().map(|row| {
            let (count, probability) =
                (row.count.to_string(), row.probability.to_string());
            [row.model, row.from, row.to, count, probability].to_vec()
        });
        table(path, &["model", "from", "to", "count", "probability"], rows)?;
    }
    Ok(())
}

fn print(
    rows: &[journeys::Row],
    format: TableFormat,
    output: &mut Output,
) -> Result<(), Failure> {
    match format {
        TableFormat::Csv => {
            let mut csv = csv::Writer::from_writer(Vec::new());
            let cannot = |error: csv::Error| Failure::other(error.to_string());
            csv.write_record(["model", "channel", "conversions", "value"])
                .map_err(cannot)?;
            for row in rows {
                let (conversions, value) =
                    (row.conversions.to_string(), row.value.to_string());
                csv.write_record([
                    row.model.as_str(),
                    &row.channel,
                    &conversions,
                    &value,
                ])
                .map_err(cannot)?;
            }
            let bytes =
                csv.into_inner().map_err(|error| Failure::other(error.to_string()))?;
            output.text(&String::from_utf8_lossy(&bytes))?;
        }
        TableFormat::Json => {
            let rows: Vec<_> = rows
                .iter()
                .map(|row| {
                    serde_json::json!({
                        "model": row.model, "channel": row.channel,
                        "conversions": row.conversions, "value": row.value,
                        "standard_error": row.standard_error,
                    })
                })
                .collect();
            output.json(&rows.into())?;
        }
    }
    Ok(())
}

/// Reads a file, `-` being standard input; gzip is read in place.
fn read(path: &Path) -> Result<Journeys, Failure> {
    let named = path.display();
    let cannot = |error: &dyn std::error::Error| {
        let cause =
            error.source().map(|source| format!(": {source}")).unwrap_or_default();
        Failure::other(format!("{named}: {error}{cause}")).hint(
            "the file needs the columns path (channels joined by \" > \") and conversions, \
             and may have value and nulls",
        )
    };
    let mut bytes: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|error| {
            let why = match error.kind() {
                io::ErrorKind::NotFound => "there is no such file".to_owned(),
                _ => error.to_string(),
            };
            Failure::other(format!("{named}: {why}"))
                .hint("name a file of journeys, or - for standard input")
        })?)
    };
    let mut magic = Vec::new();
    bytes.by_ref().take(2).read_to_end(&mut magic).map_err(|error| cannot(&error))?;
    let is_gzip = magic == [0x1f, 0x8b];
    let whole = io::Cursor::new(magic).chain(bytes);
    let journeys =
        if is_gzip { journeys::read(Gzip::new(whole)) } else { journeys::read(whole) };
    journeys.map_err(|error| cannot(&error))
}

fn table(
    path: &Path,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<(), Failure> {
    let write = || -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(header)?;
        for row in rows {
            csv.write_record(row)?;
        }
        let bytes = csv.into_inner().map_err(csv::IntoInnerError::into_error)?;
        write_owner_only(path, &bytes)
    };
    write().map_err(|error| {
        Failure::other(format!("cannot write {}: {error}", path.display()))
    })
}
