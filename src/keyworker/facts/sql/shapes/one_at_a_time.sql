select [key], [kept], day as from_on, following as to_on
from (
    select [key], [kept], day, following,
        row_number() over (partition by [key], day order by [order]) as place
    from (
        select [key], day, lead(day) over (partition by [key] order by day) as following
        from (
            [steps]
        ) steps
        group by [key], day
    ) days
    join (
        [rows]
    ) r using ([key])
    where from_on <= day and (to_on is null or to_on > day)
) chosen
where place = 1
