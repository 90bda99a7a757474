-- The last day of each placement of a looked after child; a temporary move is none. Where the next one begins on that
-- very day, the day before: what happens on the day of the move belongs to the new one.
-- Held in: cla_placement
select p.child_id as subject_id,
    case when min(n.entry_id) is null then {plus_days p.to_on -1} else {plus_days p.to_on -2} end as day,
    cast(null as time) as at_time, p.entered_at, p.recorded_at, p.act_id, p.entry_id
from {cla_placement} p
left join {cla_placement} n
    on n.child_id = p.child_id and n.entry_id <> p.entry_id and n.from_on = {plus_days p.to_on -1}
    and n.from_on > p.from_on
where p.to_on > p.from_on and upper(substr(trim(coalesce(p.type, '')), 1, 1)) <> 'T'
group by p.child_id, p.to_on, p.entered_at, p.recorded_at, p.act_id, p.entry_id
