-- Each stretch in which one worker was a child's main worker: the lead where there is one, else the accountable worker;
-- of two, the one whose unbroken hold began later. Between two days on which a hold begins or ends nothing changes.
-- A stretch on each side of such a day is one where the worker is the same.
select child_id, worker_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on, run
from (
    select s.*, sum(begins) over (partition by child_id order by from_on) as run
    from (
        select m.*, case when worker_id = lag(worker_id) over (partition by child_id order by from_on)
            and from_on = lag(to_on) over (partition by child_id order by from_on) then 0 else 1 end as begins
        from (
            select e.child_id, e.from_on, e.to_on, h.worker_id,
                row_number() over (
                    partition by e.child_id, e.from_on
                    order by case when h.role = 'lead' then 0 else 1 end, h.from_on desc, h.worker_id desc
                ) as place
            from (
                select child_id, day as from_on, lead(day) over (partition by child_id order by day) as to_on
                from (
                    select child_id, from_on as day from {main_hold} a
                    union
                    select child_id, to_on from {main_hold} b where to_on is not null
                ) days
            ) e
            join {main_hold} h on h.child_id = e.child_id
                and h.from_on <= e.from_on and (h.to_on is null or h.to_on > e.from_on)
        ) m
        where place = 1
    ) s
) runs
group by child_id, worker_id, run
