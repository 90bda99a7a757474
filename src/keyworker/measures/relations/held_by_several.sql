-- The rows of children whom two rows held at once at some time, so that somebody must be chosen as their main worker.
select child_id, worker_id, rank, from_on, to_on, order_id
from {child_held} h
where exists (select 1 from {held_together} t where t.child_id = h.child_id)
