-- The strategy discussion that began each section 47 enquiry: of those in the week up to the enquiry's own start the
-- first that decided on an enquiry, otherwise the last that did not decide against it. Where none is recorded, the start
-- of the enquiry stands for it.
-- Held in: s47_enquiry
select b.subject_id, b.day, case when b.day = b.from_on then b.from_time end as at_time,
    b.entered_at, b.recorded_at, b.act_id, b.entry_id
from (
select q.child_id as subject_id, q.from_on, q.from_time, q.entered_at, q.recorded_at, q.act_id, q.entry_id,
    coalesce(min(case when s.outcome = 'enquiry' then s.happened_on end), max(s.happened_on), q.from_on) as day
from {s47_enquiry} q
left join {step} s
    on s.child_id = q.child_id and s.kind = 'strategy discussion' and coalesce(s.outcome, '') <> 'no enquiry'
    and s.happened_on <= q.from_on and s.happened_on > {plus_days q.from_on -8}
group by q.child_id, q.from_on, q.from_time, q.entered_at, q.recorded_at, q.act_id, q.entry_id
) b
