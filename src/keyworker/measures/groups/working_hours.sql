-- group: working hours
-- title: Working hours
-- says: Whether the worker works a whole week or a part of one, all appointments of the day together; not told where the
--   hours of one of them are not known and the others are no whole week.
-- of: worker
-- claims: no
select worker_id as key, case when fte >= 1 then 'full time' else 'part time' end as value, from_on, to_on
from (
    select worker_id, day as from_on, lead(day) over (partition by worker_id order by day) as to_on,
        sum(posts) over (partition by worker_id order by day) as posts,
        sum(told) over (partition by worker_id order by day) as told,
        sum(fte) over (partition by worker_id order by day) as fte
    from (
        select worker_id, day, sum(posts) as posts, sum(told) as told, sum(fte) as fte
        from (
            select worker_id, from_on as day, 1 as posts, case when fte is null then 0 else 1 end as told,
                cast(coalesce(fte, 0) as decimal(18, 6)) as fte
            from {appointment} b where to_on is null or to_on > from_on
            union all
            select worker_id, to_on, -1, case when fte is null then 0 else -1 end,
                -cast(coalesce(fte, 0) as decimal(18, 6))
            from {appointment} e where to_on > from_on
        ) steps
        group by worker_id, day
    ) days
) stretches
where posts > 0 and (fte >= 1 or told = posts)
