-- Unbroken holds by one worker as lead or as accountable worker, of children who were at some time held by two rows at
-- once: touching and overlapping rows are one.
select child_id, worker_id, role, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select r.*, sum(begins) over (partition by child_id, worker_id, role order by from_on, order_id) as run
    from (
        select h.child_id, h.worker_id, case when h.rank = 2 then 'lead' else 'accountable' end as role,
            h.from_on, h.to_on, h.order_id,
            case when h.from_on <= max(coalesce(h.to_on, date '9999-12-31')) over (
                partition by h.child_id, h.worker_id, h.rank order by h.from_on, h.order_id
                rows between unbounded preceding and 1 preceding) then 0 else 1 end as begins
        from {child_held} h
        where exists (select 1 from {held_together} t where t.child_id = h.child_id)
    ) r
) runs
group by child_id, worker_id, role, run
