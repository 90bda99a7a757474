-- Each row by which a child is open to the service, touching and overlapping ones as they are: for a measure that counts
-- a child once however many there are. The reasons are those of open_period.
select child_id, from_on, to_on from {cin_episodes} e where referral_nfa is not true
union all
select child_id, from_on, to_on from {cp_plans} c
union all
select child_id, from_on, to_on from {cla_episodes} l
