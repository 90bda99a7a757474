-- Each personal supervision that was held, without how long it lasted.
-- Held in: personal_supervision
select s.worker_id as subject_id, s.happened_on as day, cast(null as time) as at_time, s.entered_at, s.recorded_at,
    s.act_id, s.entry_id
from {personal_supervision} s
where lower(s.outcome) = 'held' and s.minutes is null
