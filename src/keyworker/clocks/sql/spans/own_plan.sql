-- The days on which a child's own plan says how often they are to be seen.
select child_id as subject_id, from_on, to_on from {child_plan} p
