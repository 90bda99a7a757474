-- A secure order of a stay in secure accommodation that had none before.
-- Held in: step:secure order
select child_id as subject_id, day, at_time, entered_at, recorded_at, act_id, entry_id
from {secure_order} o
where not is_later
