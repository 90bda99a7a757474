-- The first day of each absence of four weeks or longer: none of supervision is asked for while a worker is away so
-- long.
-- Held in: absence
select a.worker_id as subject_id, a.from_on as day, cast(null as time) as at_time, a.entered_at, a.recorded_at,
    a.act_id, a.entry_id
from {absence} a
where coalesce(a.to_on, a.expected_return_on, cast(%(after)s as date)) >= {plus_days a.from_on 28}
