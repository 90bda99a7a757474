-- Each stretch in which one worker was a child's main worker: the lead where there is one, else the accountable worker;
-- of two, the one whose unbroken hold began later. Touching stretches of one worker are one.
select child_id, worker_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select s.*, sum(begins) over (partition by child_id order by from_on) as run
    from (
        select m.*, case when worker_id = lag(worker_id) over (partition by child_id order by from_on)
            and from_on = lag(to_on) over (partition by child_id order by from_on) then 0 else 1 end as begins
        from (
            select child_id, worker_id, from_on, to_on from {main_worker_chosen} c
            union all
            select child_id, worker_id, from_on, to_on from {held_in_order} o
            where not exists (select 1 from {held_together} t where t.child_id = o.child_id)
        ) m
    ) s
) runs
group by child_id, worker_id, run
