-- The first looked after review that was held in each stretch of a placement in which weekly visits may be due.
-- Held in: cla_reviews
select a.child_id as subject_id, min(r.happened_on) as day, cast(null as time) as at_time,
    cast(null as timestamp with time zone) as entered_at, cast(null as timestamp with time zone) as recorded_at,
    cast(null as bigint) as act_id, a.entry_id
from {living_arrangement} a
join {care_review} r
    on r.child_id = a.child_id and r.happened_on >= a.from_on and (a.to_on is null or r.happened_on < a.to_on)
where a.arrangement in ('temporary', 'with parents before assessment')
group by a.child_id, a.from_on, a.entry_id
