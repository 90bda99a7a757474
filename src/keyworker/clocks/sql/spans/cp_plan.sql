-- The days on which a child is on a child protection plan.
select child_id as subject_id, from_on, to_on from {cp_plans} p
