-- Each month's end up to the day, from which until the next the 12 months behind it stand: the first of these, and the
-- year of the end.
select y.until - 1 as from_on, n.until - 1 as to_on, y.day as since_on, y.until as after_on,
    extract(year from y.until - 1) as year
from {past 12 months} y
join {past 13 months} n on n.day = y.day
where extract(day from y.day) = 1 and y.until - 1 <= %(at)s
