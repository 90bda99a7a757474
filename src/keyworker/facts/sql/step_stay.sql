-- When something that one step begins and another ends went on: with its last day, empty while it goes on.
select b.child_id, b.kind, b.happened_on as from_on, min(n.happened_on) as ended_on
from {step} b
left join {step} n on n.child_id = b.child_id and n.happened_on >= b.happened_on
    and n.kind = case b.kind when 'accommodation provided' then 'accommodation ended'
        when 'secure placement' then 'secure placement ended' end
where b.kind in ('accommodation provided', 'secure placement') and b.child_id is not null
group by b.child_id, b.kind, b.happened_on
