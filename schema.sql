-- The whole current schema, in the order in which data flows: what was imported, the facts
-- that the rows state, what was made of them, and the public views.
--
-- A fact's row id is its place: source_file_id << 41 | line << 4 | part. Identities and
-- post names are numbered source_file_id << 32 | count. Neither needs an index to find its
-- file. Instants ending in _ms are Unix milliseconds, all others are text in UTC.

-- Runs and files ----------------------------------------------------------------------

create table runs (
    run_id integer primary key,
    started_at text not null,
    finished_at text not null,
    version text not null,
    status text not null check (status in ('done')),
    counts text not null
) strict;

-- An export unit: one LinkedIn archive, or one file of another kind.
create table exports (
    export_id integer primary key,
    name text not null,
    -- The hash over the hashes of its files, in hexadecimal: the same archive as a folder
    -- and as a ZIP is one export.
    content_key text not null unique,
    is_archive integer not null check (is_archive in (0, 1)),
    -- The day in the archive's name.
    exported_on text check (exported_on glob '????-??-??'),
    member_number integer
) strict;

create table source_files (
    source_file_id integer primary key,
    export_id integer not null references exports,
    name text not null,
    format text not null,
    sha256 text not null check (length(sha256) = 64),
    encoding text not null,
    delimiter text not null,
    -- The settings that decide how it reads; with others it is read again.
    reading text not null,
    -- The fields that its header has: an empty cell of these says something.
    fields text not null,
    rows_read integer not null,
    rows_kept integer not null,
    rows_rejected integer not null,
    -- The newest instant at which it records something as having happened.
    newest_ms integer,
    first_run_id integer not null references runs
) strict;

create index source_files_by_export on source_files (export_id);

-- What looking at all bytes of a file found, so that a run does not read those again that
-- nobody touched: the files of the last run that looked at any.
create table looks (
    -- SHA-256 over the release and the limits, over which file it is, its size and its times,
    -- as the system says them, and over its place in its archive.
    key blob primary key check (length(key) = 32),
    sha256 blob not null check (length(sha256) = 32),
    bytes integer not null,
    is_utf8 integer not null check (is_utf8 in (0, 1)),
    has_nul integer not null check (has_nul in (0, 1)),
    has_backslash_quote integer not null check (has_backslash_quote in (0, 1)),
    has_open_quote integer not null check (has_open_quote in (0, 1))
) strict, without rowid;

-- A row or cell that could not be used; with no source_file_id a whole file.
create table rejections (
    rejection_id integer primary key,
    source_file_id integer references source_files,
    source_name text not null,
    line integer,
    column_name text,
    text text not null,
    reason text not null
) strict;

create index rejections_of_files on rejections (source_name)
where source_file_id is null;

-- What was assumed or passed over while reading.
create table notes (
    note_id integer primary key,
    source_file_id integer not null references source_files,
    text text not null
) strict;

-- Facts ---------------------------------------------------------------------------------

create table identities (
    identity_id integer primary key,
    profile text,
    linkedin_member_id text,
    email text,
    full_name text,
    company text
) strict;

create table post_names (
    post_name_id integer primary key,
    urn text not null
) strict;

create table member_claims (
    place integer primary key,
    kind text not null check (
        kind in ('full_name', 'profile_url', 'email', 'primary_email', 'company')
    ),
    text text not null,
    times integer not null
) strict;

create table connections (
    place integer primary key,
    identity_id integer references identities,
    connected_on text,
    position text
) strict;

create table shares (
    place integer primary key,
    urn text not null,
    stated_ms integer,
    text text not null,
    shared_url text,
    visibility text
) strict;

create table own_comments (
    place integer primary key,
    commented_ms integer,
    post_name_id integer references post_names,
    text text not null
) strict;

create table given_reactions (
    place integer primary key,
    reacted_ms integer,
    post_name_id integer references post_names
) strict;

create table messages (
    place integer primary key,
    sent_ms integer,
    kind text not null check (kind in ('contact', 'draft', 'spam', 'sponsored')),
    sender_id integer references identities
) strict;

create table message_recipients (
    place integer not null references messages,
    identity_id integer not null references identities
) strict;

create table message_posts (
    place integer not null references messages,
    post_name_id integer not null references post_names
) strict;

create table invitations (
    place integer primary key,
    identity_id integer not null references identities,
    sent_on text,
    is_incoming integer not null check (is_incoming in (0, 1))
) strict;

create table engagements (
    place integer primary key,
    identity_id integer not null references identities,
    post_name_id integer not null references post_names,
    -- 0 a comment, 1 a reaction.
    kind integer not null check (kind in (0, 1)),
    happened_ms integer,
    listed_ms integer
) strict;

create table labels (
    place integer primary key,
    post_name_id integer not null references post_names,
    theme text not null
) strict;

create table contacts (
    place integer primary key,
    remote_id text not null,
    identity_id integer not null references identities,
    created_at text,
    changed_at text,
    status text not null check (status in ('open', 'qualified', 'disqualified')),
    -- A full name, or the CRM's own id of a user.
    owner text,
    is_converted integer not null check (is_converted in (0, 1)),
    converted_at text
) strict;

create table accounts (
    place integer primary key,
    remote_id text not null,
    name text,
    domain text,
    country text,
    parent_id text,
    changed_at text
) strict;

-- What a row says about a record that stands elsewhere.
create table statements (
    place integer primary key,
    about text not null check (
        about in ('account', 'contact', 'deal', 'user', 'campaign')
    ),
    subject text not null,
    kind text not null check (
        kind in (
            'deleted', 'merged_into', 'named', 'role', 'activity', 'stage', 'campaign'
        )
    ),
    object text not null,
    detail text,
    happened_at text
) strict;

create table deal_records (
    place integer primary key,
    remote_id text not null,
    name text,
    stage text,
    status text not null check (status in ('open', 'won', 'lost', 'unknown')),
    is_status_inferred integer not null check (is_status_inferred in (0, 1)),
    amount_minor integer,
    currency text not null check (length(currency) = 3),
    amount_kind text not null,
    loan_minor integer,
    created_at text,
    closed_at text,
    changed_at text,
    owner text
) strict;

-- What a contact or deal names beside itself.
create table record_links (
    place integer not null,
    kind text not null,
    text text not null
) strict;

create table source_evidence (
    place integer primary key,
    kind text not null check (kind in ('tracked', 'self_reported', 'rep_entered')),
    column_name text not null,
    text text not null
) strict;

-- What analytics and lists of posts say; a number that is not there is unknown, never 0.
create table post_numbers (
    place integer primary key,
    post_name_id integer not null references post_names,
    impressions integer,
    members_reached integer,
    engagements integer,
    reactions integer,
    comments integer,
    reposts integer,
    clicks integer,
    saves integer,
    sends integer,
    profile_views integer,
    followers_gained integer,
    text text,
    format text,
    -- The campaign that paid for it.
    campaign text,
    -- The profile slug of whose post it is.
    author text,
    posted_ms integer
) strict;

-- Two names of one post that stand in one record; with a text only where the post's words
-- are the same.
create table name_pairs (
    place integer primary key,
    one_id integer not null references post_names,
    other_id integer not null references post_names,
    text text
) strict;

create table ad_days (
    place integer primary key,
    day text check (day glob '????-??-??'),
    campaign_id text not null,
    campaign text,
    creative_id text,
    impressions integer,
    clicks integer,
    leads integer,
    spent_minor integer,
    currency text not null check (length(currency) = 3)
) strict;

-- The advertisement or post that a lead's form belongs to.
create table lead_forms (
    place integer primary key references contacts,
    form text,
    campaign_id text,
    campaign text,
    creative_id text,
    post_name_id integer references post_names
) strict;

-- Articles have a page and no number, so they are no posts; a post that shares one is.
create table articles (
    place integer primary key,
    slug text not null,
    title text not null,
    published_on text check (published_on glob '????-??-??')
) strict;

-- What was made of the facts; rebuilt whole by every run ------------------------------------

create table members (
    member_id integer primary key,
    full_name text not null,
    profile text,
    -- The full name, and what tells two members of one name apart.
    called text not null unique
) strict;

create table posts (
    post_id integer primary key,
    urn text not null unique,
    member_id integer references members,
    posted_at text,
    theme text,
    -- How sure the theme is, from 0 to 1, and what decided.
    theme_confidence real,
    theme_because text,
    format text,
    text text,
    url text not null,
    impressions integer,
    members_reached integer,
    engagements integer,
    -- The newest file's number, or the people on the lists that name the post where they
    -- are more: lists are cut off. Null where neither is known.
    reactions integer,
    comments integer,
    reposts integer,
    clicks integer,
    saves integer,
    sends integer,
    profile_views integer,
    followers_gained integer,
    campaign text
) strict;

create table post_aliases (
    urn text primary key,
    post_id integer not null references posts,
    basis text not null check (
        basis in (
            'same name', 'named together', 'same text', 'instant', 'stated date'
        )
    )
) strict, without rowid;

create table leads (
    lead_id integer primary key,
    source_system text not null,
    remote_id text not null,
    person text,
    profile text,
    company text,
    created_at text,
    status text not null,
    lead_source text,
    self_reported text,
    member_id integer references members,
    match_basis text check (
        match_basis in ('profile', 'email', 'name_company', 'label', 'owner')
    ),
    match_confidence real,
    place integer not null,
    unique (source_system, remote_id)
) strict;

create table deals (
    deal_id integer primary key,
    source_system text not null,
    remote_id text not null,
    name text,
    status text not null,
    amount_minor integer,
    currency text not null,
    amount_kind text not null,
    -- What totals count it as: converted where there is a rate, else as it is.
    counted_minor integer,
    counted_currency text not null,
    loan_minor integer,
    created_at text,
    closed_at text,
    place integer not null,
    unique (source_system, remote_id)
) strict;

create table deal_leads (
    deal_id integer not null references deals,
    lead_id integer not null references leads,
    basis text not null,
    confidence real not null,
    primary key (deal_id, lead_id)
) strict, without rowid;

-- How touches are known, in words that many of them share.
create table touch_evidence (
    evidence_id integer primary key,
    text text not null unique
) strict;

create table touches (
    touch_id integer primary key,
    lead_id integer not null references leads,
    -- Null for a source that is no post.
    post_id integer references posts,
    kind text not null,
    touched_at text not null,
    weight real not null,
    evidence_id integer not null references touch_evidence,
    place integer not null
) strict;

-- People whom members answered under their own posts: they must have commented before. Kept
-- apart from touches, which are observed.
create table inferred_comments (
    place integer primary key,
    post_id integer not null references posts,
    full_name text not null,
    answered_at text
) strict;

-- What totals are made of: the currency and kind of amount that most won deals have.
create table measures (
    measure_id integer primary key,
    currency text not null check (length(currency) = 3),
    amount_kind text not null
) strict;

create table models (
    model_id integer primary key,
    name text not null unique,
    -- Credit for touches that the data shows, or for what would not have happened.
    lens text not null check (lens in ('credited', 'incremental'))
) strict;

-- What the posts of a theme bring that would not have come without them; only counts where
-- the data cannot tell more.
create table incremental_themes (
    position integer primary key,
    theme text not null,
    posts integer not null,
    exposures integer,
    leads real,
    leads_low real,
    leads_high real,
    p_value real,
    q_value real,
    placebo_p real,
    inclusion real,
    revenue_minor integer,
    revenue_low_minor integer,
    revenue_high_minor integer,
    currency text,
    verdict text not null
) strict;

-- What was fitted: weeks, lags, mean lags and placebo draws, as points of pictures.
create table diagnostics (
    diagnostic_id integer primary key,
    kind text not null check (kind in ('week', 'tau', 'lag', 'month', 'placebo')),
    label text not null,
    x text not null,
    y real not null
) strict;

-- What the results were made with: windows, half-lives, the end of the study.
create table settings (
    name text primary key,
    value text not null
) strict, without rowid;

-- What the results, and what was written from them, were made of: a run that would make
-- the same leaves them. Empty, but for the last two, as soon as a file is read anew or taken
-- away.
create table made_of (
    -- `results`, a view, `report.html`, or `page shows`: what it shows beside results; or
    -- `themes`, which are told of a post's text alone; or `settings`, those of the last
    -- results.
    made text primary key,
    -- The settings of the results; which file a view or the page stands in, its length and
    -- when it was written; the SHA-256 of what the page shows; what told the themes.
    made_of text not null
) strict, without rowid;

-- By lead, a column a model; no post for what no post gets. A row a model, lead and post
-- would make these the greater part of a database.
create table lead_shares (
    lead_id integer not null references leads,
    post_id integer references posts,
    share_1 real,
    share_2 real,
    share_3 real,
    share_4 real,
    share_5 real,
    share_6 real,
    share_7 real,
    share_8 real,
    share_9 real,
    share_10 real,
    share_11 real,
    share_12 real,
    share_13 real,
    share_14 real,
    share_15 real,
    share_16 real,
    share_17 real,
    share_18 real,
    share_19 real,
    share_20 real
) strict;

-- By deal with an amount, a column a model; no post for what no post gets.
create table deal_parts (
    deal_id integer not null references deals,
    post_id integer references posts,
    minor_1 integer,
    minor_2 integer,
    minor_3 integer,
    minor_4 integer,
    minor_5 integer,
    minor_6 integer,
    minor_7 integer,
    minor_8 integer,
    minor_9 integer,
    minor_10 integer,
    minor_11 integer,
    minor_12 integer,
    minor_13 integer,
    minor_14 integer,
    minor_15 integer,
    minor_16 integer,
    minor_17 integer,
    minor_18 integer,
    minor_19 integer,
    minor_20 integer
) strict;

create table verdicts (
    verdict_id integer primary key,
    name text not null unique
) strict;

-- By model and post, in the measure's currency.
create table post_scores (
    model_id integer not null references models,
    post_id integer not null references posts,
    leads real not null,
    pipeline_minor integer not null,
    won_minor integer not null,
    engagement_rank integer,
    revenue_rank integer not null,
    verdict_id integer not null references verdicts
) strict;

-- What the credited models say of a post: the least and the most, and the verdict where all
-- agree on it.
create table post_ranges (
    post_id integer primary key references posts,
    least_leads real not null,
    most_leads real not null,
    least_won_minor integer not null,
    most_won_minor integer not null,
    won_of_all_models integer not null,
    verdict text
) strict;

-- The scores of posts, added up by member, month or format.
create table group_scores (
    kind text not null check (kind in ('member', 'month', 'format')),
    model_id integer not null references models,
    -- Null for posts of none.
    name text,
    posts integer not null,
    reactions integer,
    comments integer,
    leads real not null,
    pipeline_minor integer not null,
    won_minor integer not null
) strict;

-- Credit by what it rests on, in the measure's currency; together all leads, and all open and
-- won deals with an amount.
create table evidence_scores (
    model_id integer not null references models,
    -- Null where no touch is known, or nothing is inferred.
    evidence text check (
        evidence in ('tracked', 'self_reported', 'rep_entered', 'observed', 'inferred')
    ),
    -- 0 for sources that are no post.
    is_of_post integer not null check (is_of_post in (0, 1)),
    leads real not null,
    pipeline_minor integer not null,
    won_minor integer not null
) strict;

create table theme_scores (
    model_id integer not null references models,
    theme text,
    posts integer not null,
    reactions integer,
    comments integer,
    leads real not null,
    pipeline_minor integer not null,
    won_minor integer not null,
    currency text not null,
    verdict text not null
) strict;

-- How far two models agree on the won revenue that they credit posts with; each pair once.
create table model_agreement (
    model_id integer not null references models,
    other_id integer not null references models,
    -- Posts that either of them credits with won revenue.
    posts integer not null,
    -- Spearman's rank correlation over these; null where either ranks none above another.
    correlation real,
    -- Won revenue that the two give to different posts, or to posts and none.
    moved_minor integer not null,
    currency text not null,
    primary key (model_id, other_id)
) strict, without rowid;

create table funnel (
    position integer primary key,
    step text not null,
    reason text,
    rows integer not null
) strict;

-- Joins that are not sure, as more than one candidate fits or nothing tells.
create table ambiguities (
    ambiguity_id integer primary key,
    subject text not null,
    text text not null,
    -- Whether it was made all the same: candidates are taken as one, or one of them is taken.
    is_joined integer not null check (is_joined in (0, 1))
) strict;

-- What each run moved. It is kept over runs; the first run of a database moves nothing.
create table changes (
    change_id integer primary key,
    run_id integer not null references runs,
    kind text not null check (kind in ('lead', 'deal', 'credit', 'finding')),
    -- Of a finding our own name, and its name.
    source_system text not null,
    remote_id text not null,
    -- The field; model and post of a credit; statistic, model and theme of a finding.
    what text not null,
    old_value text,
    new_value text,
    -- The new file that brought it; null where settings or a correction elsewhere did.
    source_file text
) strict;

-- Persons to be forgotten ------------------------------------------------------------------

-- A random key, made when the first person is forgotten or names are first invented: without
-- it neither hashes nor invented names tell anything.
create table forget_keys (
    forget_key_id integer primary key check (forget_key_id = 1),
    key text not null check (length(key) = 64)
) strict;

-- HMAC-SHA256 of what persons were known by, so that no later import brings them back.
create table forgotten (
    key_hash text primary key check (length(key_hash) = 64)
) strict, without rowid;

-- The public views: a column may be added, never renamed or given another meaning ----------

-- A row a post of a member, under its canonical name; what no file tells is null.
create view v_posts as
select
    posts.urn as post_urn,
    members.full_name as member,
    posts.posted_at,
    posts.theme,
    posts.format,
    posts.text,
    posts.url,
    posts.impressions,
    posts.members_reached,
    posts.reactions,
    posts.comments,
    posts.reposts,
    posts.clicks,
    posts.saves,
    posts.sends,
    posts.profile_views,
    posts.followers_gained,
    posts.engagements,
    posts.campaign
from posts
left join members using (member_id)
order by posts.post_id;

-- A row an article of a member; articles are no posts, the posts that share them are.
create view v_articles as
select
    source_files.name as source_file,
    articles.slug,
    articles.title,
    articles.published_on,
    -- Where an archive dates one article's publication, those without one are drafts.
    case
        when articles.published_on is not null then 0
        when exists (
            select 1
            from articles as dated
            join source_files as other on other.source_file_id = dated.place >> 41
            where
                dated.published_on is not null
                and other.export_id = source_files.export_id
        ) then 1
    end as is_draft
from articles
join source_files on source_files.source_file_id = articles.place >> 41
order by articles.slug, source_files.name;

-- A row a day of an advertisement.
create view v_ad_days as
select
    ad_days.day,
    ad_days.campaign_id,
    ad_days.campaign,
    ad_days.creative_id,
    ad_days.impressions,
    ad_days.clicks,
    ad_days.leads,
    ad_days.spent_minor,
    ad_days.currency,
    source_files.name as source_file,
    (ad_days.place >> 4) & 0x1fffffffff as source_line
from ad_days
join source_files on source_files.source_file_id = ad_days.place >> 41
order by ad_days.place;

-- A row a lead or contact of a CRM.
create view v_leads as
select
    leads.lead_id,
    leads.source_system,
    leads.remote_id,
    leads.person,
    leads.profile,
    leads.company,
    leads.created_at,
    leads.status,
    leads.lead_source,
    leads.self_reported,
    members.full_name as member,
    leads.match_basis,
    leads.match_confidence
from leads
left join members using (member_id)
order by leads.lead_id;

-- A row a deal of a CRM.
create view v_deals as
select
    deal_id,
    source_system,
    remote_id,
    name,
    status,
    amount_minor,
    currency,
    amount_kind,
    created_at,
    closed_at,
    loan_minor,
    counted_minor,
    counted_currency
from deals
order by deal_id;

-- A row a touch: a lead met a post, then, and this is how it is known.
create view v_touches as
select
    touches.lead_id,
    leads.remote_id as lead_remote_id,
    posts.urn as post_urn,
    touches.kind,
    touches.touched_at,
    touches.weight,
    touch_evidence.text as evidence,
    source_files.name as source_file,
    (touches.place >> 4) & 0x1fffffffff as source_line
from touches
join touch_evidence using (evidence_id)
join leads using (lead_id)
left join posts using (post_id)
join source_files on source_files.source_file_id = touches.place >> 41
order by touches.touch_id;

-- A row a person whom a member answered under a post of the member's own.
create view v_inferred_comments as
select
    posts.urn as post_urn,
    inferred_comments.full_name as person,
    inferred_comments.answered_at,
    'the member''s answer begins with this name' as evidence,
    source_files.name as source_file,
    (inferred_comments.place >> 4) & 0x1fffffffff as source_line
from inferred_comments
join posts using (post_id)
join source_files on source_files.source_file_id = inferred_comments.place >> 41
order by
    inferred_comments.post_id,
    inferred_comments.answered_at,
    inferred_comments.full_name,
    inferred_comments.place;

create view lead_credits as
select
    lead_shares.rowid as position,
    models.model_id,
    lead_shares.lead_id,
    lead_shares.post_id,
    case models.model_id
        when 1 then share_1
        when 2 then share_2
        when 3 then share_3
        when 4 then share_4
        when 5 then share_5
        when 6 then share_6
        when 7 then share_7
        when 8 then share_8
        when 9 then share_9
        when 10 then share_10
        when 11 then share_11
        when 12 then share_12
        when 13 then share_13
        when 14 then share_14
        when 15 then share_15
        when 16 then share_16
        when 17 then share_17
        when 18 then share_18
        when 19 then share_19
        when 20 then share_20
    end as share
from lead_shares
cross join models
where share is not null;

create view deal_credits as
select
    deal_parts.rowid as position,
    models.model_id,
    deal_parts.deal_id,
    deal_parts.post_id,
    case models.model_id
        when 1 then minor_1
        when 2 then minor_2
        when 3 then minor_3
        when 4 then minor_4
        when 5 then minor_5
        when 6 then minor_6
        when 7 then minor_7
        when 8 then minor_8
        when 9 then minor_9
        when 10 then minor_10
        when 11 then minor_11
        when 12 then minor_12
        when 13 then minor_13
        when 14 then minor_14
        when 15 then minor_15
        when 16 then minor_16
        when 17 then minor_17
        when 18 then minor_18
        when 19 then minor_19
        when 20 then minor_20
    end as credit_minor
from deal_parts
cross join models
where credit_minor is not null;

-- A row a model, lead and post; the shares of one lead and model add up to 1.
create view v_lead_credits as
select
    models.name as model,
    leads.lead_id,
    leads.remote_id as lead_remote_id,
    posts.urn as post_urn,
    lead_credits.share
from lead_credits
join models using (model_id)
join leads using (lead_id)
left join posts using (post_id)
order by lead_credits.position, lead_credits.model_id;

-- A row a model, deal and post; the credits of one deal and model add up to its amount.
create view v_deal_credits as
select
    models.name as model,
    deals.deal_id,
    deals.remote_id as deal_remote_id,
    deals.status as deal_status,
    posts.urn as post_urn,
    posts.theme,
    deal_credits.credit_minor,
    deals.currency
from deal_credits
join models using (model_id)
join deals using (deal_id)
left join posts using (post_id)
order by deal_credits.position, deal_credits.model_id;

-- A row a theme: leads that would not have come without its posts, with 95 % bounds.
create view v_incremental as
select
    theme,
    posts,
    exposures,
    leads,
    leads_low,
    leads_high,
    p_value,
    q_value,
    placebo_p,
    revenue_minor,
    revenue_low_minor,
    revenue_high_minor,
    currency,
    verdict,
    inclusion
from incremental_themes
order by position;

-- A row a point of a picture that shows how the incremental model fits.
create view v_incremental_diagnostics as
select kind, label, x, y
from diagnostics
order by diagnostic_id;

-- A row a model and post: its engagement beside what the model credits it with.
create view v_post_scorecard as
select
    models.name as model,
    posts.urn as post_urn,
    members.full_name as member,
    posts.theme,
    posts.posted_at,
    posts.reactions,
    posts.comments,
    post_scores.leads,
    post_scores.pipeline_minor,
    post_scores.won_minor,
    coalesce((select currency from measures), 'XXX') as currency,
    post_scores.engagement_rank,
    post_scores.revenue_rank,
    verdicts.name as verdict
from post_scores
join models using (model_id)
join verdicts using (verdict_id)
join posts using (post_id)
left join members using (member_id)
order by post_scores.rowid;

-- A row a model and member: the sum of the member's posts.
create view v_member_scorecard as
select
    models.name as model,
    group_scores.name as member,
    group_scores.posts,
    group_scores.reactions,
    group_scores.comments,
    group_scores.leads,
    group_scores.pipeline_minor,
    group_scores.won_minor,
    coalesce((select currency from measures), 'XXX') as currency
from group_scores
join models using (model_id)
where group_scores.kind = 'member'
order by group_scores.rowid;

-- A row a model and month in which posts appeared: the sum of these posts.
create view v_month_scorecard as
select
    models.name as model,
    group_scores.name as month,
    group_scores.posts,
    group_scores.reactions,
    group_scores.comments,
    group_scores.leads,
    group_scores.pipeline_minor,
    group_scores.won_minor,
    coalesce((select currency from measures), 'XXX') as currency
from group_scores
join models using (model_id)
where group_scores.kind = 'month'
order by group_scores.rowid;

-- A row a model and format of posts, such as image or video: the sum of these posts.
create view v_format_scorecard as
select
    models.name as model,
    group_scores.name as format,
    group_scores.posts,
    group_scores.reactions,
    group_scores.comments,
    group_scores.leads,
    group_scores.pipeline_minor,
    group_scores.won_minor,
    coalesce((select currency from measures), 'XXX') as currency
from group_scores
join models using (model_id)
where group_scores.kind = 'format'
order by group_scores.rowid;

-- A row a model and theme: the sum of its posts.
create view v_theme_scorecard as
select
    models.name as model,
    theme_scores.theme,
    theme_scores.posts,
    theme_scores.reactions,
    theme_scores.comments,
    theme_scores.leads,
    theme_scores.pipeline_minor,
    theme_scores.won_minor,
    theme_scores.currency,
    theme_scores.verdict
from theme_scores
join models using (model_id)
order by models.name, theme_scores.theme;

-- A row a model and kind of evidence: all leads, open and won deals, by what credit rests on.
create view v_evidence_scorecard as
select
    models.name as model,
    evidence_scores.evidence,
    evidence_scores.is_of_post,
    evidence_scores.leads,
    evidence_scores.pipeline_minor,
    evidence_scores.won_minor,
    coalesce((select currency from measures), 'XXX') as currency
from evidence_scores
join models using (model_id)
order by evidence_scores.rowid;

-- A row a pair of models: how far they agree on the won revenue that they credit posts with.
create view v_model_agreement as
select
    models.name as model,
    others.name as other_model,
    model_agreement.posts,
    model_agreement.correlation,
    model_agreement.moved_minor,
    model_agreement.currency
from model_agreement
join models on models.model_id = model_agreement.model_id
join models as others on others.model_id = model_agreement.other_id
order by model_agreement.model_id, model_agreement.other_id;

-- A row a step from rows to credit, and a row a reason why others did not get there.
create view v_funnel as
select step, reason, rows
from funnel
order by position;

-- A row a cell, row or file that could not be used.
create view v_rejections as
select
    source_name as source_file,
    line,
    column_name as "column",
    text,
    reason
from rejections
order by source_name, line, column_name, reason, text;

-- A row a file that was imported.
create view v_source_files as
select
    name,
    format,
    sha256,
    encoding,
    delimiter,
    rows_read,
    rows_kept,
    rows_rejected,
    first_run_id
from source_files
order by name, sha256;

-- A row a thing that a run moved; the first run of a database moves nothing.
create view v_changes as
select
    run_id,
    kind,
    source_system,
    remote_id,
    what,
    old_value,
    new_value,
    source_file
from changes
order by change_id;

-- A row a setting that the results were made with.
create view v_settings as
select name, value
from settings
order by name;

-- A row a join that is not sure, as more than one candidate fits or nothing tells.
create view v_ambiguities as
select subject, text, is_joined
from ambiguities
order by ambiguity_id;

-- A row a run.
create view v_runs as
select run_id, started_at, finished_at, version, status, counts
from runs
order by run_id;

-- What the data say of likes and business; null where they cannot carry a number.
create table findings (
    position integer primary key,
    name text not null,
    model text,
    subject text,
    statistic text not null,
    value real,
    low real,
    high real,
    p_value real check (p_value between 0 and 1),
    n integer not null,
    sentence text not null
) strict;

-- A row a finding: what the data say of likes and business.
create view v_findings as
select
    name,
    statistic,
    value,
    low,
    high,
    p_value,
    n,
    sentence,
    model,
    subject
from findings
order by position;
