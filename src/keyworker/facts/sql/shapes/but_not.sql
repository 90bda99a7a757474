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
                    select [key], day, step as opened, 0 as covered
                    from (
                        [steps]
                    ) opens
                    union all
                    select [key], day, 0, step
                    from (
                        [others]
                    ) covers
                ) both_kinds
                group by [key], day
            ) days
        ) states
    ) changes
    where before is null or before <> inside
) turns
where inside = 1
