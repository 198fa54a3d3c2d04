select kind, column_name, text
from source_evidence
where place between :first and :last
order by place
