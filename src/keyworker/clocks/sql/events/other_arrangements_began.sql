-- The day on which another body began to run a looked after child's living arrangements, such as a prison or a
-- hospital, or from which another such body runs them.
-- Held in: cla_placement
select a.child_id as subject_id, a.from_on as day, cast(null as time) as at_time,
    cast(null as timestamp with time zone) as entered_at, cast(null as timestamp with time zone) as recorded_at,
    cast(null as bigint) as act_id, a.entry_id
from {living_arrangement} a
where a.arrangement = 'run by another body'
