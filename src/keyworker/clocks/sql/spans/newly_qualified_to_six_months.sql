-- A newly qualified worker's assessed year from the seventh week to six months.
select worker_id as subject_id, {plus_days from_on 42} as from_on,
    case when to_on < {plus_months from_on 6} then to_on else {plus_months from_on 6} end as to_on
from {assessed_year} y
where to_on is null or to_on > {plus_days from_on 42}
