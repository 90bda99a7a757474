-- The last day of a worker's substantive employment, unless another such role follows at once or the reason was
-- redundancy.
-- Held in: appointment
select a.worker_id as subject_id, {plus_days a.to_on -1} as day, cast(null as time) as at_time, a.entered_at,
    a.recorded_at, a.act_id, a.entry_id
from {appointment} a
where lower(a.employment) in ('permanent', 'fixed term') and a.to_on is not null
    and coalesce(lower(a.leaving_reason), '') not in ('2', '3', 'voluntary redundancy', 'compulsory redundancy')
    and not exists (
        select 1 from {appointment} n
        where n.worker_id = a.worker_id and lower(n.employment) in ('permanent', 'fixed term')
            and n.from_on <= a.to_on and (n.to_on is null or n.to_on > a.to_on))
