//! Flags that several commands share.

use clap::{Args as Flags, ValueEnum};
use touchstone::pipeline::Names;

/// What exports do not say themselves.
#[derive(Clone, Debug, Default, Flags)]
#[command(next_help_heading = "Reading")]
pub(super) struct Reading {
    /// Time zone of exports that state none, such as Australia/Sydney [default: UTC]
    #[arg(long, value_name = "ZONE")]
    pub(super) time_zone: Option<String>,
    /// Order of dates where a column does not decide itself: dmy, mdy or ymd
    #[arg(long, value_name = "ORDER")]
    pub(super) date_order: Option<String>,
    /// Currency of amounts that state none, such as AUD
    #[arg(long, value_name = "CUR")]
    pub(super) currency: Option<String>,
}

/// How credit is given.
#[derive(Clone, Debug, Default, Flags)]
#[command(next_help_heading = "Attribution")]
pub(super) struct Attributing {
    /// Days before a conversion in which a touch counts [default: 90]
    #[arg(long, value_name = "DAYS")]
    pub(super) window: Option<String>,
    /// Models, separated by commas, or all [default: the common ones, see touchstone config]
    #[arg(long, value_name = "LIST")]
    pub(super) models: Option<String>,
    /// Days after which a touch counts half as much [default: 7]
    #[arg(long, value_name = "DAYS")]
    pub(super) half_life: Option<String>,
    /// What random draws start from [default: 0]
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<String>,
    /// The end of the study, as YYYY-MM-DD [default: the newest instant recorded]
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
}

/// Where the report goes.
#[derive(Clone, Debug, Default, Flags)]
#[command(next_help_heading = "Report")]
pub(super) struct Writing {
    /// The folder for report.html and the tables [default: touchstone-report]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<String>,
}

/// How long persons are kept.
#[derive(Clone, Debug, Default, Flags)]
#[command(next_help_heading = "Retention")]
pub(super) struct Keeping {
    /// Delete persons of whom nothing newer than so many days is stated [default: keep all]
    #[arg(long, value_name = "DAYS")]
    pub(super) retention: Option<String>,
}

/// Whether results can be shown around.
#[derive(Clone, Copy, Debug, Default, Flags)]
pub(super) struct Showing {
    /// Invent names and leave out words and addresses, to show the results around
    #[arg(long)]
    pseudonymize: bool,
}

impl Showing {
    /// The names that results have.
    pub(super) fn names(self) -> Names {
        if self.pseudonymize { Names::Invented } else { Names::Real }
    }
}

/// For people or for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}
