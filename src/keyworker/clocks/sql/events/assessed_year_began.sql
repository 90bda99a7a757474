-- The start of each worker's assessed year: the step, or else the first appointment that says so.
-- Held in: step:assessed year began, appointment
select s.worker_id as subject_id, s.happened_on as day, cast(null as time) as at_time, s.entered_at, s.recorded_at,
    s.act_id, s.entry_id
from {step} s
where s.kind = 'assessed year began' and s.worker_id is not null
union all
select y.worker_id, y.from_on, cast(null as time), cast(null as timestamp with time zone),
    cast(null as timestamp with time zone), cast(null as bigint), cast(0 as bigint)
from {assessed_year} y
where not exists (select 1 from {step} n where n.worker_id = y.worker_id and n.kind = 'assessed year began')
