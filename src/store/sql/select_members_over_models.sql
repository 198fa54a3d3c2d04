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
over_models as (
    select
        group_scores.name as called,
        min(group_scores.leads) as least_leads,
        max(group_scores.leads) as most_leads,
        min(group_scores.won_minor) as least_won_minor,
        max(group_scores.won_minor) as most_won_minor
    from group_scores
    join models using (model_id)
    where group_scores.kind = 'member' and models.lens = 'credited'
    group by group_scores.name
)
select
    members.called,
    coalesce(of_posts.posts, 0) as posts,
    of_posts.reactions,
    of_posts.comments,
    coalesce(of_leads.leads, 0) as leads,
    coalesce(over_models.least_leads, 0.0) as least_leads,
    coalesce(over_models.most_leads, 0.0) as most_leads,
    coalesce(over_models.least_won_minor, 0) as least_won_minor,
    coalesce(over_models.most_won_minor, 0) as most_won_minor
from members
left join of_posts using (member_id)
left join of_leads using (member_id)
left join over_models using (called)
order by most_won_minor desc, members.full_name, members.member_id
