-- Contacts whose outcome a source gives without the day on which it was decided.
-- Held in: contacts
select c.child_id as subject_id, c.happened_on as day, c.happened_time as at_time, c.entered_at, c.recorded_at,
    c.act_id, c.entry_id
from {contacts} c
where c.outcome_json <> ''
    and not exists (
        select 1 from {step} s
        where s.child_id = c.child_id and s.kind = 'contact decision' and s.happened_on >= c.happened_on)
