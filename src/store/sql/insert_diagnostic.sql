insert into diagnostics (
    kind,
    label,
    x,
    y
) values (
    :kind,
    :label,
    :x,
    :y
)
