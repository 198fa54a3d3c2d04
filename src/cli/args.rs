//! What can be typed.

use std::path::PathBuf;

use clap::{Args as Flags, Parser, Subcommand, ValueEnum};

/// Where `export` writes unless it is told.
pub(super) const EXPORT_FOLDER: &str = "touchstone-export";

pub(super) use super::flags::{Attributing, Format, Keeping, Reading, Showing, Writing};

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "touchstone",
    version,
    about = "Tells the LinkedIn posts that bring business from those that bring applause.",
    long_about = "Tells the LinkedIn posts that bring business from those that bring \
                  applause.\n\nReads what a person can download (LinkedIn archives, lists \
                  of people who engaged, CRM exports), joins posts to leads and closed \
                  deals, and reports which posts earned, which got likes, and how sure one \
                  can be. Nothing leaves the machine.",
    after_help = "Example: touchstone run ~/Downloads/exports",
    propagate_version = true,
    max_term_width = 90
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) shared: Shared,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Flags that all commands share.
#[derive(Debug, Flags)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Shared {
    /// The database [default: touchstone.db]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) db: Option<String>,
    /// The configuration [default: touchstone.toml if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Say nothing but what was asked for, and errors
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// When to use color: auto, always or never [default: auto]
    #[arg(long, global = true, value_name = "WHEN")]
    pub(super) color: Option<String>,
    /// How progress is told on standard error: text or json [default: text]
    #[arg(long, global = true, value_name = "FORMAT")]
    pub(super) log_format: Option<String>,
    /// Threads to work with [default: one a core]
    #[arg(long, global = true, value_name = "N")]
    pub(super) threads: Option<String>,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read exports, attribute, and write the report
    #[command(after_help = "Example: touchstone run archive.zip hubspot/ engagers.csv")]
    Run(Run),
    /// Say what each file is and what is wrong with it; writes nothing
    #[command(after_help = "Example: touchstone inspect ~/Downloads")]
    Inspect(Inspect),
    /// Try it on the exports of a made-up network, which the binary carries
    #[command(after_help = "Example: touchstone demo /tmp/touchstone-demo")]
    Demo(Demo),
    /// Read exports into the database, and no more
    #[command(after_help = "Example: touchstone import archive.zip --db nightly.db")]
    Import(Import),
    /// Rebuild touches, journeys and credits from what is imported
    #[command(after_help = "Example: touchstone attribute --window 30 --models linear")]
    Attribute(Attribute),
    /// Write the report again from the database
    #[command(after_help = "Example: touchstone report --out ~/Desktop/report")]
    Report(Report),
    /// Write the result tables for other tools: CSV, JSON Lines, Excel or Parquet
    #[command(after_help = "Example: touchstone export --format xlsx --out ~/Desktop")]
    Export(Export),
    /// Tell the whole story of a deal, a lead or a post
    #[command(after_help = "Example: touchstone explain deal 40301")]
    Explain(Explain),
    /// Run journeys of your own through the models; needs no database
    #[command(
        after_help = "Example: touchstone journeys paths.csv --models markov --order 2"
    )]
    Journeys(Journeys),
    /// Show what the last run moved, and which file brought it
    #[command(after_help = "Example: touchstone changes --since 12")]
    Changes(Changes),
    /// Erase a person, and keep later imports from bringing them back
    #[command(
        after_help = "Example: touchstone forget mira@castellano.example --dry-run"
    )]
    Forget(Forget),
    /// Verify the laws on your own database
    #[command(after_help = "Example: touchstone check --db nightly.db")]
    Check(Check),
    /// List the exports that are known
    #[command(after_help = "Example: touchstone formats --format json")]
    Formats(Registry),
    /// List the attribution models
    #[command(after_help = "Example: touchstone models")]
    Models(Registry),
    /// Show the settings in force and where each comes from
    #[command(after_help = "Example: touchstone config --template > touchstone.toml")]
    Config(Config),
    /// Print completions for a shell
    #[command(after_help = "Example: touchstone completions bash > touchstone.bash")]
    Completions(Completions),
    /// Print the man page
    #[command(after_help = "Example: touchstone man > touchstone.1")]
    Man,
}

/// `touchstone run`.
#[derive(Debug, Default, Flags)]
pub(super) struct Run {
    /// Files, folders and ZIPs, in any mix and order
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) attributing: Attributing,
    #[command(flatten)]
    pub(super) writing: Writing,
    #[command(flatten)]
    pub(super) showing: Showing,
    #[command(flatten)]
    pub(super) keeping: Keeping,
    /// End with exit code 3 if any cell, row or file was rejected
    #[arg(long)]
    pub(super) strict: bool,
    /// How the summary is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// `touchstone inspect`.
#[derive(Debug, Flags)]
pub(super) struct Inspect {
    /// Files, folders and ZIPs, in any mix and order; - is standard input
    #[arg(required_unless_present = "rows", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Print this one file's table as it was decoded, known export or not; - is standard
    /// input
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub(super) rows: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// How the findings or rows are written [default: text, csv for rows]
    #[arg(long, value_enum)]
    pub(super) format: Option<InspectFormat>,
}

/// How `inspect` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum InspectFormat {
    /// For people: findings alone
    Text,
    /// Comma-separated: rows alone
    Csv,
    /// For programs
    Json,
}

/// `touchstone demo`.
#[derive(Debug, Flags)]
pub(super) struct Demo {
    /// The folder for the exports, the database and the report
    #[arg(value_name = "DIR", default_value = "touchstone-demo")]
    pub(super) folder: PathBuf,
}

/// `touchstone import`.
#[derive(Debug, Flags)]
pub(super) struct Import {
    /// Files, folders and ZIPs, in any mix and order
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) keeping: Keeping,
    /// End with exit code 3 if any cell, row or file was rejected
    #[arg(long)]
    pub(super) strict: bool,
}

/// `touchstone attribute`.
#[derive(Debug, Flags)]
pub(super) struct Attribute {
    #[command(flatten)]
    pub(super) attributing: Attributing,
}

/// `touchstone report`.
#[derive(Debug, Flags)]
pub(super) struct Report {
    #[command(flatten)]
    pub(super) writing: Writing,
    #[command(flatten)]
    pub(super) showing: Showing,
}

/// `touchstone export`.
#[derive(Debug, Flags)]
pub(super) struct Export {
    /// How the tables are written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ExportFormat,
    /// The folder for the files; - writes one view to standard output
    #[arg(long, value_name = "DIR", default_value = EXPORT_FOLDER)]
    pub(super) out: PathBuf,
    /// Only this view, such as touches; may be given again [default: all]
    #[arg(long = "view", value_name = "NAME")]
    pub(super) views: Vec<String>,
    #[command(flatten)]
    pub(super) showing: Showing,
}

/// How result tables are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// A file a view, comma-separated
    #[default]
    Csv,
    /// A file a view, a JSON object a line
    Json,
    /// One workbook, a sheet a view
    Xlsx,
    /// A file a view, with typed columns
    Parquet,
}

/// `touchstone journeys`.
#[derive(Debug, Flags)]
pub(super) struct Journeys {
    /// CSV or JSON Lines with path, conversions, and perhaps value and nulls; - is standard
    /// input
    pub(super) file: PathBuf,
    /// Models, separated by commas [default: all that need no dates or milestones]
    #[arg(long, value_name = "LIST")]
    pub(super) models: Option<String>,
    /// How many channels of a path a Markov model remembers
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = whole::<usize>)]
    pub(super) order: usize,
    /// Days after which a touch counts half as much [default: 7]
    #[arg(long, value_name = "DAYS")]
    pub(super) half_life: Option<String>,
    /// What random draws start from [default: 0]
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<String>,
    /// Write what would be lost without each channel into this file
    #[arg(long, value_name = "FILE")]
    pub(super) removal_effects: Option<PathBuf>,
    /// Write the transitions of the Markov models into this file
    #[arg(long, value_name = "FILE")]
    pub(super) transitions: Option<PathBuf>,
    /// How the table is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: TableFormat,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    /// Comma-separated
    #[default]
    Csv,
    /// For programs
    Json,
}

/// `touchstone explain`.
#[derive(Debug, Flags)]
pub(super) struct Explain {
    /// What it is about
    #[arg(value_enum)]
    pub(super) subject: Subject,
    /// The CRM's id of a deal or lead, the URN or URL of a post, or some words of its name or text
    pub(super) id: String,
    /// How the story is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// What a story can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Subject {
    /// A deal of the CRM
    Deal,
    /// A lead or contact of the CRM
    Lead,
    /// A post
    Post,
}

impl Subject {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Deal => "deal",
            Self::Lead => "lead",
            Self::Post => "post",
        }
    }
}

/// `touchstone changes`.
#[derive(Debug, Flags)]
pub(super) struct Changes {
    /// All runs after this one [default: the last run alone]
    #[arg(long, value_name = "RUN", value_parser = whole::<i64>)]
    pub(super) since: Option<i64>,
    /// How the changes are written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// `touchstone forget`.
#[derive(Debug, Flags)]
pub(super) struct Forget {
    /// An e-mail address, a LinkedIn URL, or the CRM's id of a lead or contact
    pub(super) person: String,
    /// Say what would go, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) attributing: Attributing,
    #[command(flatten)]
    pub(super) writing: Writing,
    /// How it is told
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// `touchstone check`.
#[derive(Debug, Flags)]
pub(super) struct Check {
    /// How the findings are written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// `touchstone completions`.
#[derive(Debug, Flags)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

/// `touchstone formats` and `touchstone models`.
#[derive(Debug, Flags)]
pub(super) struct Registry {
    /// How the list is written
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// `touchstone config`.
#[derive(Debug, Flags)]
pub(super) struct Config {
    /// Print a commented configuration with the defaults
    #[arg(long)]
    pub(super) template: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) attributing: Attributing,
    #[command(flatten)]
    pub(super) writing: Writing,
    #[command(flatten)]
    pub(super) keeping: Keeping,
}

impl Command {
    /// The flags of this command that say what exports do not.
    pub(super) fn reading(&self) -> Reading {
        match self {
            Self::Run(own) => own.reading.clone(),
            Self::Inspect(own) => own.reading.clone(),
            Self::Import(own) => own.reading.clone(),
            Self::Config(own) => own.reading.clone(),
            _ => Reading::default(),
        }
    }

    /// The flags of this command that say how credit is given.
    pub(super) fn attributing(&self) -> Attributing {
        match self {
            Self::Run(own) => own.attributing.clone(),
            Self::Attribute(own) => own.attributing.clone(),
            Self::Forget(own) => own.attributing.clone(),
            Self::Config(own) => own.attributing.clone(),
            Self::Journeys(own) => Attributing {
                half_life: own.half_life.clone(),
                seed: own.seed.clone(),
                ..Attributing::default()
            },
            _ => Attributing::default(),
        }
    }

    /// The flag of this command that says how long persons are kept.
    pub(super) fn retention(&self) -> Option<String> {
        match self {
            Self::Run(own) => own.keeping.retention.clone(),
            Self::Import(own) => own.keeping.retention.clone(),
            Self::Config(own) => own.keeping.retention.clone(),
            _ => None,
        }
    }

    /// The flags of this command that say where the report goes.
    pub(super) fn writing(&self) -> Writing {
        match self {
            Self::Run(own) => own.writing.clone(),
            Self::Report(own) => own.writing.clone(),
            Self::Forget(own) => own.writing.clone(),
            Self::Config(own) => own.writing.clone(),
            _ => Writing::default(),
        }
    }
}

/// A whole number, or why it is none.
fn whole<Number: std::str::FromStr>(text: &str) -> Result<Number, String> {
    text.parse().map_err(|_| "it is no whole number".to_owned())
}
