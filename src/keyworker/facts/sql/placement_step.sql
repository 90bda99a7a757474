-- Each step that must be taken for a placement, with the day on which it was there: at the earliest the placement's
-- first day, also where it was done before. A step that does not say which placement it belongs to counts from a week
-- before it.
select p.child_id, s.kind, case when s.happened_on < p.from_on then p.from_on else s.happened_on end as day,
    s.entered_at, s.recorded_at, s.act_id, s.entry_id
from {cla_placement} p
join {step} s
    on s.child_id = p.child_id
    and (s.belongs_to_id = p.placement_id
        or (s.belongs_to_id is null and s.happened_on >= p.from_on - 7
            and (p.to_on is null or s.happened_on < p.to_on)))
where s.kind in ('placement notice', 'placement plan')
