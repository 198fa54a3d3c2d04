select
    exports.export_id,
    exports.content_key,
    source_files.reading
from exports
join source_files using (export_id)
order by exports.export_id, source_files.reading
