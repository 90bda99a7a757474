-- Each review of a child who is to be adopted: recorded as such, or as a looked after review.
-- Held in: step:adoption review, cla_reviews
select child_id as subject_id, day, cast(null as time) as at_time, entered_at, recorded_at, act_id, entry_id
from {adoption_review} r
