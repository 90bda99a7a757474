select [key], day as from_on, following as to_on
from (
    select [key], day, inside, lead(day) over (partition by [key] order by day) as following
    from (
        select [key], day, inside, lag(inside) over (partition by [key] order by day) as before
        from (
            select [key], day,
                case when sum(opened) over (partition by [key] order by day) > 0
                    and sum(covered) over (partition by [key] order by day) = 0 then 1 else 0 end as inside
            from (
                select [key], day, sum(opened) as opened, sum(covered) as covered
                from (
                    select [key], case when e.step = 1 then from_on else to_on end as day, e.step as opened, 0 as covered
                    from (
                        [rows]
                    ) i cross join (values (1), (-1)) as e(step)
                    where from_on < coalesce(to_on, date '9999-12-31')
                    union all
                    select [key], case when e.step = 1 then from_on else to_on end, 0, e.step
                    from (
                        [others]
                    ) o cross join (values (1), (-1)) as e(step)
                    where from_on < coalesce(to_on, date '9999-12-31')
                ) steps
                where day is not null
                group by [key], day
            ) days
        ) states
    ) changes
    where before is null or before <> inside
) turns
where inside = 1
