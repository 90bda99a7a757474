-- Each renewal of registration in the months in which it is open, September to November.
-- Held in: step:registration renewed
select s.worker_id as subject_id, s.happened_on as day, cast(null as time) as at_time, s.entered_at, s.recorded_at,
    s.act_id, s.entry_id
from {step} s
where s.kind = 'registration renewed' and s.worker_id is not null
    and extract(month from s.happened_on) in (9, 10, 11)
