-- Visits under a child protection plan at which the child was seen, but not alone.
-- Held in: cp_visits
select v.child_id as subject_id, v.happened_on as day, cast(null as time) as at_time, v.entered_at, v.recorded_at,
    v.act_id, v.entry_id
from {visit} v
where v.kind = 'cp' and v.outcome = 'seen'
