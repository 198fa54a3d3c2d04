//! The public views, row by row.

use super::{
    PageTables, Store, StoreError,
    read_facts::{cells, get},
};

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
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
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
            self.rows(include_str!("sql/select_unique_models.sql"), |row| get(row, 0))?;
        input.won = self.won()?;
        if let Some(first) = input.won.first() {
            let sql = include_str!("sql/select_won_over_models.sql");
            let values = (first.currency.as_str(), first.amount_kind.as_str());
            let of = include_str!("sql/select_converted_totals.sql");
            input.converted = self.rows_with(of, values, |row| {
                Ok(WonTotal {
                    currency: get(row, 0)?,
                    amount_kind: first.amount_kind.clone(),
                    deals: get(row, 1)?,
                    won_minor: get(row, 2)?,
                    refunds: get(row, 3)?,
                    ..WonTotal::default()
                })
            })?;
            let credited = self.rows_with(sql, values, cells)?;
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
        input.without_posts = self.rows(silent, |row| get(row, 0))?;
        input.liked = self.posts(include_str!("sql/select_most_liked_posts.sql"))?;
        input.themes = self.themes()?;
        let view = |name: &str| format!("select * from {name}");
        input.funnel = self.rows(&view("v_funnel"), cells)?;
        let some = |name: &str| format!("select * from {name} limit {MOST_LINES}");
        input.rejections = self.rows(&some("v_rejections"), |row| {
            let line: Option<i64> = get(row, 1)?;
            let column: Option<String> = get(row, 2)?;
            let line = line.map(|line| line.to_string()).unwrap_or_default();
            Ok([
                get(row, 0)?,
                line,
                column.unwrap_or_default(),
                get(row, 3)?,
                get(row, 4)?,
            ])
        })?;
        let joins = |which: &str| {
            let sql = some(&format!("v_ambiguities where {which}"));
            self.rows(&sql, cells)
        };
        input.ambiguities = joins("not is_joined")?;
        input.joined = joins("is_joined")?;
        input.files = self.rows(&view("v_source_files"), |row| {
            Ok((get(row, 0)?, get(row, 1)?, get(row, 5)?, get(row, 7)?))
        })?;
        input.notes = self.notes()?;
        input.page = self.page_of_summary()?;
        Ok(input)
    }

    fn counts(&self) -> Result<Counts, StoreError> {
        let counts = self.rows(include_str!("sql/select_counts.sql"), |row| {
            Ok(Counts {
                members: get(row, 0)?,
                posts: get(row, 1)?,
                leads: get(row, 2)?,
                deals: get(row, 3)?,
                touches: get(row, 4)?,
                files: get(row, 5)?,
                rejections: get(row, 6)?,
                ambiguities: get(row, 7)?,
                joined: get(row, 8)?,
                models: get(row, 9)?,
                won_without_amount: get(row, 10)?,
            })
        })?;
        Ok(counts.first().copied().unwrap_or_default())
    }

    /// The won totals; that of the measure of the scorecards first.
    fn won(&self) -> Result<Vec<WonTotal>, StoreError> {
        let mut won = self.rows(include_str!("sql/select_won_totals.sql"), |row| {
            Ok(WonTotal {
                currency: get(row, 0)?,
                amount_kind: get(row, 1)?,
                deals: get(row, 2)?,
                won_minor: get(row, 3)?,
                refunds: get(row, 4)?,
                unjoined: get(row, 5)?,
                undated: get(row, 6)?,
                followed: get(row, 7)?,
            })
        })?;
        let measure: Vec<(String, String)> =
            self.rows(include_str!("sql/select_measure.sql"), cells)?;
        if let Some((currency, kind)) = measure.first() {
            won.sort_by_key(|one| (&one.currency, &one.amount_kind) != (currency, kind));
        }
        Ok(won)
    }

    fn posts(&self, sql: &str) -> Result<Vec<PostLine>, StoreError> {
        self.rows_with(sql, [MOST_POSTS], post_line)
    }

    fn themes(&self) -> Result<Vec<ThemeLine>, StoreError> {
        self.rows(include_str!("sql/select_themes_over_models.sql"), |row| {
            Ok(ThemeLine {
                theme: get(row, 0)?,
                posts: get(row, 1)?,
                reactions: get(row, 2)?,
                comments: get(row, 3)?,
                leads: (get(row, 4)?, get(row, 5)?),
                won_minor: (get(row, 6)?, get(row, 7)?),
                verdict: get(row, 8)?,
            })
        })
    }
}

pub(super) fn post_line(row: &rusqlite::Row<'_>) -> Result<PostLine, StoreError> {
    Ok(PostLine {
        urn: get(row, 0)?,
        member: get(row, 1)?,
        posted_at: get(row, 2)?,
        theme: get(row, 3)?,
        text: get(row, 4)?,
        reactions: get(row, 5)?,
        comments: get(row, 6)?,
        leads: (get(row, 7)?, get(row, 8)?),
        won_minor: (get(row, 9)?, get(row, 10)?),
        verdict: get(row, 11)?,
    })
}
