insert into touch_evidence (text) values (:text)
on conflict (text) do update set text = excluded.text
returning evidence_id
