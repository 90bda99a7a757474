-- The days in whose 12 months a looked after review was late: from the day after it was due until 12 months have passed since
-- then, and for as long as it was still not held.
-- By the published limits: nobody here can set or agree a later one.
select r.child_id, r.due_on + 1 as from_on,
    case when r.met_on is null and r.stopped_on is null then null
        else greatest(y.until, coalesce(r.met_on, r.stopped_on + 1)) end as to_on
from {readings published lac-review-first-20wd, lac-review-second-3m, lac-review-subsequent-6m} r
join {past 12 months} y on y.day = r.due_on
where coalesce(r.met_in_time, 'no') <> 'yes' and (r.stopped_on is null or r.stopped_on > r.due_on)
