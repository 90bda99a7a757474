-- The day from which a time in care has a written care plan: the plan's first day, or the first day in care where a
-- plan was there before.
-- Held in: cla_care_plan
select c.child_id as subject_id, case when c.from_on < s.from_on then s.from_on else c.from_on end as day,
    cast(null as time) as at_time, c.entered_at, c.recorded_at, c.act_id, c.entry_id
from {cla_care_plan} c
join {care_stay} s
    on s.child_id = c.child_id and (s.to_on is null or c.from_on < s.to_on) and (c.to_on is null or c.to_on > s.from_on)
