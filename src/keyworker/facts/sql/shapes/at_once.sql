select [key], from_on, to_on, at_once
from (
    select [key], day as from_on, lead(day) over (partition by [key] order by day) as to_on,
        sum(more) over (partition by [key] order by day) as at_once
    from (
        select [key], day, sum(more) as more
        from (
            select [key], case when e.step = 1 then from_on else to_on end as day, e.step as more
            from (
                [rows]
            ) r cross join (values (1), (-1)) as e(step)
            where from_on < coalesce(to_on, date '9999-12-31')
        ) steps
        where day is not null
        group by [key], day
    ) days
) between_days
where at_once > 0
