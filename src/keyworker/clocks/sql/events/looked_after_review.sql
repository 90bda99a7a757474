-- Each looked after review that was held.
-- Held in: cla_reviews
select child_id as subject_id, happened_on as day, cast(null as time) as at_time, entered_at, recorded_at, act_id,
    entry_id
from {care_review} r
