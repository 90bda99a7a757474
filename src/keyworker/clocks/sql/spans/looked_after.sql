-- The days on which a child is looked after, short breaks left out. A new placement or legal status is no new time in
-- care.
select child_id as subject_id, from_on, to_on from {care_stay} s
