-- The days on which a child lives with parents before the assessment of them was finished,
-- until the first review: a visit is due every week.
select child_id as subject_id, from_on, coalesce(first_reviewed_on, to_on) as to_on
from {arrangement_reviewed} a
where arrangement = 'with parents before assessment'
