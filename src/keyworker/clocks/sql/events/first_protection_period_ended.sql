-- The last day of the first period of an emergency protection order that the court extended: the eighth, its first day
-- being the first.
-- Held in: step:protection order extended
select b.child_id as subject_id, {plus_days b.began_on 7} as day, cast(null as time) as at_time, b.entered_at,
    b.recorded_at, b.act_id, b.entry_id
from (
    select l.child_id, l.from_on, l.to_on, coalesce(min(p.day), l.from_on) as began_on, l.entered_at, l.recorded_at,
        l.act_id, l.entry_id
    from {legal_status} l
    left join (
        select s.child_id, s.happened_on as day from {step} s where s.kind = 'police protection'
        union all
        select o.child_id, o.from_on from {legal_status} o where lower(o.legal_status) = 'l1'
    ) p on p.child_id = l.child_id and p.day <= l.from_on and p.day >= {plus_days l.from_on -3}
    where lower(l.legal_status) = 'l2'
    group by l.child_id, l.from_on, l.to_on, l.entered_at, l.recorded_at, l.act_id, l.entry_id
) b
where exists (
    select 1 from {step} x
    where x.child_id = b.child_id and x.kind = 'protection order extended' and x.happened_on >= b.from_on
        and (b.to_on is null or x.happened_on < b.to_on))
