-- The strategy discussion that began each section 47 enquiry: the last one in the week up to the enquiry's own start
-- that did not decide against it. Where none is recorded, the start of the enquiry stands for it.
-- Held in: s47_enquiry
select q.child_id as subject_id, coalesce(max(s.happened_on), q.from_on) as day,
    case when max(s.happened_on) is null or max(s.happened_on) = q.from_on then q.from_time end as at_time,
    q.entered_at, q.recorded_at, q.act_id, q.entry_id
from {s47_enquiry} q
left join {step} s
    on s.child_id = q.child_id and s.kind = 'strategy discussion' and coalesce(s.outcome, '') <> 'no enquiry'
    and s.happened_on <= q.from_on and s.happened_on > {plus_days q.from_on -8}
group by q.child_id, q.from_on, q.from_time, q.entered_at, q.recorded_at, q.act_id, q.entry_id
