-- Each looked after review after the first of its time in care.
-- Held in: cla_reviews
select child_id as subject_id, happened_on as day, cast(null as time) as at_time, entered_at, recorded_at, act_id,
    entry_id
from {care_review} r where not is_first
