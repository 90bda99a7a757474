-- A secure order that follows another in one stay in secure accommodation.
-- Held in: step:secure order
select child_id as subject_id, day, at_time, entered_at, recorded_at, act_id, entry_id
from {secure_order} o
where is_later
