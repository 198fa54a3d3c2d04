-- A subject begins with the id, or a label's name, or ends with a person's record.
with names as (
    select
        :remote_id || ' (' || :source_system || ')' as record,
        '(' || :source_system || ' ' || :remote_id || ')' as of_person,
        :remote_id || ' is ' as label,
        :source_system || ':' || :remote_id || ' is ' as whole_label
)
select subject, text
from ambiguities
cross join names
where
    subject = record
    or substr(subject, -length(of_person)) = of_person
    or substr(subject, 1, length(label)) = label
    or substr(subject, 1, length(whole_label)) = whole_label
order by ambiguity_id
