-- Each visit that was made with the worker of the child's visit before it; of two on one day in the order of their entries.
select visit, child_id, happened_on, worker_id,
    lag(worker_id) over (partition by child_id order by happened_on, entry_id) as worker_before
from {visit_made} v
