-- The days on which the council gives a care leaver somewhere to live.
-- unbroken by subject_id
select s.child_id as subject_id, s.from_on, {plus_days s.ended_on 1} as to_on
from {step_stay} s
where s.kind = 'accommodation provided'
