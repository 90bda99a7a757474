-- Referrals whose outcome a source gives without the day on which it was decided.
-- Held in: cin_episodes
select e.child_id as subject_id, e.from_on as day, e.from_time as at_time, e.entered_at, e.recorded_at, e.act_id,
    e.entry_id
from {cin_episodes} e
where (e.referral_outcome_json <> '' or e.referral_nfa is not null)
    and not exists (
        select 1 from {step} s
        where s.child_id = e.child_id and s.kind = 'referral decision' and s.happened_on >= e.from_on)
