-- Which children are open to the service at the end of the day: while a referral accepted as a child in need, a child
-- protection plan or being looked after is in force. Early help is not social care's.
select child_id from {cin_episodes:in_force} e where referral_nfa is not true
union
select child_id from {cp_plans:in_force} c
union
select child_id from {cla_episodes:in_force} l
