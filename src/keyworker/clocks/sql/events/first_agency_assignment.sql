-- The start of each worker's first assignment through an agency.
-- Held in: appointment
select a.worker_id as subject_id, min(a.from_on) as day, cast(null as time) as at_time,
    cast(null as timestamp with time zone) as entered_at, cast(null as timestamp with time zone) as recorded_at,
    cast(null as bigint) as act_id, min(a.entry_id) as entry_id
from {appointment} a
where lower(a.employment) = 'agency'
group by a.worker_id
