select [key], from_on, to_on, at_once
from (
    select [key], day as from_on, lead(day) over (partition by [key] order by day) as to_on,
        sum(step) over (partition by [key] order by day) as at_once
    from (
        select [key], day, sum(step) as step
        from (
            [steps]
        ) steps
        group by [key], day
    ) days
) between_days
where at_once > 0
