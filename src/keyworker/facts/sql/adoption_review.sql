-- Each review of a child who is to be adopted: recorded as such, or as a looked after review.
select child_id, happened_on as day, entered_at, recorded_at, act_id, entry_id from {step} s
where kind = 'adoption review' and child_id is not null
union all
select child_id, happened_on, entered_at, recorded_at, act_id, entry_id from {care_review} r
