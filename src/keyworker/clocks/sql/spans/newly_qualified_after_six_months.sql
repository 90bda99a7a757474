-- A newly qualified worker's assessed year after six months.
select worker_id as subject_id, {plus_months from_on 6} as from_on, to_on
from {assessed_year} y
where to_on is null or to_on > {plus_months from_on 6}
