//! The tables that Touchstone itself writes: a folder may hold the report of the run before.

use super::{Amounts, Column, Dates, Field, Format, Kind, Takes};

const fn own(name: &'static str, columns: &'static [Column]) -> Format {
    const HOLDS: &str = "a table that Touchstone wrote";
    Format {
        name,
        summary: HOLDS,
        takes: Takes::Nothing(HOLDS),
        columns,
        dates: Dates::UTC,
        amounts: Amounts::ByColumn,
    }
}

const fn known(names: &'static [&'static str]) -> Column {
    Column::required(Field::Unused, names, Kind::Text)
}

/// Tables with their columns as declarations.
macro_rules! tables {
    ($($name:literal: $($column:literal)+;)+) => {
        &[$(&own($name, &[$(known(&[$column])),+])),+]
    };
}

/// The tables, each known by its header.
pub(super) const FORMATS: &[&Format] = tables! {
    "touchstone-ad-days": "day" "campaign_id" "campaign" "creative_id" "impressions"
        "clicks" "leads" "spent_minor" "currency" "source_file" "source_line";
    "touchstone-ambiguities": "subject" "text" "is_joined";
    "touchstone-articles": "source_file" "slug" "title" "published_on" "is_draft";
    "touchstone-changes": "run_id" "kind" "source_system" "remote_id" "what" "old_value"
        "new_value" "source_file";
    "touchstone-deal-credits": "model" "deal_id" "deal_remote_id" "deal_status"
        "post_urn" "theme" "credit_minor" "currency";
    "touchstone-deals": "deal_id" "source_system" "remote_id" "name" "status"
        "amount_minor" "currency" "amount_kind" "created_at" "closed_at" "loan_minor"
        "counted_minor" "counted_currency";
    "touchstone-findings": "name" "statistic" "value" "low" "high" "p_value" "n"
        "sentence" "model" "subject";
    "touchstone-evidence-scorecard": "model" "evidence" "is_of_post" "leads"
        "pipeline_minor" "won_minor" "currency";
    "touchstone-format-scorecard": "model" "format" "posts" "reactions" "comments"
        "leads" "pipeline_minor" "won_minor" "currency";
    "touchstone-funnel": "step" "reason" "rows";
    "touchstone-incremental": "theme" "posts" "exposures" "leads" "leads_low"
        "leads_high" "p_value" "q_value" "placebo_p" "revenue_minor" "revenue_low_minor"
        "revenue_high_minor" "currency" "verdict" "inclusion";
    "touchstone-incremental-diagnostics": "kind" "label" "x" "y";
    "touchstone-inferred-comments": "post_urn" "person" "answered_at" "evidence"
        "source_file" "source_line";
    "touchstone-lead-credits": "model" "lead_id" "lead_remote_id" "post_urn" "share";
    "touchstone-leads": "lead_id" "source_system" "remote_id" "person" "profile"
        "company" "created_at" "status" "lead_source" "self_reported" "member"
        "match_basis" "match_confidence";
    "touchstone-member-scorecard": "model" "member" "posts" "reactions" "comments"
        "leads" "pipeline_minor" "won_minor" "currency";
    "touchstone-model-agreement": "model" "other_model" "posts" "correlation"
        "moved_minor" "currency";
    "touchstone-month-scorecard": "model" "month" "posts" "reactions" "comments" "leads"
        "pipeline_minor" "won_minor" "currency";
    "touchstone-post-scorecard": "model" "post_urn" "member" "theme" "posted_at"
        "reactions" "comments" "leads" "pipeline_minor" "won_minor" "currency"
        "engagement_rank" "revenue_rank" "verdict";
    "touchstone-posts": "post_urn" "member" "posted_at" "theme" "format" "text" "url"
        "impressions" "members_reached" "reactions" "comments" "reposts" "clicks"
        "saves" "sends" "profile_views" "followers_gained" "engagements" "campaign";
    "touchstone-rejections": "source_file" "line" "column" "text" "reason";
    "touchstone-runs": "run_id" "started_at" "finished_at" "version" "status" "counts";
    "touchstone-settings": "name" "value";
    "touchstone-source-files": "name" "format" "sha256" "encoding" "delimiter"
        "rows_read" "rows_kept" "rows_rejected" "first_run_id";
    "touchstone-theme-scorecard": "model" "theme" "posts" "reactions" "comments" "leads"
        "pipeline_minor" "won_minor" "currency" "verdict";
    "touchstone-touches": "lead_id" "lead_remote_id" "post_urn" "kind" "touched_at"
        "weight" "evidence" "source_file" "source_line";
};
