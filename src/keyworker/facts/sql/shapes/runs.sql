select s.*, sum(begins) over (partition by [key] order by from_on) as run
from (
    select r.*, case when from_on <= max(coalesce(to_on, date '9999-12-31')) over (
        partition by [key] order by from_on rows between unbounded preceding and 1 preceding)
        then 0 else 1 end as begins
    from (
        [rows]
    ) r
    where from_on < coalesce(to_on, date '9999-12-31')
) s
