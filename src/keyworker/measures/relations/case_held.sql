-- Each stretch in which an open child was with a main worker: a case of that worker's.
select m.child_id, m.worker_id, greatest(m.from_on, o.from_on) as from_on,
    least(coalesce(m.to_on, o.to_on), coalesce(o.to_on, m.to_on)) as to_on
from {main_worker} m
join {open_period} o on o.child_id = m.child_id and o.from_on < coalesce(m.to_on, date '9999-12-31')
    and coalesce(o.to_on, date '9999-12-31') > m.from_on
