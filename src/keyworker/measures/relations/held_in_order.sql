-- The rows by which a lead or an accountable worker held a child, in the order of their beginnings, each with the worker
-- and the end of the row before it. Two that begin on one day follow each other in any order: they hold together.
select child_id, worker_id, from_on, to_on,
    lag(worker_id) over (partition by child_id order by from_on) as worker_before,
    lag(coalesce(to_on, date '9999-12-31')) over (partition by child_id order by from_on) as ended_before
from {child_held} h
