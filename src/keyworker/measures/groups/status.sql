-- group: status
-- title: Status
-- says: Why the service is in the child's life on the day; of several the one that asks most of it: looked after, child
--   protection plan, child in need, short break, or care leaver from the sixteenth birthday on; else not open.
-- of: child
-- claims: yes
-- otherwise: not open
select child_id as key, 'looked after' as value, 6 as rank, from_on as since_on, entry_id as order_id, from_on, to_on
from {care_episode} l
where not is_short_break
union all
select child_id, 'child protection plan', 5, from_on, entry_id, from_on, to_on from {cp_plans} c
union all
select child_id, 'child in need', 4, from_on, entry_id, from_on, to_on from {cin_episodes} e
where referral_nfa is not true
union all
select child_id, 'short break', 3, from_on, entry_id, from_on, to_on from {care_episode} b where is_short_break
union all
select v.child_id, 'care leaver', 2, coalesce(w.until, date '0001-01-01'), v.entry_id,
    coalesce(w.until, date '0001-01-01'), cast(null as date)
from {care_leavers} v
left join {person} p on p.child_id = v.child_id
left join {past 16 years} w on w.day = p.birth_on
where lower(coalesce(v.eligibility, '')) <> 'no current eligibility'
