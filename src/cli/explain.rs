//! `explain`: the whole story of a deal, a lead or a post.

use std::process::ExitCode;

use serde_json::json;
use touchstone::{
    normalize::link,
    report::{
        first_words,
        story::{self, Story},
    },
    store::{Store, StoreError},
};

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
    let mut stories = of_id(&store, own.subject, &own.id)?;
    if stories.is_empty() {
        let mut found = named(&store, own.subject, own.id.trim())?;
        let is_whole = |one: &[String; 2]| one[1].to_lowercase() == own.id.to_lowercase();
        if found.iter().any(is_whole) {
            found.retain(is_whole);
        }
        match found.as_slice() {
            [] => return Err(unknown(own)),
            [[id, _]] => stories = of_id(&store, own.subject, id)?,
            several => return Err(not_one(own, several)),
        }
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

/// The stories of an id, or of a post's URL or URN.
fn of_id(store: &Store, subject: Subject, id: &str) -> Result<Vec<Story>, StoreError> {
    match subject {
        Subject::Deal => story::of_deal(store, id),
        Subject::Lead => story::of_lead(store, id),
        Subject::Post => link::post(id)
            .map_or(Ok(Vec::new()), |name| story::of_post(store, &name.to_string())),
    }
}

/// Records in whose names some words stand, or posts that have them.
fn named(
    store: &Store,
    subject: Subject,
    words: &str,
) -> Result<Vec<[String; 2]>, StoreError> {
    match subject {
        _ if words.is_empty() => Ok(Vec::new()),
        Subject::Deal => store.deals_named(words),
        Subject::Lead => store.leads_named(words),
        Subject::Post => store.posts_named(words),
    }
}

fn unknown(own: &args::Explain) -> Failure {
    let what = own.subject.word();
    if own.subject == Subject::Post && link::post(&own.id).is_none() {
        return Failure::usage(format!("\"{}\" names no post", own.id)).hint(
            "give its URL, a URN such as urn:li:activity:7159821008950084809, or some of its words",
        );
    }
    Failure::other(format!("there is no {what} \"{}\"", own.id)).hint(match own.subject {
        Subject::Post => "the URNs and URLs stand in posts.csv of the report".to_owned(),
        Subject::Deal | Subject::Lead => {
            format!("the ids stand in {what}s.csv of the report, as the CRM gives them")
        }
    })
}

/// Says which records some words may mean.
fn not_one(own: &args::Explain, several: &[[String; 2]]) -> Failure {
    const MOST: usize = 5;
    let one = |[id, name]: &[String; 2]| format!("{id} ({})", first_words(name, 40));
    let mut names: Vec<String> = several.iter().take(MOST).map(one).collect();
    if MOST < several.len() {
        names.push("and others".to_owned());
    }
    Failure::usage(format!("\"{}\" names several {}s", own.id, own.subject.word()))
        .hint(format!("give one: {}", names.join(", ")))
}
