//! The whole story of one deal, lead or post: what joins it, every touch with its evidence,
//! why a touch does not count, and the credit under every model.

use jiff::Timestamp;
use serde::Serialize;

use super::{
    money,
    words::{first_words, harmless, without_touch},
};
use crate::{
    domain::{Moment, Word, iso},
    link::{Outside, Window},
    store::{Store, StoreError, StoredDeal, StoredLead, StoredPost, StoredTouch},
};

/// A story, for people through [`Story::text`], for programs as JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Story {
    /// What it is about, in a line.
    pub title: String,
    /// What is known of it: name and value.
    pub facts: Vec<(&'static str, String)>,
    /// What it is joined to and why.
    pub joins: Vec<String>,
    /// Every touch, in the order of time.
    pub touches: Vec<ToldTouch>,
    /// Credit by model and post.
    pub credits: Vec<ToldCredit>,
    /// Joins that are not sure.
    pub open: Vec<String>,
}

/// A touch with its evidence.
#[derive(Clone, Debug, Serialize)]
pub struct ToldTouch {
    /// When, in UTC.
    pub touched_at: String,
    /// How it is known.
    pub kind: String,
    /// Who.
    pub lead: String,
    /// The post; none for a source that is no post.
    pub post_urn: Option<String>,
    /// The post's first words.
    pub post_text: Option<String>,
    /// The evidence, in words.
    pub evidence: String,
    /// The file that says so.
    pub source_file: String,
    /// The line, from 1.
    pub source_line: i64,
    /// Whether it counts.
    pub counts: bool,
    /// Why it does not.
    pub why_not: Option<&'static str>,
}

/// A credit under one model.
#[derive(Clone, Debug, Serialize)]
pub struct ToldCredit {
    /// The model.
    pub model: String,
    /// The post; none for what no post gets.
    pub post_urn: Option<String>,
    /// How much: an amount, or a share.
    pub credit: String,
}

/// The settings that the results were made with.
struct Made {
    window_days: u32,
    as_of: Timestamp,
}

impl Made {
    fn read(store: &Store) -> Result<Self, StoreError> {
        let window = setting(store, "window", "number of days")?;
        let as_of = setting(store, "as-of", "instant")?;
        Ok(Self {
            window_days: window.unwrap_or(0),
            as_of: as_of.unwrap_or(Timestamp::UNIX_EPOCH),
        })
    }
}

/// A setting that the results were made with; none where there are no results.
fn setting<T: std::str::FromStr>(
    store: &Store,
    name: &str,
    what: &'static str,
) -> Result<Option<T>, StoreError> {
    let read =
        |text: String| text.parse().map_err(|_| StoreError::Value { what, value: text });
    store.setting(name)?.map(read).transpose()
}

/// The stories of the leads of a CRM id.
pub fn of_lead(store: &Store, id: &str) -> Result<Vec<Story>, StoreError> {
    let made = Made::read(store)?;
    store.leads_of_id(id)?.iter().map(|lead| lead_story(store, &made, lead)).collect()
}

/// The stories of the deals of a CRM id.
pub fn of_deal(store: &Store, id: &str) -> Result<Vec<Story>, StoreError> {
    let made = Made::read(store)?;
    store.deals_of_id(id)?.iter().map(|deal| deal_story(store, &made, deal)).collect()
}

/// The story of the post of a URN.
pub fn of_post(store: &Store, urn: &str) -> Result<Vec<Story>, StoreError> {
    let made = Made::read(store)?;
    store.posts_of_urn(urn)?.iter().map(|post| post_story(store, &made, post)).collect()
}

fn lead_story(
    store: &Store,
    made: &Made,
    lead: &StoredLead,
) -> Result<Story, StoreError> {
    let mut facts = vec![
        ("status", lead.status.clone()),
        ("created at", day(lead.created_at)),
        ("company", lead.company.clone().unwrap_or_default()),
        ("profile", lead.profile.clone().unwrap_or_default()),
        ("read from", format!("{}:{}", lead.source_file, lead.place.line())),
    ];
    for (kind, column, text) in store.evidence_of_place(lead.place)? {
        facts.push(("source", format!("{column}: {text} ({kind})")));
    }
    facts.retain(|(_, value)| !value.is_empty());
    let mut joins = Vec::new();
    if let (Some(member), Some(basis)) = (&lead.member, &lead.match_basis) {
        let sure = lead.match_confidence.unwrap_or(0.0);
        let basis = basis.replace('_', " and ");
        joins.push(format!("of {member}, known by {basis} ({sure:.2})"));
    }
    for deal in store.deals_of_lead(lead.lead_id)? {
        let name = deal.name.as_deref().unwrap_or("");
        let (basis, sure) = (&deal.basis, deal.confidence);
        joins.push(format!("deal {} {name}, {basis} ({sure:.2})", deal.remote_id));
    }
    let window = lead.created_at.map(|at| Window::of_lead(at, made.window_days));
    let touches = store.touches_of_lead(lead.lead_id)?;
    let credits = store.credits_of_lead(lead.lead_id)?.into_iter();
    Ok(Story {
        title: format!(
            "Lead {} ({}): {}",
            lead.remote_id,
            lead.source_system,
            lead.person.as_deref().unwrap_or("no name")
        ),
        facts,
        joins,
        touches: touches.iter().map(|touch| told(touch, window)).collect(),
        credits: credits
            .map(|(model, post_urn, share)| ToldCredit {
                model,
                post_urn,
                credit: format!("{share:.4}"),
            })
            .collect(),
        open: open(store.ambiguities_of_lead([&lead.source_system, &lead.remote_id])?),
    })
}

fn deal_story(
    store: &Store,
    made: &Made,
    deal: &StoredDeal,
) -> Result<Story, StoreError> {
    let amount = deal.amount_minor.map_or_else(
        || "no amount".to_owned(),
        |minor| {
            format!("{} ({})", money::amount(minor, &deal.currency), deal.amount_kind)
        },
    );
    let counted = deal
        .counted_minor
        .filter(|_| deal.counted_currency != deal.currency)
        .map(|minor| money::amount(minor, &deal.counted_currency));
    let mut facts = vec![
        ("status", deal.status.word().to_owned()),
        ("amount", amount),
        ("counts as", counted.unwrap_or_default()),
        ("created at", day(deal.created_at)),
        ("closed at", day(deal.closed_at)),
        ("read from", format!("{}:{}", deal.source_file, deal.place.line())),
    ];
    for (kind, column, text) in store.evidence_of_place(deal.place)? {
        facts.push(("source", format!("{column}: {text} ({kind})")));
    }
    facts.retain(|(_, value)| !value.is_empty());
    let window = deal.created_at.map(|at| {
        Window::of_deal(at, deal.status, deal.closed_at, made.window_days, made.as_of)
    });
    let (mut joins, mut touches) = (Vec::new(), Vec::new());
    for lead in store.leads_of_deal(deal.deal_id)? {
        let name = lead.name.as_deref().unwrap_or("");
        let (basis, sure) = (&lead.basis, lead.confidence);
        joins.push(format!("lead {} {name}, {basis} ({sure:.2})", lead.remote_id));
        touches.extend(store.touches_of_lead(lead.id)?);
    }
    touches.sort_by_key(|touch| touch.touched_at);
    let credits = store.credits_of_deal(deal.deal_id)?.into_iter();
    Ok(Story {
        title: format!(
            "Deal {} ({}): {}",
            deal.remote_id,
            deal.source_system,
            deal.name.as_deref().unwrap_or("no name")
        ),
        facts,
        joins,
        touches: touches.iter().map(|touch| told(touch, window)).collect(),
        credits: credits
            .map(|(model, post_urn, minor)| ToldCredit {
                model,
                post_urn,
                credit: money::amount(minor, &deal.currency),
            })
            .collect(),
        open: open(store.ambiguities_of(&format!(
            "deal {} ({})",
            deal.remote_id, deal.source_system
        ))?),
    })
}

fn post_story(
    store: &Store,
    made: &Made,
    post: &StoredPost,
) -> Result<Story, StoreError> {
    let mut facts = vec![
        ("member", post.member.clone().unwrap_or_default()),
        ("posted at", post.posted_at.clone().unwrap_or_default()),
        ("theme", theme(post)),
        ("reactions", money::count(post.reactions)),
        ("comments", money::count(post.comments)),
        ("url", post.url.clone()),
        ("text", post.text.clone().unwrap_or_default()),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    let joins = store.aliases_of_post(post.post_id)?.into_iter();
    let joins = joins.filter(|(urn, _)| *urn != post.urn);
    let touches = store.touches_of_post(post.post_id)?;
    let window = |touch: &StoredTouch| {
        touch.lead_created_at.map(|at| Window::of_lead(at, made.window_days))
    };
    let scores = store.scores_of_post(post.post_id)?.into_iter();
    Ok(Story {
        title: format!("Post {}", post.urn),
        facts,
        joins: joins
            .map(|(urn, basis)| format!("also {urn}, known by {basis}"))
            .collect(),
        touches: touches.iter().map(|touch| told(touch, window(touch))).collect(),
        credits: scores
            .map(|score| ToldCredit {
                credit: format!(
                    "{}, pipeline {}, won {}: {}",
                    leads(score.leads),
                    money::amount(score.pipeline_minor, &score.currency),
                    money::amount(score.won_minor, &score.currency),
                    score.verdict
                ),
                model: score.model,
                post_urn: None,
            })
            .collect(),
        open: open(store.ambiguities_of(&post.urn)?),
    })
}

/// `1 lead`, `1.46 leads`.
fn leads(share: f64) -> String {
    let text = format!("{share:.2}");
    let text = text.strip_suffix(".00").unwrap_or(&text);
    format!("{text} {}", if text == "1" { "lead" } else { "leads" })
}

/// The theme with how sure it is and what decided.
fn theme(post: &StoredPost) -> String {
    let Some(theme) = &post.theme else { return String::new() };
    match (post.theme_confidence, &post.theme_because) {
        (Some(sure), Some(because)) => format!("{theme} ({sure:.2}: {because})"),
        _ => theme.clone(),
    }
}

fn open(about: Vec<(String, String)>) -> Vec<String> {
    about.into_iter().map(|(subject, text)| format!("{subject}: {text}")).collect()
}

fn told(touch: &StoredTouch, window: Option<Window>) -> ToldTouch {
    let check = window.map(|window| window.check(touch.touched_at));
    let why_not = match check {
        Some(Ok(())) => None,
        Some(Err(Outside::TooEarly)) => Some("before the window"),
        Some(Err(Outside::AfterConversion)) => Some("after the conversion"),
        None => Some("no creation date"),
    };
    ToldTouch {
        touched_at: iso(touch.touched_at),
        kind: touch.kind.clone(),
        lead: format!(
            "{} {}",
            touch.lead_remote_id,
            touch.person.as_deref().unwrap_or("")
        ),
        post_urn: touch.post_urn.clone(),
        post_text: touch.text.as_deref().map(|text| first_words(text, 60)),
        evidence: touch.evidence.clone(),
        source_file: touch.source_file.clone(),
        source_line: touch.source_line,
        counts: why_not.is_none(),
        why_not,
    }
}

fn day(moment: Option<Moment>) -> String {
    moment.map(Moment::text).unwrap_or_default()
}

impl Story {
    /// The story in lines, ending in a line end.
    pub fn text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        for (name, value) in &self.facts {
            lines.push(format!("  {name:12}{}", harmless(value)));
        }
        section(&mut lines, "Joined to", &self.joins);
        let touches: Vec<String> =
            self.touches.iter().flat_map(ToldTouch::lines).collect();
        section(&mut lines, "Touches", &touches);
        if self.touches.is_empty() {
            let is_joined = !self.title.starts_with("Deal ") || !self.joins.is_empty();
            lines.push(format!("No touch is known: {}.", without_touch(is_joined)));
        }
        let has_posts = self.credits.iter().any(|one| one.post_urn.is_some());
        let credit = |one: &ToldCredit| {
            if !has_posts && self.title.starts_with("Post ") {
                return format!("{:18} {}", one.model, one.credit);
            }
            let post = one.post_urn.as_deref().unwrap_or("no post");
            format!("{:18} {:40} {}", one.model, post, one.credit)
        };
        let credits: Vec<String> = self.credits.iter().map(credit).collect();
        section(&mut lines, "Credit", &credits);
        section(&mut lines, "Not sure", &self.open);
        lines.join("\n") + "\n"
    }
}

impl ToldTouch {
    fn lines(&self) -> [String; 2] {
        let post = match (&self.post_urn, &self.post_text) {
            (Some(urn), Some(text)) => format!("{urn} \"{text}\""),
            (Some(urn), None) => urn.clone(),
            (None, _) => "no post".to_owned(),
        };
        let counts = match self.why_not {
            None => String::new(),
            Some(reason) => format!("; does not count: {reason}"),
        };
        [
            format!("{}  {:14} {}", self.touched_at, self.kind, post),
            format!(
                "    lead {}; {}; {}:{}{counts}",
                self.lead, self.evidence, self.source_file, self.source_line
            ),
        ]
    }
}

fn section(lines: &mut Vec<String>, title: &str, own: &[String]) {
    if !own.is_empty() {
        lines.push(title.to_owned());
        lines.extend(own.iter().map(|line| format!("  {}", harmless(line))));
    }
}
