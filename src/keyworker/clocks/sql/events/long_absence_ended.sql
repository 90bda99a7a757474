-- The first day back after each absence of four weeks or longer.
-- Held in: absence
select a.worker_id as subject_id, a.to_on as day, cast(null as time) as at_time, a.entered_at, a.recorded_at, a.act_id,
    a.entry_id
from {absence} a
where a.to_on >= {plus_days a.from_on 28}
