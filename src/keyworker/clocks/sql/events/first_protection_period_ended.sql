-- The last day of the first period of an emergency protection order that the court extended: the eighth, its first day
-- being the first.
-- Held in: step:protection order extended
select o.child_id as subject_id, {plus_days o.began_on 7} as day, cast(null as time) as at_time, o.entered_at,
    o.recorded_at, o.act_id, o.entry_id
from {emergency_protection} o
where exists (
    select 1 from {step} x
    where x.child_id = o.child_id and x.kind = 'protection order extended' and x.happened_on >= o.from_on
        and (o.to_on is null or x.happened_on < o.to_on))
