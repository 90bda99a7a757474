-- The first six weeks of a newly qualified worker's assessed year.
select worker_id as subject_id, from_on,
    case when to_on < {plus_days from_on 42} then to_on else {plus_days from_on 42} end as to_on
from {assessed_year} y
