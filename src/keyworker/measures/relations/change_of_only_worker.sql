-- Each change of main worker of children of whom no two rows ever overlap, as of most: each row is then a stretch by itself.
select child_id, from_on as happened_on, worker_id, worker_before
from {held_in_order} o
where worker_before <> worker_id and not exists (select 1 from {held_together} t where t.child_id = o.child_id)
