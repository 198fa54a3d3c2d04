insert into touches (
    touch_id,
    lead_id,
    post_id,
    kind,
    touched_at,
    weight,
    evidence_id,
    place
) values (
    :touch_id,
    :lead_id,
    :post_id,
    :kind,
    :touched_at,
    :weight,
    :evidence_id,
    :place
)
