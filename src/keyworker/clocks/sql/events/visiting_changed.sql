-- The day from which another rule of visits speaks of a placement that goes on: a legal status changed, or it was
-- decided about the carers.
-- Held in: cla_placement
select a.child_id as subject_id, a.from_on as day, cast(null as time) as at_time,
    cast(null as timestamp with time zone) as entered_at, cast(null as timestamp with time zone) as recorded_at,
    cast(null as bigint) as act_id, a.entry_id
from {living_arrangement} a
where a.from_on > a.placed_on
