-- The first day of a pause of the assessed year that still goes on.
-- Held in: step:assessed year paused
select s.worker_id as subject_id, s.happened_on as day, cast(null as time) as at_time, s.entered_at, s.recorded_at,
    s.act_id, s.entry_id
from {step} s
where s.kind = 'assessed year paused' and s.worker_id is not null
    and not exists (
        select 1 from {step} r
        where r.worker_id = s.worker_id and r.kind = 'assessed year resumed' and r.happened_on >= s.happened_on)
