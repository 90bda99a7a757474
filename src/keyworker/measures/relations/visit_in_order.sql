-- Each visit that was made with the worker of the child's visit before it and its day; of those of one day by their time,
-- those without a time last, and then by their number, never by where they stood in a file.
select visit, child_id, happened_on, worker_id,
    lag(worker_id) over (
        partition by child_id order by happened_on, happened_time nulls last, number, visit) as worker_before,
    lag(happened_on) over (
        partition by child_id order by happened_on, happened_time nulls last, number, visit) as before_on
from (
    select v.visit, v.child_id, v.happened_on, v.worker_id, n.happened_time, n.number
    from {visit_made} v
    join {visit_number} n on n.source = v.source and n.kind = v.kind and n.entry_id = v.entry_id
) t
