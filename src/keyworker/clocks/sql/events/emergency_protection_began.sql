-- The day from which an emergency protection order counts: its own first day, or the first day of police protection
-- that came in the three days before it.
-- Held in: legal_status
select child_id as subject_id, began_on as day, cast(null as time) as at_time, entered_at, recorded_at, act_id, entry_id
from {emergency_protection} o
