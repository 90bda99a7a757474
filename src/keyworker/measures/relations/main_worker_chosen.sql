-- The main worker of children who were at some time held by two rows at once. Between two days on which a hold begins or
-- ends nothing changes, so a worker is chosen for each such stretch: the lead first, then the later begun hold.
select child_id, worker_id, from_on, to_on
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
