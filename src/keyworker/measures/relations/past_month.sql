-- From each day on, until when it lies in the month that ends with another: at a month's last day these are the days of
-- that month, so that no day counts in two months' figures.
select day, case when extract(day from until) <> extract(day from day) then until - 1 else until end as until
from {past 1 months} m
