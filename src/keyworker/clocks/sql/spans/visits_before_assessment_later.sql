-- The days on which a child lives with parents before the assessment of them was finished,
-- from the first review on.
select child_id as subject_id, first_reviewed_on as from_on, to_on
from {arrangement_reviewed} a
where arrangement = 'with parents before assessment' and first_reviewed_on is not null
