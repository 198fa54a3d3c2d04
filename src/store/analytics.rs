//! Facts of analytics and advertising exports, written and read back.

use rusqlite::Row;

use super::{
    Store, StoreError,
    many::row,
    read_facts::{day, get, place, post_id, unsigned},
    write_facts::count,
};
use crate::domain::{
    AdDay, Article, Currency, Facts, LeadForm, Metric, NamePair, Numbers, PostNameId,
    PostNumbers,
};

impl Store {
    pub(super) fn insert_analytics(&self, facts: &Facts) -> Result<(), StoreError> {
        let numbers = facts.post_numbers.iter().map(|one| {
            let number = |metric| one.numbers.get(metric).map(count);
            row! {
                place: one.place.row_id(), post_name_id: one.post_name.0,
                impressions: number(Metric::Impressions),
                members_reached: number(Metric::MembersReached),
                engagements: number(Metric::Engagements),
                reactions: number(Metric::Reactions),
                comments: number(Metric::Comments),
                reposts: number(Metric::Reposts),
                clicks: number(Metric::Clicks),
                saves: number(Metric::Saves),
                sends: number(Metric::Sends),
                profile_views: number(Metric::ProfileViews),
                followers_gained: number(Metric::FollowersGained),
                text: one.text, format: one.format, campaign: one.campaign,
                author: one.author, posted_ms: one.posted_ms,
            }
        });
        self.insert("post_numbers", numbers)?;
        let pairs = facts.name_pairs.iter().map(|one| {
            row! {
                place: one.place.row_id(), one_id: one.one.0, other_id: one.other.0,
                text: one.text,
            }
        });
        self.insert("name_pairs", pairs)?;
        let articles = facts.articles.iter().map(|one| {
            row! {
                place: one.place.row_id(), slug: one.slug, title: one.title,
                published_on: one.published_on.map(|day| day.to_string()),
            }
        });
        self.insert("articles", articles)?;
        let days = facts.ad_days.iter().map(|one| {
            row! {
                place: one.place.row_id(), day: one.day.map(|day| day.to_string()),
                campaign_id: one.campaign_id, campaign: one.campaign,
                creative_id: one.creative_id, impressions: one.impressions.map(count),
                clicks: one.clicks.map(count), leads: one.leads.map(count),
                spent_minor: one.spent_minor, currency: one.currency.code(),
            }
        });
        self.insert("ad_days", days)?;
        let forms = facts.lead_forms.iter().map(|one| {
            row! {
                place: one.place.row_id(), form: one.form, campaign_id: one.campaign_id,
                campaign: one.campaign, creative_id: one.creative_id,
                post_name_id: one.post_name.map(|id| id.0),
            }
        });
        self.insert("lead_forms", forms)
    }

    pub(super) fn load_analytics(&self, facts: &mut Facts) -> Result<(), StoreError> {
        facts.post_numbers =
            self.rows(include_str!("sql/select_post_numbers.sql"), post_numbers)?;
        facts.name_pairs =
            self.rows(include_str!("sql/select_name_pairs.sql"), |row| {
                Ok(NamePair {
                    place: place(row)?,
                    one: PostNameId(get(row, 1)?),
                    other: PostNameId(get(row, 2)?),
                    text: get(row, 3)?,
                })
            })?;
        facts.ad_days = self.rows(include_str!("sql/select_ad_days.sql"), |row| {
            let code: String = get(row, 9)?;
            let currency = Currency::from_code(&code)
                .ok_or(StoreError::Value { what: "currency", value: code })?;
            Ok(AdDay {
                place: place(row)?,
                day: day(row, 1)?,
                campaign_id: get(row, 2)?,
                campaign: get(row, 3)?,
                creative_id: get(row, 4)?,
                impressions: number(row, 5)?,
                clicks: number(row, 6)?,
                leads: number(row, 7)?,
                spent_minor: get(row, 8)?,
                currency,
            })
        })?;
        facts.lead_forms =
            self.rows(include_str!("sql/select_lead_forms.sql"), |row| {
                Ok(LeadForm {
                    place: place(row)?,
                    form: get(row, 1)?,
                    campaign_id: get(row, 2)?,
                    campaign: get(row, 3)?,
                    creative_id: get(row, 4)?,
                    post_name: post_id(row, 5)?,
                })
            })?;
        facts.articles = self.rows(include_str!("sql/select_articles.sql"), |row| {
            Ok(Article {
                place: place(row)?,
                slug: get(row, 1)?,
                title: get(row, 2)?,
                published_on: day(row, 3)?,
            })
        })?;
        Ok(())
    }
}

fn number(row: &Row<'_>, column: usize) -> Result<Option<u64>, StoreError> {
    let known: Option<i64> = get(row, column)?;
    known.map(|_| unsigned(row, column)).transpose()
}

fn post_numbers(row: &Row<'_>) -> Result<PostNumbers, StoreError> {
    let mut numbers = Numbers::default();
    for (column, metric) in (2..).zip(Metric::ALL) {
        numbers.set(metric, number(row, column)?);
    }
    let next = 2 + Metric::ALL.len();
    Ok(PostNumbers {
        place: place(row)?,
        post_name: PostNameId(get(row, 1)?),
        numbers,
        text: get(row, next)?,
        format: get(row, next + 1)?,
        campaign: get(row, next + 2)?,
        author: get(row, next + 3)?,
        posted_ms: get(row, next + 4)?,
    })
}
