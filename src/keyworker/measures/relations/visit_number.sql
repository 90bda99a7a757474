-- What puts a child's visits of one day in order: their time, and after it the visit's own number in the case system.
select 'cin' as kind, source, entry_id, happened_time, cin_visit_id as number
from {cin_visits} cin
union all
select 'cp', source, entry_id, happened_time, cp_visit_id
from {cp_visits} cp
union all
select 'cla', source, entry_id, happened_time, visit_id
from {cla_visits} cla
union all
select coalesce(visit_kind, 'other'), source, entry_id, happened_time, visit_id
from {other_visit} other
