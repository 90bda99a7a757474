-- Of each child with three or more visits in the 12 months behind a month's end of which the record says who made them,
-- how many there were and how many of them the worker made who came most often.
select child_id, from_on, to_on, cast(sum(visits) as bigint) as visits, max(visits) as most
from (
    select v.child_id, v.worker_id, m.from_on, m.to_on, count(*) as visits
    from {visit_made} v
    join {month_end} m on m.year between extract(year from v.happened_on) and extract(year from v.happened_on) + 1
        and v.happened_on >= m.since_on and v.happened_on < m.after_on
    where v.worker_id is not null
    group by v.child_id, v.worker_id, m.from_on, m.to_on
) w
group by child_id, from_on, to_on
having sum(visits) >= 3
