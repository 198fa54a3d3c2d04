//! What the database knows of one lead, deal or post.

use jiff::Timestamp;
use rusqlite::{Row, named_params};

use super::{
    Store, StoreError,
    read_facts::{cells, get, moment, word},
};
use crate::domain::{DealStatus, Moment, Place};

/// A lead with where it was read.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names are those of v_leads")]
pub struct StoredLead {
    pub lead_id: i64,
    pub source_system: String,
    pub remote_id: String,
    pub person: Option<String>,
    pub profile: Option<String>,
    pub company: Option<String>,
    pub created_at: Option<Moment>,
    pub status: String,
    pub member: Option<String>,
    pub match_basis: Option<String>,
    pub match_confidence: Option<f64>,
    pub place: Place,
    pub source_file: String,
}

/// A deal with where it was read.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names are those of v_deals")]
pub struct StoredDeal {
    pub deal_id: i64,
    pub source_system: String,
    pub remote_id: String,
    pub name: Option<String>,
    pub status: DealStatus,
    pub amount_minor: Option<i64>,
    pub currency: String,
    pub amount_kind: String,
    pub counted_minor: Option<i64>,
    pub counted_currency: String,
    pub created_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    pub place: Place,
    pub source_file: String,
}

/// A post.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names are those of v_posts")]
pub struct StoredPost {
    pub post_id: i64,
    pub urn: String,
    pub member: Option<String>,
    pub posted_at: Option<String>,
    pub theme: Option<String>,
    pub text: Option<String>,
    pub url: String,
    pub reactions: Option<i64>,
    pub comments: Option<i64>,
    pub theme_confidence: Option<f64>,
    pub theme_because: Option<String>,
}

/// A touch with its evidence.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names are those of v_touches")]
pub struct StoredTouch {
    pub touched_at: Timestamp,
    pub kind: String,
    pub lead_remote_id: String,
    pub person: Option<String>,
    pub lead_created_at: Option<Moment>,
    pub post_urn: Option<String>,
    pub text: Option<String>,
    pub weight: f64,
    pub evidence: String,
    pub source_file: String,
    pub source_line: i64,
}

/// What joins a deal and a lead, seen from one of them.
#[derive(Clone, Debug)]
pub struct StoredJoin {
    /// The other's row.
    pub id: i64,
    /// The other's id in the CRM.
    pub remote_id: String,
    /// The other's name.
    pub name: Option<String>,
    /// What tells so.
    pub basis: String,
    /// How sure that is, from 0 to 1.
    pub confidence: f64,
}

/// What a model credits a post with.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names are those of v_post_scorecard")]
pub struct StoredScore {
    pub model: String,
    pub leads: f64,
    pub pipeline_minor: i64,
    pub won_minor: i64,
    pub currency: String,
    pub verdict: String,
}

/// Model, post and credit.
pub type StoredCredit<T> = (String, Option<String>, T);

impl Store {
    /// The leads of a CRM id; several where two systems use it.
    pub fn leads_of_id(&self, id: &str) -> Result<Vec<StoredLead>, StoreError> {
        self.rows_with(include_str!("sql/select_story_leads.sql"), [id], |row| {
            Ok(StoredLead {
                lead_id: get(row, 0)?,
                source_system: get(row, 1)?,
                remote_id: get(row, 2)?,
                person: get(row, 3)?,
                profile: get(row, 4)?,
                company: get(row, 5)?,
                created_at: moment(row, 6)?,
                status: get(row, 7)?,
                member: get(row, 8)?,
                match_basis: get(row, 9)?,
                match_confidence: get(row, 10)?,
                place: Place::from_row_id(get(row, 11)?),
                source_file: get(row, 12)?,
            })
        })
    }

    /// The deals of a CRM id; several where two systems use it.
    pub fn deals_of_id(&self, id: &str) -> Result<Vec<StoredDeal>, StoreError> {
        self.rows_with(include_str!("sql/select_story_deals.sql"), [id], |row| {
            Ok(StoredDeal {
                deal_id: get(row, 0)?,
                source_system: get(row, 1)?,
                remote_id: get(row, 2)?,
                name: get(row, 3)?,
                status: word(row, 4, "status of a deal")?,
                amount_minor: get(row, 5)?,
                currency: get(row, 6)?,
                amount_kind: get(row, 7)?,
                counted_minor: get(row, 8)?,
                counted_currency: get(row, 9)?,
                created_at: moment(row, 10)?,
                closed_at: moment(row, 11)?,
                place: Place::from_row_id(get(row, 12)?),
                source_file: get(row, 13)?,
            })
        })
    }

    /// Deals in whose names some words stand: up to six ids with the names.
    pub fn deals_named(&self, words: &str) -> Result<Vec<[String; 2]>, StoreError> {
        self.named(include_str!("sql/select_deals_named.sql"), words)
    }

    /// Leads in whose names some words stand: up to six ids with the names.
    pub fn leads_named(&self, words: &str) -> Result<Vec<[String; 2]>, StoreError> {
        self.named(include_str!("sql/select_leads_named.sql"), words)
    }

    /// Posts in whose texts some words stand: up to six names with the texts.
    pub fn posts_named(&self, words: &str) -> Result<Vec<[String; 2]>, StoreError> {
        self.named(include_str!("sql/select_posts_named.sql"), words)
    }

    fn named(&self, sql: &str, words: &str) -> Result<Vec<[String; 2]>, StoreError> {
        self.rows_with(sql, [words], |row| Ok([get(row, 0)?, get(row, 1)?]))
    }

    /// The post that one of its names stands for.
    pub fn posts_of_urn(&self, urn: &str) -> Result<Vec<StoredPost>, StoreError> {
        self.rows_with(include_str!("sql/select_story_posts.sql"), [urn], |row| {
            Ok(StoredPost {
                post_id: get(row, 0)?,
                urn: get(row, 1)?,
                member: get(row, 2)?,
                posted_at: get(row, 3)?,
                theme: get(row, 4)?,
                text: get(row, 5)?,
                url: get(row, 6)?,
                reactions: get(row, 7)?,
                comments: get(row, 8)?,
                theme_confidence: get(row, 9)?,
                theme_because: get(row, 10)?,
            })
        })
    }

    /// All names of a post, each with why it is one.
    pub fn aliases_of_post(
        &self,
        post_id: i64,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let sql = include_str!("sql/select_aliases_of_post.sql");
        self.rows_with(sql, [post_id], cells)
    }

    /// The persons of a deal.
    pub fn leads_of_deal(&self, deal_id: i64) -> Result<Vec<StoredJoin>, StoreError> {
        self.rows_with(include_str!("sql/select_leads_of_deal.sql"), [deal_id], join)
    }

    /// The deals of a person.
    pub fn deals_of_lead(&self, lead_id: i64) -> Result<Vec<StoredJoin>, StoreError> {
        self.rows_with(include_str!("sql/select_deals_of_lead.sql"), [lead_id], join)
    }

    /// The touches of a lead, in the order of time.
    pub fn touches_of_lead(&self, lead_id: i64) -> Result<Vec<StoredTouch>, StoreError> {
        self.rows_with(include_str!("sql/select_touches_of_lead.sql"), [lead_id], touch)
    }

    /// The touches by a post.
    pub fn touches_of_post(&self, post_id: i64) -> Result<Vec<StoredTouch>, StoreError> {
        self.rows_with(include_str!("sql/select_touches_of_post.sql"), [post_id], touch)
    }

    /// How a lead is shared, by model.
    pub fn credits_of_lead(
        &self,
        lead_id: i64,
    ) -> Result<Vec<StoredCredit<f64>>, StoreError> {
        let sql = include_str!("sql/select_lead_credits_of_lead.sql");
        self.rows_with(sql, [lead_id], cells)
    }

    /// How a deal is shared, by model.
    pub fn credits_of_deal(
        &self,
        deal_id: i64,
    ) -> Result<Vec<StoredCredit<i64>>, StoreError> {
        let sql = include_str!("sql/select_deal_credits_of_deal.sql");
        self.rows_with(sql, [deal_id], cells)
    }

    /// What each model credits a post with.
    pub fn scores_of_post(&self, post_id: i64) -> Result<Vec<StoredScore>, StoreError> {
        self.rows_with(include_str!("sql/select_scores_of_post.sql"), [post_id], |row| {
            Ok(StoredScore {
                model: get(row, 0)?,
                leads: get(row, 1)?,
                pipeline_minor: get(row, 2)?,
                won_minor: get(row, 3)?,
                currency: get(row, 4)?,
                verdict: get(row, 5)?,
            })
        })
    }

    /// What a record says about where it came from: kind, column and words.
    pub fn evidence_of_place(
        &self,
        place: Place,
    ) -> Result<Vec<(String, String, String)>, StoreError> {
        let first = place.row_id();
        let sql = include_str!("sql/select_evidence_of_place.sql");
        self.rows_with(sql, [first, first | 15], cells)
    }

    /// Joins that are not sure of what is called so.
    pub fn ambiguities_of(
        &self,
        subject: &str,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let sql = include_str!("sql/select_ambiguities_of.sql");
        self.rows_with(sql, [subject], cells)
    }

    /// Joins that are not sure of a lead: system and id.
    pub fn ambiguities_of_lead(
        &self,
        [system, id]: [&str; 2],
    ) -> Result<Vec<(String, String)>, StoreError> {
        let sql = include_str!("sql/select_ambiguities_of_lead.sql");
        let values = named_params! { ":source_system": system, ":remote_id": id };
        self.rows_with(sql, values, cells)
    }

    /// A setting that the results were made with.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = include_str!("sql/select_settings.sql");
        let all: Vec<(String, String)> = self.rows(sql, cells)?;
        Ok(all.into_iter().find(|(own, _)| own == name).map(|(_, value)| value))
    }
}

fn join(row: &Row<'_>) -> Result<StoredJoin, StoreError> {
    Ok(StoredJoin {
        id: get(row, 0)?,
        remote_id: get(row, 1)?,
        name: get(row, 2)?,
        basis: get(row, 3)?,
        confidence: get(row, 4)?,
    })
}

fn touch(row: &Row<'_>) -> Result<StoredTouch, StoreError> {
    let touched_at: String = get(row, 0)?;
    Ok(StoredTouch {
        touched_at: touched_at
            .parse()
            .map_err(|_| StoreError::Value { what: "instant", value: touched_at })?,
        kind: get(row, 1)?,
        lead_remote_id: get(row, 2)?,
        person: get(row, 3)?,
        lead_created_at: moment(row, 4)?,
        post_urn: get(row, 5)?,
        text: get(row, 6)?,
        weight: get(row, 7)?,
        evidence: get(row, 8)?,
        source_file: get(row, 9)?,
        source_line: get(row, 10)?,
    })
}
