-- The end of an assessment, or of an enquiry without a conference, that led to help for a child in need: for a child
-- who was then neither on a child protection plan nor looked after.
-- Held in: cin_assessments, s47_enquiry
select d.child_id as subject_id, d.day, cast(null as time) as at_time, d.entered_at, d.recorded_at, d.act_id, d.entry_id
from (
    select a.child_id, {plus_days a.to_on -1} as day, a.entered_at, a.recorded_at, a.act_id, a.entry_id
    from {cin_assessments} a
    where a.outcome_nfa = false and a.to_on is not null
    union all
    select q.child_id, {plus_days q.to_on -1}, q.entered_at, q.recorded_at, q.act_id, q.entry_id
    from {s47_enquiry} q
    where q.nfa = false and q.to_on is not null
        and not exists (
            select 1 from {initial_cp_conference} i
            where i.child_id = q.child_id and i.happened_on >= q.from_on and i.happened_on <= {plus_days q.from_on 60})
) d
where not exists (
        select 1 from {cp_plans} p
        where p.child_id = d.child_id and p.from_on <= d.day and (p.to_on is null or p.to_on > d.day))
    and not exists (
        select 1 from {cla_episodes} l
        where l.child_id = d.child_id and l.from_on <= d.day and (l.to_on is null or l.to_on > d.day))
