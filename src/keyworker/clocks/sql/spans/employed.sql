-- The days on which a social worker works for the council; appointments that touch are one.
-- unbroken by subject_id
select worker_id as subject_id, from_on, to_on from {social_work_appointment} a
