-- The start of each placement of a looked after child; a temporary move is none.
-- Held in: cla_placement
select a.child_id as subject_id, a.placed_on as day, cast(null as time) as at_time, p.entered_at, p.recorded_at,
    p.act_id, p.entry_id
from {living_arrangement} a
join {cla_placement} p on p.entry_id = a.entry_id
where a.from_on = a.placed_on and a.arrangement <> 'temporary move'
