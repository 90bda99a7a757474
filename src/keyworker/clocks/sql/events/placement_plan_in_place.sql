-- The day on which the written plan of a placement was there: at the earliest its first day,
-- also where that was done before. A step that does not say which placement it belongs to counts from a week before it.
-- Held in: step:placement plan
select p.child_id as subject_id, case when s.happened_on < p.from_on then p.from_on else s.happened_on end as day,
    cast(null as time) as at_time, s.entered_at, s.recorded_at, s.act_id, s.entry_id
from {cla_placement} p
join {step} s
    on s.child_id = p.child_id and s.kind = 'placement plan'
    and (s.belongs_to_id = p.placement_id
        or (s.belongs_to_id is null and s.happened_on >= {plus_days p.from_on -7}
            and (p.to_on is null or s.happened_on < p.to_on)))
