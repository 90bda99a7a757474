-- Each day, and the first day of the month after it: what happened on the day counts in its month until then.
select d.day, m.until
from {past 1 months} d
join {past 1 months} m on m.day = d.day - cast(extract(day from d.day) as integer) + 1
