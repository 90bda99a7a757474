-- Each looked after review that was held, and whose it was: a review names the time in care, not the child. It is the
-- first of a time in care when it is the first held and was held in the first three months: the first that a source
-- holds later than that is taken for a later one, because many extracts hold only the newest.
select v.child_id, r.review_id, r.happened_on, r.entered_at, r.recorded_at, r.act_id, r.entry_id,
    r.happened_on = min(r.happened_on) over (partition by v.child_id, r.care_period_id)
        and r.happened_on <= cast(v.entered_on + interval '3 months' as date) as is_first
from {cla_reviews} r
join (
    select child_id, care_period_id, min(from_on) as entered_on from {cla_episodes} e
    where care_period_id is not null group by child_id, care_period_id
) v on v.care_period_id = r.care_period_id
where r.happened_on is not null and r.cancelled is not true
