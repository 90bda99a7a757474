-- Each day with the number of working days up to and with it, counted from a day long ago: the difference between two
-- days is how many working days after the one the other is.
select day, dense_rank() over (order by until) as number from {within 1 working days} w
