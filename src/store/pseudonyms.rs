//! The results as they can be shown around: invented names stand where names stood.
//!
//! The session's own views stand before the tables and public views of the same names, so
//! that whatever reads results reads these, and no table is copied.

use rusqlite::{Error, functions::FunctionFlags};

use super::{Store, StoreError, read_facts::get};
use crate::domain::{Word, words};

/// The tables that name somebody, as they can be shown.
const SHOWN: [&str; 14] = [
    include_str!("sql/pseudonymize_members.sql"),
    include_str!("sql/pseudonymize_posts.sql"),
    include_str!("sql/pseudonymize_leads.sql"),
    include_str!("sql/pseudonymize_deals.sql"),
    include_str!("sql/pseudonymize_touch_evidence.sql"),
    include_str!("sql/pseudonymize_inferred_comments.sql"),
    include_str!("sql/pseudonymize_group_scores.sql"),
    include_str!("sql/pseudonymize_rejections.sql"),
    include_str!("sql/pseudonymize_notes.sql"),
    include_str!("sql/pseudonymize_source_files.sql"),
    include_str!("sql/pseudonymize_ambiguities.sql"),
    include_str!("sql/pseudonymize_changes.sql"),
    include_str!("sql/pseudonymize_articles.sql"),
    include_str!("sql/pseudonymize_ad_days.sql"),
];

/// What a name is invented for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the meanings")]
pub enum Named {
    Person,
    Company,
    Post,
    /// What stands where a post's words stood.
    PostText,
    Lead,
    Deal,
    DealName,
    Campaign,
    Advertisement,
    Article,
    File,
    /// A sentence of the program's own that may quote a cell.
    Sentence,
}

words! {
    Named {
        Person = "person",
        Company = "company",
        Post = "post",
        PostText = "post_text",
        Lead = "lead",
        Deal = "deal",
        DealName = "deal_name",
        Campaign = "campaign",
        Advertisement = "advertisement",
        Article = "article",
        File = "file",
        Sentence = "sentence",
    }
}

impl Store {
    /// From here on, everything that reads results reads what `invent` makes of names.
    pub fn pseudonymize(
        &self,
        invent: impl Fn(Named, &str) -> String + Send + 'static,
    ) -> Result<(), StoreError> {
        let failed = |source| StoreError::Sql { doing: "reading", source };
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        self.connection
            .create_scalar_function("invented", 2, flags, move |call| {
                let kind: String = call.get(0)?;
                let named = Named::from_word(&kind)
                    .ok_or_else(|| Error::InvalidParameterName(kind))?;
                let text: Option<String> = call.get(1)?;
                Ok(text.map(|text| invent(named, &text)))
            })
            .map_err(failed)?;
        let sql = include_str!("sql/select_views.sql");
        let views: Vec<String> = self.rows(sql, |row| get(row, 0))?;
        let is_read_only: bool = self
            .connection
            .query_row("pragma query_only", [], |row| row.get(0))
            .map_err(failed)?;
        self.execute("pragma query_only = off")?;
        for view in views {
            self.execute(&view.replacen("CREATE VIEW", "create temp view", 1))?;
        }
        for shown in SHOWN {
            self.execute(shown)?;
        }
        self.execute(if is_read_only { "pragma query_only = on" } else { "" })
    }
    /// From here on, results read as they are; a database that is written anew would take the
    /// session's views for its tables.
    pub(super) fn drop_session_views(&self) -> Result<(), StoreError> {
        let sql = include_str!("sql/select_session_views.sql");
        let views: Vec<String> = self.rows(sql, |row| get(row, 0))?;
        views.iter().try_for_each(|view| self.execute(&format!("drop view temp.{view}")))
    }
}
