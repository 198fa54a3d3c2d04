//! The public views, row by row.

use super::{PageTables, Store, StoreError, read_facts::reading};

/// The public views, in the order of their content.
pub const VIEWS: [&str; 26] = [
    "v_posts",
    "v_leads",
    "v_deals",
    "v_touches",
    "v_lead_credits",
    "v_deal_credits",
    "v_post_scorecard",
    "v_theme_scorecard",
    "v_member_scorecard",
    "v_month_scorecard",
    "v_format_scorecard",
    "v_evidence_scorecard",
    "v_model_agreement",
    "v_incremental",
    "v_incremental_diagnostics",
    "v_funnel",
    "v_rejections",
    "v_source_files",
    "v_runs",
    "v_changes",
    "v_settings",
    "v_ambiguities",
    "v_articles",
    "v_ad_days",
    "v_inferred_comments",
    "v_findings",
];

/// One cell of a view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Unknown.
    Null,
    /// A whole number.
    Integer(i64),
    /// A fraction.
    Real(f64),
    /// Text.
    Text(&'a str),
}

impl From<Option<i64>> for Cell<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Integer)
    }
}

impl Store {
    /// The columns of a view.
    pub fn view_columns(&self, view: &str) -> Result<Vec<String>, StoreError> {
        let statement = self.prepare(&format!("select * from {view}"))?;
        Ok(statement.column_names().map(str::to_owned).collect())
    }

    /// Calls `each` with every row of a view, in its order.
    pub fn each_row<E: From<StoreError>>(
        &self,
        view: &str,
        each: impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_of(&format!("select * from {view}"), each)
    }
}

/// What the report says of a post, over all models.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PostLine {
    /// Its URN.
    pub urn: String,
    /// Whose it is.
    pub member: Option<String>,
    /// When it appeared.
    pub posted_at: Option<String>,
    /// Its theme.
    pub theme: Option<String>,
    /// Its words.
    pub text: Option<String>,
    /// Listed reactions.
    pub reactions: Option<i64>,
    /// Listed comments.
    pub comments: Option<i64>,
    /// The least and the most over the models.
    pub leads: (f64, f64),
    /// The least and the most over the models.
    pub won_minor: (i64, i64),
    /// The verdict, where all models agree on it.
    pub verdict: Option<String>,
}

/// What the report says of a theme, over all models.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ThemeLine {
    /// The theme; none for posts without one.
    pub theme: Option<String>,
    /// How many posts.
    pub posts: i64,
    /// Listed reactions.
    pub reactions: Option<i64>,
    /// Listed comments.
    pub comments: Option<i64>,
    /// The least and the most over the models.
    pub leads: (f64, f64),
    /// The least and the most over the models.
    pub won_minor: (i64, i64),
    /// The verdict, where all models agree on it.
    pub verdict: Option<String>,
}

/// A total that mixes neither currencies nor kinds of amount.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct WonTotal {
    /// The currency.
    pub currency: String,
    /// What the amounts measure.
    pub amount_kind: String,
    /// Won deals with an amount.
    pub deals: i64,
    /// Their amounts.
    pub won_minor: i64,
    /// How many of them take money back.
    pub refunds: i64,
    /// How many are joined to nobody.
    pub unjoined: i64,
    /// How many have no creation date.
    pub undated: i64,
    /// How many are joined and dated, so that touches before them can count.
    pub followed: i64,
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[expect(missing_docs, reason = "the names are the tables'")]
pub struct Counts {
    pub members: i64,
    pub posts: i64,
    pub leads: i64,
    pub deals: i64,
    pub touches: i64,
    pub files: i64,
    pub rejections: i64,
    pub ambiguities: i64,
    pub joined: i64,
    pub models: i64,
    pub won_without_amount: i64,
}

/// All that summary and page say, from the database alone.
#[derive(Clone, Debug, Default)]
pub struct ReportInput {
    /// How much there is of everything.
    pub counts: Counts,
    /// The models, in their order.
    pub models: Vec<String>,
    /// Won deals, by currency and kind of amount; the one that totals are made of first.
    pub won: Vec<WonTotal>,
    /// What of the first of these is converted: in its own currency.
    pub converted: Vec<WonTotal>,
    /// What posts get of the first of these: the least and the most over the models.
    pub credited_won_minor: (i64, i64),
    /// The posts that earned most.
    pub earning: Vec<PostLine>,
    /// The posts that are credited with most leads, where none earned anything.
    pub leading: Vec<PostLine>,
    /// The posts with the most reactions.
    pub liked: Vec<PostLine>,
    /// The members of whom no post is known.
    pub without_posts: Vec<String>,
    /// The themes.
    pub themes: Vec<ThemeLine>,
    /// Step, reason and count.
    pub funnel: Vec<(String, Option<String>, i64)>,
    /// File, line, column, text and reason; the first ones alone.
    pub rejections: Vec<[String; 5]>,
    /// Name, format, rows read and rows rejected.
    pub files: Vec<(String, String, i64, i64)>,
    /// Subject and text of the joins left open; the first ones alone.
    pub ambiguities: Vec<(String, String)>,
    /// The same of joins that were made and may be wrong.
    pub joined: Vec<(String, String)>,
    /// File and note.
    pub notes: Vec<(String, String)>,
    /// What the page alone says.
    pub page: PageTables,
    /// Names are invented, and words of people left out.
    pub is_pseudonymous: bool,
}

/// Longer lists stand in the CSV tables.
const MOST_POSTS: i64 = 20;
const MOST_LINES: usize = 200;

impl Store {
    /// Reads what the summary says; [`Store::read_page`] adds what the page alone shows.
    pub fn report_input(&self) -> Result<ReportInput, StoreError> {
        let mut input = ReportInput { counts: self.counts()?, ..ReportInput::default() };
        input.models =
            self.list(include_str!("sql/select_unique_models.sql"), [], |row| {
                row.get(0)
            })?;
        input.won = self.won()?;
        if let Some(first) = input.won.first() {
            let sql = include_str!("sql/select_won_over_models.sql");
            let values = (first.currency.as_str(), first.amount_kind.as_str());
            let of = include_str!("sql/select_converted_totals.sql");
            input.converted = self.list(of, values, |row| {
                Ok(WonTotal {
                    currency: row.get(0)?,
                    amount_kind: first.amount_kind.clone(),
                    deals: row.get(1)?,
                    won_minor: row.get(2)?,
                    refunds: row.get(3)?,
                    ..WonTotal::default()
                })
            })?;
            let credited =
                self.list(sql, values, |row| Ok((row.get(0)?, row.get(1)?)))?;
            input.credited_won_minor = credited.first().map_or(
                (0, 0),
                |(least, most): &(Option<i64>, Option<i64>)| {
                    (least.unwrap_or(0), most.unwrap_or(0))
                },
            );
        }
        input.earning = self.posts(include_str!("sql/select_top_earning_posts.sql"))?;
        if input.earning.is_empty() {
            input.leading = self.posts(include_str!("sql/select_posts_by_leads.sql"))?;
        }
        let silent = include_str!("sql/select_members_without_posts.sql");
        input.without_posts = self.list(silent, [], |row| row.get(0))?;
        input.liked = self.posts(include_str!("sql/select_most_liked_posts.sql"))?;
        input.themes = self.themes()?;
        let view = |name: &str| format!("select * from {name}");
        input.funnel = self.list(&view("v_funnel"), [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        let some = |name: &str| format!("select * from {name} limit {MOST_LINES}");
        input.rejections = self.list(&some("v_rejections"), [], |row| {
            let line: Option<i64> = row.get(1)?;
            let column: Option<String> = row.get(2)?;
            let line = line.map(|line| line.to_string()).unwrap_or_default();
            Ok([row.get(0)?, line, column.unwrap_or_default(), row.get(3)?, row.get(4)?])
        })?;
        let joins = |which: &str| {
            let sql = some(&format!("v_ambiguities where {which}"));
            self.list(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        };
        input.ambiguities = joins("not is_joined")?;
        input.joined = joins("is_joined")?;
        input.files = self.list(&view("v_source_files"), [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(5)?, row.get(7)?))
        })?;
        input.notes = self.notes()?;
        input.page = self.page_of_summary()?;
        Ok(input)
    }

    /// All rows of a statement, in its order.
    pub(super) fn list<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        make: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        self.prepare(sql)?
            .query_map(values, make)
            .and_then(Iterator::collect)
            .map_err(reading)
    }

    fn counts(&self) -> Result<Counts, StoreError> {
        let counts = self.list(include_str!("sql/select_counts.sql"), [], |row| {
            Ok(Counts {
                members: row.get(0)?,
                posts: row.get(1)?,
                leads: row.get(2)?,
                deals: row.get(3)?,
                touches: row.get(4)?,
                files: row.get(5)?,
                rejections: row.get(6)?,
                ambiguities: row.get(7)?,
                joined: row.get(8)?,
                models: row.get(9)?,
                won_without_amount: row.get(10)?,
            })
        })?;
        Ok(counts.first().copied().unwrap_or_default())
    }

    /// The won totals; that of the measure of the scorecards first.
    fn won(&self) -> Result<Vec<WonTotal>, StoreError> {
        let mut won =
            self.list(include_str!("sql/select_won_totals.sql"), [], |row| {
                Ok(WonTotal {
                    currency: row.get(0)?,
                    amount_kind: row.get(1)?,
                    deals: row.get(2)?,
                    won_minor: row.get(3)?,
                    refunds: row.get(4)?,
                    unjoined: row.get(5)?,
                    undated: row.get(6)?,
                    followed: row.get(7)?,
                })
            })?;
        let measure: Vec<(String, String)> =
            self.list(include_str!("sql/select_measure.sql"), [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if let Some((currency, kind)) = measure.first() {
            won.sort_by_key(|one| (&one.currency, &one.amount_kind) != (currency, kind));
        }
        Ok(won)
    }

    fn posts(&self, sql: &str) -> Result<Vec<PostLine>, StoreError> {
        self.list(sql, [MOST_POSTS], post_line)
    }

    fn themes(&self) -> Result<Vec<ThemeLine>, StoreError> {
        self.list(include_str!("sql/select_themes_over_models.sql"), [], |row| {
            Ok(ThemeLine {
                theme: row.get(0)?,
                posts: row.get(1)?,
                reactions: row.get(2)?,
                comments: row.get(3)?,
                leads: (row.get(4)?, row.get(5)?),
                won_minor: (row.get(6)?, row.get(7)?),
                verdict: row.get(8)?,
            })
        })
    }
}

pub(super) fn post_line(row: &rusqlite::Row<'_>) -> rusqlite::Result<PostLine> {
    Ok(PostLine {
        urn: row.get(0)?,
        member: row.get(1)?,
        posted_at: row.get(2)?,
        theme: row.get(3)?,
        text: row.get(4)?,
        reactions: row.get(5)?,
        comments: row.get(6)?,
        leads: (row.get(7)?, row.get(8)?),
        won_minor: (row.get(9)?, row.get(10)?),
        verdict: row.get(11)?,
    })
}
