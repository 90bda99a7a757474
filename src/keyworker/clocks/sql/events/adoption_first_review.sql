-- The first review after a child was placed for adoption.
-- Held in: step:adoption review, cla_reviews
select child_id as subject_id, day, cast(null as time) as at_time, entered_at, recorded_at, act_id, entry_id
from {placed_review} r
where day = first_on
