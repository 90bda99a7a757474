select subject_id, day as from_on, following as to_on
from (
    select subject_id, day, inside, lead(day) over (partition by subject_id order by day) as following
    from (
        select subject_id, day, inside, lag(inside) over (partition by subject_id order by day) as before
        from (
            select subject_id, day,
                case when sum(opened) over so_far > 0 and sum(covered) over so_far = 0 then 1 else 0 end as inside
            from (
                select subject_id, day, sum(opened) as opened, sum(covered) as covered
                from (
                    select i.subject_id, case when e.step = 1 then i.from_on else i.to_on end as day,
                        e.step as opened, 0 as covered
                    from (
                        [inside]
                    ) i cross join (values (1), (-1)) as e(step)
                    where i.to_on is null or i.to_on > i.from_on
                    [outside]
                ) steps
                where day is not null
                group by subject_id, day
            ) days
            window so_far as (partition by subject_id order by day)
        ) states
    ) changes
    where before is null or before <> inside
) turns
where inside = 1
