-- Another council's notice that a child on a plan has moved here for good. Where no such step is recorded, the
-- referral of a conference for a child who moved in stands for it: such a referral is dated when the notice came.
-- Held in: step:move-in notice, initial_cp_conference
select s.child_id as subject_id, s.happened_on as day, s.happened_time as at_time, s.entered_at, s.recorded_at,
    s.act_id, s.entry_id
from {step} s
where s.kind = 'move-in notice' and s.child_id is not null
union all
select e.child_id, e.from_on, e.from_time, e.entered_at, e.recorded_at, e.act_id, e.entry_id
from {cin_episodes} e
where exists (
        select 1 from {initial_cp_conference} i
        where i.child_id = e.child_id and i.referral_id = e.referral_id and i.transfer_in = true)
    and not exists (select 1 from {step} n where n.child_id = e.child_id and n.kind = 'move-in notice')
