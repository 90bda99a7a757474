-- From each day on, until when it lies in the three months that end with another: at a month's last day these are the
-- days of that month and the two before, so that no day counts in two quarters' figures.
select day, case when extract(day from until) <> extract(day from day) then until - 1 else until end as until
from {past 3 months} m
