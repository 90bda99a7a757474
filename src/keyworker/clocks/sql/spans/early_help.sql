-- The days on which a child has early help, or a family help plan, which took its place.
-- unbroken by subject_id
select child_id as subject_id, from_on, to_on from {early_help_episodes} e
union all
select child_id, from_on, to_on from {family_help_plan} f
