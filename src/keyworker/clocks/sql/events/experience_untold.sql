-- Agency assignments of workers of whom the record holds no direct employment, here or elsewhere. When that began is
-- not known, so the day is one before all others.
-- Held in: appointment
select a.worker_id as subject_id, date '1900-01-01' as day, cast(null as time) as at_time, a.entered_at, a.recorded_at,
    a.act_id, a.entry_id
from {appointment} a
where lower(a.employment) = 'agency'
    and not exists (
        select 1 from {appointment} o
        where o.worker_id = a.worker_id and lower(o.employment) in ('permanent', 'fixed term'))
    and not exists (select 1 from {step} s where s.worker_id = a.worker_id and s.kind = 'direct experience began')
