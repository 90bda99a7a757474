-- The day by which a looked after review that was not yet held, nor cancelled, is due.
-- Held in: cla_reviews
select v.child_id as subject_id, r.due_on as day, cast(null as time) as at_time, r.entered_at, r.recorded_at, r.act_id,
    r.entry_id
from {cla_reviews} r
join (select distinct child_id, care_period_id from {cla_episodes} e) v on v.care_period_id = r.care_period_id
where r.happened_on is null and r.due_on is not null and r.cancelled is not true
