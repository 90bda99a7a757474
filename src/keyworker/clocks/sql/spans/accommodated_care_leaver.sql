-- The days on which the council gives a care leaver somewhere to live.
-- joined
select s.child_id as subject_id, s.happened_on as from_on, {plus_days e.ended_on 1} as to_on
from {step} s
left join (
    select b.child_id, b.happened_on, min(n.happened_on) as ended_on
    from {step} b
    join {step} n on n.child_id = b.child_id and n.kind = 'accommodation ended' and n.happened_on >= b.happened_on
    where b.kind = 'accommodation provided'
    group by b.child_id, b.happened_on
) e on e.child_id = s.child_id and e.happened_on = s.happened_on
where s.kind = 'accommodation provided' and s.child_id is not null
