-- Each day with its place in the row of all days: two days' difference as a whole number, which not every engine gives for
-- one date less another.
select day, row_number() over (order by day) as number from {within 0 days} d
