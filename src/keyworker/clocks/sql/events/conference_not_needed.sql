-- Section 47 enquiries that led to no conference and say that none was needed: no further action, or an outcome that
-- does not ask for one. A source that gives no end leaves the day open, and the start stands for it.
-- Held in: s47_enquiry
select q.child_id as subject_id, coalesce({plus_days q.to_on -1}, q.from_on) as day, cast(null as time) as at_time,
    q.entered_at, q.recorded_at, q.act_id, q.entry_id
from {s47_enquiry} q
where (q.nfa = true
        or (q.to_on is not null and q.outcome_json <> ''
            and strpos(lower(replace(replace(q.outcome_json, ' ', ''), '"', '')), 'cp_conference_flag:y') = 0
            and strpos(lower(replace(replace(q.outcome_json, ' ', ''), '"', '')), 'cp_conference_flag:t') = 0
            and strpos(lower(replace(replace(q.outcome_json, ' ', ''), '"', '')), 'cp_conference_flag:1') = 0))
    and not exists (
        select 1 from {initial_cp_conference} i
        where i.child_id = q.child_id and i.s47_enquiry_id = q.s47_enquiry_id and i.happened_on is not null)
