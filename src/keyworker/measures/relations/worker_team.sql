-- The team of each worker by their appointments; of two on one day the later begun.
select worker_id, team_id, from_on, to_on
from (
    select e.worker_id, a.team_id, e.from_on, e.to_on,
        row_number() over (partition by e.worker_id, e.from_on order by a.from_on desc, a.entry_id desc) as place
    from (
        select worker_id, day as from_on, lead(day) over (partition by worker_id order by day) as to_on
        from (
            select worker_id, from_on as day from {appointment} b where team_id is not null
            union
            select worker_id, to_on from {appointment} c where team_id is not null and to_on is not null
        ) days
    ) e
    join {appointment} a on a.worker_id = e.worker_id and a.from_on <= e.from_on
        and (a.to_on is null or a.to_on > e.from_on)
    where a.team_id is not null
) w
where place = 1
