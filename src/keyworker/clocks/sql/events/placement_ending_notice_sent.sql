-- The day on which everybody who must know that a placement ended had been told in writing: at the earliest its last
-- day, also where that was done before. A step that does not say which placement it belongs to counts from a month
-- before it.
-- Held in: step:placement ending notice
select p.child_id as subject_id,
    case when s.happened_on < {plus_days p.to_on -1} then {plus_days p.to_on -1} else s.happened_on end as day,
    cast(null as time) as at_time, s.entered_at, s.recorded_at, s.act_id, s.entry_id
from {cla_placement} p
join {step} s
    on s.child_id = p.child_id and s.kind = 'placement ending notice'
    and (s.belongs_to_id = p.placement_id
        or (s.belongs_to_id is null and s.happened_on >= {plus_days p.to_on -31}))
where p.to_on is not null
