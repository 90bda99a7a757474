-- The days on which a social worker works for the council and is not in the assessed year.
-- unbroken by subject_id
select worker_id as subject_id, from_on, to_on from {social_work_appointment} a
-- but not
select worker_id as subject_id, from_on, to_on from {assessed_year} y
