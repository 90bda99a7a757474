-- Each emergency protection order, with the day from which it counts: its own first day, or the first day of police
-- protection that came in the three days before it.
select l.child_id, l.from_on, l.to_on, coalesce(min(p.day), l.from_on) as began_on, l.entered_at, l.recorded_at,
    l.act_id, l.entry_id
from {legal_status} l
left join (
    select s.child_id, s.happened_on as day from {step} s where s.kind = 'police protection'
    union all
    select o.child_id, o.from_on from {legal_status} o where lower(o.legal_status) = 'l1'
) p on p.child_id = l.child_id and p.day <= l.from_on and p.day >= l.from_on - 3
where lower(l.legal_status) = 'l2'
group by l.child_id, l.from_on, l.to_on, l.entered_at, l.recorded_at, l.act_id, l.entry_id
