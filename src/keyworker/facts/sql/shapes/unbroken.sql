select [key], min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on[more]
from (
    [runs]
) runs
group by [key], run
