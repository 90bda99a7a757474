-- Each day on which a child's main worker became somebody else. The first worker of all is no change, and the same
-- worker again after a pause is none. Of most children no two rows ever overlap: each row is then a stretch by itself.
select child_id, happened_on, worker_id, worker_before
from (
    select child_id, from_on as happened_on, worker_id,
        lag(worker_id) over (partition by child_id order by from_on) as worker_before
    from {main_worker_chosen} m
) s
where worker_before <> worker_id
union all
select child_id, from_on, worker_id, worker_before
from {held_in_order} o
where worker_before <> worker_id and not exists (select 1 from {held_together} t where t.child_id = o.child_id)
