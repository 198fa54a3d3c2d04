select
    exports.export_id,
    exports.name,
    exports.content_key,
    exports.exported_on,
    source_files.reading
from exports
join source_files using (export_id)
order by exports.export_id, source_files.reading
