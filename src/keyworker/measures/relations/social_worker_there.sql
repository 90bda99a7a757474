-- Each stretch in which a social worker was in post and not away.
select worker_id, from_on, to_on
from (
    select worker_id, day as from_on, lead(day) over (partition by worker_id order by day) as to_on,
        sum(posts) over (partition by worker_id order by day) as posts,
        sum(absent) over (partition by worker_id order by day) as absent
    from (
        select worker_id, day, sum(posts) as posts, sum(absent) as absent
        from (
            select worker_id, from_on as day, 1 as posts, 0 as absent from {social_work_row} b
            union all
            select worker_id, to_on, -1, 0 from {social_work_row} e where to_on is not null
            union all
            select worker_id, from_on, 0, 1 from {absence} b where to_on is null or to_on > from_on
            union all
            select worker_id, to_on, 0, -1 from {absence} e where to_on > from_on
        ) steps
        group by worker_id, day
    ) days
) stretches
where posts > 0 and absent = 0
