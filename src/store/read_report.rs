//! What the page says beyond the summary, row by row.

use jiff::Timestamp;

use super::{
    PostLine, ReportInput, Store, StoreError,
    read_facts::{cells, get},
    read_tables::post_line,
};
use crate::domain::Moment;

/// A post as a mark: applause against business.
#[derive(Clone, Debug, PartialEq)]
pub struct PostMark {
    /// Its URN.
    pub urn: String,
    /// Its theme.
    pub theme: Option<String>,
    /// Reactions and comments; none where neither is known.
    pub engagement: Option<i64>,
    /// Its first words.
    pub words: Option<String>,
    /// Won credit: the least and the most over the models.
    pub won_minor: (i64, i64),
    /// Credited leads: the least and the most over the models.
    pub leads: (f64, f64),
}

/// A won deal with what is known of the way to it.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are those of v_deals")]
pub struct WonJourney {
    pub deal_id: i64,
    pub source_system: String,
    pub remote_id: String,
    pub name: Option<String>,
    pub amount_minor: i64,
    pub currency: String,
    pub created_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    /// Whether it is joined to anybody.
    pub is_joined: bool,
    /// By time.
    pub touches: Vec<JourneyStep>,
    /// By post: the least and the most over the models.
    pub credits: Vec<(String, i64, i64)>,
}

/// A touch on the way to a deal.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are those of v_touches")]
pub struct JourneyStep {
    pub touched_at: Option<Timestamp>,
    pub kind: String,
    pub person: Option<String>,
    pub post_urn: Option<String>,
    pub words: Option<String>,
    pub evidence: String,
    pub source_file: String,
    pub source_line: i64,
}

/// What happened in a month.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MonthLine {
    pub month: String,
    pub posts: i64,
    pub reactions: Option<i64>,
    pub leads: i64,
    pub won_minor: i64,
}

/// A member of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberLine {
    /// The full name.
    pub name: String,
    /// How many posts.
    pub posts: i64,
    /// Listed reactions.
    pub reactions: Option<i64>,
    /// Listed comments.
    pub comments: Option<i64>,
    /// Leads that are the member's.
    pub leads: i64,
    /// Leads credited to the member's posts: the least and the most over the models.
    pub credited_leads: (f64, f64),
    /// Won credit of the member's posts: the least and the most over the models.
    pub won_minor: (i64, i64),
}

/// How many files of a format were read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of v_source_files")]
pub struct FormatLine {
    pub format: String,
    pub files: i64,
    pub rows_read: i64,
    pub rows_kept: i64,
    pub rows_rejected: i64,
}

/// What credit rests on: the least and the most over the models.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are those of v_evidence_scorecard")]
pub struct EvidenceLine {
    pub evidence: Option<String>,
    pub is_of_post: bool,
    pub leads: (f64, f64),
    pub pipeline_minor: (i64, i64),
    pub won_minor: (i64, i64),
}

/// How far two models agree.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are those of v_model_agreement")]
pub struct AgreementLine {
    pub model: String,
    pub other_model: String,
    pub posts: i64,
    pub correlation: Option<f64>,
    pub moved_minor: i64,
    pub currency: String,
}

/// What would not have come without the posts of a theme.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are those of v_incremental")]
pub struct IncrementalLine {
    pub theme: String,
    pub posts: i64,
    pub leads: Option<f64>,
    pub leads_low: Option<f64>,
    pub leads_high: Option<f64>,
    pub p_value: Option<f64>,
    pub q_value: Option<f64>,
    pub placebo_p: Option<f64>,
    pub revenue_minor: Option<i64>,
    pub revenue_low_minor: Option<i64>,
    pub revenue_high_minor: Option<i64>,
    pub currency: Option<String>,
    pub verdict: String,
}

/// A point of a picture that shows how the incremental model fits.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are those of v_incremental_diagnostics")]
pub struct DiagnosticPoint {
    pub kind: String,
    pub label: String,
    pub x: String,
    pub y: f64,
}

/// A finding in a sentence.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are those of v_findings")]
pub struct FindingLine {
    pub name: String,
    pub statistic: String,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub p_value: Option<f64>,
    pub n: i64,
    pub sentence: String,
    pub model: Option<String>,
    pub subject: Option<String>,
}

/// What the page alone says.
#[derive(Clone, Debug, Default)]
pub struct PageTables {
    /// All posts, as marks.
    pub marks: Vec<PostMark>,
    /// Few likes, much revenue, under every model.
    pub quiet: Vec<PostLine>,
    /// Many likes, little revenue, under every model.
    pub applause: Vec<PostLine>,
    /// The largest won deals.
    pub journeys: Vec<WonJourney>,
    /// By month.
    pub months: Vec<MonthLine>,
    /// By won credit.
    pub members: Vec<MemberLine>,
    /// By format.
    pub formats: Vec<FormatLine>,
    /// By kind of evidence, what rests on none last.
    pub evidence: Vec<EvidenceLine>,
    /// By pair of models.
    pub agreement: Vec<AgreementLine>,
    /// By theme.
    pub incremental: Vec<IncrementalLine>,
    /// How the incremental model fits.
    pub diagnostics: Vec<DiagnosticPoint>,
    /// In their order.
    pub findings: Vec<FindingLine>,
    /// Name and value.
    pub settings: Vec<(String, String)>,
}

impl PageTables {
    /// A setting that the results were made with; none where it was not set.
    pub fn setting(&self, name: &str) -> Option<&str> {
        let found = self.settings.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Posts of a verdict that the page shows with their texts.
const MOST_CARDS: i64 = 10;
/// Won deals whose way the page shows.
const MOST_JOURNEYS: i64 = 100;

impl Store {
    /// Reads what the summary says of what the page says, too.
    pub(super) fn page_of_summary(&self) -> Result<PageTables, StoreError> {
        Ok(PageTables {
            incremental: self.incremental()?,
            findings: self.findings()?,
            settings: self.rows(include_str!("sql/select_settings.sql"), cells)?,
            ..PageTables::default()
        })
    }

    /// Adds what the page alone shows; amounts are those of the first won total.
    pub fn read_page(&self, input: &mut ReportInput) -> Result<(), StoreError> {
        let won = input.won.first();
        let measure =
            won.map_or(("", ""), |won| (won.currency.as_str(), won.amount_kind.as_str()));
        input.page = PageTables {
            marks: self.marks()?,
            quiet: self.posts_of_verdict("quiet earner")?,
            applause: self.posts_of_verdict("applause only")?,
            journeys: self.won_journeys(measure)?,
            months: self.months(measure)?,
            members: self.members_over_models()?,
            formats: self.formats_read()?,
            evidence: self.evidence()?,
            agreement: self.agreement()?,
            diagnostics: self.diagnostics()?,
            ..std::mem::take(&mut input.page)
        };
        Ok(())
    }

    fn marks(&self) -> Result<Vec<PostMark>, StoreError> {
        self.rows(include_str!("sql/select_post_marks.sql"), |row| {
            Ok(PostMark {
                urn: get(row, 0)?,
                theme: get(row, 1)?,
                engagement: get(row, 2)?,
                words: get(row, 3)?,
                won_minor: (get(row, 4)?, get(row, 5)?),
                leads: (get(row, 6)?, get(row, 7)?),
            })
        })
    }

    fn posts_of_verdict(&self, verdict: &str) -> Result<Vec<PostLine>, StoreError> {
        let sql = include_str!("sql/select_posts_of_verdict.sql");
        self.rows_with(sql, (verdict, MOST_CARDS), post_line)
    }

    fn won_journeys(
        &self,
        (currency, kind): (&str, &str),
    ) -> Result<Vec<WonJourney>, StoreError> {
        let values = (currency, kind, MOST_JOURNEYS);
        let moment = |text: Option<String>| text.as_deref().and_then(Moment::from_text);
        let mut journeys =
            self.rows_with(include_str!("sql/select_won_journeys.sql"), values, |row| {
                Ok(WonJourney {
                    deal_id: get(row, 0)?,
                    source_system: get(row, 1)?,
                    remote_id: get(row, 2)?,
                    name: get(row, 3)?,
                    amount_minor: get(row, 4)?,
                    currency: get(row, 5)?,
                    created_at: moment(get(row, 6)?),
                    closed_at: moment(get(row, 7)?),
                    is_joined: get(row, 8)?,
                    touches: Vec::new(),
                    credits: Vec::new(),
                })
            })?;
        let touches =
            self.rows_with(include_str!("sql/select_touches_of_won.sql"), values, step)?;
        let credits: Vec<(i64, (String, i64, i64))> = self.rows_with(
            include_str!("sql/select_credits_of_won.sql"),
            values,
            |row| Ok((get(row, 0)?, (get(row, 1)?, get(row, 2)?, get(row, 3)?))),
        )?;
        for (deal_id, touch) in touches {
            if let Some(own) = journeys.iter_mut().find(|one| one.deal_id == deal_id) {
                own.touches.push(touch);
            }
        }
        for (deal_id, credit) in credits {
            if let Some(own) = journeys.iter_mut().find(|one| one.deal_id == deal_id) {
                own.credits.push(credit);
            }
        }
        Ok(journeys)
    }

    fn months(
        &self,
        (currency, kind): (&str, &str),
    ) -> Result<Vec<MonthLine>, StoreError> {
        self.rows_with(include_str!("sql/select_months.sql"), (currency, kind), |row| {
            Ok(MonthLine {
                month: get(row, 0)?,
                posts: get(row, 1)?,
                reactions: get(row, 2)?,
                leads: get(row, 3)?,
                won_minor: get(row, 4)?,
            })
        })
    }

    fn members_over_models(&self) -> Result<Vec<MemberLine>, StoreError> {
        self.rows(include_str!("sql/select_members_over_models.sql"), |row| {
            Ok(MemberLine {
                name: get(row, 0)?,
                posts: get(row, 1)?,
                reactions: get(row, 2)?,
                comments: get(row, 3)?,
                leads: get(row, 4)?,
                credited_leads: (get(row, 5)?, get(row, 6)?),
                won_minor: (get(row, 7)?, get(row, 8)?),
            })
        })
    }

    fn formats_read(&self) -> Result<Vec<FormatLine>, StoreError> {
        self.rows(include_str!("sql/select_formats_read.sql"), |row| {
            Ok(FormatLine {
                format: get(row, 0)?,
                files: get(row, 1)?,
                rows_read: get(row, 2)?,
                rows_kept: get(row, 3)?,
                rows_rejected: get(row, 4)?,
            })
        })
    }

    fn evidence(&self) -> Result<Vec<EvidenceLine>, StoreError> {
        let sql = include_str!("sql/select_evidence_over_models.sql");
        self.rows(sql, |row| {
            Ok(EvidenceLine {
                evidence: get(row, 0)?,
                is_of_post: get(row, 1)?,
                leads: (get(row, 2)?, get(row, 3)?),
                pipeline_minor: (get(row, 4)?, get(row, 5)?),
                won_minor: (get(row, 6)?, get(row, 7)?),
            })
        })
    }

    fn agreement(&self) -> Result<Vec<AgreementLine>, StoreError> {
        self.rows(include_str!("sql/select_model_agreement.sql"), |row| {
            Ok(AgreementLine {
                model: get(row, 0)?,
                other_model: get(row, 1)?,
                posts: get(row, 2)?,
                correlation: get(row, 3)?,
                moved_minor: get(row, 4)?,
                currency: get(row, 5)?,
            })
        })
    }

    fn incremental(&self) -> Result<Vec<IncrementalLine>, StoreError> {
        let sql = include_str!("sql/select_incremental.sql");
        self.rows(sql, |row| {
            Ok(IncrementalLine {
                theme: get(row, 0)?,
                posts: get(row, 1)?,
                leads: get(row, 2)?,
                leads_low: get(row, 3)?,
                leads_high: get(row, 4)?,
                p_value: get(row, 5)?,
                q_value: get(row, 6)?,
                placebo_p: get(row, 7)?,
                revenue_minor: get(row, 8)?,
                revenue_low_minor: get(row, 9)?,
                revenue_high_minor: get(row, 10)?,
                currency: get(row, 11)?,
                verdict: get(row, 12)?,
            })
        })
    }

    fn diagnostics(&self) -> Result<Vec<DiagnosticPoint>, StoreError> {
        let sql = include_str!("sql/select_diagnostics.sql");
        self.rows(sql, |row| {
            Ok(DiagnosticPoint {
                kind: get(row, 0)?,
                label: get(row, 1)?,
                x: get(row, 2)?,
                y: get(row, 3)?,
            })
        })
    }

    fn findings(&self) -> Result<Vec<FindingLine>, StoreError> {
        let sql = include_str!("sql/select_findings.sql");
        self.rows(sql, |row| {
            Ok(FindingLine {
                name: get(row, 0)?,
                statistic: get(row, 1)?,
                value: get(row, 2)?,
                low: get(row, 3)?,
                high: get(row, 4)?,
                p_value: get(row, 5)?,
                n: get(row, 6)?,
                sentence: get(row, 7)?,
                model: get(row, 8)?,
                subject: get(row, 9)?,
            })
        })
    }
}

fn step(row: &rusqlite::Row<'_>) -> Result<(i64, JourneyStep), StoreError> {
    let at: String = get(row, 1)?;
    let touch = JourneyStep {
        touched_at: at.parse().ok(),
        kind: get(row, 2)?,
        person: get(row, 3)?,
        post_urn: get(row, 4)?,
        words: get(row, 5)?,
        evidence: get(row, 6)?,
        source_file: get(row, 7)?,
        source_line: get(row, 8)?,
    };
    Ok((get(row, 0)?, touch))
}
