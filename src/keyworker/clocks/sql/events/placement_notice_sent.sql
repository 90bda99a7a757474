-- The day on which everybody who must know of a placement had been told in writing: at the earliest its first day,
-- also where that was done before. A step that does not say which placement it belongs to counts from a week before it.
-- Held in: step:placement notice
select child_id as subject_id, day, cast(null as time) as at_time, entered_at, recorded_at, act_id, entry_id
from {placement_step} s
where kind = 'placement notice'
