-- When a child was open to the service: a referral accepted as a child in need, a child protection plan or being
-- looked after, touching periods being one. Early help is not social care's, and a referral that came to nothing
-- opened nothing.
-- unbroken by child_id
select child_id, from_on, to_on from {cin_episodes} e where referral_nfa is not true
union all
select child_id, from_on, to_on from {cp_plans} c
union all
select child_id, from_on, to_on from {cla_episodes} l
