insert into funnel (
    position,
    step,
    reason,
    rows
) values (
    :position,
    :step,
    :reason,
    :rows
)
