-- Notice given by or for a worker who was there through an agency on that day.
-- Held in: step:notice given
select s.worker_id as subject_id, s.happened_on as day, cast(null as time) as at_time, s.entered_at, s.recorded_at,
    s.act_id, s.entry_id
from {step} s
where s.kind = 'notice given'
    and exists (
        select 1 from {appointment} a
        where a.worker_id = s.worker_id and lower(a.employment) = 'agency' and a.from_on <= s.happened_on
            and (a.to_on is null or a.to_on > s.happened_on))
