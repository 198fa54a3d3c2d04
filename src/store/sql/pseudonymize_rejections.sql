create temp view rejections as
select
    rejection_id,
    source_file_id,
    invented('file', source_name) as source_name,
    line,
    null as column_name,
    case when text = '' then text else '[left out]' end as text,
    invented('sentence', reason) as reason
from main.rejections
