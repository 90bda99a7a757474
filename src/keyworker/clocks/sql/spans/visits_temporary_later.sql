-- The days on which a child lives with a relative or friend approved for the time being, or with a parent under an
-- interim care order, from the first review on.
select child_id as subject_id, first_reviewed_on as from_on, to_on
from {arrangement_reviewed} a
where arrangement = 'temporary' and first_reviewed_on is not null
