select
    rejection_id,
    source_file_id,
    line,
    text
from rejections
order by rejection_id
