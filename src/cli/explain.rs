//! `explain`: the whole story of a deal, a lead or a post.

use std::process::ExitCode;

use serde_json::json;
use touchstone::{normalize::link, report::story, store::Store};

use super::{
    args::{self, Format, Subject},
    failure::Failure,
    output::Output,
    settings::Settings,
};

/// Tells the story.
pub(super) fn explain(
    own: &args::Explain,
    settings: &Settings,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let store = Store::open_to_read(&settings.database)?;
    let stories = match own.subject {
        Subject::Deal => story::of_deal(&store, &own.id)?,
        Subject::Lead => story::of_lead(&store, &own.id)?,
        Subject::Post => {
            let name = link::post(&own.id).ok_or_else(|| {
                Failure::usage(format!("\"{}\" names no post", own.id)).hint(
                    "give its URL, or a URN such as urn:li:activity:7159821008950084809",
                )
            })?;
            story::of_post(&store, &name.to_string())?
        }
    };
    if stories.is_empty() {
        let what = own.subject.word();
        return Err(Failure::other(format!("there is no {what} \"{}\"", own.id)).hint(
            match own.subject {
                Subject::Post => {
                    "the URNs and URLs stand in posts.csv of the report".to_owned()
                }
                Subject::Deal | Subject::Lead => format!(
                    "the ids stand in {what}s.csv of the report, as the CRM gives them"
                ),
            },
        ));
    }
    if own.format == Format::Json {
        output.json(&json!(stories))?;
    } else {
        for (index, story) in stories.iter().enumerate() {
            if 0 < index {
                output.line("")?;
            }
            output.text(&story.text())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
