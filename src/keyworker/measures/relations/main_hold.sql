-- Unbroken holds by one worker as lead or as accountable worker, of children who were at some time held by two rows at
-- once: touching and overlapping rows are one.
-- unbroken by child_id, worker_id, role
select h.child_id, h.worker_id, case when h.rank = 2 then 'lead' else 'accountable' end as role, h.from_on, h.to_on
from {held_by_several} h
