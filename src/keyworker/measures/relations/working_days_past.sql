-- How many working days there have been up to and with each day, from a day on that is the same for all.
select day, sum(working) over (order by day) as working_days
from (
    select d.day, case when w.day is null then 0 else 1 end as working
    from {within 1 working days} d left join {working_day} w on w.day = d.day
) days
