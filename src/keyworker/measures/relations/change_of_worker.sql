-- Each day on which a child's main worker became somebody else. The first worker of all is no change, and the same
-- worker again after a pause is none.
select child_id, happened_on, worker_id, worker_before from {change_of_chosen_worker} c
union all
select child_id, happened_on, worker_id, worker_before from {change_of_only_worker} o
