with of_posts as (
    select
        member_id,
        count(*) as posts,
        sum(reactions) as reactions,
        sum(comments) as comments
    from posts
    group by member_id
),
of_leads as (
    select
        member_id,
        count(*) as leads
    from leads
    group by member_id
),
by_model as (
    select
        posts.member_id,
        post_scores.model_id,
        sum(post_scores.leads) as leads,
        cast(total(post_scores.won_minor) as integer) as won_minor
    from post_scores
    join models using (model_id)
    join posts using (post_id)
    where models.lens = 'credited'
    group by posts.member_id, post_scores.model_id
),
over_models as (
    select
        member_id,
        min(leads) as least_leads,
        max(leads) as most_leads,
        min(won_minor) as least_won_minor,
        max(won_minor) as most_won_minor
    from by_model
    group by member_id
),
-- Two members of one name are told apart by their profiles.
named as (
    select
        member_id,
        full_name,
        case
            when 1 < count(*) over (partition by full_name)
                then full_name || coalesce(' (' || profile || ')', '')
            else full_name
        end as name
    from members
)
select
    named.name,
    coalesce(of_posts.posts, 0) as posts,
    of_posts.reactions,
    of_posts.comments,
    coalesce(of_leads.leads, 0) as leads,
    coalesce(over_models.least_leads, 0.0) as least_leads,
    coalesce(over_models.most_leads, 0.0) as most_leads,
    coalesce(over_models.least_won_minor, 0) as least_won_minor,
    coalesce(over_models.most_won_minor, 0) as most_won_minor
from named
left join of_posts using (member_id)
left join of_leads using (member_id)
left join over_models using (member_id)
order by most_won_minor desc, named.full_name, named.member_id
