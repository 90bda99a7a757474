-- Every working day, with its year.
select distinct until - 1 as day, extract(year from until - 1) as year from {within 1 working days} w
