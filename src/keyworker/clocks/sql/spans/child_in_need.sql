-- The days on which a child is on a child in need plan alone: a plan left open beside a child protection plan or a
-- time in care, or after its referral was closed, asks for nothing.
-- unbroken by subject_id
select p.child_id as subject_id, p.from_on,
    case when p.to_on is null or r.to_on < p.to_on then r.to_on else p.to_on end as to_on
from {cin_plans} p
left join {cin_episodes} r on r.referral_id = p.referral_id and r.child_id = p.child_id
-- but not
select child_id as subject_id, from_on, to_on from {cp_plans} c
union all
select child_id, from_on, to_on from {cla_episodes} l
