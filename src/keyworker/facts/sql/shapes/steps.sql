select [key], case when e.step = 1 then from_on else to_on end as day, e.step
from (
    [rows]
) r cross join (values (1), (-1)) as e(step)
where from_on < coalesce(to_on, date '9999-12-31') and (e.step = 1 or to_on is not null)
