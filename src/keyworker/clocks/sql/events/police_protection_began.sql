-- The start of police protection: the step, which has the time, or else the legal status of a child whom the council
-- then took in, unless the step says it of that day or the day before.
-- Held in: step:police protection, legal_status
select s.child_id as subject_id, s.happened_on as day, s.happened_time as at_time, s.entered_at, s.recorded_at,
    s.act_id, s.entry_id
from {step} s
where s.kind = 'police protection' and s.child_id is not null
union all
select l.child_id, l.from_on, cast(null as time), l.entered_at, l.recorded_at, l.act_id, l.entry_id
from {legal_status} l
where lower(l.legal_status) = 'l1'
    and not exists (
        select 1 from {step} n
        where n.child_id = l.child_id and n.kind = 'police protection'
            and n.happened_on <= l.from_on and n.happened_on >= {plus_days l.from_on -1})
