-- The first day of each absence of four weeks or longer, or of which nobody knows the end yet: no supervision is asked
-- for meanwhile. One that turns out shorter was none of these.
-- Held in: absence
select a.worker_id as subject_id, a.from_on as day, cast(null as time) as at_time, a.entered_at, a.recorded_at,
    a.act_id, a.entry_id
from {absence} a
where coalesce(a.to_on, a.expected_return_on, date '9999-12-31') >= {plus_days a.from_on 28}
