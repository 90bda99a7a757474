-- Each change of main worker of children whom two rows held at once at some time, so that somebody had to be chosen.
select child_id, happened_on, worker_id, worker_before
from (
    select child_id, from_on as happened_on, worker_id,
        lag(worker_id) over (partition by child_id order by from_on) as worker_before
    from {main_worker_chosen} m
) s
where worker_before <> worker_id
