-- The days on which a child is on a child protection plan of this council. Another council's plan, for a child who
-- stays here for a while, remains that council's to run.
select child_id as subject_id, from_on, to_on from {cp_plans} p where from_other_authority is not true
