//! The page: one file, no network, opens by double click.
//!
//! Pictures are drawn across in percent, so that they fit every width, and every one has
//! its numbers as a table beside it. All text is escaped by the templates.

mod bars;
mod evidence;
mod findings;
mod glyph;
mod incremental;
mod journeys;
mod labels;
mod models;
mod months;
mod overview;
mod policy;
mod posts;
mod scale;
mod scatter;
mod series;
mod settings;
mod themes;

use askama::Template;

use super::{
    advice,
    answer::{self, Said},
    currencies, money, named, words,
};
use crate::store::{MemberLine, ReportInput};

/// How many lines of a list the page holds; the CSV has all.
const MOST_LINES: usize = 100;

const STYLE: &str = include_str!("../../../templates/report/style.css");
const SCRIPT: &str = include_str!("../../../templates/report/script.js");

/// What the template shows; all text is escaped by it.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    input: &'a ReportInput,
    policy: String,
    style: &'static str,
    script: &'static str,
    answer: Answer,
    tiles: Vec<overview::Tile>,
    funnel: Vec<overview::Step>,
    legend: Vec<&'a glyph::Glyph>,
    /// Themes that the legend leaves out.
    other_themes: usize,
    scatter: scatter::Scatter,
    themes: themes::Themes,
    cards: Vec<posts::CardList>,
    lists: Vec<posts::PostList>,
    findings: Vec<findings::Group>,
    open_findings: Vec<findings::Open>,
    models: models::Models,
    model_words: Vec<(&'a str, &'static str)>,
    evidence: Vec<evidence::Row>,
    journeys: Vec<journeys::Journey>,
    months: months::Months,
    members: Vec<Member>,
    incremental: Vec<incremental::Row>,
    /// Whether the data can tell nothing of any theme.
    incremental_is_open: bool,
    pictures: Vec<series::Picture>,
    advice: Vec<String>,
    /// What was won in other currencies, which no amount here holds.
    alone: Option<String>,
    /// How many of the won deals are shown.
    won_deals: String,
    settings: Vec<(String, String)>,
    as_of: String,
    version: &'static str,
}

/// A member beside the others.
struct Member {
    name: String,
    posts: String,
    posts_number: i64,
    engagement: String,
    engagement_number: i64,
    leads: i64,
    credited: String,
    credited_number: String,
    won: String,
    won_number: i64,
    won_percent: String,
}

/// Makes the page.
pub(super) fn page(input: &ReportInput) -> Result<String, askama::Error> {
    let currency = money::won_currency(input);
    let credited = money::credited_currency(input);
    let glyphs = glyph::Glyphs::new(&input.themes);
    let tables = &input.page;
    let setting = |name: &str| tables.setting(name).unwrap_or_default();
    let (legend, other_themes) = glyphs.legend(&tables.marks);
    let (findings, open_findings) = findings::groups(&tables.findings);
    let page = Page {
        input,
        policy: policy::policy(STYLE, SCRIPT),
        style: STYLE,
        script: SCRIPT,
        answer: answer(input),
        tiles: overview::tiles(input, currency),
        funnel: overview::funnel(&input.funnel),
        scatter: scatter::scatter(&tables.marks, &glyphs, scatter::Up::of(input)),
        themes: themes::themes(input, &glyphs, credited),
        cards: posts::cards(input, &glyphs, credited),
        lists: posts::lists(input, &glyphs, credited),
        findings,
        open_findings,
        models: models::models(input, currency),
        model_words: settings::models(&input.models),
        evidence: evidence::rows(&tables.evidence, currency),
        journeys: journeys::journeys(
            &tables.journeys,
            setting("window"),
            setting("as-of"),
        ),
        months: months::months(&tables.months, currency),
        members: members(&tables.members, credited),
        incremental: incremental::rows(&tables.incremental),
        incremental_is_open: tables.incremental.iter().all(|line| line.leads.is_none()),
        pictures: series::pictures(&tables.diagnostics),
        advice: advice::advice(input),
        alone: currencies::alone(input),
        won_deals: journeys::shown(input),
        settings: settings::settings(&tables.settings),
        as_of: settings::day(setting("as-of")).to_owned(),
        version: env!("CARGO_PKG_VERSION"),
        legend,
        other_themes,
    };
    page.render()
}

/// The answer in a sentence, and what is to be said with it.
struct Answer {
    headline: String,
    rest: Vec<String>,
}

/// The answer of the summary.
fn answer(input: &ReportInput) -> Answer {
    // The tile of what is credited says what credit does not see.
    let is_said = |said: &Said| match said {
        Said::Answer(_) => true,
        Said::Silence => overview::credited_total(input).is_none(),
    };
    let said = answer::answer(input).into_iter().filter(is_said);
    let mut sentences = said.map(|said| said.text().to_owned());
    let headline = sentences.next().unwrap_or_default();
    Answer { headline, rest: sentences.collect() }
}

fn members(lines: &[MemberLine], currency: &str) -> Vec<Member> {
    const MOST_MEMBERS: usize = 300;
    let middle = |line: &MemberLine| line.won_minor.0.midpoint(line.won_minor.1);
    let most = lines.iter().map(middle).max().unwrap_or(0);
    lines
        .iter()
        .take(MOST_MEMBERS)
        .map(|line| {
            let engagement = match (line.reactions, line.comments) {
                (None, None) => None,
                (reactions, comments) => {
                    Some(reactions.unwrap_or(0) + comments.unwrap_or(0))
                }
            };
            let share = scale::percent(scale::float(middle(line)), scale::float(most));
            // Of whom no post was read, nothing is credited either.
            let known =
                |text: String| if line.posts == 0 { "–".to_owned() } else { text };
            Member {
                name: line.name.clone(),
                posts: known(money::grouped(line.posts.unsigned_abs())),
                posts_number: line.posts,
                engagement: money::count(engagement),
                engagement_number: engagement.unwrap_or(-1),
                leads: line.leads,
                credited: known(money::leads(line.credited_leads)),
                credited_number: scale::short(line.credited_leads.1),
                won: known(money::range(line.won_minor, currency)),
                won_number: middle(line),
                won_percent: scale::short(share),
            }
        })
        .collect()
}

/// Groups the digits of a count.
fn grouped(count: impl std::borrow::Borrow<i64>) -> String {
    money::grouped(count.borrow().unsigned_abs())
}

/// Groups the digits of how many there are.
fn grouped_count(count: impl std::borrow::Borrow<usize>) -> String {
    money::grouped(u64::try_from(*count.borrow()).unwrap_or(u64::MAX))
}

/// Cuts a long cell.
fn cut(cell: &str) -> String {
    words::first_words(cell, 200)
}

#[cfg(test)]
mod tests;
