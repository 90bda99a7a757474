-- How many different main workers each child had in the 12 months that end with a day, stretch by stretch.
select child_id, workers, from_on, to_on
from (
    select child_id, day as from_on, lead(day) over (partition by child_id order by day) as to_on,
        sum(step) over (partition by child_id order by day) as workers
    from (
        select child_id, day, sum(step) as step
        from (
            select child_id, from_on as day, 1 as step from {worker_in_year} b
            union all
            select child_id, to_on, -1 from {worker_in_year} e where to_on is not null
        ) steps
        group by child_id, day
    ) days
) stretches
where workers > 0
